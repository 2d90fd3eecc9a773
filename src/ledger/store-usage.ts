// The SQL of what principals did, for those who review their rights: counts and codes, never single customers.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { classesOfMask, PURPOSES } from "../kernel/vocabulary.ts";
import type { DataClass, Purpose } from "../kernel/vocabulary.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import { attempt } from "./errors.ts";
import type { RangeRow } from "./store-read.ts";
import { count } from "./store.ts";

/** What one principal did since an instant. Refused attempts are not use. */
export interface Usage {
  readonly entries: number;
  /** Whole seconds since the Unix epoch. */
  readonly lastAt: number;
  readonly purposes: readonly Purpose[];
  readonly classes: readonly DataClass[];
  /** Different customers. */
  readonly customers: number;
}

interface UsageRow {
  readonly actor_id: string;
  readonly entries: number;
  readonly last_at: number;
  readonly purposes: readonly (string | null)[];
  readonly classes: number;
  readonly customers: number;
}

const USED = sql`outcome in ('allowed', 'partial', 'done')`;

/**
 * Of every actor, from index `from` on. Withheld entries count: of whom they speak is not said, and a right used for investigations alone must not look
 * unused. One reading of the range, however many actors there are.
 */
export async function selectUsage(on: Querier, logShard: number, from: number): Promise<ReadonlyMap<Uuid, Usage>> {
  const rows = await attempt(() =>
    on.query<UsageRow>(sql`
      with acts as (
        select actor_id, count(*) as entries, extract(epoch from max(at))::bigint as last_at,
          array_agg(distinct purpose) as purposes, bit_or(classes) as classes
        from ledger_entry where log_shard = ${logShard} and index >= ${from} and actor_id is not null and ${USED}
        group by actor_id
      ), seen as (
        select actor_id, count(distinct customer_id) as customers from (
          select actor_id, customer_id from ledger_entry
            where log_shard = ${logShard} and index >= ${from} and actor_id is not null and customer_id is not null and ${USED}
          union all
          select actor_id, customer_id from ledger_subject
            where log_shard = ${logShard} and index >= ${from} and actor_id is not null and ${USED}
        ) as each group by actor_id
      )
      select acts.*, coalesce(seen.customers, 0) as customers from acts left join seen using (actor_id)`),
  );
  return new Map(rows.map((row) => [asId(row.actor_id), usageOf(row)]));
}

function usageOf(row: UsageRow): Usage {
  return {
    entries: count(row.entries),
    lastAt: count(row.last_at),
    purposes: PURPOSES.filter((purpose) => row.purposes.includes(purpose)),
    classes: classesOfMask(row.classes),
    customers: count(row.customers),
  };
}

/** When each of these principals did anything last, refused or not, however long ago; absent for those who never did. */
export async function selectLastActs(
  on: Querier,
  logShard: number,
  actorIds: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, number>> {
  const rows = await attempt(() =>
    on.query<{ actor_id: string; last_at: number }>(sql`
      select actor_id, extract(epoch from max(at))::bigint as last_at from ledger_entry
      where log_shard = ${logShard} and actor_id = any(${actorIds}::uuid[]) group by actor_id`),
  );
  return new Map(rows.map((row) => [asId(row.actor_id), count(row.last_at)]));
}

/** The time of one entry in whole seconds since the Unix epoch, and how many entries there are. */
export async function selectTimeAt(on: Querier, logShard: number, index: number): Promise<number | null> {
  const rows = await attempt(() =>
    on.query<{ at: number }>(sql`
      select extract(epoch from at)::bigint as at from ledger_entry where log_shard = ${logShard} and index = ${index}`),
  );
  return rows[0] === undefined ? null : count(rows[0].at);
}

export async function selectSize(on: Querier, logShard: number): Promise<number> {
  const rows = await attempt(() =>
    on.query<{ size: number }>(sql`select size from ledger_head where log_shard = ${logShard}`),
  );
  return count(rows[0]?.size ?? 0);
}

/** Of these entries whatever there is, in no order. */
export async function selectEntriesOf(on: Querier, logShard: number, entryIds: readonly Uuid[]): Promise<RangeRow[]> {
  const rows = await attempt(() =>
    on.query<{ index: number; entry_id: string; leaf: Buffer; detail: Buffer }>(sql`
      select index, entry_id, leaf, detail from ledger_entry
      where log_shard = ${logShard} and entry_id = any(${entryIds}::uuid[])`),
  );
  return rows.map((row) => ({
    index: count(row.index),
    entryId: asId(row.entry_id),
    leaf: row.leaf,
    sealed: row.detail,
  }));
}

/** Entries of the two kinds that give somebody rights, in the order of the log, with who made them. */
export async function selectGrants(
  on: Querier,
  logShard: number,
  from: number,
  limit: number,
): Promise<(RangeRow & { readonly actorId: Uuid | null })[]> {
  const rows = await attempt(() =>
    on.query<{ index: number; entry_id: string; actor_id: string | null; leaf: Buffer; detail: Buffer }>(sql`
      select index, entry_id, actor_id, leaf, detail from ledger_entry
      where log_shard = ${logShard} and index >= ${from} and kind in ('principal', 'grant')
      order by index limit ${limit}`),
  );
  return rows.map((row) => ({
    index: count(row.index),
    entryId: asId(row.entry_id),
    actorId: row.actor_id === null ? null : asId(row.actor_id),
    leaf: row.leaf,
    sealed: row.detail,
  }));
}
