// Writes a review's rows under its lock, each write with its entry in the ledger.
import type { Action, Actor, AlsoWrite } from "../access/access.ts";
import { AccessError } from "../access/access.ts";
import { putRow, type RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { ReviewsContext } from "./context.ts";
import { ReviewError } from "./errors.ts";
import { LINE, type Line, REVIEW, type Review } from "./rows.ts";

export interface ReviewWrite {
  readonly reviewId: Uuid;
  readonly action: Action;
  readonly actor: Actor;
  readonly also?: AlsoWrite | undefined;
}

/** A line as it was read, which must be as it stands when it is written. */
export interface HeldLine {
  readonly rowId: Uuid;
  readonly revision: number;
  /** The entry that made it what it is. */
  readonly act: Uuid;
  readonly content: Line;
}

export interface ReviewChange {
  /** The review as it is to stand; null leaves it. */
  readonly review: Review | null;
  readonly lines: readonly (HeldLine | { readonly rowId: Uuid; readonly revision: 0; readonly content: Line })[];
  readonly detail: { readonly [key: string]: Json };
}

/**
 * `make` is given the review as it stands under the lock and says what is to stand then. Returns the id of the entry. Throws ReviewError `unknown-review`,
 * `line-changed`, and whatever `make` throws; AccessError `not-permitted`, recorded.
 */
export function writeReview(
  { access, authority, clock }: ReviewsContext,
  { reviewId, action, actor, also }: ReviewWrite,
  make: (review: Review | null) => ReviewChange,
): Promise<Uuid> {
  const attempt = { kind: "review", action, actor, targets: [reviewId], also } as const;
  return access.write(attempt, async ({ tx, act }) => {
    let change: ReviewChange | null = null;
    const written = await authority.change(tx, {
      ownerId: reviewId,
      act,
      reads: [REVIEW.kind],
      make: (live) => {
        const [standing] = live.of(REVIEW, clock.now());
        change = make(standing?.content ?? null);
        const revisions = new Map(live.places.map((place) => [place.rowId, place.revision]));
        for (const { rowId, revision } of change.lines) {
          if ((revisions.get(rowId) ?? 0) !== revision) throw new ReviewError("line-changed");
        }
        return changesOf(reviewId, change, act);
      },
    });
    return { result: act, written, ids: [reviewId], detail: { ...change!.detail, review: reviewId } };
  });
}

function changesOf(reviewId: Uuid, { review, lines }: ReviewChange, act: Uuid): RowChange[] {
  const stands = review === null ? [] : [putRow(REVIEW, { rowId: reviewId, content: withAct(review, act) })];
  return [...stands, ...lines.map(({ rowId, content }) => putRow(LINE, { rowId, content }))];
}

const ACTS_MAX = 500;

/** The newest are kept; the ledger holds all of them. */
function withAct(review: Review, act: Uuid): Review {
  return { ...review, acts: [...review.acts, act].slice(-ACTS_MAX) };
}

/** Throws ReviewError `unknown-review`. */
export async function readReview({ authority, database }: ReviewsContext, reviewId: Uuid): Promise<Review> {
  const row = await authority.get(database, REVIEW, { ownerId: reviewId, rowId: reviewId });
  if (row === null) throw new ReviewError("unknown-review");
  return row.content;
}

/** All of them, verified as a whole, in the order of their ids. */
export async function readLines({ authority, database }: ReviewsContext, reviewId: Uuid): Promise<readonly HeldLine[]> {
  return authority.live(database, LINE, reviewId);
}

export function requireState(review: Review | null, ...states: readonly Review["state"][]): Review {
  if (review === null) throw new ReviewError("unknown-review");
  if (!states.includes(review.state)) throw new ReviewError("wrong-state");
  return review;
}

/** For reads; writes are checked and refusals recorded by `writeReview`. */
export function requireMay({ access }: ReviewsContext, actor: Actor, ...actions: readonly Action[]): void {
  if (!actions.some((action) => access.may(actor, action))) throw new AccessError("not-permitted");
}
