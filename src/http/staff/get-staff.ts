// GET /v1/staff
import type { FastifyInstance } from "fastify";
import { staffRoutes } from "../../../contract/routes/staff.ts";
import { parseId } from "../../kernel/ids.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { staffAnswer } from "./staff-answer.ts";

export function getStaff(http: FastifyInstance, { access, cursors, signIns }: Shell): void {
  serve(http, staffRoutes.list, async ({ query, principal }) => {
    requireRight(access, principal, "staff.list");
    const place = cursors.parse("staff", principal.principalId, query.cursor);
    const page = await access.listPrincipals({ after: place === null ? null : parseId(place), limit: query.limit });
    const people = await signIns.staff.describe(page.principals.filter(({ kind }) => kind === "staff"));
    return {
      items: people.map(staffAnswer),
      unverified: [...page.unverified],
      next: cursors.print("staff", principal.principalId, page.next),
    };
  });
}
