// What the keeping of papers refuses.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "no-file": [404, "there is no paper of that record here, or none that you may see"],
  "not-shown": [403, "the paper is not shown: it is not disclosed to you for this"],
  "not-whole": [500, "the paper is not what was kept: parts of it are missing or were exchanged"],
  "empty-file": [422, "there is nothing in the file"],
} as const satisfies Record<string, readonly [number, string]>;

export type DocumentErrorCode = keyof typeof FAILURES;

export class DocumentError extends AppError {
  readonly code: DocumentErrorCode;
  readonly status: number;

  /** `why`: in words of the policies, which hold nothing of anybody. */
  constructor(code: DocumentErrorCode, why = "", options?: ErrorOptions) {
    super(why === "" ? FAILURES[code][1] : `${FAILURES[code][1]}: ${why}`, options);
    this.name = "DocumentError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
