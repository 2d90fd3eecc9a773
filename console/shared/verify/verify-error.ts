// Why something did not verify in the browser.

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
  | "not-committed";

export class VerifyError extends Error {
  override readonly name = "VerifyError";
  readonly code: VerifyErrorCode;

  constructor(code: VerifyErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
