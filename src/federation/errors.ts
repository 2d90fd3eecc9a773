// What the identity provider's word is refused for. Whoever signs in is told one thing; the ledger says which.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "no-provider": [404, "single sign-on is not set up here"],
  "sso-refused": [401, "you could not be signed in: start again, or ask whoever administers access"],
  "step-up-refused": [401, "the provider did not show a fresh strong factor of the same person"],
  "unknown-person": [404, "no such user"],
  "person-exists": [409, "a user of that name exists"],
  "provider-away": [503, "the identity provider does not answer; try again"],
  "bad-governance": [500, "a governance file is not valid"],
} as const satisfies Record<string, readonly [number, string]>;

export type FederationErrorCode = keyof typeof FAILURES;

export class FederationError extends AppError {
  readonly code: FederationErrorCode;
  readonly status: number;

  constructor(code: FederationErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ?? FAILURES[code][1], options);
    this.name = "FederationError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
