// POST /v1/staff/:staffId/resets
import type { FastifyInstance } from "fastify";
import { staffRoutes } from "../../../contract/routes/staff.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postStaffIdResets(http: FastifyInstance, { signIns }: Shell): void {
  serve(http, staffRoutes.askForReset, async ({ params, body, principal }) => {
    const { path, callBack } = body;
    const call = callBack === undefined ? null : { ...callBack, calledAt: new Date(callBack.calledAt).toISOString() };
    const asked = { principalId: idOf(params.staffId), path, callBack: call };
    const { resetId, endsAt, code } = await signIns.staff.askForReset(asked, principal);
    return { resetId, endsAt: endsAt.toISOString(), code };
  });
}
