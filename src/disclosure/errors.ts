// What can go wrong at the gate, apart from a denial, which is an answer.
import { AppError } from "../kernel/app-error.ts";

export type GateErrorCode =
  | "unknown-field"
  | "unknown-index"
  | "no-standard-view"
  | "too-many-fields"
  | "not-found"
  | "not-permitted"
  | "grant-not-in-force"
  | "no-longer-active"
  | "ceiling-reached"
  | "bad-policies"
  | "busy"
  | "does-not-open";

const STATUS: Readonly<Record<GateErrorCode, number>> = {
  "unknown-field": 400,
  "unknown-index": 400,
  "no-standard-view": 400,
  "too-many-fields": 400,
  "not-found": 404,
  "not-permitted": 403,
  "grant-not-in-force": 403,
  "no-longer-active": 401,
  "ceiling-reached": 429,
  "bad-policies": 422,
  busy: 503,
  "does-not-open": 500,
};

/** `message` is safe to show. */
export class GateError extends AppError {
  readonly code: GateErrorCode;
  readonly status: number;

  constructor(code: GateErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "GateError";
    this.code = code;
    this.status = STATUS[code];
  }
}
