// What customer sign-in refuses: one answer for whatever is wrong with a code.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "wrong-code": [401, "the code is not right, or its time is over: ask for another"],
  "bad-contact": [422, "one e-mail address or one telephone number is needed"],
  busy: [503, "too many people are signing in: try again in a moment"],
} as const satisfies Record<string, readonly [number, string]>;

export type PortalErrorCode = keyof typeof FAILURES;

export class PortalError extends AppError {
  readonly code: PortalErrorCode;
  readonly status: number;

  constructor(code: PortalErrorCode, options?: ErrorOptions) {
    super(FAILURES[code][1], options);
    this.name = "PortalError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
