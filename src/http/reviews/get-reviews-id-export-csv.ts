// GET /v1/reviews/:reviewId/export.csv
import type { FastifyInstance } from "fastify";
import { reviewRoutes } from "../../../contract/routes/reviews.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function getReviewsIdExportCsv(http: FastifyInstance, { access, reviews, signIns }: Shell): void {
  serve(http, reviewRoutes.csv, async ({ params, principal, reply }) => {
    const reviewId = idOf(params.reviewId);
    if (access.may(principal, "review.read")) signIns.assertFresh(principal);
    const bytes = await reviews.print(reviewId, principal, "csv");
    return reply
      .headers({ "content-disposition": `attachment; filename="review-${reviewId}.csv"` })
      .type("text/csv; charset=utf-8; header=present")
      .send(bytes);
  });
}
