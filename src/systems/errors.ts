// What this domain refuses and why: the token endpoint by the codes of RFC 6749 5.2 and RFC 8693 2.2.2, everything else by our own.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  // INVARIANT: one message for every way in which a client may fail to prove itself, so that none tells which clients there are.
  "invalid-client": [401, "the client did not prove itself"],
  "invalid-request": [400, "a parameter is missing, repeated, unknown or malformed"],
  "invalid-grant": [400, "what was to be exchanged is not good, or not for this client"],
  "unauthorized-client": [400, "this client may not use that grant"],
  "unsupported-grant-type": [400, "the grants are client_credentials and token exchange"],
  "invalid-scope": [400, "a purpose that this client is not registered for"],
  "bad-keys": [422, "the keys given cannot be registered"],
  "bad-certificate": [422, "the certificate given cannot be registered"],
  "too-many-keys": [422, "a client has at most 10 keys and certificates"],
  "nothing-to-approve": [409, "nothing of this client waits for approval"],
  "needs-second-person": [
    422,
    "whoever administers may not see the secret of such a client: register a key or certificate",
  ],
  "bad-governance": [500, "a governance file is not valid"],
  "unknown-client": [404, "no such client"],
  "unknown-key": [404, "the client has no such key or certificate"],
  "static-secrets-refused": [422, "this server takes no static secrets: register a key or certificate"],
  "ceiling-reached": [429, "a ceiling of this client is reached"],
  "feed-not-entitled": [403, "this feed may not give that out"],
} as const satisfies Record<string, readonly [number, string]>;

export type SystemsErrorCode = keyof typeof FAILURES;

export class SystemsError extends AppError {
  readonly code: SystemsErrorCode;
  readonly status: number;

  /** `detail` replaces the standing message and must be as safe to show. */
  constructor(code: SystemsErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ?? FAILURES[code][1], options);
    this.name = "SystemsError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
