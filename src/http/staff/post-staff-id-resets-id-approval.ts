// POST /v1/staff/:staffId/resets/:resetId/approval
import type { FastifyInstance } from "fastify";
import { staffRoutes } from "../../../contract/routes/staff.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { invitationAnswer } from "./staff-answer.ts";

export function postStaffIdResetsIdApproval(http: FastifyInstance, { signIns }: Shell): void {
  serve(http, staffRoutes.approveReset, async ({ params, principal }) => {
    const reset = { principalId: idOf(params.staffId), resetId: idOf(params.resetId) };
    return invitationAnswer(await signIns.staff.approveReset(reset, principal));
  });
}
