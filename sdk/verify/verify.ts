// Offline verification of what a Uberrima log says, from public keys alone. Shares no code with the server.
//
// - `verifyReceipt(text, logKey)`: the entry is in the signed tree
// - `verifyPromise(promise, promiseKey)`: the log gave its word for the entry
// - `verifyOpening(leaf, r, detail)`: this is what the leaf says
// - `verifyCertificate(bundle, logKey)`: the log commits to this certificate of erasure
// - `verifyDisposalCertificate(bundle, logKey)`: the same of a run of disposals
// - `followHandovers(key, notes)`: the newest key that a trusted one leads to
// - `verifyLog(base, logKey, { remembered })`: the whole log, rebuilt
import { isDisposalCertificate, verifyCertificate, verifyDisposalCertificate } from "./certificate.ts";
import { openCheckpoint } from "./checkpoint.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { VerifyError } from "./errors.ts";
import type { VerifyErrorCode } from "./errors.ts";
import { followHandovers } from "./handover.ts";
import { parseVerifierKey } from "./note.ts";
import { verifyOpening } from "./opening.ts";
import { verifyPromise } from "./promise.ts";
import { verifyReceipt } from "./receipt.ts";
import { verifyLog } from "./verify-log.ts";

/** Opens a signed checkpoint with the log's verifier key. Throws VerifyError. */
export function verifyCheckpoint(note: string, logKey: string): Checkpoint {
  return openCheckpoint(note, parseVerifierKey(logKey));
}

/** The promise's leaf is the receipt's, at the same index of the same log: the log has kept its word. Throws VerifyError. */
export function verifyPromiseKept(promise: unknown, promiseKey: string, receipt: string, logKey: string): void {
  const given = verifyPromise(promise, promiseKey);
  const proven = verifyReceipt(receipt, logKey);
  if (given.origin !== proven.origin || given.index !== proven.index || !given.leaf.equals(proven.leaf)) {
    throw new VerifyError("not-committed", "the receipt is not of the entry that was promised");
  }
}

export { isDisposalCertificate, verifyDisposalCertificate };
export { followHandovers, verifyCertificate, VerifyError, verifyLog, verifyOpening, verifyPromise, verifyReceipt };
export type { Checkpoint, VerifyErrorCode };
