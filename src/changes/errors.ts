// What changes that wait refuse. A wrong code is no error: it is answered "not confirmed".
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-change": [404, "no such change is waiting"],
  "no-contact": [409, "no contact that has stood for three days: nobody can be asked to confirm this change"],
  "own-change": [403, "who asked for it does not vouch for it"],
  "already-confirmed": [409, "this change was confirmed before"],
  "bad-governance": [500, "the rules of changes that wait are not valid"],
} as const satisfies Record<string, readonly [number, string]>;

export type ChangesErrorCode = keyof typeof FAILURES;

export class ChangesError extends AppError {
  readonly code: ChangesErrorCode;
  readonly status: number;

  constructor(code: ChangesErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ?? FAILURES[code][1], options);
    this.name = "ChangesError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
