// GET /v1/staff/:staffId
import type { FastifyInstance } from "fastify";
import { staffRoutes } from "../../../contract/routes/staff.ts";
import { serve } from "../serve.ts";
import { idOf, requireRight, type Shell } from "../shell.ts";
import { factorsAnswer } from "../sign-in/signed-in.ts";
import { staffAnswer } from "./staff-answer.ts";

export function getStaffId(http: FastifyInstance, { access, signIns }: Shell): void {
  serve(http, staffRoutes.get, async ({ params, principal }) => {
    requireRight(access, principal, "staff.list");
    const principalId = idOf(params.staffId);
    const [{ person, factors, invitedUntil }, sessions] = await Promise.all([
      signIns.staff.show(principalId),
      signIns.sessions.of(principalId),
    ]);
    return {
      staff: staffAnswer(person),
      factors: factorsAnswer(factors),
      invitedUntil: invitedUntil?.toISOString() ?? null,
      sessions: sessions.length,
    };
  });
}
