// What is refused of privacy notices.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "bad-governance": [500, "governance/sharing is not usable"],
  "unknown-notice": [404, "there is no such notice in this language"],
  "unknown-document": [422, "proof of delivery is a document of the customer: no such document"],
  "no-mail-address": [409, "nobody knows an address that mail reaches this customer at: write a letter"],
  "not-by-mail": [
    409,
    "mail does not go to this customer's contacts on file: a protection order, or another channel that they asked for",
  ],
  "mailed-already": [409, "this notice was sent to the customer by mail already"],
  "bad-time": [422, "a delivery lies in the past"],
} as const satisfies Record<string, readonly [number, string]>;

export type NoticeErrorCode = keyof typeof FAILURES;

export class NoticeError extends AppError {
  readonly code: NoticeErrorCode;
  readonly status: number;

  /** `more` names files, never anything of a customer. */
  constructor(code: NoticeErrorCode, more?: string) {
    super(more ?? FAILURES[code][1]);
    this.name = "NoticeError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
