// What is refused of legal demands.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "bad-governance": [500, "governance/sharing is not usable"],
  "unknown-demand": [404, "no such legal demand"],
  "unknown-kind": [422, "there is no such kind of demand: see the rules"],
  "unknown-check": [422, "this demand has no such check, or it may not be answered so"],
  "unknown-document": [
    422,
    "a demand rests on a document of a customer that it names: no such document, or its paper is not sealed here: file it first",
  ],
  "unknown-place": [422, "a demand names customers with their own policies, claims and records"],
  "beyond-kind": [422, "this kind of process does not reach so far"],
  "beyond-demand": [422, "what is produced is narrowed to what the demand names, never widened"],
  "unknown-ground": [422, "no such ground for telling nobody, or later than this kind asks, or not for so long"],
  "checks-open": [409, "checks are open or failed"],
  "notice-open": [409, "whether and when the customer is told is not settled"],
  "review-open": [409, "what is privileged has not been reviewed by another person"],
  "not-narrowed": [409, "it names a period: what is produced names its records"],
  "wrong-state": [409, "in this state that cannot be done, or somebody has changed it just now: read it again"],
  "own-demand": [403, "whoever took it in, or decided on it before, does not decide on it"],
} as const satisfies Record<string, readonly [number, string]>;

export type DemandErrorCode = keyof typeof FAILURES;

export class DemandError extends AppError {
  readonly code: DemandErrorCode;
  readonly status: number;

  /** `more` names checks, classes or files, never anything of a customer. */
  constructor(code: DemandErrorCode, more?: string) {
    super(more === undefined ? FAILURES[code][1] : `${FAILURES[code][1]}: ${more}`);
    this.name = "DemandError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
