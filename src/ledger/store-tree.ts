// The SQL that reads what the tree is made of: leaves and tiles, bounded and checked as they come back.
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";
import { attempt, LedgerError } from "./errors.ts";
import { LEAF_BYTES } from "./leaf.ts";
import { HASH_BYTES } from "./merkle.ts";
import type { ReadTiles } from "./proof.ts";
import { count } from "./store.ts";
import { TILE_WIDTH } from "./tile-path.ts";

/**
 * The leaves [from, to), in order. Throws LedgerError "corrupt" when one is missing: the caller knows that all are sequenced. They come end to end in
 * one value, since a row for each would cost several times the hashing.
 */
export async function readLeaves(on: Querier, logShard: number, from: number, to: number): Promise<Buffer[]> {
  const rows = await attempt(() =>
    on.query<{ bytes: Buffer | null }>(
      named(
        "ledger-leaves",
        sql`select string_agg(leaf, ''::bytea order by index) as bytes from ledger_entry
          where log_shard = ${logShard} and index >= ${from} and index < ${to}`,
      ),
    ),
  );
  const bytes = rows[0]?.bytes ?? Buffer.alloc(0);
  // The table holds leaves of 41 bytes only and each index once, so that the length tells whether all are there.
  if (bytes.length !== (to - from) * LEAF_BYTES) throw new LedgerError("corrupt", "sequenced entries are missing");
  return Array.from({ length: to - from }, (_, at) => bytes.subarray(at * LEAF_BYTES, (at + 1) * LEAF_BYTES));
}

/** A reader of stored tiles for proofs. A missing tile reads as empty. */
export function tileReader(on: Querier, logShard: number): ReadTiles {
  return async (ids) => {
    if (ids.length === 0) return [];
    const rows = await attempt(() =>
      on.query<{ ord: number; hashes: Buffer }>(
        named(
          "ledger-tiles",
          sql`select u.ord, t.hashes
            from unnest(${ids.map((id) => id.level)}::smallint[], ${ids.map((id) => id.number)}::bigint[])
              with ordinality as u(level, number, ord)
            join ledger_tile t on t.log_shard = ${logShard} and t.level = u.level and t.number = u.number`,
        ),
      ),
    );
    const tiles = ids.map((): Uint8Array => new Uint8Array());
    for (const row of rows) tiles[row.ord - 1] = boundedTile(row.hashes);
    return tiles;
  };
}

function boundedTile(hashes: Buffer): Buffer {
  if (hashes.length > TILE_WIDTH * HASH_BYTES || hashes.length % HASH_BYTES !== 0) {
    throw new LedgerError("corrupt", "a stored tile has no tile's length");
  }
  return hashes;
}

export interface LeafRow {
  readonly index: number;
  readonly leaf: Buffer;
}

/** An entry's place and leaf by its id. Withheld entries are as absent unless `cleared`, for which the caller answers. */
export async function readLeafOf(
  on: Querier,
  logShard: number,
  entryId: Uuid,
  cleared: boolean,
): Promise<LeafRow | null> {
  const rows = await attempt(() =>
    on.query<LeafRow>(
      named(
        "ledger-leaf-of",
        sql`select index, leaf from ledger_entry
          where log_shard = ${logShard} and entry_id = ${entryId} and (${cleared} or not withheld)`,
      ),
    ),
  );
  const row = rows[0];
  if (row === undefined) return null;
  if (row.leaf.length !== LEAF_BYTES) throw new LedgerError("corrupt", "a stored leaf has not 41 bytes");
  return { index: count(row.index), leaf: row.leaf };
}
