// A review and its lines as the interface shows them.
import type { z } from "zod";
import type { narrowing, review, reviewLine, reviewShown } from "../../../contract/reviews.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import type { HeldLine, Line, Review, ReviewTotals } from "../../reviews/reviews.ts";

export function reviewAnswer(reviewId: Uuid, held: Review): z.output<typeof review> {
  const { acts, createdAt: _createdAt, ...shown } = held;
  return { reviewId, ...shown, entries: acts };
}

export function shownAnswer(
  reviewId: Uuid,
  { review: held, totals }: { readonly review: Review; readonly totals: ReviewTotals },
): z.output<typeof reviewShown> {
  return { review: reviewAnswer(reviewId, held), totals };
}

export function lineAnswer({ rowId, act, content }: HeldLine): z.output<typeof reviewLine> {
  const { subject, grantors: _grantors, applied, decision, postponed, ...shown } = content;
  const { revision: _revision, ...described } = subject;
  return {
    lineId: rowId,
    ...shown,
    subject: described,
    decision: decision === null ? null : decisionAnswer(decision),
    postponed: postponed.map(({ narrowTo: _narrowTo, ...each }) => each),
    done: applied,
    entryId: act,
  };
}

function decisionAnswer(decision: NonNullable<Line["decision"]>) {
  return { ...decision, narrowTo: narrowingAnswer(decision.narrowTo) };
}

function narrowingAnswer(held: Line["suggestion"]["narrowTo"]): z.output<typeof narrowing> | null {
  return held;
}
