// The SQL behind checking a ledger: whole rows as they are stored, and what no entry accounts for.
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import { attempt } from "./errors.ts";
import { readNewestReseals } from "./store-reseal.ts";

/** A row as stored, nothing of it believed. Times are unix seconds with their fraction. */
export interface StoredEntry {
  index: number;
  entry_id: string;
  at: number;
  leaf: Buffer;
  kind: string;
  outcome: string;
  actor_id: string | null;
  customer_id: string | null;
  recipient_id: string | null;
  purpose: string | null;
  basis: string | null;
  classes: number;
  withheld: boolean;
  detail: Buffer;
}

export interface StoredSubject {
  index: number;
  customer_id: string;
  outcome: string;
  classes: number;
  actor_id: string | null;
  at: number;
  withheld: boolean;
}

export interface StoredRange {
  readonly entries: ReadonlyMap<number, StoredEntry>;
  readonly subjects: ReadonlyMap<number, readonly StoredSubject[]>;
  /** The newest reseal of each entry that has any. */
  readonly reseals: ReadonlyMap<number, Buffer>;
}

/** Everything stored at the indexes [from, to). */
export async function readStoredRange(on: Querier, logShard: number, from: number, to: number): Promise<StoredRange> {
  const entries = await attempt(() =>
    on.query<StoredEntry>(sql`
      select index, entry_id, extract(epoch from at)::float8 as at, leaf, kind, outcome, actor_id, customer_id, recipient_id, purpose, basis,
        classes, withheld, detail
      from ledger_entry where log_shard = ${logShard} and index >= ${from} and index < ${to}`),
  );
  const subjects = await attempt(() =>
    on.query<StoredSubject>(sql`
      select index, customer_id, outcome, classes, actor_id, extract(epoch from at)::float8 as at, withheld
      from ledger_subject where log_shard = ${logShard} and index >= ${from} and index < ${to}`),
  );
  return {
    entries: new Map(entries.map((entry) => [entry.index, entry])),
    subjects: Map.groupBy(subjects, (subject) => subject.index),
    reseals: await readNewestReseals(on, logShard, from, to),
  };
}

/**
 * Of a row on a shard that is not the log's: the lowest index, of each table that holds any. A database holds one log, so that nobody sequenced it; heads,
 * tiles and checkpoints have no index of an entry and stand as 0. Found from the beginning and the end of each table's key.
 */
export async function readOtherShards(on: Querier, logShard: number): Promise<number[]> {
  const other = sql`log_shard < ${logShard} or log_shard > ${logShard}`;
  const rows = await attempt(() =>
    on.query<{ index: number }>(sql`
      (select index from ledger_entry where ${other} order by index limit 1)
      union all (select index from ledger_subject where ${other} order by index limit 1)
      union all (select 0 from ledger_tile where ${other} limit 1)
      union all (select 0 from ledger_head where ${other} limit 1)
      union all (select 0 from ledger_checkpoint where ${other} limit 1)`),
  );
  return rows.map(({ index }) => index);
}

/** The lowest index of a row at or beyond the log's size, looked at in one instant; null when there is none. */
export async function readBeyondHead(on: Querier, logShard: number): Promise<number | null> {
  const rows = await attempt(() =>
    on.query<{ index: number | null }>(sql`
      select min(beyond.index) as index from ledger_head h, lateral (
        select e.index from ledger_entry e where e.log_shard = h.log_shard and e.index >= h.size
        union all
        select s.index from ledger_subject s where s.log_shard = h.log_shard and s.index >= h.size
      ) as beyond where h.log_shard = ${logShard}`),
  );
  return rows[0]?.index ?? null;
}
