// How far a review has come, in numbers.
import type { Line } from "./rows.ts";

export interface ReviewTotals {
  readonly undecided: number;
  readonly approve: number;
  readonly narrow: number;
  readonly revoke: number;
  readonly flagged: number;
  /** Decided, and not done yet. */
  readonly toDo: number;
}

export function totalsOf(lines: readonly Line[]): ReviewTotals {
  const decided = (word: Line["suggestion"]["decision"]): number =>
    lines.filter(({ decision }) => decision?.decision === word).length;
  return {
    undecided: lines.filter(({ decision }) => decision === null).length,
    approve: decided("approve"),
    narrow: decided("narrow"),
    revoke: decided("revoke"),
    flagged: lines.filter(({ flags }) => flags.some((flag) => flag !== "privileged")).length,
    toDo: lines.filter(
      ({ decision, applied }) => applied === null && decision !== null && decision.decision !== "approve",
    ).length,
  };
}
