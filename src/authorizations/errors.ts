// What is refused of authorizations.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "bad-governance": [500, "governance/sharing is not usable"],
  "unknown-authorization": [404, "no such authorization"],
  "unknown-form": [422, "there is no such form: see the list of forms"],
  "unknown-document": [
    422,
    "an authorization rests on a document of the customer: no such document, or its paper is not sealed here: file it first",
  ],
  "unknown-unit": [422, "an authorization reaches units and records of the customer alone"],
  "unknown-representative": [
    422,
    "whoever signs for the customer needs authority in force here, over all that is signed for",
  ],
  "beyond-form": [422, "this form does not reach so far"],
  "elements-missing": [422, "elements that the law asks for are missing"],
  "bad-period": [422, "it must end in the future, after it begins, and no later than the form allows"],
  "not-narrowed": [
    422,
    "what only a reader can tell (part of the body, dates of service) is narrowed by naming the records",
  ],
  "wrong-state": [409, "in this state that cannot be done"],
  "no-relationship": [409, "there is no unit left to keep it in"],
  "too-many": [409, "too many authorizations of one customer"],
} as const satisfies Record<string, readonly [number, string]>;

export type AuthorizationErrorCode = keyof typeof FAILURES;

export class AuthorizationError extends AppError {
  readonly code: AuthorizationErrorCode;
  readonly status: number;

  /** `more` names forms, elements or files, never anything of a customer. */
  constructor(code: AuthorizationErrorCode, more?: string) {
    super(more === undefined ? FAILURES[code][1] : `${FAILURES[code][1]}: ${more}`);
    this.name = "AuthorizationError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
