// What letters refuse.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "does-not-fit": [422, "the addressee does not fit the window: shorten its lines"],
  "cannot-be-written": [422, "the letter holds characters that its typeface has not"],
  "not-on-paper": [409, "this is not sent on paper: a protected class, or an address that is not safe"],
} as const satisfies Record<string, readonly [number, string]>;

export type LettersErrorCode = keyof typeof FAILURES;

export class LettersError extends AppError {
  readonly code: LettersErrorCode;
  readonly status: number;

  constructor(code: LettersErrorCode, options?: ErrorOptions) {
    super(FAILURES[code][1], options);
    this.name = "LettersError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
