// Makes a review, and starts it: from then on its scope is frozen.
import type { Actor, AlsoWrite } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { ReviewsContext } from "./context.ts";
import { ReviewError } from "./errors.ts";
import { freezeLines } from "./freeze.ts";
import type { Review, ReviewScope } from "./rows.ts";
import { readLines, readReview, requireMay, requireState, writeReview } from "./write.ts";

export interface ReviewRequest {
  readonly name: string;
  readonly scope: ReviewScope;
  readonly reviewers: readonly Uuid[];
  readonly escalation: Uuid;
  readonly dueAt: Date;
  readonly overdue: Review["overdue"];
}

const DUE_DAYS_MAX = 366;
const DAY_MS = 86_400_000;
const REVIEWERS_MAX = 200;
/** Rows a transaction writes: each is named in its entry, whose detail is limited to a megabyte. */
const LINES_AT_ONCE = 2500;

/** Throws ReviewError `bad-due-date`, `bad-reviewer`, `too-many`; AccessError `not-permitted`. */
export async function createReview(
  context: ReviewsContext,
  request: ReviewRequest,
  actor: Actor,
  also?: AlsoWrite,
): Promise<Uuid> {
  const now = context.clock.now();
  const dueMs = request.dueAt.getTime() - now.getTime();
  if (!(dueMs > 0 && dueMs <= DUE_DAYS_MAX * DAY_MS)) throw new ReviewError("bad-due-date");
  const reviewers = [...new Set(request.reviewers)];
  if (reviewers.length === 0 || reviewers.length > REVIEWERS_MAX) throw new ReviewError("too-many");
  if (context.access.may(actor, "review.start")) await checkReviewers(context, [...reviewers, request.escalation]);
  const reviewId = newId();
  const review: Review = {
    name: request.name,
    state: "draft",
    scope: request.scope,
    reviewers,
    escalation: request.escalation,
    dueAt: request.dueAt.toISOString(),
    overdue: request.overdue,
    createdBy: actor.principalId,
    createdAt: now.toISOString(),
    startedAt: null,
    lines: 0,
    closedAt: null,
    completedAt: null,
    acts: [],
  };
  await writeReview(context, { reviewId, action: "review.start", actor, also }, () => ({
    review,
    lines: [],
    detail: { step: "create", scope: request.scope, reviewers, overdue: request.overdue },
  }));
  return reviewId;
}

async function checkReviewers({ access }: ReviewsContext, ids: readonly Uuid[]): Promise<void> {
  for (const id of new Set(ids)) {
    const reviewer = await access.reread(id);
    if (reviewer === null || !access.may(reviewer, "review.decide")) throw new ReviewError("bad-reviewer");
  }
}

/**
 * Lines are written in several transactions, the review's state last: one that was cut off stays a draft, and is cancelled. Throws ReviewError as
 * `freezeLines` does, and `wrong-state`.
 */
export async function startReview(context: ReviewsContext, reviewId: Uuid, actor: Actor): Promise<void> {
  requireMay(context, actor, "review.start");
  const review = requireState(await readReview(context, reviewId), "draft");
  // A start that was cut off: what it froze is of another moment.
  if ((await readLines(context, reviewId)).length > 0) throw new ReviewError("wrong-state");
  const frozen = await freezeLines(context, reviewId, review);
  const write = { reviewId, action: "review.start", actor } as const;
  for (let at = 0; at < frozen.length; at += LINES_AT_ONCE) {
    const lines = frozen.slice(at, at + LINES_AT_ONCE).map((line) => ({ ...line, revision: 0 as const }));
    await writeReview(context, write, (standing) => ({
      review: requireState(standing, "draft"),
      lines,
      detail: { step: "freeze", lines: lines.length },
    }));
  }
  await writeReview(context, write, (standing) => ({
    review: {
      ...requireState(standing, "draft"),
      state: "in-progress",
      startedAt: context.clock.now().toISOString(),
      lines: frozen.length,
    },
    lines: [],
    detail: { step: "start", lines: frozen.length },
  }));
}

/** Ends a review of which nothing was applied. Throws ReviewError `wrong-state`. */
export async function cancelReview(
  context: ReviewsContext,
  reviewId: Uuid,
  actor: Actor,
  reason: string,
): Promise<void> {
  await writeReview(context, { reviewId, action: "review.start", actor }, (standing) => ({
    review: { ...requireState(standing, "draft", "in-progress"), state: "cancelled" },
    lines: [],
    detail: { step: "cancel", reason },
  }));
}
