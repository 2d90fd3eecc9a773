// The SQL of the pictures: counts by time, purpose, role and class, from the clear columns and a range of the log's own key.
import type { Uuid } from "../kernel/bytes.ts";
import { asCode } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { classesOfMask, type DataClass, PURPOSES, type Purpose, ROLES, type Role } from "../kernel/vocabulary.ts";
import type { Querier } from "../postgres/database.ts";
import { sql, type Statement } from "../postgres/sql.ts";
import type { EntryKind } from "./entry-draft.ts";
import { attempt } from "./errors.ts";
import type { Reader } from "./store-read.ts";
import { count } from "./store.ts";

/** Entries from one index to before another: the log is in the order of time. */
export interface IndexRange {
  readonly from: number;
  readonly to: number;
}

/** What counts as having been asked about customers. */
const LOOKS: readonly EntryKind[] = ["disclosure", "masked-view", "search"];

export interface LookCount {
  /** Whole seconds since the Unix epoch at which the day begins, UTC; null where they are not told apart by days. */
  readonly day: number | null;
  readonly purpose: Purpose | null;
  readonly shown: number;
  readonly denied: number;
}

export async function countLooks(
  on: Querier,
  logShard: number,
  { range, by, reader }: { readonly range: IndexRange; readonly by: "purpose" | "day"; readonly reader: Reader },
): Promise<LookCount[]> {
  const day = by === "day" ? sql`floor(extract(epoch from at) / 86400)::bigint * 86400` : sql`null::bigint`;
  const purpose = by === "purpose" ? sql`purpose` : sql`null::text`;
  const rows = await attempt(() =>
    on.query<{ day: number | null; purpose: string | null; shown: number; denied: number }>(sql`
      select ${day} as day, ${purpose} as purpose,
        count(*) filter (where outcome in ('allowed', 'partial')) as shown, count(*) filter (where outcome = 'denied') as denied
      from ledger_entry where ${within(logShard, range)} and kind = any(${LOOKS.map(asCode)}::text[]) and ${visible(reader)}
      group by 1, 2 order by 1, 2`),
  );
  return rows.map((row) => ({
    day: row.day === null ? null : count(row.day),
    purpose: PURPOSES.find((known) => known === row.purpose) ?? null,
    shown: count(row.shown),
    denied: count(row.denied),
  }));
}

export interface UseCount {
  /** As the actor's row says it now; null for whoever has none. */
  readonly role: Role | null;
  readonly dataClass: DataClass;
  readonly count: number;
}

/** How often each role was shown each class. Names nobody: actors are counted together by the role in their row. */
export async function countUse(
  on: Querier,
  logShard: number,
  { range, reader }: { readonly range: IndexRange; readonly reader: Reader },
): Promise<UseCount[]> {
  const rows = await attempt(() =>
    on.query<{ role: string | null; classes: number; times: number }>(sql`
      select p.role, e.classes, sum(e.times)::bigint as times
      from (select actor_id, classes, count(*) as times from ledger_entry
        where ${within(logShard, range)} and kind in ('disclosure', 'masked-view') and outcome in ('allowed', 'partial')
          and ${visible(reader)} group by actor_id, classes) as e
      left join principal p on p.principal_id = e.actor_id
      group by p.role, e.classes`),
  );
  const counted = new Map<string, UseCount>();
  for (const row of rows)
    for (const dataClass of classesOfMask(row.classes)) {
      const role = ROLES.find((known) => known === row.role) ?? null;
      const key = `${role ?? ""} ${dataClass}`;
      counted.set(key, { role, dataClass, count: (counted.get(key)?.count ?? 0) + count(row.times) });
    }
  return [...counted.values()];
}

export interface Viewer {
  readonly actorId: Uuid | null;
  readonly role: Role | null;
  readonly purpose: Purpose | null;
  readonly count: number;
  /** Whole seconds since the Unix epoch. */
  readonly lastAt: number;
}

/** Who was shown anything of a customer, the last first; found by the customer's own entries alone. */
export async function listViewers(
  on: Querier,
  logShard: number,
  { customerId, reader, limit }: { readonly customerId: Uuid; readonly reader: Reader; readonly limit: number },
): Promise<Viewer[]> {
  const shown = sql`in ('allowed', 'partial') and e.kind in ('disclosure', 'masked-view', 'search', 'copy')
    and ${reader === "cleared" ? sql`true` : sql`not e.withheld`}`;
  const rows = await attempt(() =>
    on.query<{
      actor_id: string | null;
      role: string | null;
      purpose: string | null;
      times: number;
      last_at: number;
    }>(sql`
      select seen.actor_id, p.role, seen.purpose, seen.times, extract(epoch from seen.last_at)::bigint as last_at
      from (select actor_id, purpose, count(*) as times, max(at) as last_at from (
          select e.actor_id, e.purpose, e.at from ledger_entry e
            where e.customer_id = ${customerId} and e.log_shard = ${logShard} and e.outcome ${shown}
          union all
          select e.actor_id, e.purpose, e.at from ledger_subject s
            join ledger_entry e on e.log_shard = s.log_shard and e.index = s.index
            where s.customer_id = ${customerId} and s.log_shard = ${logShard} and e.customer_id is distinct from s.customer_id
              and s.outcome ${shown}) as each
        group by actor_id, purpose order by max(at) desc limit ${limit}) as seen
      left join principal p on p.principal_id = seen.actor_id
      order by seen.last_at desc`),
  );
  return rows.map((row) => ({
    actorId: row.actor_id === null ? null : asId(row.actor_id),
    role: ROLES.find((known) => known === row.role) ?? null,
    purpose: PURPOSES.find((known) => known === row.purpose) ?? null,
    count: count(row.times),
    lastAt: count(row.last_at),
  }));
}

/** Leaves in each stretch of so many seconds. Withheld entries count: leaves and their times are public, and say nothing else. */
export async function countLeaves(
  on: Querier,
  logShard: number,
  { range, bucketSeconds }: { readonly range: IndexRange; readonly bucketSeconds: number },
): Promise<{ readonly at: number; readonly count: number }[]> {
  const rows = await attempt(() =>
    on.query<{ at: number; times: number }>(sql`
      select floor(extract(epoch from at) / ${bucketSeconds})::bigint * ${bucketSeconds} as at, count(*) as times
      from ledger_entry where ${within(logShard, range)} group by 1 order by 1`),
  );
  return rows.map((row) => ({ at: count(row.at), count: count(row.times) }));
}

function within(logShard: number, { from, to }: IndexRange): Statement {
  return sql`log_shard = ${logShard} and index >= ${from} and index < ${to}`;
}

function visible(reader: Reader): Statement {
  return reader === "cleared" ? sql`true` : sql`not withheld`;
}
