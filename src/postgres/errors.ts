// What can go wrong between Uberrima and PostgreSQL, in words that are safe to show.
import { AppError } from "../kernel/app-error.ts";

export type PostgresErrorCode =
  /** This machine has no binaries of the embedded server: give a URL instead. */
  | "no-binaries"
  /** PostgreSQL could not be run at all: user, permissions, folder. */
  | "cannot-run"
  /** Another server process owns the data folder. */
  | "folder-in-use"
  /** The data folder belongs to another user, or was made by another version. */
  | "folder-not-ours"
  | "start-failed"
  | "bad-url"
  | "bad-role"
  | "bad-migration"
  | "migration-changed"
  | "not-durable"
  | "too-old"
  | "role-too-wide"
  /** It cannot be reached, or went away in the middle: what was under way may have been done or not. */
  | "unavailable"
  /** COMMIT was answered with ROLLBACK: nothing of the transaction was kept. */
  | "not-committed";

export class PostgresError extends AppError {
  override readonly name = "PostgresError";
  readonly code: PostgresErrorCode;
  readonly status = 503;

  constructor(code: PostgresErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
