// The SQL that tells, from the clear columns alone, how much a principal looked at and when: for habits, and for whoever follows what is opened.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { PURPOSES, type Purpose } from "../kernel/vocabulary.ts";
import type { Querier } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";
import { ENTRY_KINDS, type EntryKind } from "./entry-draft.ts";
import { attempt } from "./errors.ts";
import { member } from "./store-read.ts";
import { count } from "./store.ts";

const DAY_SECONDS = 86_400;

/** One principal's day: how many customers, and at which hours UTC (bit n: the nth). */
export interface LookDay {
  readonly day: number;
  readonly customers: number;
  /** Of these, those of whom nothing was shown. */
  readonly refused: number;
  readonly hours: number;
}

/** The last time a principal looked at a customer on one day. */
export interface Look {
  readonly customerId: Uuid;
  /** Whole seconds since the Unix epoch. */
  readonly at: number;
  readonly refused: boolean;
}

/** Opened, or asked for, by somebody: one line for each customer of an entry. */
export interface FollowedLook {
  readonly index: number;
  readonly entryId: Uuid;
  readonly actorId: Uuid;
  readonly customerId: Uuid;
  readonly at: number;
  readonly refused: boolean;
  readonly isEmergency: boolean;
}

// Both answer from an index on (shard, actor, customer, time) alone, and hold withheld entries too: counts of them are told to nobody.
const looksOf = (logShard: number, actorId: Uuid) => sql`
  (select customer_id, at, outcome from ledger_entry where log_shard = ${logShard} and actor_id = ${actorId} and customer_id is not null
   union all select customer_id, at, outcome from ledger_subject where log_shard = ${logShard} and actor_id = ${actorId})`;

/** The last `limit` days on which the principal did anything about customers, before the day given. A day begins `startsAtHourUtc` hours after midnight. */
export async function readLookDays(
  on: Querier,
  logShard: number,
  actorId: Uuid,
  days: { readonly startsAtHourUtc: number; readonly before: number; readonly limit: number },
): Promise<LookDay[]> {
  const { startsAtHourUtc, before, limit } = days;
  const rows = await attempt(() =>
    on.query<{ day: number; customers: number; refused: number; hours: number }>(
      sql`select floor((extract(epoch from at) - ${startsAtHourUtc * 3600}) / ${DAY_SECONDS})::integer as day,
          count(distinct customer_id) as customers, count(distinct customer_id) filter (where outcome = 'denied') as refused,
          bit_or(1 << extract(hour from at at time zone 'UTC')::integer) as hours
        from ${looksOf(logShard, actorId)} as look
        where at < to_timestamp(${before * DAY_SECONDS + startsAtHourUtc * 3600})
        group by 1 order by 1 desc limit ${limit}`,
    ),
  );
  return rows.map((row) => ({
    day: row.day,
    customers: count(row.customers),
    refused: count(row.refused),
    hours: row.hours,
  }));
}

/** Since a moment, newest last; `refused` alone where only they are asked for. */
export async function readLooks(
  on: Querier,
  logShard: number,
  actorId: Uuid,
  wanted: { readonly since: Date; readonly refusedAlone: boolean; readonly limit: number },
): Promise<Look[]> {
  const { since, refusedAlone, limit } = wanted;
  const rows = await attempt(() =>
    on.query<{ customer_id: string; at: number; refused: boolean }>(
      sql`select * from (
          select customer_id, extract(epoch from max(at))::bigint as at, bool_and(outcome = 'denied') as refused
          from ${looksOf(logShard, actorId)} as look where at >= ${since} and (not ${refusedAlone} or outcome = 'denied')
          group by customer_id, floor(extract(epoch from at) / ${DAY_SECONDS}) order by at desc limit ${limit}) as last
        order by at`,
    ),
  );
  return rows.map((row) => ({ customerId: asId(row.customer_id), at: count(row.at), refused: row.refused }));
}

/** Disclosures, their previews and masked views after a place in the log, in order; of these customers alone, or of all. */
export async function readFollowedLooks(
  on: Querier,
  logShard: number,
  wanted: { readonly from: number; readonly customerIds: readonly Uuid[] | null; readonly limit: number },
): Promise<FollowedLook[]> {
  const { from, customerIds, limit } = wanted;
  const among = customerIds === null ? sql`true` : sql`look.customer_id = any(${customerIds}::uuid[])`;
  const rows = await attempt(() =>
    on.query<{
      index: number;
      entry_id: string;
      actor_id: string;
      customer_id: string;
      at: number;
      outcome: string;
      basis: string | null;
    }>(
      named(
        customerIds === null ? "ledger-follow-looks" : "ledger-follow-looks-of",
        sql`select e.index, e.entry_id, e.actor_id, look.customer_id, extract(epoch from e.at)::bigint as at, look.outcome, e.basis
          from ledger_entry e
          cross join lateral (
            select e.customer_id, e.outcome where e.customer_id is not null
            union all
            select s.customer_id, s.outcome from ledger_subject s
            where e.customer_id is null and s.log_shard = e.log_shard and s.index = e.index) as look
          where e.log_shard = ${logShard} and e.index >= ${from} and e.index < ${from + limit}
            and e.kind in ('disclosure', 'masked-view', 'preview') and e.actor_id is not null and ${among}
          order by e.index`,
      ),
    ),
  );
  return rows.map((row) => ({
    index: count(row.index),
    entryId: asId(row.entry_id),
    actorId: asId(row.actor_id),
    customerId: asId(row.customer_id),
    at: count(row.at),
    refused: row.outcome === "denied",
    isEmergency: row.basis === "emergency",
  }));
}

/** A customer whom somebody was shown something of. */
export interface RecentCustomer {
  readonly customerId: Uuid;
  /** Whole seconds since the Unix epoch. */
  readonly at: number;
  readonly kind: EntryKind;
  readonly purpose: Purpose | null;
}

/**
 * Whom a principal was shown something of since an instant, the last first, withheld entries included: whoever looked knows of it. Found from the index on
 * (shard, actor, customer, time) alone; then one look at the table for each that is answered.
 */
export async function readRecentCustomers(
  on: Querier,
  logShard: number,
  wanted: { readonly actorId: Uuid; readonly since: Date; readonly limit: number },
): Promise<RecentCustomer[]> {
  const { actorId, since, limit } = wanted;
  const rows = await attempt(() =>
    on.query<{ customer_id: string; at: number; kind: string; purpose: string | null }>(sql`
      select seen.customer_id, extract(epoch from seen.at)::bigint as at, e.kind, e.purpose
      from (select customer_id, max(at) as at from ledger_entry
        where log_shard = ${logShard} and actor_id = ${actorId} and customer_id is not null and at >= ${since} and outcome in ('allowed', 'partial')
        group by customer_id order by max(at) desc, customer_id limit ${limit}) as seen
      cross join lateral (select kind, purpose from ledger_entry
        where log_shard = ${logShard} and actor_id = ${actorId} and customer_id = seen.customer_id and at = seen.at
          and outcome in ('allowed', 'partial')
        order by index desc limit 1) as e
      order by seen.at desc, seen.customer_id`),
  );
  return rows.map((row) => ({
    customerId: asId(row.customer_id),
    at: count(row.at),
    kind: member(ENTRY_KINDS, row.kind),
    purpose: row.purpose === null ? null : member(PURPOSES, row.purpose),
  }));
}

export async function readLogSize(on: Querier, logShard: number): Promise<number> {
  const rows = await attempt(() =>
    on.query<{ size: number }>(sql`select size from ledger_head where log_shard = ${logShard}`),
  );
  return count(rows[0]?.size ?? 0);
}
