// What is refused of packages for third parties.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-package": [404, "no such package, or it can be picked up no longer"],
  "not-served": [
    409,
    "nothing is sent to this recipient: it is not approved, was stopped, or no contract for the purpose is in force",
  ],
  "no-key": [409, "no approved key of this recipient is known"],
  "no-contact": [409, "no contact of this recipient is registered, so that nobody can be sent a code"],
  "wants-keeping": [
    422,
    "what the customer signed goes along with this, so that its reader has to be able to keep it: allow that, or send it to a key",
  ],
  "nothing-released": [409, "nothing of what was asked for may be sent to this recipient; a preview says why"],
  "too-large": [422, "this is more than a package may hold: name fewer customers or fields"],
  "wrong-state": [409, "the package is not in a state that allows this"],
  "unknown-flow": [404, "no such flow in governance/flows"],
  "not-for-recipient": [422, "this flow is not for recipients of this type"],
  "checks-failed": [422, "this flow may not be run as asked; what would satisfy its checks:"],
  "bad-governance": [500, "the flows cannot be used"],
  "bad-passkey": [403, "this passkey is not one that opens this room"],
  "no-provider": [409, "this recipient has no identity provider of its own registered here"],
  "sign-in-refused": [403, "this sign-in does not open the room: begin again from the link"],
  "bad-code": [403, "this code is not right, or is good no longer: ask for another"],
} as const satisfies Record<string, readonly [number, string]>;

export type PackagesErrorCode = keyof typeof FAILURES;

export class PackagesError extends AppError {
  readonly code: PackagesErrorCode;
  readonly status: number;

  /** `faults`: of files that hold no personal data. */
  constructor(code: PackagesErrorCode, faults?: readonly string[]) {
    super([FAILURES[code][1], ...(faults ?? [])].join("\n"));
    this.name = "PackagesError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
