// What one-time codes refuse. A wrong code is no error.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "too-many": [429, "too many codes were asked for or tried of late: try again later"],
} as const satisfies Record<string, readonly [number, string]>;

export type CodesErrorCode = keyof typeof FAILURES;

export class CodesError extends AppError {
  readonly code: CodesErrorCode;
  readonly status: number;
  readonly retryAfterSeconds: number;

  constructor(code: CodesErrorCode, retryAfterSeconds: number, options?: ErrorOptions) {
    super(FAILURES[code][1], options);
    this.name = "CodesError";
    this.code = code;
    this.status = FAILURES[code][0];
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
