// SQL by which stored rows are read for verification, page by page in order of customer.
import { asCode, type Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { type Statement, sql } from "../postgres/sql.ts";
import type { CustomerRow, KeyColumns } from "./customer-store.ts";
import type { CustomerRange } from "./ledger-facts.ts";
import type { LinkRow } from "./link-store.ts";
import { LINK_COLUMNS } from "./link-store.ts";
import type { MatchRow } from "./match-store.ts";
import { MATCH_COLUMNS } from "./match-store.ts";
import type { RecordRow } from "./record-store.ts";
import { RECORD_COLUMNS } from "./record-store.ts";
import type { CoveredSource } from "./source-store.ts";
import { SOURCE_COLUMNS } from "./source-store.ts";
import type { TokenRow } from "./token-store.ts";
import type { UnitRow } from "./unit-header.ts";
import { UNIT_COLUMNS } from "./unit-store.ts";

/** A record with whether its unit exists and the unit's wrapped keys. */
export type StoredRow = RecordRow & KeyColumns & { readonly hasUnit: boolean };

export interface After {
  readonly customerId: Uuid;
  /** The record, unit or other row of that customer; null for the customer's own. */
  readonly rowId: Uuid;
}

/** Ranges of about `recordsEach` records that together cover all customers. */
export async function readRanges(on: Querier, recordsEach: number): Promise<CustomerRange[]> {
  const rows = await on.query<{ customerId: Uuid }>(
    sql`select distinct customer_id as "customerId" from (
        select customer_id, row_number() over (order by customer_id, record_id) as nth from record) r
      where nth % ${recordsEach}::bigint = 0 order by 1`,
  );
  const bounds: readonly (Uuid | null)[] = [null, ...rows.map((row) => row.customerId), null];
  return bounds.slice(1).map((to, at) => ({ from: bounds[at] ?? null, to }));
}

export async function readCustomerPage(
  on: Querier,
  range: CustomerRange,
  after: Uuid | null,
  limit: number,
): Promise<CustomerRow[]> {
  return on.query<CustomerRow>(
    sql`select c.customer_id as "customerId", c.log_shard as "logShard", c.revision, c.act, c.authority from customer c
      where ${within(sql`c.customer_id`, range)} and (${after}::uuid is null or c.customer_id > ${after}::uuid)
      order by c.customer_id limit ${limit}`,
  );
}

export async function readUnitPage(
  on: Querier,
  range: CustomerRange,
  after: After | null,
  limit: number,
): Promise<UnitRow[]> {
  const place =
    after === null ? sql`true` : sql`(u.customer_id, u.unit_id) > (${after.customerId}::uuid, ${after.rowId}::uuid)`;
  return on.query<UnitRow>(
    sql`select ${UNIT_COLUMNS} from retention_unit u where ${within(sql`u.customer_id`, range)} and ${place}
      order by u.customer_id, u.unit_id limit ${limit}`,
  );
}

export async function readLinkPage(
  on: Querier,
  range: CustomerRange,
  after: After | null,
  limit: number,
): Promise<LinkRow[]> {
  const place =
    after === null ? sql`true` : sql`(l.customer_id, l.link_id) > (${after.customerId}::uuid, ${after.rowId}::uuid)`;
  return on.query<LinkRow>(
    sql`select ${LINK_COLUMNS} from customer_link l where ${within(sql`l.customer_id`, range)} and ${place}
      order by l.customer_id, l.link_id limit ${limit}`,
  );
}

/** In order of customer, then token. */
export async function readSourcePage(
  on: Querier,
  range: CustomerRange,
  after: Pick<CoveredSource, "customerId" | "covered"> | null,
  limit: number,
): Promise<CoveredSource[]> {
  const place =
    after === null ? sql`true` : sql`(s.customer_id, s.token) > (${after.customerId}::uuid, ${after.covered}::bytea)`;
  return on.query<CoveredSource>(
    sql`select ${SOURCE_COLUMNS} from source_key s where ${within(sql`s.customer_id`, range)} and ${place}
      order by s.customer_id, s.token limit ${limit}`,
  );
}

export async function readSourcesOfCustomer(on: Querier, customerId: Uuid): Promise<CoveredSource[]> {
  return on.query<CoveredSource>(sql`select ${SOURCE_COLUMNS} from source_key s where s.customer_id = ${customerId}`);
}

type Pair = Pick<MatchRow, "customerId" | "otherCustomerId" | "reason">;

/** By the lower of the two customers. */
export async function readMatchPage(
  on: Querier,
  range: CustomerRange,
  after: Pair | null,
  limit: number,
): Promise<MatchRow[]> {
  const place =
    after === null
      ? sql`true`
      : sql`(m.customer_id, m.other_customer_id, m.reason)
          > (${after.customerId}::uuid, ${after.otherCustomerId}::uuid, ${asCode(after.reason)}::text)`;
  return on.query<MatchRow>(
    sql`select ${MATCH_COLUMNS} from match_suggestion m where ${within(sql`m.customer_id`, range)} and ${place}
      order by m.customer_id, m.other_customer_id, m.reason limit ${limit}`,
  );
}

export async function readMatch(on: Querier, pair: Pair): Promise<MatchRow | null> {
  const rows = await on.query<MatchRow>(
    sql`select ${MATCH_COLUMNS} from match_suggestion m where m.customer_id = ${pair.customerId}
      and m.other_customer_id = ${pair.otherCustomerId} and m.reason = ${asCode(pair.reason)}`,
  );
  return rows[0] ?? null;
}

export async function readRecordPage(
  on: Querier,
  range: CustomerRange,
  after: After | null,
  limit: number,
): Promise<StoredRow[]> {
  const place =
    after === null ? sql`true` : sql`(r.customer_id, r.record_id) > (${after.customerId}::uuid, ${after.rowId}::uuid)`;
  return readStored(on, sql`${within(sql`r.customer_id`, range)} and ${place}`, limit);
}

export async function readRecord(on: Querier, customerId: Uuid, recordId: Uuid): Promise<StoredRow | null> {
  const rows = await readStored(on, sql`r.customer_id = ${customerId} and r.record_id = ${recordId}`, 1);
  return rows[0] ?? null;
}

async function readStored(on: Querier, condition: Statement, limit: number): Promise<StoredRow[]> {
  return on.query<StoredRow>(
    sql`select ${RECORD_COLUMNS}, u.unit_id is not null as "hasUnit", k.bucket, k.bucket_version as "bucketVersion", k.pack as "keyPack"
      from record r
      left join retention_unit u on u.customer_id = r.customer_id and u.unit_id = r.unit_id
      left join unit_key k on k.customer_id = r.customer_id and k.unit_id = r.unit_id
      where ${condition} order by r.customer_id, r.record_id limit ${limit}`,
  );
}

type RecordIds = readonly { readonly customerId: Uuid; readonly recordId: Uuid }[];

export async function readHistoryOf(on: Querier, records: RecordIds): Promise<RecordRow[]> {
  return on.query<RecordRow>(
    sql`select ${RECORD_COLUMNS} from record_history r ${joining(sql`r`, records)} order by r.revision`,
  );
}

export async function readTokensOf(on: Querier, records: RecordIds): Promise<TokenRow[]> {
  return on.query<TokenRow>(
    sql`select t.token, t.customer_id as "customerId", t.record_id as "recordId", t.index_name as "indexName", t.key_version as "keyVersion"
      from search_token t ${joining(sql`t`, records)}`,
  );
}

/** Tokens that lead to no record. */
export async function readStrayTokens(
  on: Querier,
  range: CustomerRange,
  limit: number,
): Promise<{ customerId: Uuid; recordId: Uuid }[]> {
  return on.query(
    sql`select distinct t.customer_id as "customerId", t.record_id as "recordId" from search_token t
      where ${within(sql`t.customer_id`, range)}
        and not exists (select from record r where r.customer_id = t.customer_id and r.record_id = t.record_id)
      limit ${limit}`,
  );
}

function within(column: Statement, range: CustomerRange): Statement {
  return sql`(${range.from}::uuid is null or ${column} >= ${range.from}::uuid) and (${range.to}::uuid is null or ${column} < ${range.to}::uuid)`;
}

function joining(table: Statement, records: RecordIds): Statement {
  return sql`join unnest(${records.map((record) => record.customerId)}::uuid[], ${records.map((record) => record.recordId)}::uuid[])
    as i (customer_id, record_id) on ${table}.customer_id = i.customer_id and ${table}.record_id = i.record_id`;
}
