// For the matrix's own interpreter: what requests of the person bar, and what two people's judgement gives. Nothing here is read from the policies.
import type { DecisionInput } from "./policy.ts";

/** Nobody rests on a request for what is not about one; and of investigations it answers nothing before somebody has reviewed or judged it. */
export function isBarred({ basis, purpose, dataClass, privilegeReviewed, releaseJudged }: DecisionInput): boolean {
  if (basis === "rights-request" && purpose !== "data-subject-request" && purpose !== "complaint") return true;
  return dataClass === "investigation" && purpose === "data-subject-request" && !privilegeReviewed && !releaseJudged;
}

/** Of whatever class: for the privacy officer who answers the request alone, which is the case. */
export function isJudgedForTheSubject({ role, assignment, purpose, basis, releaseJudged }: DecisionInput): boolean {
  const isAnswering = purpose === "data-subject-request" && basis === "rights-request";
  return releaseJudged && role === "dpo" && assignment === "case" && isAnswering;
}
