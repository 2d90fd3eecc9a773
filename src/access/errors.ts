// What access refuses and why. Wrong tokens are no errors: authenticate answers null for all of them alike.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "not-permitted": [403, "this role may not do that"],
  "own-authority": [403, "nobody administers or grants to themselves"],
  "stale-actor": [401, "the acting client was changed meanwhile: authenticate again"],
  "purpose-not-for-role": [422, "the role may not state one of these purposes"],
  "too-many-purposes": [422, "clients of this role are registered for fewer purposes"],
  "scope-not-for-role": [422, "the role may not have this row scope"],
  "scope-incomplete": [422, "the row scope needs groups, entities or lines that are missing, or forbids those given"],
  "role-not-for-staff": [422, "people do not have this role"],
  "role-not-for-clients": [422, "no API client may be made for this role"],
  "bad-expiry": [422, "a client must expire, in the future and within the limit for its role"],
  "bad-name": [422, "a name of 1 to 200 characters is needed"],
  "bad-period": [422, "the end must lie after the start and not in the past, both between the years 1970 and 9999"],
  "too-many": [422, "more items at once than the limit allows, or none"],
  "mixed-kinds": [422, "assignments of investigations are made and ended apart from others"],
  "too-many-flags": [422, "this customer cannot hold more flags"],
  "too-many-holds": [422, "this customer cannot be under more legal holds"],
  "too-many-disputes": [409, "no more statements can be kept of this customer"],
  "unknown-client": [404, "no such client"],
  "unknown-customer": [404, "no such customer"],
  "unknown-assignment": [404, "no such assignment in force"],
  "unknown-flag": [404, "no such flag in force"],
  "wrong-status": [409, "the client's status does not allow that"],
  "already-initialised": [409, "a client exists: the first administrator was made before"],
  erased: [410, "the customer has been erased"],
  "forged-authority": [500, "a stored authority row does not verify: nothing rests on it"],
  "bad-governance": [500, "a governance file is not valid"],
} as const satisfies Record<string, readonly [number, string]>;

export type AccessErrorCode = keyof typeof FAILURES;

export class AccessError extends AppError {
  readonly code: AccessErrorCode;
  readonly status: number;

  /** `detail` replaces the standing message; it must be as safe to show: codes, ids and file names only. */
  constructor(code: AccessErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ?? FAILURES[code][1], options);
    this.name = "AccessError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
