// POST /v1/staff/:staffId/invitations
import type { FastifyInstance } from "fastify";
import { staffRoutes } from "../../../contract/routes/staff.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { invitationAnswer } from "./staff-answer.ts";

export function postStaffIdInvitations(http: FastifyInstance, { signIns }: Shell): void {
  serve(http, staffRoutes.invite, async ({ params, principal }) =>
    invitationAnswer(await signIns.staff.inviteAgain(idOf(params.staffId), principal)),
  );
}
