// What letters refuse.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "does-not-fit": [422, "the addressee does not fit the window: shorten its lines"],
  "cannot-be-written": [
    422,
    "the letter holds characters of a script that no typeface here has: write it elsewhere, or put the name on file in Latin, Greek or Cyrillic letters too",
  ],
  "not-on-paper": [409, "this is not sent on paper: a protected class, or an address that is not safe"],
  "bad-governance": [500, "governance/templates/letters is not usable"],
  "no-relationship": [409, "there is no open relationship to keep this with"],
  "unknown-letter": [404, "there is no such letter"],
  "unknown-batch": [404, "there is no such batch"],
  "unknown-notice": [404, "there is no such notice in this language"],
  "nothing-waits": [409, "no letter waits to be printed"],
  "wrong-state": [409, "the letter or batch is not where that can be done"],
  "changed-meanwhile": [409, "something that this rests on has just changed: ask again"],
  "other-print": [409, "this is not the digest of the newest printing: print again, and post that"],
  "bad-day": [422, "letters are posted on a day between their printing and today"],
  "empty-batch": [409, "nothing in this batch can be printed"],
} as const satisfies Record<string, readonly [number, string]>;

export type LettersErrorCode = keyof typeof FAILURES;

export class LettersError extends AppError {
  readonly code: LettersErrorCode;
  readonly status: number;

  /** `more` names files, never anything of a customer. */
  constructor(code: LettersErrorCode, more?: string) {
    super(more ?? FAILURES[code][1]);
    this.name = "LettersError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
