// SQL of the outbox.
import type { Sealed, Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

export interface OutboxRow {
  readonly mailId: Uuid;
  readonly sealed: Sealed;
  readonly attempts: number;
}

export interface NewOutboxRow {
  readonly mailId: Uuid;
  readonly sealed: Sealed;
  readonly keyVersion: number;
  readonly dueAt: Date;
}

export async function insertMail(on: Querier, { mailId, sealed, keyVersion, dueAt }: NewOutboxRow): Promise<void> {
  await on.query(
    sql`insert into mail_outbox (mail_id, sealed, key_version, attempts, due_at)
        values (${mailId}, ${sealed}, ${keyVersion}, 0, ${dueAt})`,
  );
}

/** Counts no further than `most`. */
export async function countWaiting(on: Querier, most: number): Promise<number> {
  const [row] = await on.query<{ count: number }>(
    sql`select count(*)::integer as count from (select 1 from mail_outbox limit ${most}) as waiting`,
  );
  return row?.count ?? 0;
}

/** Takes letters that are due, each for one process: due again at `retryAt`, should that process not come back. */
export async function takeDue(
  on: Querier,
  due: { readonly now: Date; readonly retryAt: Date; readonly limit: number },
): Promise<OutboxRow[]> {
  return on.query<OutboxRow>(
    sql`update mail_outbox set attempts = attempts + 1, due_at = ${due.retryAt}
        where mail_id in
          (select mail_id from mail_outbox where due_at <= ${due.now} order by due_at limit ${due.limit} for update skip locked)
        returning mail_id as "mailId", sealed, attempts`,
  );
}

export async function postpone(on: Querier, mailId: Uuid, dueAt: Date): Promise<void> {
  await on.query(sql`update mail_outbox set due_at = ${dueAt} where mail_id = ${mailId}`);
}

export async function removeMail(on: Querier, mailId: Uuid): Promise<void> {
  await on.query(sql`delete from mail_outbox where mail_id = ${mailId}`);
}

export async function isWaiting(on: Querier, mailId: Uuid): Promise<boolean> {
  return (await on.query(sql`select 1 from mail_outbox where mail_id = ${mailId}`)).length > 0;
}

export async function lockMailBefore(on: Querier, version: number, limit: number): Promise<OutboxRow[]> {
  return on.query<OutboxRow>(
    sql`select mail_id as "mailId", sealed, attempts from mail_outbox where key_version < ${version}
        order by mail_id limit ${limit} for update`,
  );
}

export async function resealMail(on: Querier, mailId: Uuid, sealed: Sealed, keyVersion: number): Promise<void> {
  await on.query(sql`update mail_outbox set sealed = ${sealed}, key_version = ${keyVersion} where mail_id = ${mailId}`);
}

export async function selectMailVersionUsed(on: Querier, version: number): Promise<boolean> {
  const rows = await on.query(sql`select 1 from mail_outbox where key_version = ${version} limit 1`);
  return rows.length > 0;
}
