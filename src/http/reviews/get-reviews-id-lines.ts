// GET /v1/reviews/:reviewId/lines
import type { FastifyInstance } from "fastify";
import { reviewRoutes } from "../../../contract/routes/reviews.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { lineAnswer } from "./review-answer.ts";

export function getReviewsIdLines(http: FastifyInstance, { reviews, cursors }: Shell): void {
  serve(http, reviewRoutes.lines, async ({ params, query, principal }) => {
    const after = cursors.parse("review-lines", principal.principalId, query.cursor);
    const lines = (await reviews.lines(idOf(params.reviewId), principal)).filter(
      ({ rowId, content }) =>
        (after === null || rowId > after) && (query.undecided === "false" || content.decision === null),
    );
    const page = lines.slice(0, query.limit);
    const last = page.at(-1);
    const next = last === undefined || lines.length <= query.limit ? null : last.rowId;
    return { items: page.map(lineAnswer), next: cursors.print("review-lines", principal.principalId, next) };
  });
}
