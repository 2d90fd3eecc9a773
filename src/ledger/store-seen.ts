// The SQL that answers whom a principal saw.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import { attempt } from "./errors.ts";
import { count } from "./store.ts";
import type { Reader, Slice } from "./store-read.ts";

export interface CustomerSeen {
  readonly customerId: Uuid;
  /** Whole seconds since the Unix epoch. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly times: number;
}

export interface SeenQuestion {
  readonly actorId: Uuid;
  /** Inclusive. */
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
}

/** The log that is asked: what stands on another shard is nobody's evidence. */
export interface AskedLog {
  readonly on: Querier;
  readonly logShard: number;
}

/**
 * Customers of whom the actor was shown anything, in the order of their ids. Each table is grouped and cut by itself, so that its index on
 * (shard, actor, customer, time) is read no further than the page: what is among the first customers of both is among the first of each.
 */
export async function listCustomersSeen(
  { on, logShard }: AskedLog,
  { actorId, from, to }: SeenQuestion,
  slice: Slice<Uuid>,
  reader: Reader,
): Promise<CustomerSeen[]> {
  const shown = sql`log_shard = ${logShard} and actor_id = ${actorId} and at >= ${from} and at < ${to} and outcome in ('allowed', 'partial')
    and ${slice.after === null ? sql`customer_id is not null` : sql`customer_id > ${slice.after}`}
    ${reader === "cleared" ? sql`` : sql`and not withheld`}
    group by customer_id order by customer_id limit ${slice.rows}`;
  const rows = await attempt(() =>
    on.query<{ customer_id: string; first_at: number; last_at: number; times: number }>(sql`
      select customer_id, extract(epoch from min(first_at))::bigint as first_at, extract(epoch from max(last_at))::bigint as last_at,
        sum(times)::bigint as times
      from (
        (select customer_id, min(at) as first_at, max(at) as last_at, count(*) as times from ledger_entry where ${shown})
        union all
        (select customer_id, min(at) as first_at, max(at) as last_at, count(*) as times from ledger_subject where ${shown})
      ) as seen
      group by customer_id order by customer_id limit ${slice.rows}`),
  );
  return rows.map((row) => ({
    customerId: asId(row.customer_id),
    firstAt: count(row.first_at),
    lastAt: count(row.last_at),
    times: count(row.times),
  }));
}
