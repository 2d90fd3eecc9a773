// What verification of callers refuses. A wrong answer is no error: it is answered "not verified".
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-call": [404, "no such call under way"],
  "unknown-contact": [422, "no such contact on file"],
  "contact-too-new": [409, "this contact was changed or added within three days: use an older one"],
  "file-locked": [423, "callers failed too often for this file: a supervisor may unlock it"],
  "no-authority": [403, "this representative has no authority on file"],
  "third-party": [403, "a third party is verified as nobody: tell them nothing of the file"],
  "no-questions": [409, "this file has too little to ask by, or the questions were asked"],
  "own-call": [403, "whoever is on the telephone does not confirm the call-back"],
  "bad-governance": [500, "the questions for callers are not valid"],
} as const satisfies Record<string, readonly [number, string]>;

export type CallersErrorCode = keyof typeof FAILURES;

export class CallersError extends AppError {
  readonly code: CallersErrorCode;
  readonly status: number;

  constructor(code: CallersErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ?? FAILURES[code][1], options);
    this.name = "CallersError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
