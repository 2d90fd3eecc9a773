// What is refused of choices.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "bad-governance": [500, "governance/sharing is not usable"],
  "unknown-choice": [404, "there is no such choice"],
  "only-says-no": [
    403,
    "this role writes down what customers say no to; a no is taken back by them, or by the privacy side",
  ],
} as const satisfies Record<string, readonly [number, string]>;

export type ChoiceErrorCode = keyof typeof FAILURES;

export class ChoiceError extends AppError {
  readonly code: ChoiceErrorCode;
  readonly status: number;

  /** `more` names files, never anything of a customer. */
  constructor(code: ChoiceErrorCode, more?: string) {
    super(more ?? FAILURES[code][1]);
    this.name = "ChoiceError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
