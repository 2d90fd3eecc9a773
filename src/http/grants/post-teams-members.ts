// POST /v1/teams/members
import type { FastifyInstance } from "fastify";
import { teamRoutes } from "../../../contract/routes/grants.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postTeamsMembers(http: FastifyInstance, { grants, idempotency }: Shell): void {
  serve(http, teamRoutes.change, ({ body, principal, request }) => {
    const principalId = idOf(body.principalId);
    return idempotency.once(
      request,
      async (also) => ({ principalId: await grants.changeTeam({ ...body, principalId }, principal, also) }),
      () => ({ principalId }),
    );
  });
}
