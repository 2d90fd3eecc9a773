// After a rotation of the detail key: every detail is sealed again under the newest version, beside what was written, a batch at a time.
import type { Querier } from "../postgres/database.ts";
import { sealDetail } from "./detail.ts";
import type { LedgerKeys } from "./detail.ts";
import { insertReseals, readDetails } from "./store-reseal.ts";
import type { DetailPlace } from "./store-reseal.ts";
import { inspectStored } from "./stored-detail.ts";

export interface ResealProgress {
  /** Where to go on; null at the end. */
  readonly next: DetailPlace | null;
  readonly resealed: number;
  /** Details of which nothing opens. While there are any, no older key may be destroyed: a backup may yet bring back what it opens. */
  readonly unreadable: number;
}

// At most 2 MiB each.
const BATCH_ENTRIES = 64;

/**
 * Safe to stop and to run again, here and elsewhere at once. INVARIANT: an entry counts as done only when what stands under the newest version
 * was opened just now, so that a reseal inserted by somebody else never leads to the loss of what it pretends to replace.
 */
export async function resealBatch(
  { database, keys }: { readonly database: Querier; readonly keys: LedgerKeys },
  after: DetailPlace | null,
): Promise<ResealProgress> {
  const rows = await readDetails(database, after, BATCH_ENTRIES);
  const reseals: Parameters<typeof insertReseals>[1][number][] = [];
  let unreadable = 0;
  for (const row of rows) {
    const { opened, isUnderNewest } = await inspectStored(database, keys, row);
    if (opened === null) unreadable += 1;
    else if (!isUnderNewest) {
      reseals.push({ logShard: row.logShard, index: row.index, sealed: sealDetail(keys, row.leaf, opened) });
    }
  }
  await insertReseals(database, reseals);
  const last = rows.length < BATCH_ENTRIES ? undefined : rows.at(-1);
  const next = last === undefined ? null : { logShard: last.logShard, index: last.index };
  return { next, resealed: reseals.length, unreadable };
}
