// All SQL of the queue of requests.
import { asCode, asPublicBytes, u32be, type Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";
import type { StoredQueueRow } from "./queue-row.ts";

/** As PostgreSQL gives it. */
export interface RawQueueRow {
  readonly request_id: string;
  readonly mac: Buffer;
  readonly revision: number;
  readonly due_before: Date;
  readonly [column: string]: unknown;
}

/** Never an older revision over a newer one. */
export async function putQueueRow(on: Querier, row: StoredQueueRow): Promise<void> {
  await on.query(
    named(
      "rights-queue-put",
      sql`insert into rights_queue (request_id, customer_id, kind, rule, state, identity, is_duplicate, is_stopped, is_open, received_at,
            due_before, due_what, assignee_id, remind_at, revision, mac)
          values (${row.requestId}, ${row.customerId}, ${asCode(row.kind)}, ${asCode(row.rule)}, ${asCode(row.state)}, ${asCode(row.identity)},
            ${row.isDuplicate}, ${row.isStopped}, ${row.isOpen}, ${row.receivedAt}, ${row.dueBefore}, ${asCode(row.dueWhat)}, ${row.assigneeId},
            ${row.remindAt}, ${row.revision}, ${row.mac})
          on conflict (request_id) do update set customer_id = excluded.customer_id, kind = excluded.kind, rule = excluded.rule,
            state = excluded.state, identity = excluded.identity, is_duplicate = excluded.is_duplicate, is_stopped = excluded.is_stopped,
            is_open = excluded.is_open, received_at = excluded.received_at, due_before = excluded.due_before, due_what = excluded.due_what,
            assignee_id = excluded.assignee_id, remind_at = excluded.remind_at, revision = excluded.revision, mac = excluded.mac
          where rights_queue.revision <= excluded.revision`,
    ),
  );
}

export async function selectQueueRow(on: Querier, requestId: Uuid, lock = false): Promise<RawQueueRow | null> {
  const [row] = await on.query<RawQueueRow>(
    lock
      ? sql`select * from rights_queue where request_id = ${requestId} for update`
      : sql`select * from rights_queue where request_id = ${requestId}`,
  );
  return row ?? null;
}

export interface QueueAsk {
  readonly isOpen: boolean;
  /** `nobody`: what nobody works on yet. */
  readonly assignee: Uuid | "nobody" | null;
  readonly after: { readonly dueBefore: Date; readonly requestId: Uuid } | null;
  readonly limit: number;
}

const START = new Date(0);
const NIL = "00000000-0000-0000-0000-000000000000" as Uuid;

/** What is due first comes first. */
export function selectQueue(
  on: Querier,
  { isOpen, assignee, after, limit }: QueueAsk,
): Promise<readonly RawQueueRow[]> {
  const { dueBefore, requestId } = after ?? { dueBefore: START, requestId: NIL };
  if (assignee === "nobody")
    return on.query(sql`
      select * from rights_queue where is_open = ${isOpen} and assignee_id is null and (due_before, request_id) > (${dueBefore}, ${requestId})
      order by due_before, request_id limit ${limit}`);
  if (assignee !== null)
    return on.query(sql`
      select * from rights_queue where is_open = ${isOpen} and assignee_id = ${assignee} and (due_before, request_id) > (${dueBefore}, ${requestId})
      order by due_before, request_id limit ${limit}`);
  return on.query(
    named(
      "rights-queue-page",
      sql`select * from rights_queue where is_open = ${isOpen} and (due_before, request_id) > (${dueBefore}, ${requestId})
          order by due_before, request_id limit ${limit}`,
    ),
  );
}

/** How many are open, and how many of them are over their day, counted no further than `most`. */
export async function countQueue(
  on: Querier,
  now: Date,
  most: number,
): Promise<{ readonly open: number; readonly overdue: number }> {
  const [row] = await on.query<{ open: number; overdue: number }>(sql`
    select (select count(*)::int from (select 1 from rights_queue where is_open limit ${most}) as a) as open,
           (select count(*)::int from (select 1 from rights_queue where is_open and due_before <= ${now} limit ${most}) as b) as overdue`);
  return row ?? { open: 0, overdue: 0 };
}

export function selectToRemind(on: Querier, now: Date, limit: number): Promise<readonly RawQueueRow[]> {
  return on.query(sql`
    select * from rights_queue where is_open and remind_at <= ${now} order by remind_at limit ${limit}`);
}

/** Those that were granted and are being carried out, whoever's turn is longest ago first. */
export function selectUnderWay(on: Querier, limit: number): Promise<readonly RawQueueRow[]> {
  return on.query(
    named(
      "rights-queue-under-way",
      sql`select * from rights_queue where state = 'fulfilling' order by due_before, request_id limit ${limit}`,
    ),
  );
}

/** In order of id, for whoever walks all of them. */
export function selectQueueRange(on: Querier, after: Uuid | null, limit: number): Promise<readonly RawQueueRow[]> {
  return on.query(sql`
    select * from rights_queue where request_id > ${after ?? NIL} order by request_id limit ${limit}`);
}

export function selectQueueRows(on: Querier, ids: readonly Uuid[]): Promise<readonly RawQueueRow[]> {
  return on.query(sql`select * from rights_queue where request_id = any(${ids}::uuid[])`);
}

export async function deleteQueueRow(on: Querier, requestId: Uuid): Promise<void> {
  await on.query(sql`delete from rights_queue where request_id = ${requestId}`);
}

/** MACs begin with the version of their key. */
export async function isVersionInQueue(on: Querier, version: number): Promise<boolean> {
  const used = asPublicBytes(u32be(version));
  const rows = await on.query(sql`select 1 from rights_queue where substring(mac from 1 for 4) = ${used} limit 1`);
  return rows.length > 0;
}
