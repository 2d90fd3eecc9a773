// GET /v1/teams
import type { FastifyInstance } from "fastify";
import { teamRoutes } from "../../../contract/routes/grants.ts";
import { parseId } from "../../kernel/ids.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";

export function getTeams(http: FastifyInstance, { access, cursors, grants }: Shell): void {
  serve(http, teamRoutes.list, async ({ query, principal }) => {
    requireRight(access, principal, "team.list");
    const place = cursors.parse("teams", principal.principalId, query.cursor);
    const page = await grants.listTeams({ after: place === null ? null : parseId(place), limit: query.limit });
    return {
      items: page.rows.map(({ ownerId, content }) => ({ teamId: ownerId, name: content.name })),
      next: cursors.print("teams", principal.principalId, page.next),
    };
  });
}
