// What the HTTP layer itself refuses. Domains throw their own errors; the problem mapper answers both alike.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "malformed-json": [400, "the body is not well-formed JSON"],
  "invalid-utf8": [400, "the body is not valid UTF-8"],
  "repeated-name": [400, "an object in the body has two members of one name"],
  "empty-body": [400, "a JSON body is needed"],
  "invalid-request": [400, "parts of the request are missing or wrong: see errors"],
  "invalid-content-length": [400, "the body is not as long as Content-Length says"],
  "invalid-url": [400, "the URL is not valid"],
  "invalid-cursor": [400, "the cursor was not made by this operation for this client"],
  "invalid-idempotency-key": [400, "Idempotency-Key must be 1 to 128 visible ASCII characters"],
  "malformed-http": [400, "the request is not well-formed HTTP"],
  unauthenticated: [401, "a valid bearer token is needed"],
  "cross-site": [
    403,
    "a request with a session's cookie needs the header X-Uberrima-Request: 1, and to come from our own pages",
  ],
  "second-factor-needed": [403, "show or enrol a second factor first: see GET /v1/session"],
  "not-permitted": [403, "this role may not do that"],
  "not-found": [404, "there is nothing here, or nothing that this client may know of"],
  "method-not-allowed": [405, "this resource does not answer that method: see Allow"],
  "request-timeout": [408, "the request did not arrive in time"],
  conflict: [409, "the request does not fit the state of the resource"],
  "body-too-large": [413, "the body is larger than the limit"],
  "url-too-long": [414, "a part of the URL is longer than the limit"],
  "unsupported-media-type": [415, "send application/json"],
  "idempotency-key-reused": [422, "this Idempotency-Key came before with another request"],
  "rate-limited": [429, "too many requests: wait as long as Retry-After says"],
  "ceiling-reached": [429, "this client has reached a ceiling of its own: wait as long as Retry-After says"],
  "headers-too-large": [431, "the headers are larger than the limit"],
  internal: [500, "something went wrong here; quote the reference when you report it"],
  unavailable: [503, "not ready to answer: try again after Retry-After"],
  "not-yet-published": [503, "no checkpoint covers this entry yet: try again after Retry-After"],
  timeout: [503, "the answer took too long: try again"],
} as const satisfies Record<string, readonly [number, string]>;

export type HttpErrorCode = keyof typeof FAILURES;

interface Extra extends ErrorOptions {
  /** Must be as safe to show as the standing message: codes, limits and names of ours only. */
  readonly detail?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export class HttpError extends AppError {
  readonly code: HttpErrorCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: HttpErrorCode, extra: Extra = {}) {
    super(extra.detail ?? FAILURES[code][1], extra.cause === undefined ? undefined : { cause: extra.cause });
    this.name = "HttpError";
    this.code = code;
    this.status = FAILURES[code][0];
    this.headers = extra.headers ?? {};
  }
}
