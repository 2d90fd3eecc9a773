// POST /v1/grants/:grantId/decisions
import type { FastifyInstance } from "fastify";
import { grantRoutes } from "../../../contract/routes/grants.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { stateNow } from "./state-now.ts";

export function postGrantsIdDecisions(http: FastifyInstance, shell: Shell): void {
  const { grants, idempotency } = shell;
  serve(http, grantRoutes.decide, ({ params, body, principal, request }) => {
    const grantId = idOf(params.grantId);
    const deciding = { grantId, approves: body.approves, note: body.note ?? null };
    return idempotency.once(
      request,
      async (also) => ({ grantId, state: await grants.decide(deciding, principal, also) }),
      () => stateNow(shell, grantId),
    );
  });
}
