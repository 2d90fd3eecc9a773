// GET /v1/reviews/:reviewId/export.pdf
import type { FastifyInstance } from "fastify";
import { reviewRoutes } from "../../../contract/routes/reviews.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function getReviewsIdExportPdf(http: FastifyInstance, { access, reviews, signIns }: Shell): void {
  serve(http, reviewRoutes.pdf, async ({ params, principal, reply }) => {
    const reviewId = idOf(params.reviewId);
    if (access.may(principal, "review.read")) signIns.assertFresh(principal);
    const bytes = await reviews.print(reviewId, principal, "pdf");
    return reply
      .headers({ "content-disposition": `attachment; filename="review-${reviewId}.pdf"` })
      .type("application/pdf")
      .send(bytes);
  });
}
