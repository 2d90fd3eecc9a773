// Every way the vault refuses, with words that are safe to show to anybody.
import { AppError } from "../kernel/app-error.ts";

export type VaultErrorCode =
  | "invalid-field"
  | "unknown-record-type"
  | "unknown-index"
  | "unit-kind"
  | "too-many"
  | "too-long"
  | "not-found"
  | "stale"
  | "fields-needed"
  | "duplicate-source"
  | "already-decided"
  | "erased"
  | "held"
  | "outside-scope"
  | "forged"
  | "malformed"
  | "does-not-open";

const STATUSES: Readonly<Record<VaultErrorCode, number>> = {
  "invalid-field": 422,
  "unknown-record-type": 422,
  "unknown-index": 422,
  "unit-kind": 422,
  "too-many": 413,
  "too-long": 413,
  "not-found": 404,
  stale: 409,
  "fields-needed": 422,
  "duplicate-source": 409,
  "already-decided": 409,
  erased: 410,
  held: 409,
  "outside-scope": 403,
  forged: 500,
  malformed: 500,
  "does-not-open": 500,
};

/** One field that was refused: its path and a reason code, never its value. */
export interface FieldIssue {
  readonly field: string;
  readonly reason: string;
}

/** `message` and `issues` name fields and reasons only. `forged`, `malformed` and `does-not-open` mean that stored bytes were tampered with. */
export class VaultError extends AppError {
  readonly code: VaultErrorCode;
  readonly status: number;
  readonly issues: readonly FieldIssue[];

  constructor(code: VaultErrorCode, message: string, issues: readonly FieldIssue[] = []) {
    super(message);
    this.name = "VaultError";
    this.code = code;
    this.status = STATUSES[code];
    this.issues = issues;
  }
}
