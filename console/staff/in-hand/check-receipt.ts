// Checks in the browser, by WebCrypto and the pinned keys, that the log gave its word for a disclosure and kept it. The server is asked for papers, not for verdicts.
import { ask } from "../../shared/ask.ts";
import { equal } from "../../shared/verify/bytes.ts";
import { type PinnedKeys, pinnedKeys } from "../../shared/verify/pinned-keys.ts";
import { VerifyError } from "../../shared/verify/verify-error.ts";
import { verifyPromise } from "../../shared/verify/verify-promise.ts";
import { verifyReceipt } from "../../shared/verify/verify-receipt.ts";
import type { Disclosure } from "./disclose.ts";

export interface Checked {
  readonly keys: PinnedKeys;
  readonly index: number;
  /** Entries in the tree that the receipt proves it to be in. */
  readonly size: number;
  /** Whole seconds since the Unix epoch. */
  readonly time: number;
}

/** Throws VerifyError, and Refused while there is no receipt yet. */
export async function checkReceipt({ disclosureId, promise }: Disclosure): Promise<Checked> {
  const [described, receipt] = await Promise.all([
    ask("describeLog", {}),
    ask("getReceipt", { params: { entryId: disclosureId } }),
  ]);
  const keys = await pinnedKeys(described, localStorage);
  const [given, proven] = await Promise.all([
    verifyPromise(promise, keys.promiseKey),
    verifyReceipt(receipt, keys.logKey),
  ]);
  if (given.origin !== proven.origin || given.index !== proven.index || !equal(given.leaf, proven.leaf))
    throw new VerifyError("not-committed", "the receipt is not of the entry that was promised");
  return { keys, index: proven.index, size: proven.size, time: proven.time };
}
