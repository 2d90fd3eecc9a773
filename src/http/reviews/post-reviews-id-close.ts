// POST /v1/reviews/:reviewId/close
import type { FastifyInstance } from "fastify";
import { reviewRoutes } from "../../../contract/routes/reviews.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postReviewsIdClose(http: FastifyInstance, { reviews }: Shell): void {
  serve(http, reviewRoutes.close, async ({ params, principal }) => {
    const reviewId = idOf(params.reviewId);
    return { reviewId, state: await reviews.close(reviewId, principal) };
  });
}
