// SQL of the blind index: tokens that lead to candidates.
import type { Code, Sealed, Token, Uuid } from "../kernel/bytes.ts";
import { asCode } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";
import type { UnitKeyRow } from "../keys/keys.ts";
import { concatenated } from "./concatenated.ts";
import type { RecordRow } from "./record-store.ts";

export interface TokenRow {
  readonly token: Token;
  readonly customerId: Uuid;
  readonly recordId: Uuid;
  readonly indexName: string;
  readonly keyVersion: number;
}

export async function insertTokens(tx: Transaction, rows: readonly TokenRow[]): Promise<void> {
  if (rows.length === 0) return;
  const tokens = concatenated(rows.map((row) => row.token));
  // A record has many tokens, and there are few indexes: ids and names go once, tokens name them by their place.
  const records = placesOf(rows, (row) => row.recordId);
  const indexes = placesOf(rows, (row) => row.indexName);
  await tx.query(
    named(
      "vault-insert-tokens",
      sql`with data as (select ${tokens.bytes}::bytea as tokens, ${records.firsts.map((row) => row.customerId)}::uuid[] as customers,
        ${records.firsts.map((row) => row.recordId)}::uuid[] as records, ${indexNames(indexes.firsts)}::text[] as indexes)
      insert into search_token (token, customer_id, record_id, index_name, key_version)
      select distinct substring(data.tokens from i.token_at for i.token_size), data.customers[i.record], data.records[i.record],
        data.indexes[i.index], i.key_version
      from data, unnest(${tokens.starts}::integer[], ${tokens.sizes}::integer[], ${records.places}::integer[], ${indexes.places}::integer[],
        ${rows.map((row) => row.keyVersion)}::integer[])
        as i (token_at, token_size, record, index, key_version)
      on conflict (token, customer_id, record_id, index_name) do update set key_version = excluded.key_version
        where search_token.key_version < excluded.key_version`,
    ),
  );
}

/** Of rows that share something: the first of each, and for every row the place of its own first, counted from one as PostgreSQL does. */
function placesOf(rows: readonly TokenRow[], shared: (row: TokenRow) => string) {
  const known = new Map<string, number>();
  const firsts: TokenRow[] = [];
  const places = rows.map((row) => {
    const name = shared(row);
    const place = known.get(name) ?? firsts.push(row);
    known.set(name, place);
    return place;
  });
  return { firsts, places };
}

/** Removes all tokens of these records. */
export async function deleteTokens(
  tx: Transaction,
  records: readonly { customerId: Uuid; recordId: Uuid }[],
): Promise<void> {
  if (records.length === 0) return;
  await tx.query(
    sql`delete from search_token t
      using unnest(${records.map((record) => record.customerId)}::uuid[], ${records.map((record) => record.recordId)}::uuid[])
        as i (customer_id, record_id)
      where t.customer_id = i.customer_id and t.record_id = i.record_id`,
  );
}

const CANDIDATE_COLUMNS = sql`r.customer_id as "customerId", r.record_id as "recordId", r.unit_id as "unitId",
  r.record_type as "recordType", r.schema_version as "schemaVersion", r.revision, r.checks, k.bucket, k.bucket_version as "bucketVersion",
  k.pack as "keyPack"`;

/** What confirms a candidate: its sealed checks and its unit's wrapped keys. */
export type CandidateRow = Omit<RecordRow, "pack" | "act"> & Omit<UnitKeyRow, "pack"> & { readonly keyPack: Sealed };

/**
 * Where any of these tokens leads, a page in order of id. Records whose keys are erased are not found, whether their rows were swept or not.
 */
export async function findCandidates(
  on: Querier,
  wanted: { readonly indexName: string; readonly tokens: readonly Token[] },
  page: { readonly after: { readonly customerId: Uuid; readonly recordId: Uuid } | null; readonly limit: number },
): Promise<CandidateRow[]> {
  return on.query<CandidateRow>(
    named(
      "vault-find-candidates",
      sql`with hit as (
        select distinct t.customer_id, t.record_id from search_token t
        where t.token = any(${wanted.tokens}::bytea[]) and t.index_name = ${asCode(wanted.indexName)}
          and (${page.after?.customerId ?? null}::uuid is null
            or (t.customer_id, t.record_id) > (${page.after?.customerId ?? null}::uuid, ${page.after?.recordId ?? null}::uuid)))
      select ${CANDIDATE_COLUMNS}
      from hit h
      join record r on r.customer_id = h.customer_id and r.record_id = h.record_id
      join unit_key k on k.customer_id = r.customer_id and k.unit_id = r.unit_id
      order by r.customer_id, r.record_id limit ${page.limit}`,
    ),
  );
}

/** The tokens that these customers' records bear in these indexes. */
export async function findTokensOf(
  on: Querier,
  customerIds: readonly Uuid[],
  names: readonly string[],
): Promise<Pick<TokenRow, "token" | "customerId" | "recordId" | "indexName">[]> {
  return on.query(
    sql`select token, customer_id as "customerId", record_id as "recordId", index_name as "indexName" from search_token
      where customer_id = any(${customerIds}::uuid[]) and index_name = any(${names.map(asCode)}::text[])`,
  );
}

/** Records after a place in order of id, kept from being corrected until the transaction ends. */
export async function readForReindex(
  tx: Transaction,
  after: { readonly customerId: Uuid; readonly recordId: Uuid } | null,
  limit: number,
): Promise<CandidateRow[]> {
  const start =
    after === null
      ? sql`true`
      : sql`(r.customer_id, r.record_id) > (${after.customerId}::uuid, ${after.recordId}::uuid)`;
  return tx.query<CandidateRow>(
    sql`select ${CANDIDATE_COLUMNS}
      from record r join unit_key k on k.customer_id = r.customer_id and k.unit_id = r.unit_id
      where ${start} order by r.customer_id, r.record_id limit ${limit} for share of r`,
  );
}

/** Removes these records' tokens under index keys before this version. */
export async function deleteOlderTokens(
  tx: Transaction,
  records: readonly { readonly customerId: Uuid; readonly recordId: Uuid }[],
  keyVersion: number,
): Promise<void> {
  if (records.length === 0) return;
  await tx.query(
    sql`delete from search_token t
      using unnest(${records.map((record) => record.customerId)}::uuid[], ${records.map((record) => record.recordId)}::uuid[])
        as i (customer_id, record_id)
      where t.customer_id = i.customer_id and t.record_id = i.record_id and t.key_version < ${keyVersion}`,
  );
}

function indexNames(rows: readonly TokenRow[]): Code[] {
  return rows.map((row) => asCode(row.indexName));
}
