// What preferences refuse.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "bad-alternative": [
    422,
    "one e-mail address, one telephone number or one postal address is needed, of the channel named",
  ],
  "no-relationship": [409, "there is no open relationship to keep this with"],
  "caller-not-verified": [403, "verify the caller first"],
  protected: [
    403,
    "this customer has a protection order: where they are reached is for them to say, signed in, or for the data protection officer",
  ],
  "not-believed": [500, "where this customer is to be reached does not verify: nobody is written to"],
} as const satisfies Record<string, readonly [number, string]>;

export type PreferencesErrorCode = keyof typeof FAILURES;

export class PreferencesError extends AppError {
  readonly code: PreferencesErrorCode;
  readonly status: number;

  constructor(code: PreferencesErrorCode, options?: ErrorOptions) {
    super(FAILURES[code][1], options);
    this.name = "PreferencesError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
