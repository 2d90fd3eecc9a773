// What a review refuses and why.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-review": [404, "no such review"],
  "unknown-line": [404, "no such line in this review"],
  "wrong-state": [409, "the review's state does not allow that"],
  "line-changed": [409, "the line was changed meanwhile: read it again"],
  "lines-undecided": [409, "lines are undecided, and the review is not overdue"],
  "not-your-line": [403, "the line is somebody else's to decide"],
  "own-line": [403, "nobody reviews themselves, or whom they granted"],
  "no-reviewer": [422, "for some lines no reviewer is left who may decide them: name more reviewers"],
  "bad-reviewer": [422, "a reviewer must be in force and have the right to decide"],
  "default-not-allowed": [422, "lines of privileged roles are in scope: overdue lines may not be approved by default"],
  "empty-scope": [422, "nobody is in scope"],
  "too-many-lines": [422, "more lines than a review can hold: narrow its scope"],
  "not-narrower": [422, "narrowing leaves less than stands, and at least one purpose"],
  "not-narrowable": [422, "an assignment is kept or ended, not narrowed"],
  "bad-due-date": [422, "a review is due within a year from now"],
  "too-many": [422, "more items at once than the limit allows, or none"],
  "bad-governance": [500, "a governance file is not valid"],
} as const satisfies Record<string, readonly [number, string]>;

export type ReviewErrorCode = keyof typeof FAILURES;

export class ReviewError extends AppError {
  override readonly name = "ReviewError";
  readonly code: ReviewErrorCode;
  readonly status: number;

  constructor(code: ReviewErrorCode, detail?: string) {
    super(detail ?? FAILURES[code][1]);
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
