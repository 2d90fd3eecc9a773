// GET /v1/reviews/:reviewId
import type { FastifyInstance } from "fastify";
import { reviewRoutes } from "../../../contract/routes/reviews.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { shownAnswer } from "./review-answer.ts";

export function getReviewsId(http: FastifyInstance, { reviews }: Shell): void {
  serve(http, reviewRoutes.show, async ({ params, principal }) => {
    const reviewId = idOf(params.reviewId);
    return shownAnswer(reviewId, await reviews.show(reviewId, principal));
  });
}
