// Entries by their ids, each as its seal says it: for whoever decides by what an entry says, and may believe no column.
import type { Uuid } from "../kernel/bytes.ts";
import type { Detail } from "./detail.ts";
import { readSealedById } from "./store-read.ts";
import { detailOfRow, type TailParts } from "./tail.ts";

/** Details are up to 1 MiB each, of which a handful are: those of imports. */
const AT_ONCE = 100;

/** What their leaves commit to; absent for what is not there, does not open, or says that it is another. */
export async function openedById(parts: TailParts, entryIds: readonly Uuid[]): Promise<ReadonlyMap<Uuid, Detail>> {
  const wanted = [...new Set(entryIds)];
  const opened = new Map<Uuid, Detail>();
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const rows = await readSealedById(parts.database, parts.logShard, wanted.slice(from, from + AT_ONCE));
    for (const row of rows) {
      const detail = await detailOfRow(parts, row);
      if (detail !== null) opened.set(row.entryId, detail);
    }
  }
  return opened;
}
