// What an import refuses as a whole. A single row that is refused is a value (a reject), not an error.
import { AppError } from "../kernel/app-error.ts";

const STATUSES = {
  "bad-mapping": 500,
  "unknown-mapping": 404,
  "mapping-changed": 409,
  "origin-needed": 422,
  "bad-origin": 422,
  "origin-differs": 409,
  "other-file": 409,
  "bad-header": 422,
  "bad-encoding": 422,
  "unknown-import": 404,
  "import-over": 409,
  "wrong-offset": 409,
  "longer-than-announced": 422,
  "too-many-rejects": 422,
  "forged-run": 500,
} as const;
export type ImportErrorCode = keyof typeof STATUSES;

/** `message` names columns, files and places only, never what stands in a row. */
export class ImportError extends AppError {
  readonly code: ImportErrorCode;
  readonly status: number;

  constructor(code: ImportErrorCode, message: string) {
    super(message);
    this.name = "ImportError";
    this.code = code;
    this.status = STATUSES[code];
  }
}
