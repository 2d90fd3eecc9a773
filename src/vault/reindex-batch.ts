// After a rotation of the index key: tokens are made anew from the sealed checks, a batch at a time, without opening a value.
import type { Uuid } from "../kernel/bytes.ts";
import { VaultError } from "./errors.ts";
import { openChecks } from "./open-checks.ts";
import type { VaultParts } from "./parts.ts";
import { tokensOf } from "./seal-record.ts";
import { type CandidateRow, type TokenRow, deleteOlderTokens, insertTokens, readForReindex } from "./token-store.ts";

export interface ReindexPlace {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
}

export interface ReindexProgress {
  /** Where to go on; null at the end. */
  readonly next: ReindexPlace | null;
  readonly records: number;
  /** Records whose checks do not open: they keep their former tokens, and the former key is still needed for them. */
  readonly unreadable: readonly ReindexPlace[];
}

type ReindexParts = Pick<VaultParts, "database" | "keys" | "registry">;

const BATCH_RECORDS = 200;

/** One short transaction. Search goes on meanwhile, since it asks under every live version. */
export async function reindexBatch(parts: ReindexParts, after: ReindexPlace | null): Promise<ReindexProgress> {
  // Read before any token is made: a rotation during the batch makes tokens newer than this, never older.
  const { keyVersion: newest } = parts.keys.indexToken("reindex", Buffer.alloc(1), 8);
  return parts.database.transaction(async (tx) => {
    const rows = await readForReindex(tx, after, BATCH_RECORDS);
    const tokens = await Promise.all(rows.map((row) => tokensOrNull(parts, row)));
    await insertTokens(
      tx,
      tokens.flatMap((made) => made ?? []),
    );
    await deleteOlderTokens(
      tx,
      rows.filter((_, at) => tokens[at] !== null),
      newest,
    );
    const unreadable = rows.filter((_, at) => tokens[at] === null).map(placeOf);
    const last = rows.at(-1);
    const next = rows.length < BATCH_RECORDS || last === undefined ? null : placeOf(last);
    return { next, records: rows.length, unreadable };
  });
}

async function tokensOrNull(parts: ReindexParts, row: CandidateRow): Promise<TokenRow[] | null> {
  try {
    return tokensOf(parts, row, (await openChecks(parts.keys, row, { ...row, pack: row.keyPack })).indexes);
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}

function placeOf({ customerId, recordId }: CandidateRow): ReindexPlace {
  return { customerId, recordId };
}
