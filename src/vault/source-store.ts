// SQL of source keys: where the keys of other systems lead. Digests stand in the database covered, and nowhere else.
import { asToken, type Token, type Uuid } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
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

/** Names what stands covered in the database: the token is another after each rotation. */
export interface StoredSource extends SourceRow {
  readonly covered: Token;
  readonly keyVersion: number;
}

export interface CoveredSource extends Omit<StoredSource, "token" | "content"> {
  readonly coveredContent: Token | null;
}

export type CoverKeys = Pick<Keys, "digestCovers">;

export const SOURCE_COLUMNS = sql`s.token as covered, s.key_version as "keyVersion", s.customer_id as "customerId", s.unit_id as "unitId",
  s.record_id as "recordId", s.content as "coveredContent", s.mac`;

/** A row under a version that is destroyed, or not known, says nothing: its MAC fits none of this. */
export function uncoverSources(keys: CoverKeys, rows: readonly CoveredSource[]): StoredSource[] {
  const covers = new Map(keys.digestCovers("read").map((cover) => [cover.version, cover]));
  return rows.map(({ coveredContent, ...row }) => {
    const cover = covers.get(row.keyVersion);
    const token = cover?.uncover(row.covered) ?? row.covered;
    const content = coveredContent === null ? null : (cover?.uncover(coveredContent) ?? coveredContent);
    return { ...row, token, content };
  });
}

const NO_CONTENT = asToken(new Uint8Array(0));

/**
 * Inserts, or points an existing key at new content. A key that leads to another place is left alone: false then. INVARIANT: written under each version
 * that another process may be writing under, so that the primary key lets a source key lead to one place only.
 */
export async function upsertSources(tx: Transaction, keys: CoverKeys, rows: readonly SourceRow[]): Promise<boolean> {
  if (rows.length === 0) return true;
  const covers = keys.digestCovers("write");
  const twins = covers.flatMap(({ version, coverMany }) => {
    const tokens = coverMany(rows.map(({ token }) => token));
    const said = coverMany(rows.flatMap(({ content }) => content ?? []));
    let next = 0;
    return rows.map((row, at) => ({
      ...row,
      version,
      token: tokens[at]!,
      content: row.content === null ? null : said[next++]!,
    }));
  });
  const tokens = concatenated(twins.map((row) => row.token));
  const macs = concatenated(twins.map((row) => row.mac));
  const contents = concatenated(twins.map((row) => row.content ?? NO_CONTENT));
  const [count] = await tx.query<{ written: number }>(
    named(
      "vault-upsert-sources",
      sql`with data as (select ${tokens.bytes}::bytea as tokens, ${macs.bytes}::bytea as macs, ${contents.bytes}::bytea as contents),
      written as (insert into source_key as s (token, key_version, customer_id, unit_id, record_id, content, mac)
      select substring(data.tokens from i.token_at for i.token_size), i.version, i.customer_id, i.unit_id, i.record_id,
        case when i.content_size > 0 then substring(data.contents from i.content_at for i.content_size) end,
        substring(data.macs from i.mac_at for i.mac_size)
      from data, unnest(${tokens.starts}::integer[], ${tokens.sizes}::integer[], ${twins.map((row) => row.version)}::integer[],
        ${twins.map((row) => row.customerId)}::uuid[], ${twins.map((row) => row.unitId)}::uuid[],
        ${twins.map((row) => row.recordId)}::uuid[], ${contents.starts}::integer[], ${contents.sizes}::integer[],
        ${macs.starts}::integer[], ${macs.sizes}::integer[])
        as i (token_at, token_size, version, customer_id, unit_id, record_id, content_at, content_size, mac_at, mac_size)
      on conflict (token) do update set content = excluded.content, mac = excluded.mac
        where s.customer_id = excluded.customer_id and s.unit_id is not distinct from excluded.unit_id
          and s.record_id is not distinct from excluded.record_id
      returning 1)
      select count(*)::integer as written from written`,
    ),
  );
  return count?.written === twins.length;
}

/** MACs are not yet verified. In order of version: a row may stand twice during a rotation, and the last is the newest. */
export async function readSources(on: Querier, keys: CoverKeys, tokens: readonly Token[]): Promise<StoredSource[]> {
  if (tokens.length === 0) return [];
  const all = concatenated(keys.digestCovers("read").flatMap(({ coverMany }) => coverMany(tokens)));
  const rows = await on.query<CoveredSource>(
    named(
      "vault-read-sources",
      sql`with data as (select ${all.bytes}::bytea as tokens)
      select ${SOURCE_COLUMNS}
      from source_key s
      where s.token = any(array(
        select substring(data.tokens from i.token_at for i.token_size)
        from data, unnest(${all.starts}::integer[], ${all.sizes}::integer[]) as i (token_at, token_size)))
      order by s.key_version`,
    ),
  );
  return uncoverSources(keys, rows);
}

export async function updateSourceMac(tx: Transaction, { covered }: StoredSource, mac: Token): Promise<void> {
  await tx.query(sql`update source_key set mac = ${mac} where token = ${covered}`);
}

/** Rows under versions before this one, locked. */
export async function lockSourcesNotUnder(
  tx: Transaction,
  keys: CoverKeys,
  version: number,
  limit: number,
): Promise<StoredSource[]> {
  const rows = await tx.query<CoveredSource>(
    sql`select ${SOURCE_COLUMNS} from source_key s where s.key_version < ${version} order by s.key_version, s.token limit ${limit}
      for update`,
  );
  return uncoverSources(keys, rows);
}

/** Puts rows under another cover; a row that stands there already, as its twin, only goes. */
export async function moveSources(
  tx: Transaction,
  moves: readonly (Pick<SourceRow, "token" | "content"> & { readonly covered: Token; readonly keyVersion: number })[],
): Promise<void> {
  if (moves.length === 0) return;
  const from = sql`unnest(${moves.map((row) => row.covered)}::bytea[], ${moves.map((row) => row.token)}::bytea[],
    ${moves.map((row) => row.content)}::bytea[], ${moves.map((row) => row.keyVersion)}::integer[]) as i (covered, token, content, version)`;
  await tx.query(
    sql`delete from source_key s using ${from} where s.token = i.covered and exists (select from source_key t where t.token = i.token)`,
  );
  await tx.query(
    sql`update source_key s set token = i.token, content = i.content, key_version = i.version from ${from} where s.token = i.covered`,
  );
}

export async function deleteSources(tx: Transaction, covered: readonly Token[]): Promise<void> {
  await tx.query(sql`delete from source_key where token = any(${covered}::bytea[])`);
}

export async function selectCoverUsed(on: Querier, version: number): Promise<boolean> {
  const [row] = await on.query<{ used: boolean }>(
    sql`select exists (select from source_key where key_version = ${version}) as used`,
  );
  return row?.used !== false;
}
