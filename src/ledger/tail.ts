// Entries in the order of the log, each as its seal says it: for whoever passes on everything that happens.
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { parseDetail } from "./detail.ts";
import type { Detail, LedgerKeys } from "./detail.ts";
import { LedgerError } from "./errors.ts";
import { commit, decodeLeaf } from "./leaf.ts";
import { openStored } from "./stored-detail.ts";
import { readRange } from "./store-read.ts";
import type { RangeRow } from "./store-read.ts";

/** Withheld ones too: whoever reads the tail keeps them from whoever may not know of them. */
export interface TailEntry {
  readonly index: number;
  readonly entryId: Uuid;
  /** What the leaf commits to; null when nothing stored opens as that. The columns beside it are not believed. */
  readonly detail: Detail | null;
}

export interface TailParts {
  readonly database: Querier;
  readonly keys: LedgerKeys;
  readonly logShard: number;
}

/** At most 2 MiB each. */
const LIMIT_MAX = 256;

/**
 * Up to `limit` entries from index `from` on, in order. Indexes have no gaps and are committed in their order, so that whoever goes on after the last
 * one misses none.
 */
export async function readTail(parts: TailParts, from: number, limit: number): Promise<TailEntry[]> {
  const rows = await readRange(parts.database, parts.logShard, from, Math.min(LIMIT_MAX, limit));
  return Promise.all(
    rows.map(async (row) => ({
      index: row.index,
      entryId: row.entryId,
      detail: await detailOfRow(parts, row),
    })),
  );
}

export async function detailOfRow(
  { database, keys, logShard }: TailParts,
  { index, entryId, leaf, sealed }: RangeRow,
): Promise<Detail | null> {
  try {
    const { blind, bytes } = await openStored(database, keys, { logShard, index, leaf, detail: sealed });
    if (decodeLeaf(leaf)?.commitment.equals(commit(blind, bytes)) !== true) return null;
    const detail = parseDetail(bytes);
    return detail["entryId"] === entryId ? detail : null;
  } catch (error) {
    if (error instanceof LedgerError && error.code === "corrupt") return null;
    throw error;
  }
}
