// What is refused of representation.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-representation": [404, "no such authority in force"],
  "unknown-customer": [404, "no such customer"],
  "unknown-document": [422, "authority rests on a document of the represented customer: no such document"],
  "own-request": [403, "who asked for it does not approve it"],
  "already-granted": [409, "this authority was granted before"],
  "same-customer": [422, "nobody represents themselves"],
  "bad-period": [422, "the end must lie in the future, and after the start"],
} as const satisfies Record<string, readonly [number, string]>;

export type RepresentationErrorCode = keyof typeof FAILURES;

export class RepresentationError extends AppError {
  readonly code: RepresentationErrorCode;
  readonly status: number;

  constructor(code: RepresentationErrorCode, options?: ErrorOptions) {
    super(FAILURES[code][1], options);
    this.name = "RepresentationError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
