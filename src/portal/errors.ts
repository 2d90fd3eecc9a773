// What the portal refuses: one answer for whatever is wrong with a code, and one for every file that is not to be seen.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "wrong-code": [401, "the code is not right, or its time is over: ask for another"],
  "bad-contact": [422, "one e-mail address or one telephone number is needed"],
  "unknown-file": [404, "there is no such file, or none that is yours to see"],
  "bad-governance": [500, "a governance file of the portal is not valid"],
  busy: [503, "too many people are signing in: try again in a moment"],
} as const satisfies Record<string, readonly [number, string]>;

export type PortalErrorCode = keyof typeof FAILURES;

export class PortalError extends AppError {
  readonly code: PortalErrorCode;
  readonly status: number;

  constructor(code: PortalErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ?? FAILURES[code][1], options);
    this.name = "PortalError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
