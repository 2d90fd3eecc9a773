// DELETE /v1/staff/:staffId/resets/:resetId
import type { FastifyInstance } from "fastify";
import { staffRoutes } from "../../../contract/routes/staff.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteStaffIdResetsId(http: FastifyInstance, { signIns }: Shell): void {
  serve(http, staffRoutes.cancelReset, async ({ params, principal }) => {
    const reset = { principalId: idOf(params.staffId), resetId: idOf(params.resetId) };
    await signIns.staff.cancelReset(reset, principal);
    return { id: reset.resetId };
  });
}
