// SQL of source keys: where the keys of other systems lead.
import type { Token, Uuid } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";
import { concatenated } from "./concatenated.ts";

export interface SourceRow {
  readonly token: Token;
  readonly customerId: Uuid;
  readonly unitId: Uuid | null;
  readonly recordId: Uuid | null;
  /** Keyed digest of what the source last said; null for keys that lead to no record. */
  readonly content: Token | null;
  readonly mac: Token;
}

export const SOURCE_COLUMNS = sql`s.token, s.customer_id as "customerId", s.unit_id as "unitId", s.record_id as "recordId", s.content, s.mac`;

/** Inserts, or points an existing key at new content. A key that leads to another place is left alone. Returns the tokens written. */
export async function upsertSources(tx: Transaction, rows: readonly SourceRow[]): Promise<Token[]> {
  if (rows.length === 0) return [];
  const tokens = concatenated(rows.map((row) => row.token));
  const macs = concatenated(rows.map((row) => row.mac));
  const written = await tx.query<{ token: Token }>(
    named(
      "vault-upsert-sources",
      sql`with data as (select ${tokens.bytes}::bytea as tokens, ${macs.bytes}::bytea as macs)
      insert into source_key as s (token, customer_id, unit_id, record_id, content, mac)
      select substring(data.tokens from i.token_at for i.token_size), i.customer_id, i.unit_id, i.record_id, i.content,
        substring(data.macs from i.mac_at for i.mac_size)
      from data, unnest(${tokens.starts}::integer[], ${tokens.sizes}::integer[], ${rows.map((row) => row.customerId)}::uuid[],
        ${rows.map((row) => row.unitId)}::uuid[], ${rows.map((row) => row.recordId)}::uuid[],
        ${rows.map((row) => row.content)}::bytea[], ${macs.starts}::integer[], ${macs.sizes}::integer[])
        as i (token_at, token_size, customer_id, unit_id, record_id, content, mac_at, mac_size)
      on conflict (token) do update set content = excluded.content, mac = excluded.mac
        where s.customer_id = excluded.customer_id and s.unit_id is not distinct from excluded.unit_id
          and s.record_id is not distinct from excluded.record_id
      returning s.token`,
    ),
  );
  return written.map((row) => row.token);
}

/** MACs are not yet verified. */
export async function readSources(on: Querier, tokens: readonly Token[]): Promise<SourceRow[]> {
  if (tokens.length === 0) return [];
  const all = concatenated(tokens);
  return on.query<SourceRow>(
    named(
      "vault-read-sources",
      sql`with data as (select ${all.bytes}::bytea as tokens)
      select ${SOURCE_COLUMNS}
      from source_key s
      where s.token = any(array(
        select substring(data.tokens from i.token_at for i.token_size)
        from data, unnest(${all.starts}::integer[], ${all.sizes}::integer[]) as i (token_at, token_size)))`,
    ),
  );
}
