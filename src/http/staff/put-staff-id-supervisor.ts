// PUT /v1/staff/:staffId/supervisor
import type { FastifyInstance } from "fastify";
import { staffRoutes } from "../../../contract/routes/staff.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function putStaffIdSupervisor(http: FastifyInstance, { signIns }: Shell): void {
  serve(http, staffRoutes.nameSupervisor, async ({ params, body, principal }) => {
    const staffId = idOf(params.staffId);
    const supervisorId = body.supervisorId === null ? null : idOf(body.supervisorId);
    await signIns.staff.nameSupervisor(staffId, supervisorId, principal);
    return { staffId, supervisorId };
  });
}
