// What is refused of the register of recipients.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-recipient": [404, "no such recipient"],
  "unknown-contract": [404, "no such contract of this recipient, or it has ended"],
  "unknown-key": [404, "no such key of this recipient, or it has ended"],
  "unknown-passkey": [404, "no such passkey of this recipient, or it has ended"],
  "own-request": [403, "who asked for it does not approve it"],
  "already-approved": [409, "this was approved before"],
  "wrong-state": [409, "the recipient is not in a state that allows this"],
  "no-contract": [409, "a contract is registered before a recipient is approved"],
  "bad-period": [422, "the end must lie in the future, and after the start"],
  "bad-key": [422, "this is not an age recipient for X25519 (age1...) or the post-quantum hybrid (age1pq1...)"],
  "too-many": [409, "so many of these are registered that some have to end first"],
} as const satisfies Record<string, readonly [number, string]>;

export type RecipientsErrorCode = keyof typeof FAILURES;

export class RecipientsError extends AppError {
  readonly code: RecipientsErrorCode;
  readonly status: number;

  constructor(code: RecipientsErrorCode, options?: ErrorOptions) {
    super(FAILURES[code][1], options);
    this.name = "RecipientsError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
