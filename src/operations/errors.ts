// What the operations that span domains refuse.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "not-permitted": [403, "this role may not do that"],
  "stale-actor": [401, "the acting client was changed meanwhile: authenticate again"],
} as const satisfies Record<string, readonly [number, string]>;

export type OperationsErrorCode = keyof typeof FAILURES;

export class OperationsError extends AppError {
  readonly code: OperationsErrorCode;
  readonly status: number;

  constructor(code: OperationsErrorCode) {
    super(FAILURES[code][1]);
    this.name = "OperationsError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
