// What rounds of notices refuse.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-round": [404, "no such round"],
  "unknown-notice": [404, "there is no such notice"],
  "too-many-open": [409, "ten rounds are open: finish or withdraw one of them first"],
  "preview-changed": [409, "the preview is not the one that was looked at: read it again"],
  "preview-old": [409, "the preview is older than 30 days, or the notice has a newer version: ask for another"],
  "wrong-state": [409, "it is not in a state for that"],
  "own-request": [403, "who asks does not decide on it"],
  "not-believed": [500, "what stands of this does not verify: nothing is sent"],
  "done-already": [409, "another process has done it"],
} as const satisfies Record<string, readonly [number, string]>;

export type RoundErrorCode = keyof typeof FAILURES;

export class RoundError extends AppError {
  readonly code: RoundErrorCode;
  readonly status: number;

  constructor(code: RoundErrorCode) {
    super(FAILURES[code][1]);
    this.name = "RoundError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
