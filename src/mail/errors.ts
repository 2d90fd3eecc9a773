// What mail refuses. Neither addresses nor words of a letter stand in any of it.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "not-configured": [503, "this needs mail, and no mail server is configured (UBERRIMA_SMTP_URL)"],
  "bad-address": [422, "mail cannot be sent to such an address"],
  "bad-values": [500, "a letter was given other values than its template names"],
  "outbox-full": [503, "too much mail is waiting to be sent"],
  "bad-governance": [500, "a mail template is not valid"],
} as const satisfies Record<string, readonly [number, string]>;

export type MailErrorCode = keyof typeof FAILURES;

export class MailError extends AppError {
  readonly code: MailErrorCode;
  readonly status: number;

  constructor(code: MailErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ?? FAILURES[code][1], options);
    this.name = "MailError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
