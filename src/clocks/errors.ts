// What is wrong with rules of law that cannot be used.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "bad-rules": [500, "the rules for customers' rights cannot be used"],
  "unknown-place": [422, "there is no such country, or no such state in it"],
} as const satisfies Record<string, readonly [number, string]>;

export type ClocksErrorCode = keyof typeof FAILURES;

export class ClocksError extends AppError {
  readonly code: ClocksErrorCode;
  readonly status: number;

  constructor(code: ClocksErrorCode, options?: ErrorOptions & { readonly faults?: readonly string[] }) {
    // Faults name file and line of governance files, which hold no personal data.
    super([FAILURES[code][1], ...(options?.faults ?? [])].join("\n"), options);
    this.name = "ClocksError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
