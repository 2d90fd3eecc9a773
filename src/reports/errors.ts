// What the channel refuses: one answer for every report that is not to be seen, and for every code that is not one.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-report": [404, "there is no such report, or none that is yours to see"],
  "unknown-receipt": [404, "no report has this receipt code"],
  "nobody-left": [422, "all who may read reports are kept from it: leave one office that may"],
  "wrong-state": [409, "the report is closed"],
  "too-many-messages": [409, "no more messages fit: make another report"],
} as const satisfies Record<string, readonly [number, string]>;

export type ReportsErrorCode = keyof typeof FAILURES;

export class ReportsError extends AppError {
  readonly code: ReportsErrorCode;
  readonly status: number;

  constructor(code: ReportsErrorCode, options?: ErrorOptions) {
    super(FAILURES[code][1], options);
    this.name = "ReportsError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
