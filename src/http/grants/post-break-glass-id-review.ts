// POST /v1/break-glass/:grantId/review
import type { FastifyInstance } from "fastify";
import { grantRoutes } from "../../../contract/routes/grants.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { stateNow } from "./state-now.ts";

export function postBreakGlassIdReview(http: FastifyInstance, shell: Shell): void {
  const { grants, idempotency } = shell;
  serve(http, grantRoutes.review, ({ params, body, principal, request }) => {
    const grantId = idOf(params.grantId);
    return idempotency.once(
      request,
      async (also) => ({ grantId, state: await grants.reviewBreakGlass({ grantId, ...body }, principal, also) }),
      () => stateNow(shell, grantId),
    );
  });
}
