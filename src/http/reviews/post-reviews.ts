// POST /v1/reviews
import type { FastifyInstance } from "fastify";
import { reviewRoutes } from "../../../contract/routes/reviews.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { shownAnswer } from "./review-answer.ts";

export function postReviews(http: FastifyInstance, { reviews, idempotency }: Shell): void {
  serve(http, reviewRoutes.create, ({ body, principal, request }) => {
    const { name, scope, reviewers, escalation, dueAt, overdue } = body;
    const asked = {
      name,
      scope: { ...scope, principals: scope.principals.map(idOf) },
      reviewers: reviewers.map(idOf),
      escalation: idOf(escalation),
      dueAt: new Date(dueAt),
      overdue,
    };
    const answerOf = async (reviewId: ReturnType<typeof idOf>) =>
      shownAnswer(reviewId, await reviews.show(reviewId, principal));
    return idempotency.once(
      request,
      async (also) => answerOf(await reviews.create(asked, principal, also)),
      ([reviewId]) => answerOf(reviewId!),
    );
  });
}
