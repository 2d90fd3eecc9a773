// What can go wrong in the ledger, and whether it is worth trying again.
import { AppError } from "../kernel/app-error.ts";

/** Codes that end the log's work in this process: history no longer is what this process, or the signer's memory, knows it to be. */
const FATAL = ["rolled-back", "forked", "wrong-origin", "corrupt"] as const;
/** Codes that pass: nothing was acknowledged, the same call may be made again. */
const RETRYABLE = ["unavailable", "busy", "not-published"] as const;
/** Codes that say the call itself was refused. */
const REFUSED = ["bad-draft", "detail-too-large", "duplicate-entry", "stale", "bad-cursor"] as const;

export type LedgerErrorCode = (typeof FATAL)[number] | (typeof RETRYABLE)[number] | (typeof REFUSED)[number];

const STATUS: Partial<Record<LedgerErrorCode, number>> = {
  unavailable: 503,
  busy: 503,
  "not-published": 503,
  "bad-draft": 400,
  "detail-too-large": 413,
  "duplicate-entry": 409,
  stale: 409,
  "bad-cursor": 400,
};

export class LedgerError extends AppError {
  override readonly name = "LedgerError";
  readonly code: LedgerErrorCode;

  constructor(code: LedgerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  get status(): number {
    return STATUS[this.code] ?? 500;
  }

  /** Stop signing and appending, and call somebody. */
  get fatal(): boolean {
    return (FATAL as readonly string[]).includes(this.code);
  }

  get retryable(): boolean {
    return (RETRYABLE as readonly string[]).includes(this.code);
  }
}

const UNIQUE_VIOLATION = "23505";
// SQLSTATE classes: 22 data exception, 23 integrity constraint violation.
const DATA_FAULT_CLASSES = ["22", "23"];
// 08 connection, 40 rollback (serialisation, deadlock), 53 resources, 55 object state, 57 operator intervention, 58 system.
const PASSING_CLASSES = ["08", "40", "53", "55", "57", "58"];

/** Runs one statement and sorts its failure into the ledger's codes. */
export async function attempt<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (failure) {
    throw fromDatabaseFailure(failure);
  }
}

/** Sorts a failure of the database driver into this domain's codes. The driver's message stays in `cause`: it may quote values. */
function fromDatabaseFailure(failure: unknown): LedgerError {
  if (failure instanceof LedgerError) return failure;
  const sqlState = sqlStateOf(failure);
  const cause = { cause: failure };
  if (failure instanceof RangeError || failure instanceof TypeError) {
    return new LedgerError("corrupt", "storage returned something that is out of range", cause);
  }
  if (sqlState === UNIQUE_VIOLATION)
    return new LedgerError("duplicate-entry", "this entry id is already in the ledger", cause);
  const sqlClass = sqlState?.slice(0, 2);
  if (sqlClass === undefined || PASSING_CLASSES.includes(sqlClass)) {
    return new LedgerError("unavailable", "the ledger's database did not answer", cause);
  }
  if (DATA_FAULT_CLASSES.includes(sqlClass))
    return new LedgerError("bad-draft", "the database refused the entry", cause);
  return new LedgerError("corrupt", "the ledger's tables are not as they should be", cause);
}

// A network error has a code too (EPIPE looks like a state); only what the server itself reported has a severity.
function sqlStateOf(failure: unknown): string | undefined {
  if (typeof failure !== "object" || failure === null || !("code" in failure) || !("severity" in failure))
    return undefined;
  return typeof failure.code === "string" ? failure.code : undefined;
}
