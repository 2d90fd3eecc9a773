// What the watch refuses and why.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "bad-governance": [500, "a governance file of the watch is not valid"],
  "unknown-alert": [404, "no such alert"],
  "already-decided": [409, "the alert has been decided"],
  "own-alert": [403, "nobody reviews what is about themselves"],
  "unknown-catastrophe": [404, "no such catastrophe mode in force"],
  "bad-period": [422, "the end must lie in the future and within the longest time that the rules allow"],
  "same-person": [403, "whoever requests does not approve"],
  "wrong-state": [409, "the catastrophe mode is not waiting for approval"],
  "unknown-canary": [404, "no such customer, or not marked"],
  "too-many": [422, "more than the limit allows"],
} as const satisfies Record<string, readonly [number, string]>;

export type WatchErrorCode = keyof typeof FAILURES;

export class WatchError extends AppError {
  readonly code: WatchErrorCode;
  readonly status: number;

  /** `detail` replaces the standing message; it must be as safe to show: codes, ids and file names only. */
  constructor(code: WatchErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ?? FAILURES[code][1], options);
    this.name = "WatchError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
