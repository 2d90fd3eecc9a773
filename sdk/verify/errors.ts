// Why something did not verify. Every check of this folder throws this one class.

export type VerifyErrorCode =
  /** The text or bytes are not of the format at all. */
  | "malformed"
  /** The verifier key cannot be read. */
  | "bad-key"
  /** No good signature of the given key, or a bad one. */
  | "bad-signature"
  /** Signed, but for another log. */
  | "wrong-origin"
  /** The hashes do not lead to the signed root. */
  | "bad-proof"
  /** The time or detail given is not the one the leaf commits to. */
  | "not-committed"
  /** A tile's hashes are not those of the entries. */
  | "tile-differs"
  /** Entries and tiles agree with each other, but not with the signed root. */
  | "root-differs"
  /** The log is smaller than it once was. */
  | "log-shrunk"
  /** The log is not a continuation of what it once was. */
  | "log-forked"
  /** A file of the log is not there, although the checkpoint needs it. */
  | "missing"
  /** The log could not be read. */
  | "unreachable";

export class VerifyError extends Error {
  override readonly name = "VerifyError";
  readonly code: VerifyErrorCode;

  constructor(code: VerifyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
