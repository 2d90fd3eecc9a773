// What cases refuse: one answer for every case that is not to be seen.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-case": [404, "there is no such case, or none that is yours to see"],
  "unknown-line": [404, "there is no such line on your list"],
  "no-relationship": [409, "there is no open relationship to keep this with"],
  "too-many-cases": [409, "too many cases are open: wait for an answer to one of them"],
  "wrong-state": [409, "the case is closed"],
} as const satisfies Record<string, readonly [number, string]>;

export type CasesErrorCode = keyof typeof FAILURES;

export class CasesError extends AppError {
  readonly code: CasesErrorCode;
  readonly status: number;

  constructor(code: CasesErrorCode, options?: ErrorOptions) {
    super(FAILURES[code][1], options);
    this.name = "CasesError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
