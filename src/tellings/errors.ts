// What tellings refuse.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-telling": [404, "nobody is to be told of anything by this id"],
  "wrong-state": [409, "this is not where that can be done: read how it stands now"],
  "changed-meanwhile": [409, "something that this rests on has just changed: ask again"],
  "bad-governance": [500, "governance/sharing/tellings.yaml is not usable"],
} as const satisfies Record<string, readonly [number, string]>;

export type TellingsErrorCode = keyof typeof FAILURES;

export class TellingsError extends AppError {
  readonly code: TellingsErrorCode;
  readonly status: number;

  /** `more` names files, never anything of a customer. */
  constructor(code: TellingsErrorCode, more?: string) {
    super(more ?? FAILURES[code][1]);
    this.name = "TellingsError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
