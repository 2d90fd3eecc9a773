// SQL of tokens that were given to third parties.
import { asCode, asToken, type Token, type Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

export interface IssuedRow {
  readonly token: Token;
  readonly customerId: Uuid;
  readonly recordId: Uuid;
  readonly field: string;
  readonly mac: Token;
}

/** To whom, for what, and in which style of token each. */
export interface Giving {
  readonly receiver: Uuid;
  readonly purpose: string;
  readonly at: Date;
}

/** In order of token, so that two disclosures never wait for each other. */
export async function insertIssued(
  on: Querier,
  { receiver, purpose, at }: Giving,
  rows: readonly (IssuedRow & { readonly style: string })[],
): Promise<void> {
  await on.query(sql`insert into issued_token (token, customer_id, record_id, field, mac, style, receiver, purpose, given_at, last_at)
    select u.*, ${receiver}::uuid, ${asCode(purpose)}, ${at}::timestamptz, ${at}::timestamptz
    from unnest(${rows.map(({ token }) => token)}::bytea[], ${rows.map(({ customerId }) => customerId)}::uuid[],
      ${rows.map(({ recordId }) => recordId)}::uuid[], ${rows.map(({ field }) => asCode(field))}::text[],
      ${rows.map(({ mac }) => mac)}::bytea[], ${rows.map(({ style }) => asCode(style))}::text[])
      as u (token, customer_id, record_id, field, mac, style)
    order by u.token
    on conflict (token) do update set last_at = excluded.last_at`);
}

/** Of one field, purpose and style. */
export interface IssuedCount {
  readonly field: string;
  readonly purpose: string;
  readonly style: string;
  readonly tokens: number;
  readonly customers: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** When somebody last asked what one stands for. */
  readonly tracedAt: Date | null;
}

export async function countIssued(on: Querier, receiver: Uuid): Promise<readonly IssuedCount[]> {
  return on.query<IssuedCount & { readonly [column: string]: unknown }>(
    sql`select field, purpose, style, count(*)::int as tokens, count(distinct customer_id)::int as customers,
        min(given_at) as "firstAt", max(last_at) as "lastAt", max(traced_at) as "tracedAt"
      from issued_token where receiver = ${receiver} group by field, purpose, style order by field, purpose, style`,
  );
}

export async function markTraced(on: Querier, token: Token, at: Date): Promise<void> {
  await on.query(sql`update issued_token set traced_at = ${at} where token = ${token}`);
}

/** How many there were. */
export async function deleteIssued(on: Querier, receiver: Uuid, field: string): Promise<number> {
  const rows = await on.query(
    sql`delete from issued_token where receiver = ${receiver} and field = ${asCode(field)} returning 1 as one`,
  );
  return rows.length;
}

export async function selectIssued(on: Querier, token: Token): Promise<Omit<IssuedRow, "token"> | null> {
  const [row] = await on.query<{ customer_id: string; record_id: string; field: string; mac: Buffer }>(
    sql`select customer_id, record_id, field, mac from issued_token where token = ${token}`,
  );
  if (row === undefined) return null;
  const { customer_id, record_id, field, mac } = row;
  return { customerId: asId(customer_id), recordId: asId(record_id), field, mac: asToken(mac) };
}
