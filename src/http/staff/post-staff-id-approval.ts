// POST /v1/staff/:staffId/approval
import type { FastifyInstance } from "fastify";
import { staffRoutes } from "../../../contract/routes/staff.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postStaffIdApproval(http: FastifyInstance, { signIns }: Shell): void {
  serve(http, staffRoutes.approve, async ({ params, principal }) => {
    const staffId = idOf(params.staffId);
    await signIns.staff.approve(staffId, principal);
    return { staffId, status: "active" as const };
  });
}
