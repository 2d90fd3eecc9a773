// What is wrong with the policy files: found at start, named by file and line.
import { AppError } from "../../kernel/app-error.ts";

export type PolicyErrorCode = "bad-policies";

const FAULTS_SHOWN_MAX = 20;

/** Thrown while loading only. The message lists `file:line: what`, one a line; policy files hold no personal data. */
export class PolicyError extends AppError {
  readonly code: PolicyErrorCode = "bad-policies";
  readonly status = 500;
  readonly faults: readonly string[];

  constructor(faults: readonly string[], options?: ErrorOptions) {
    const more = faults.length > FAULTS_SHOWN_MAX ? [`and ${faults.length - FAULTS_SHOWN_MAX} more`] : [];
    super([...faults.slice(0, FAULTS_SHOWN_MAX), ...more].join("\n"), options);
    this.name = "PolicyError";
    this.faults = faults;
  }
}
