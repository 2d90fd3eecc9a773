// The rows that remember idempotency keys: digests of key and body, covered, and the ids that were answered.
import type { Code, Token, Uuid } from "../kernel/bytes.ts";
import { asToken } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { DigestCover } from "../keys/keys.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
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

type Covers = readonly DigestCover[];

/** The answer stands with each row, whichever cover it has. */
export async function findKey(
  on: Querier,
  covers: Covers,
  { principalId, keyToken }: Pick<KeptKey, "principalId" | "keyToken">,
): Promise<KnownKey | null> {
  const rows = await on.query<{ body_token: Buffer; result: string[]; key_version: number }>(
    sql`select body_token, result, key_version from idempotency_key
        where principal_id = ${principalId} and key_token = any(${covers.map(({ cover }) => cover(keyToken))}::bytea[])`,
  );
  for (const row of rows) {
    const cover = covers.find(({ version }) => version === row.key_version);
    if (cover !== undefined) return { bodyToken: cover.uncover(row.body_token), result: row.result.map(asId) };
  }
  return null;
}

/**
 * False when the key is there already; waits for a transaction that is just inserting it. INVARIANT: written under each version that another process
 * may be writing under, so that the primary key lets one of two win.
 */
export async function insertKey(
  on: Querier,
  covers: Covers,
  kept: KeptKey,
  { result, now }: { readonly result: readonly Uuid[]; readonly now: Date },
): Promise<boolean> {
  const rows = await on.query(
    sql`insert into idempotency_key (principal_id, key_token, body_token, key_version, route, result, created_at)
        select ${kept.principalId}, i.key_token, i.body_token, i.version, ${kept.route}, ${result}::uuid[], ${now}
        from unnest(${covers.map(({ cover }) => cover(kept.keyToken))}::bytea[],
          ${covers.map(({ cover }) => cover(kept.bodyToken))}::bytea[], ${covers.map(({ version }) => version)}::integer[])
          as i (key_token, body_token, version) order by i.version
        on conflict do nothing returning principal_id`,
  );
  return rows.length === covers.length;
}

export async function deleteKeysBefore(on: Querier, before: Date): Promise<void> {
  await on.query(sql`delete from idempotency_key where created_at < ${before}`);
}

interface CoveredKey {
  readonly principalId: Uuid;
  readonly keyToken: Token;
  readonly bodyToken: Token;
  readonly keyVersion: number;
}

/** Under versions before this one, locked. */
export async function lockKeysBefore(tx: Transaction, version: number, limit: number): Promise<CoveredKey[]> {
  const rows = await tx.query<{ principal_id: string; key_token: Buffer; body_token: Buffer; key_version: number }>(
    sql`select principal_id, key_token, body_token, key_version from idempotency_key
      where key_version < ${version} order by principal_id, key_token limit ${limit} for update`,
  );
  return rows.map((row) => ({
    principalId: asId(row.principal_id),
    keyToken: asToken(row.key_token),
    bodyToken: asToken(row.body_token),
    keyVersion: row.key_version,
  }));
}

/** Leaves the row to be deleted where its twin stands under that cover already. */
export async function moveKey(tx: Transaction, before: CoveredKey, after: CoveredKey): Promise<void> {
  const was = sql`principal_id = ${before.principalId} and key_token = ${before.keyToken}`;
  await tx.query(
    sql`update idempotency_key set key_token = ${after.keyToken}, body_token = ${after.bodyToken}, key_version = ${after.keyVersion}
      where ${was} and not exists (
        select from idempotency_key t where t.principal_id = ${after.principalId} and t.key_token = ${after.keyToken})`,
  );
  await tx.query(sql`delete from idempotency_key where ${was}`);
}

export async function selectKeyCoverUsed(on: Querier, version: number): Promise<boolean> {
  const [row] = await on.query<{ used: boolean }>(
    sql`select exists (select from idempotency_key where key_version = ${version}) as used`,
  );
  return row?.used !== false;
}
