// POST /v1/reviews/:reviewId/cancel
import type { FastifyInstance } from "fastify";
import { reviewRoutes } from "../../../contract/routes/reviews.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postReviewsIdCancel(http: FastifyInstance, { reviews }: Shell): void {
  serve(http, reviewRoutes.cancel, async ({ params, body, principal }) => {
    const reviewId = idOf(params.reviewId);
    await reviews.cancel(reviewId, principal, body.reason);
    return { reviewId, state: "cancelled" as const };
  });
}
