// POST /v1/reviews/:reviewId/decisions
import type { FastifyInstance } from "fastify";
import { reviewRoutes } from "../../../contract/routes/reviews.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postReviewsIdDecisions(http: FastifyInstance, { reviews, idempotency }: Shell): void {
  serve(http, reviewRoutes.decide, ({ params, body, principal, request }) => {
    const reviewId = idOf(params.reviewId);
    const { lines, decision, reason, narrowTo = null } = body;
    const asked = { reviewId, lineIds: lines.map(idOf), decision, reason, narrowTo };
    return idempotency.once(
      request,
      async (also) => {
        await reviews.decide(asked, principal, also);
        return { id: reviewId };
      },
      () => ({ id: reviewId }),
    );
  });
}
