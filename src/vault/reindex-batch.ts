// After a rotation of the index key: tokens are made anew from the sealed checks, a batch at a time, without opening a value.
import type { Uuid } from "../kernel/bytes.ts";
import type { Database } from "../postgres/database.ts";
import { openChecks } from "./open-checks.ts";
import type { VaultParts } from "./parts.ts";
import { tokensOf } from "./seal-record.ts";
import { deleteOtherVersions, insertTokens, readForReindex } from "./token-store.ts";

export interface ReindexPlace {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
}

export interface ReindexProgress {
  /** Where to go on; null at the end. */
  readonly next: ReindexPlace | null;
  readonly records: number;
}

const BATCH_RECORDS = 200;

/** One short transaction. Search goes on meanwhile, since it asks under every live version. Throws as `openChecks` on a record that was changed in storage. */
export async function reindexBatch(
  parts: Pick<VaultParts, "keys" | "registry"> & { readonly database: Database },
  after: ReindexPlace | null,
): Promise<ReindexProgress> {
  return parts.database.transaction(async (tx) => {
    const rows = await readForReindex(tx, after, BATCH_RECORDS);
    const tokens = await Promise.all(
      rows.map(async (row) =>
        tokensOf(parts, row, (await openChecks(parts.keys, row, { ...row, pack: row.keyPack })).indexes),
      ),
    );
    await insertTokens(tx, tokens.flat());
    const newest = tokens.flat()[0]?.keyVersion;
    if (newest !== undefined) await deleteOtherVersions(tx, rows, newest);
    const last = rows.at(-1);
    const next =
      rows.length < BATCH_RECORDS || last === undefined
        ? null
        : { customerId: last.customerId, recordId: last.recordId };
    return { next, records: rows.length };
  });
}
