// POST /v1/reviews/:reviewId/start
import type { FastifyInstance } from "fastify";
import { reviewRoutes } from "../../../contract/routes/reviews.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postReviewsIdStart(http: FastifyInstance, { reviews }: Shell): void {
  serve(http, reviewRoutes.start, async ({ params, principal }) => {
    const reviewId = idOf(params.reviewId);
    await reviews.start(reviewId, principal);
    return { reviewId, state: "in-progress" as const };
  });
}
