// Checks in the browser, by WebCrypto and the pinned key, that an entry stands in the log where the page says. The server is asked for papers, not for verdicts.
import { ask } from "../../shared/ask.ts";
import { pinnedKeys } from "../../shared/verify/pinned-keys.ts";
import { VerifyError } from "../../shared/verify/verify-error.ts";
import { verifyReceipt } from "../../shared/verify/verify-receipt.ts";

/** `size`: entries of the tree that the receipt proves it to be in. Throws VerifyError, and Refused while there is no receipt yet. */
export async function checkEntry(entryId: string, index: number): Promise<{ readonly size: number }> {
  const [described, receipt] = await Promise.all([ask("describeLog", {}), ask("getReceipt", { params: { entryId } })]);
  const { logKey } = await pinnedKeys(described, localStorage);
  const proven = await verifyReceipt(receipt, logKey);
  if (proven.index !== index) throw new VerifyError("not-committed", "the receipt is of another entry");
  return { size: proven.size };
}
