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

export async function insertIssued(on: Querier, rows: readonly IssuedRow[]): Promise<void> {
  await on.query(sql`insert into issued_token (token, customer_id, record_id, field, mac)
    select * from unnest(${rows.map(({ token }) => token)}::bytea[], ${rows.map(({ customerId }) => customerId)}::uuid[],
      ${rows.map(({ recordId }) => recordId)}::uuid[], ${rows.map(({ field }) => asCode(field))}::text[],
      ${rows.map(({ mac }) => mac)}::bytea[])
    on conflict (token) do nothing`);
}

export async function selectIssued(on: Querier, token: Token): Promise<Omit<IssuedRow, "token"> | null> {
  const [row] = await on.query<{ customer_id: string; record_id: string; field: string; mac: Buffer }>(
    sql`select customer_id, record_id, field, mac from issued_token where token = ${token}`,
  );
  if (row === undefined) return null;
  const { customer_id, record_id, field, mac } = row;
  return { customerId: asId(customer_id), recordId: asId(record_id), field, mac: asToken(mac) };
}
