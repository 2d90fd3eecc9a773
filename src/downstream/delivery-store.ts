// All SQL of the queue of deliveries. Times are the database's own, which all server processes share.
import { asCode, type Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";

const DELIVERY_STATES = ["waiting", "delivered", "dead"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface DeliveryRow {
  readonly webhookId: string;
  readonly entryId: string;
  readonly index: number;
  readonly type: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly dueAt: Date;
  /** A code; null before the first try. */
  readonly outcome: string | null;
  /** The status that was answered last, where there was an answer. */
  readonly status: number | null;
  readonly madeAt: Date;
}

export interface NewDelivery {
  readonly webhookId: Uuid;
  readonly entryId: Uuid;
  readonly index: number;
  readonly type: string;
}

/** A delivery that is there already is left as it is; `again` puts it back to the beginning. */
export async function insertDeliveries(on: Querier, rows: readonly NewDelivery[], again: boolean): Promise<void> {
  if (rows.length === 0) return;
  await on.query(
    sql`insert into webhook_delivery (webhook_id, entry_id, entry_index, type, state, attempts, due_at)
        select w, e, i, t, 'waiting', 0, now() from unnest(${rows.map(({ webhookId }) => webhookId)}::uuid[],
          ${rows.map(({ entryId }) => entryId)}::uuid[], ${rows.map(({ index }) => index)}::bigint[],
          ${rows.map(({ type }) => asCode(type))}::text[]) as u (w, e, i, t)
        on conflict (webhook_id, entry_id) do update set state = 'waiting', attempts = 0, due_at = now()
          where ${again}`,
  );
}

/** Takes what is due, each for one process: due again after `holdSeconds`, should that process not come back. */
export function takeDue(
  on: Querier,
  webhookId: Uuid,
  { limit, holdSeconds }: { readonly limit: number; readonly holdSeconds: number },
): Promise<readonly DeliveryRow[]> {
  return on.query<DeliveryRow>(
    named(
      "webhook-take",
      sql`update webhook_delivery set attempts = attempts + 1, due_at = now() + make_interval(secs => ${holdSeconds})
          where (webhook_id, entry_id) in (select webhook_id, entry_id from webhook_delivery
            where webhook_id = ${webhookId} and state = 'waiting' and due_at <= now() order by due_at limit ${limit} for update skip locked)
          returning ${columns}`,
    ),
  );
}

export interface Settled {
  readonly entryId: Uuid;
  readonly state: DeliveryState;
  readonly outcome: string;
  readonly status: number | null;
  /** When it is tried again; 0 where it is not. */
  readonly waitSeconds: number;
}

export async function settleDeliveries(on: Querier, webhookId: Uuid, settled: readonly Settled[]): Promise<void> {
  if (settled.length === 0) return;
  await on.query(
    named(
      "webhook-settle",
      sql`update webhook_delivery d set state = u.state, outcome = u.outcome, status = u.status,
            due_at = now() + make_interval(secs => u.wait)
          from unnest(${settled.map(({ entryId }) => entryId)}::uuid[], ${settled.map(({ state }) => asCode(state))}::text[],
            ${settled.map(({ outcome }) => asCode(outcome))}::text[], ${settled.map(({ status }) => status)}::integer[],
            ${settled.map(({ waitSeconds }) => waitSeconds)}::double precision[]) as u (entry_id, state, outcome, status, wait)
          where d.webhook_id = ${webhookId} and d.entry_id = u.entry_id`,
    ),
  );
}

export interface DeliveryFilter {
  readonly webhookId: Uuid;
  readonly state: DeliveryState | null;
  /** The entry after which the page starts, in the order of ids, the newest first. */
  readonly before: Uuid | null;
  readonly limit: number;
}

export function selectDeliveries(on: Querier, filter: DeliveryFilter): Promise<readonly DeliveryRow[]> {
  const { webhookId, state, before, limit } = filter;
  return on.query<DeliveryRow>(
    sql`select ${columns} from webhook_delivery where webhook_id = ${webhookId}
          and (${state === null} or state = ${asCode(state ?? "none")}) and (${before}::uuid is null or entry_id < ${before}::uuid)
        order by entry_id desc limit ${limit}`,
  );
}

export interface DeliveryCount {
  readonly webhookId: string;
  readonly state: DeliveryState;
  readonly count: number;
}

export function countDeliveries(on: Querier): Promise<readonly DeliveryCount[]> {
  return on.query<DeliveryCount>(
    sql`select webhook_id as "webhookId", state, count(*)::integer as count from webhook_delivery group by webhook_id, state`,
  );
}

/** Dead letters wait again. Returns how many. */
export async function reviveDead(on: Querier, webhookId: Uuid, entryIds: readonly Uuid[] | null): Promise<number> {
  const rows = await on.query(
    sql`update webhook_delivery set state = 'waiting', attempts = 0, due_at = now()
        where webhook_id = ${webhookId} and state = 'dead' and (${entryIds === null} or entry_id = any(${entryIds ?? []}::uuid[]))
        returning 1 as revived`,
  );
  return rows.length;
}

/** What was delivered is kept for a week, and what died for a quarter, some at a time. */
export async function forgetOld(on: Querier): Promise<void> {
  await on.query(
    sql`delete from webhook_delivery where (webhook_id, entry_id) in (select webhook_id, entry_id from webhook_delivery
        where (state = 'delivered' and due_at < now() - interval '7 days') or (state = 'dead' and due_at < now() - interval '90 days')
        order by due_at limit 1000 for update skip locked)`,
  );
}

export async function forgetWebhook(on: Querier, webhookId: Uuid): Promise<void> {
  await on.query(sql`delete from webhook_delivery where webhook_id = ${webhookId}`);
}

const columns = sql`webhook_id as "webhookId", entry_id as "entryId", entry_index::integer as index, type, state, attempts, due_at as "dueAt",
  outcome, status, made_at as "madeAt"`;
