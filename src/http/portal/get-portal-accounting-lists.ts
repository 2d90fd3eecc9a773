// GET /v1/portal/accounting/lists
import type { FastifyInstance } from "fastify";
import { portalAccountingRoutes } from "../../../contract/routes/portal-accounting.ts";
import { ROLES } from "../../kernel/vocabulary.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function getPortalAccountingLists(http: FastifyInstance, { accounting }: Shell): void {
  serve(http, portalAccountingRoutes.lists, async () => {
    const { laws, roles, timeline } = accounting.rules;
    return {
      laws: laws.map(({ law, citation, years, title, text }) => ({ law, citation, years, title, text })),
      timeline: timeline.shown,
      roles: ROLES.map((role) => ({ role, title: roles[role] })),
    };
  });
}
