// What can go wrong on the way out, in words that are safe to show: a name of a host or a message of another system is in `cause` alone.
import { AppError } from "../kernel/app-error.ts";

export type EventsErrorCode =
  /** The receiver does not answer, refused, or went away in the middle. */
  | "receiver-unavailable"
  /** It takes nothing any more, though it is still there. */
  | "receiver-stalled"
  /** Its certificate is not one that is trusted for its name. */
  | "receiver-untrusted"
  /** The file cannot be written. */
  | "file-unavailable";

const MESSAGES: Readonly<Record<EventsErrorCode, string>> = {
  "receiver-unavailable": "the receiver of security events does not answer, or refused",
  "receiver-stalled": "the receiver of security events takes nothing any more",
  "receiver-untrusted": "the certificate of the receiver of security events is not trusted",
  "file-unavailable": "the file of security events cannot be written",
};

/** OpenSSL's reasons, and Node's for another name. */
const UNTRUSTED = /^(CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_TLS_CERT)/;

export class EventsError extends AppError {
  override readonly name = "EventsError";
  readonly code: EventsErrorCode;
  readonly status = 503;

  constructor(code: EventsErrorCode, options?: ErrorOptions) {
    super(MESSAGES[code], options);
    this.code = code;
  }

  /** What a connection over TLS failed with. */
  static of(cause: unknown): EventsError {
    if (cause instanceof EventsError) return cause;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    return new EventsError(UNTRUSTED.test(code) ? "receiver-untrusted" : "receiver-unavailable", { cause });
  }
}
