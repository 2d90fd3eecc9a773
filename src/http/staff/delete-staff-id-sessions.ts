// DELETE /v1/staff/:staffId/sessions
import type { FastifyInstance } from "fastify";
import { staffRoutes } from "../../../contract/routes/staff.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteStaffIdSessions(http: FastifyInstance, { signIns }: Shell): void {
  serve(http, staffRoutes.endSessions, async ({ params, principal }) => {
    return { ended: await signIns.sessions.end(idOf(params.staffId), { allBut: null }, principal) };
  });
}
