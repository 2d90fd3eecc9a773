// The codes of requests under customers' rights.
import { z } from "zod";

export const rightKind = z.enum([
  "access",
  "portability",
  "correction",
  "erasure",
  "restriction",
  "objection",
  "opt-out",
  "accounting",
  "automated-decision-review",
  "decision-reasons",
  "confidential-communications",
  "complaint",
]);
export const rightMatter = z.enum(["insurance", "website-or-marketing", "consumer-report"]);
export const rightState = z.enum([
  "received",
  "verifying",
  "in-progress",
  "waiting",
  "fulfilling",
  "decided",
  "appealed",
  "closed",
]);
export const rightVerdict = z.enum(["applies", "insurer-exempt", "data-exempt", "other-line", "other-matter"]);
export const rightStepCode = z.enum([
  "received",
  "identity-shown",
  "identity-awaited",
  "year-ends",
  "adds",
  "last-day-of-month",
  "extended",
  "paused",
  "still-paused",
  "waiting-counts",
  "rolled",
  "weekend-stands",
  "house-sets",
]);
export const rightOutcome = z.enum(["fulfilled", "partly", "refused"]);
