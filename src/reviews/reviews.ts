// Reviews of access: who still needs what they have, asked of people who did not give it to them, and done.
import type { Action, Actor, AlsoWrite } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { cancelReview, createReview, type ReviewRequest, startReview } from "./begin.ts";
import { closeReview, sweepReviews } from "./close.ts";
import type { ReviewsContext } from "./context.ts";
import { type DecisionRequest, decideLines, requireReader } from "./decide.ts";
import { printCsv } from "./print-csv.ts";
import { printPdf } from "./print-pdf.ts";
import { LINE, REVIEW, type Line, type Review } from "./rows.ts";
import { type ReviewTotals, totalsOf } from "./totals.ts";
import { loadThresholds } from "./thresholds.ts";
import { type HeldLine, readLines, readReview, requireMay, writeReview } from "./write.ts";

export type { DecisionRequest, HeldLine, Line, Review, ReviewRequest, ReviewTotals };

/** Writes are entries of the ledger, refused attempts too. All throw ReviewError and AccessError. */
export interface Reviews {
  create(request: ReviewRequest, actor: Actor, also?: AlsoWrite): Promise<Uuid>;
  /** Freezes the scope. */
  start(reviewId: Uuid, actor: Actor): Promise<void>;
  decide(request: DecisionRequest, actor: Actor, also?: AlsoWrite): Promise<void>;
  /** Does what was decided. `pending-actions` where something is left that people must do. */
  close(reviewId: Uuid, actor: Actor): Promise<Review["state"]>;
  cancel(reviewId: Uuid, actor: Actor, reason: string): Promise<void>;
  list(actor: Actor, page: { readonly after: Uuid | null; readonly limit: number }): Promise<ReviewPage>;
  /** Open reviews with how many undecided lines are the reviewer's own: two statements. */
  waiting(reviewerId: Uuid, limit: number): Promise<readonly WaitingReview[]>;
  show(reviewId: Uuid, actor: Actor): Promise<{ readonly review: Review; readonly totals: ReviewTotals }>;
  /** In the order of their ids; a reviewer's own where they may not read all. */
  lines(reviewId: Uuid, actor: Actor): Promise<readonly HeldLine[]>;
  /** Recorded before anything is returned. */
  print(reviewId: Uuid, actor: Actor, format: "csv" | "pdf"): Promise<Buffer>;
  /** Overdue reviews are closed, closed ones finished: for the background. */
  sweep(signal: AbortSignal): Promise<void>;
}

export interface ReviewPage {
  readonly items: readonly { readonly reviewId: Uuid; readonly review: Review }[];
  readonly unverified: readonly string[];
  readonly next: Uuid | null;
}

export interface WaitingReview {
  readonly reviewId: Uuid;
  readonly review: Review;
  readonly lines: number;
}

export interface ReviewsOptions extends Omit<ReviewsContext, "thresholds"> {
  /** governance/access: reviews.yaml. */
  readonly governanceFolder: string;
}

/** Rights to be found in governance/access/administration.yaml. */
const READ: Action = "review.read";
const SWEEP_EVERY_MS = 60_000;

export function openReviews(options: ReviewsOptions): Reviews {
  const context: ReviewsContext = { ...options, thresholds: loadThresholds(options.governanceFolder) };
  let sweptAtMs = -Infinity;
  return {
    create: (request, actor, also) => createReview(context, request, actor, also),
    start: (reviewId, actor) => startReview(context, reviewId, actor),
    decide: (request, actor, also) => decideLines(context, request, actor, also),
    close: (reviewId, actor) => closeReview(context, reviewId, actor),
    cancel: (reviewId, actor, reason) => cancelReview(context, reviewId, actor, reason),
    list: (actor, page) => list(context, actor, page),
    waiting: (reviewerId, limit) => waiting(context, reviewerId, limit),
    show: (reviewId, actor) => show(context, reviewId, actor),
    lines: (reviewId, actor) => ownLines(context, reviewId, actor),
    print: (reviewId, actor, format) => print(context, reviewId, actor, format),
    async sweep(signal) {
      const nowMs = performance.now();
      // Everything of a review is read for it.
      if (nowMs - sweptAtMs < SWEEP_EVERY_MS) return;
      sweptAtMs = nowMs;
      await sweepReviews(context, signal);
    },
  };
}

async function list(
  context: ReviewsContext,
  actor: Actor,
  page: { readonly after: Uuid | null; readonly limit: number },
): Promise<ReviewPage> {
  requireMay(context, actor, READ, "review.decide");
  const found = await context.authority.page(context.database, REVIEW, { state: "live", ...page });
  const all = context.access.may(actor, READ);
  const mine = ({ reviewers, escalation }: Review): boolean =>
    all || reviewers.includes(actor.principalId) || escalation === actor.principalId;
  return {
    items: found.rows
      .filter(({ content }) => mine(content))
      .map(({ rowId, content }) => ({ reviewId: rowId, review: content })),
    unverified: all ? found.unverified : [],
    next: found.next,
  };
}

async function waiting(context: ReviewsContext, reviewerId: Uuid, limit: number): Promise<readonly WaitingReview[]> {
  const { authority, database, clock } = context;
  const { rows } = await authority.page(database, REVIEW, { state: "live", after: null, limit });
  const open = rows.filter(
    ({ content: { state, reviewers, escalation } }) =>
      state === "in-progress" && (reviewers.includes(reviewerId) || escalation === reviewerId),
  );
  if (open.length === 0) return [];
  const ids = open.map(({ rowId }) => rowId);
  const lines = await authority.liveOfMany(database, [LINE], ids);
  return open.flatMap(({ rowId, content }) => {
    const own = (lines.get(rowId)?.of(LINE, clock.now()) ?? []).filter(
      (line) => line.content.reviewer === reviewerId && line.content.decision === null,
    );
    return own.length === 0 ? [] : [{ reviewId: rowId, review: content, lines: own.length }];
  });
}

async function show(context: ReviewsContext, reviewId: Uuid, actor: Actor) {
  const lines = await ownLines(context, reviewId, actor);
  return { review: await readReview(context, reviewId), totals: totalsOf(lines.map(({ content }) => content)) };
}

async function ownLines(context: ReviewsContext, reviewId: Uuid, actor: Actor): Promise<readonly HeldLine[]> {
  const reach = await requireReader(context, reviewId, actor);
  await readReview(context, reviewId);
  const lines = await readLines(context, reviewId);
  return reach === "all" ? lines : lines.filter(({ content }) => content.reviewer === actor.principalId);
}

/** Exports are entries (architecture, promise 1): the last thing before the bytes are handed over. */
async function print(context: ReviewsContext, reviewId: Uuid, actor: Actor, format: "csv" | "pdf"): Promise<Buffer> {
  requireMay(context, actor, READ);
  const [review, lines] = await Promise.all([readReview(context, reviewId), readLines(context, reviewId)]);
  const totals = totalsOf(lines.map(({ content }) => content));
  const checkpoint = await context.ledger.checkpoint();
  const printing = { reviewId, review, lines, totals, checkpoint, now: context.clock.now() };
  const bytes = format === "csv" ? printCsv(printing) : await printPdf(printing);
  await writeReview(context, { reviewId, action: READ, actor }, () => ({
    review: null,
    lines: [],
    detail: { step: "export", format, lines: lines.length },
  }));
  return bytes;
}
