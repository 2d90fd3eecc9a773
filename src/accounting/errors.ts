// What the accounting refuses: one answer for every list and every line that is not to be seen.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-list": [404, "there is no such list, or none that is yours to see"],
  "unknown-line": [404, "there is no such line on your list"],
  "not-opened": [
    403,
    "this entry also speaks of others or holds words of staff, so it is not opened; its receipt proves that it stands",
  ],
  "unknown-law": [422, "no list is made by that law here"],
  busy: [503, "whoever asks has just changed: ask again"],
  "bad-governance": [500, "the rules of the accounting are not valid"],
} as const satisfies Record<string, readonly [number, string]>;

export type AccountingErrorCode = keyof typeof FAILURES;

export class AccountingError extends AppError {
  readonly code: AccountingErrorCode;
  readonly status: number;

  constructor(code: AccountingErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ?? FAILURES[code][1], options);
    this.name = "AccountingError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
