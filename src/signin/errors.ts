// What sign-in refuses. Wrong tokens and wrong secrets are no errors: they answer null, whatever was wrong.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-session": [404, "no such session in force"],
  "not-in-force": [401, "whoever this is may not sign in now"],
} as const satisfies Record<string, readonly [number, string]>;

export type SignInErrorCode = keyof typeof FAILURES;

export class SignInError extends AppError {
  readonly code: SignInErrorCode;
  readonly status: number;

  constructor(code: SignInErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ?? FAILURES[code][1], options);
    this.name = "SignInError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
