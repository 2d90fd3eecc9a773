// What grants refuse, apart from rights and separation of duty, which access refuses.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-grant": [404, "no such grant, or none that is open to this"],
  "wrong-state": [409, "the grant's state does not allow that"],
  "step-up-needed": [403, "show a second factor or passkey again first: this needs a fresh one"],
  "review-overdue": [
    409,
    "an emergency access of yours waits for its review for too long: no other is opened until it is reviewed",
  ],
  "already-open": [409, "an emergency access of yours is open already"],
  "not-elevatable": [422, "this role is not elevated to that, see governance/access/grants.yaml"],
  "nothing-lent": [422, "a request names what it asks for beyond one's own: role, purposes, rows or classes"],
  "too-long": [422, "longer than governance/access/grants.yaml allows"],
  "too-many": [422, "too many of these are open for one person"],
  "unknown-policy": [422, "no such policy is to be acknowledged, see governance/access/attestations.yaml"],
  "unknown-course": [422, "no such course is known, see governance/access/attestations.yaml"],
  "unknown-attestation": [404, "no such attestation in force"],
  "unknown-team": [404, "no such team"],
  "team-exists": [409, "there is a team of this name"],
  "bad-governance": [500, "a governance file is not valid"],
} as const satisfies Record<string, readonly [number, string]>;

export type GrantErrorCode = keyof typeof FAILURES;

export class GrantError extends AppError {
  readonly code: GrantErrorCode;
  readonly status: number;

  constructor(code: GrantErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ?? FAILURES[code][1], options);
    this.name = "GrantError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
