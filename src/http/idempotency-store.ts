// The rows that remember idempotency keys: digests of key and body, and the ids that were answered.
import type { Code, Token, Uuid } from "../kernel/bytes.ts";
import { asToken } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

export interface KeptKey {
  readonly principalId: Uuid;
  readonly keyToken: Token;
  readonly bodyToken: Token;
  readonly route: Code;
}

export interface KnownKey {
  readonly bodyToken: Token;
  readonly result: readonly Uuid[];
}

export async function findKey(on: Querier, principalId: Uuid, keyToken: Token): Promise<KnownKey | null> {
  const [row] = await on.query<{ body_token: Buffer; result: string[] }>(
    sql`select body_token, result from idempotency_key where principal_id = ${principalId} and key_token = ${keyToken}`,
  );
  return row === undefined ? null : { bodyToken: asToken(row.body_token), result: row.result.map(asId) };
}

/** False when the key is there already; waits for a transaction that is just inserting it. */
export async function insertKey(on: Querier, kept: KeptKey, result: readonly Uuid[], now: Date): Promise<boolean> {
  const rows = await on.query(
    sql`insert into idempotency_key (principal_id, key_token, body_token, route, result, created_at)
        values (${kept.principalId}, ${kept.keyToken}, ${kept.bodyToken}, ${kept.route}, ${result}, ${now})
        on conflict do nothing returning principal_id`,
  );
  return rows.length === 1;
}

export async function deleteKeysBefore(on: Querier, before: Date): Promise<void> {
  await on.query(sql`delete from idempotency_key where created_at < ${before}`);
}
