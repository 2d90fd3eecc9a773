// What is refused of mappings and of files that wait for approval.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "bad-mapping": [422, "this is no mapping that may be used: POST /v1/mapping-trials says what is wrong with it"],
  "mapping-taken": [409, "a mapping of this name comes with the server"],
  "too-many": [422, "more mappings or files than the limit allows wait or are in force: end some first"],
  "unknown-mapping": [404, "no such mapping"],
  "unknown-request": [404, "nobody asks for this import to be approved"],
  "wrong-state": [409, "this was approved before"],
  "not-approved": [409, "somebody else has to approve this file first"],
  "other-file": [409, "this is not the file that was announced"],
} as const satisfies Record<string, readonly [number, string]>;

export type FeedsErrorCode = keyof typeof FAILURES;

export class FeedsError extends AppError {
  readonly code: FeedsErrorCode;
  readonly status: number;

  constructor(code: FeedsErrorCode, options?: ErrorOptions) {
    super(FAILURES[code][1], options);
    this.name = "FeedsError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
