// POST /v1/teams
import type { FastifyInstance } from "fastify";
import { teamRoutes } from "../../../contract/routes/grants.ts";
import { serve } from "../serve.ts";
import { groupId, type Shell } from "../shell.ts";

export function postTeams(http: FastifyInstance, { grants, idempotency, keys }: Shell): void {
  serve(http, teamRoutes.create, ({ body: { name }, principal, request }) =>
    idempotency.once(
      request,
      async (also) => ({ teamId: await grants.createTeam(name, principal, also), name }),
      () => ({ teamId: groupId(keys, name), name }),
    ),
  );
}
