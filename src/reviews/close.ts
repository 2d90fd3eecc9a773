// Closes a review: no line undecided, or overdue and decided by the review's default; then what was decided is done, and only then is it complete.
import type { Actor } from "../access/access.ts";
import type { PageOf } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { applyLine } from "./apply.ts";
import type { ReviewsContext } from "./context.ts";
import { ReviewError } from "./errors.ts";
import { REVIEW, type Line, type LineDecision, type Review } from "./rows.ts";
import { type HeldLine, readLines, readReview, requireMay, requireState, writeReview } from "./write.ts";

const LINES_AT_ONCE = 2500;
const APPLIED_AT_ONCE = 100;
const REVIEWS_PAGE = 200;

/** Throws ReviewError `lines-undecided` before it is due, `wrong-state`. Returns the state it came to. */
export async function closeReview(context: ReviewsContext, reviewId: Uuid, actor: Actor): Promise<Review["state"]> {
  requireMay(context, actor, "review.start");
  await settle(context, reviewId, actor);
  return finishReview(context, reviewId);
}

/** Every line decided, and the review closed to decisions. */
async function settle(context: ReviewsContext, reviewId: Uuid, actor: Actor): Promise<void> {
  const { access, clock } = context;
  const action = actor.kind === "system" ? "review.apply" : "review.start";
  const review = requireState(await readReview(context, reviewId), "in-progress");
  const undecided = (await readLines(context, reviewId)).filter(({ content }) => content.decision === null);
  const now = clock.now();
  if (undecided.length > 0 && now < new Date(review.dueAt)) throw new ReviewError("lines-undecided");
  for (let at = 0; at < undecided.length; at += LINES_AT_ONCE) {
    const lines = undecided.slice(at, at + LINES_AT_ONCE).map((line) => byDefault(line, review, now));
    const write = { reviewId, action: "review.apply", actor: access.system } as const;
    await writeReview(context, write, (standing) => {
      requireState(standing, "in-progress");
      const ids = lines.map(({ rowId }) => rowId);
      return { review: null, lines, detail: { step: "overdue", decision: review.overdue, lines: ids } };
    });
  }
  await writeReview(context, { reviewId, action, actor }, (standing) => ({
    review: { ...requireState(standing, "in-progress"), state: "pending-actions", closedAt: now.toISOString() },
    lines: [],
    detail: { step: "close", byDefault: undecided.length },
  }));
}

function byDefault(line: HeldLine, { overdue }: Review, now: Date): HeldLine {
  const decision: LineDecision = {
    decision: overdue,
    reason: "overdue: decided by the review's default",
    by: null,
    at: now.toISOString(),
    narrowTo: null,
  };
  return { ...line, content: { ...line.content, decision } };
}

/** Does what is left to do of a closed review; safe to stop and to repeat, here and elsewhere at once. */
async function finishReview(context: ReviewsContext, reviewId: Uuid): Promise<Review["state"]> {
  const { access, clock } = context;
  const write = { reviewId, action: "review.apply", actor: access.system } as const;
  const open = (await readLines(context, reviewId)).filter(({ content }) => isOpen(content));
  let left = open.length;
  for (let at = 0; at < open.length; at += APPLIED_AT_ONCE) {
    const done: HeldLine[] = [];
    for (const line of open.slice(at, at + APPLIED_AT_ONCE)) {
      const outcome = await applyLine(context, line.content);
      if (outcome === null) continue;
      done.push({ ...line, content: { ...line.content, applied: { at: clock.now().toISOString(), outcome } } });
    }
    if (done.length > 0) {
      await writeReview(context, write, (standing) => {
        requireState(standing, "pending-actions");
        return { review: null, lines: done, detail: { step: "apply", lines: done.map(appliedDetail) } };
      });
    }
    left -= done.length;
  }
  if (left > 0) return "pending-actions";
  await writeReview(context, write, (standing) => ({
    review: {
      ...requireState(standing, "pending-actions"),
      state: "complete",
      completedAt: clock.now().toISOString(),
    },
    lines: [],
    detail: { step: "complete" },
  }));
  return "complete";
}

function isOpen({ decision, applied }: Line): boolean {
  return applied === null && decision !== null && decision.decision !== "approve";
}

function appliedDetail({ rowId, content: { subject, applied } }: HeldLine) {
  return { line: rowId, kind: subject.kind, subject: subject.id, outcome: applied?.outcome ?? null };
}

/** Reviews that are overdue are closed, and closed ones finished: in the background. */
export async function sweepReviews(context: ReviewsContext, signal: AbortSignal): Promise<void> {
  const { authority, database, access, clock } = context;
  for (let after: Uuid | null = null; !signal.aborted;) {
    const page: PageOf<Review> = await authority.page(database, REVIEW, { state: "live", after, limit: REVIEWS_PAGE });
    for (const { rowId, content } of page.rows) {
      const isOverdue = content.state === "in-progress" && clock.now() >= new Date(content.dueAt);
      if (isOverdue) await settle(context, rowId, access.system);
      if (isOverdue || content.state === "pending-actions") await finishReview(context, rowId);
    }
    if (page.next === null) return;
    after = page.next;
  }
}
