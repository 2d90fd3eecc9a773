// Who decides which line: nobody on themselves, and nobody on whom they granted.
import type { Uuid } from "../kernel/bytes.ts";
import type { Line } from "./rows.ts";

/** Whether somebody may decide on a line at all. */
export function mayReview(reviewer: Uuid, { subject, grantors }: Pick<Line, "subject" | "grantors">): boolean {
  return subject.id !== reviewer && !grantors.includes(reviewer);
}

/** In turns, so that the work is shared; the escalation only where no other may. Null where nobody may. */
export function shareOut(reviewers: readonly Uuid[], escalation: Uuid): (line: Omit<Line, "reviewer">) => Uuid | null {
  let next = 0;
  return (line) => {
    for (let tried = 0; tried < reviewers.length; tried += 1) {
      const reviewer = reviewers[(next + tried) % reviewers.length]!;
      if (!mayReview(reviewer, line)) continue;
      next += tried + 1;
      return reviewer;
    }
    return mayReview(escalation, line) ? escalation : null;
  };
}
