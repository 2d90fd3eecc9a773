// Decides lines: by their reviewer, with a reason, never on oneself or on whom one granted.
import type { Actor, AlsoWrite } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { DATA_CLASSES } from "../kernel/vocabulary.ts";
import type { ReviewsContext } from "./context.ts";
import { ReviewError } from "./errors.ts";
import { mayReview, readSelves } from "./reviewers.ts";
import { LINE, type Line, type LineDecision, type Narrowing, type Review } from "./rows.ts";
import { type HeldLine, readReview, requireMay, requireState, writeReview } from "./write.ts";

export interface DecisionRequest {
  readonly reviewId: Uuid;
  readonly lineIds: readonly Uuid[];
  readonly decision: LineDecision["decision"];
  readonly reason: string;
  /** What is left; the suggestion of each line when null. */
  readonly narrowTo: Narrowing | null;
}

const LINES_MAX = 200;

/**
 * Approve, narrow and revoke end a line until somebody decides it anew; defer and escalate leave it undecided. Throws ReviewError `unknown-line`,
 * `not-your-line`, `own-line`, `not-narrower`, `not-narrowable`, `line-changed`, `wrong-state`, `too-many`.
 */
export async function decideLines(
  context: ReviewsContext,
  request: DecisionRequest,
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  const { reviewId, decision, reason } = request;
  const lineIds = [...new Set(request.lineIds)];
  if (lineIds.length === 0 || lineIds.length > LINES_MAX) throw new ReviewError("too-many");
  const write = { reviewId, action: "review.decide", actor, also } as const;
  // Whoever has no right is refused by the write, on the record, before any line is looked at.
  const held = context.access.may(actor, "review.decide") ? await heldLines(context, reviewId, lineIds) : [];
  const selvesOf = await selvesFor(context, reviewId, actor, held);
  await writeReview(context, write, (standing) => {
    const review = requireState(standing, "in-progress");
    const deciding = { request, actor, at: context.clock.now().toISOString(), selvesOf };
    const lines = held.map((line) => ({ ...line, content: decided(review, line.content, deciding) }));
    return { review: null, lines, detail: { decision, reason, lines: lines.map(lineDetail) } };
  });
}

async function heldLines(
  { authority, database }: ReviewsContext,
  reviewId: Uuid,
  lineIds: readonly Uuid[],
): Promise<HeldLine[]> {
  const rows = await Promise.all(lineIds.map((rowId) => authority.get(database, LINE, { ownerId: reviewId, rowId })));
  return rows.map((row) => {
    if (row === null) throw new ReviewError("unknown-line");
    return row;
  });
}

/** The one who decides, and the one whom a review escalates to, which stays the same as long as there is one. */
async function selvesFor(
  context: ReviewsContext,
  reviewId: Uuid,
  { principalId }: Actor,
  held: readonly HeldLine[],
): Promise<Deciding["selvesOf"]> {
  if (held.length === 0) return (id) => new Set([id]);
  const { escalation } = await readReview(context, reviewId);
  const about = held.map(({ content }) => content);
  return readSelves(context, [principalId, asId(escalation)], about);
}

interface Deciding {
  readonly request: DecisionRequest;
  readonly actor: Actor;
  readonly at: string;
  readonly selvesOf: (reviewer: Uuid) => ReadonlySet<Uuid>;
}

function decided(review: Review, line: Line, { request, actor, at, selvesOf }: Deciding): Line {
  // INVARIANT: nobody decides on themselves or on whom they granted, whoever gave them the line.
  const isOwn = !mayReview(selvesOf(actor.principalId), line) || actor.groups.includes(asId(line.subject.id));
  if (isOwn) throw new ReviewError("own-line");
  if (line.reviewer !== actor.principalId) throw new ReviewError("not-your-line");
  const { decision, reason } = request;
  const narrowTo = decision === "narrow" ? narrowingFor(line, request.narrowTo) : null;
  const made: LineDecision = { decision, reason, by: actor.principalId, at, narrowTo };
  if (decision === "approve" || decision === "narrow" || decision === "revoke") return { ...line, decision: made };
  const postponed = { ...line, decision: null, postponed: [...line.postponed, made].slice(-20) };
  if (decision === "defer") return postponed;
  // INVARIANT: who cannot be asked is not asked: a line that the escalation may not decide stays where it is.
  if (!mayReview(selvesOf(asId(review.escalation)), line)) throw new ReviewError("no-reviewer");
  return { ...postponed, reviewer: review.escalation };
}

/** INVARIANT: never more than stood when the review began, and less of something. */
function narrowingFor({ subject, suggestion }: Line, asked: Narrowing | null): Narrowing {
  if (subject.kind === "assignment" || subject.kind === "grant") throw new ReviewError("not-narrowable");
  const narrowing = asked ?? suggestion.narrowTo;
  if (narrowing === null) throw new ReviewError("not-narrower");
  const { purposes, classes, entities, lines } = narrowing;
  const parts = [
    fewer(subject.purposes, purposes, 1),
    fewer(subject.classes ?? DATA_CLASSES, classes, 0),
    fewer(subject.entities, entities, 1),
    fewer(subject.lines, lines, 1),
  ];
  if (!parts.includes(true)) throw new ReviewError("not-narrower");
  // Of a role only its purposes are a list in a file.
  if (subject.kind === "role" && (classes ?? entities ?? lines) !== null) throw new ReviewError("not-narrowable");
  return narrowing;
}

/** Whether a part is left with less. Throws where it would have something that it has not, or too little to stand. */
function fewer(held: readonly string[], kept: readonly string[] | null, min: number): boolean {
  if (kept === null) return false;
  if (kept.length < min || kept.some((each) => !held.includes(each))) throw new ReviewError("not-narrower");
  return kept.length < held.length;
}

function lineDetail({ rowId, content }: HeldLine) {
  return {
    line: rowId,
    kind: content.subject.kind,
    subject: content.subject.id,
    narrowTo: content.decision?.narrowTo ?? null,
  };
}

/** The lines that wait for somebody, or all of them for whoever may read all. Reviewers see their own. */
export async function requireReader(context: ReviewsContext, reviewId: Uuid, actor: Actor): Promise<"all" | "own"> {
  if (context.access.may(actor, "review.read")) return "all";
  requireMay(context, actor, "review.decide");
  const review = await readReview(context, reviewId);
  // To everybody else there is no such review.
  if (!review.reviewers.includes(actor.principalId) && review.escalation !== actor.principalId)
    throw new ReviewError("unknown-review");
  return "own";
}
