// Where in the log a time lies, by halving.
import type { Ledger } from "../ledger/ledger.ts";

/** Entries that began together may be written down in another order: so far before the time is begun. */
const MARGIN_SECONDS = 300;
const INDEX_MAX = 2 ** 40;

/** The index of an entry before which none was made at `from` or later; entries that do not open count as later. */
export async function indexAt(ledger: Pick<Ledger, "tail">, from: Date): Promise<number> {
  const seconds = Math.floor(from.getTime() / 1000) - MARGIN_SECONDS;
  let [low, high] = [0, INDEX_MAX];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [entry] = await ledger.tail(middle, 1);
    const at = entry?.detail?.["at"];
    if (typeof at === "number" && at < seconds) low = middle + 1;
    else high = middle;
  }
  return low;
}
