// GET /v1/reviews
import type { FastifyInstance } from "fastify";
import { reviewRoutes } from "../../../contract/routes/reviews.ts";
import { parseId } from "../../kernel/ids.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { reviewAnswer } from "./review-answer.ts";

export function getReviews(http: FastifyInstance, { reviews, cursors }: Shell): void {
  serve(http, reviewRoutes.list, async ({ query, principal }) => {
    const place = cursors.parse("reviews", principal.principalId, query.cursor);
    const after = place === null ? null : parseId(place);
    const page = await reviews.list(principal, { after, limit: query.limit });
    return {
      items: page.items.map(({ reviewId, review }) => reviewAnswer(reviewId, review)),
      unverified: [...page.unverified],
      next: cursors.print("reviews", principal.principalId, page.next),
    };
  });
}
