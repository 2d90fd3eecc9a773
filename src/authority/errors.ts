// What the store of authority rows refuses.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-row": [404, "no such row in force"],
  "lookup-taken": [409, "something of that name stands already"],
  "too-many": [422, "more rows at once than the limit allows"],
  "forged-authority": [500, "stored authority does not verify: nothing rests on it"],
} as const satisfies Record<string, readonly [number, string]>;

export type AuthorityErrorCode = keyof typeof FAILURES;

export class AuthorityError extends AppError {
  readonly code: AuthorityErrorCode;
  readonly status: number;

  constructor(code: AuthorityErrorCode, options?: ErrorOptions) {
    super(FAILURES[code][1], options);
    this.name = "AuthorityError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
