// What webhooks refuse.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-webhook": [404, "no such webhook"],
  "wrong-state": [409, "the webhook's state does not allow that"],
  "too-many-webhooks": [409, "no more webhooks: end one of them first"],
  "bad-destination": [422, "a webhook goes to an https address without a user or fragment"],
  "private-destination": [422, "a webhook goes to a public address, unless the operator allows others"],
  "too-many-events": [422, "more events than are replayed at once: ask for a shorter time"],
} as const satisfies Record<string, readonly [number, string]>;

export type DownstreamErrorCode = keyof typeof FAILURES;

export class DownstreamError extends AppError {
  readonly code: DownstreamErrorCode;
  readonly status: number;

  constructor(code: DownstreamErrorCode, options?: ErrorOptions) {
    super(FAILURES[code][1], options);
    this.name = "DownstreamError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
