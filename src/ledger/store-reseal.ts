// The SQL of resealed details: what was sealed again under a newer key stands beside the entry, which nobody can update.
import type { Sealed, Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import type { Statement } from "../postgres/sql.ts";
import { attempt } from "./errors.ts";

export interface DetailPlace {
  readonly logShard: number;
  readonly index: number;
}

export interface StoredDetail extends DetailPlace {
  readonly leaf: Buffer;
  readonly detail: Buffer;
  /** The newest reseal, as far as anybody who could insert one wants us to think; null when there is none. */
  readonly newest: Buffer | null;
}

/** In order of shard and index, whichever process's shard it is: the keys are common to all. */
export async function readDetails(on: Querier, after: DetailPlace | null, limit: number): Promise<StoredDetail[]> {
  const from = after === null ? sql`` : sql`where (e.log_shard, e.index) > (${after.logShard}, ${after.index})`;
  return attempt(() =>
    on.query<StoredDetail>(sql`
      select e.log_shard as "logShard", e.index, e.leaf, e.detail, r.detail as newest
      from (select e.log_shard, e.index, e.leaf, e.detail from ledger_entry e ${from} order by e.log_shard, e.index limit ${limit}) as e
      left join lateral (
        select r.detail from ledger_detail_reseal r where r.log_shard = e.log_shard and r.index = e.index order by r.reseal_id desc limit 1
      ) as r on true
      order by e.log_shard, e.index`),
  );
}

/** The newest reseal of each entry at the indexes [from, to). */
export async function readNewestReseals(
  on: Querier,
  logShard: number,
  from: number,
  to: number,
): Promise<Map<number, Buffer>> {
  const rows = await attempt(() =>
    on.query<{ index: number; detail: Buffer }>(sql`
      select distinct on (index) index, detail from ledger_detail_reseal
      where log_shard = ${logShard} and index >= ${from} and index < ${to} order by index, reseal_id desc`),
  );
  return new Map(rows.map((row) => [row.index, row.detail]));
}

const PAGE_ROWS = 8;

/** Every reseal of one entry, newest first, a few at a time: there may be any number, good or not. */
export async function* readReseals(on: Querier, { logShard, index }: DetailPlace): AsyncGenerator<Buffer, void> {
  for (let before: Uuid | null = null; ;) {
    const older: Statement = before === null ? sql`` : sql`and reseal_id < ${before}`;
    const rows: { id: string; detail: Buffer }[] = await attempt(() =>
      on.query(sql`
        select reseal_id as id, detail from ledger_detail_reseal where log_shard = ${logShard} and index = ${index} ${older}
        order by reseal_id desc limit ${PAGE_ROWS}`),
    );
    for (const { detail } of rows) yield detail;
    const last = rows.at(-1);
    if (rows.length < PAGE_ROWS || last === undefined) return;
    before = asId(last.id);
  }
}

export async function insertReseals(
  on: Querier,
  reseals: readonly (DetailPlace & { readonly sealed: Sealed })[],
): Promise<void> {
  if (reseals.length === 0) return;
  await attempt(() =>
    on.query(sql`
      insert into ledger_detail_reseal (log_shard, index, reseal_id, detail)
      select * from unnest(${reseals.map(({ logShard }) => logShard)}::smallint[], ${reseals.map(({ index }) => index)}::bigint[],
        ${reseals.map(() => newId())}::uuid[], ${reseals.map(({ sealed }) => sealed)}::bytea[])`),
  );
}
