// SQL of customers, and the batched reads that the gate decides on.
import type { Code, Sealed, Uuid } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";
import { concatenated } from "./concatenated.ts";
import { READ_COLUMNS, type ReadRecord } from "./record-store.ts";
import type { UnitRow } from "./unit-header.ts";
import { UNIT_COLUMNS } from "./unit-store.ts";

export interface CustomerRow {
  readonly customerId: Uuid;
  readonly logShard: number;
  readonly revision: number;
  readonly act: Uuid;
  readonly authority: Sealed;
}

/** The unit's wrapped keys, all null once they are erased. */
export interface KeyColumns {
  readonly bucket: number | null;
  readonly bucketVersion: number | null;
  readonly keyPack: Sealed | null;
}

export type KeyedUnitRow = UnitRow & KeyColumns;

const CUSTOMER_COLUMNS = sql`c.customer_id as "customerId", c.log_shard as "logShard", c.revision, c.act, c.authority`;
const KEY_COLUMNS = sql`k.bucket, k.bucket_version as "bucketVersion", k.pack as "keyPack"`;

export async function insertCustomers(tx: Transaction, rows: readonly CustomerRow[]): Promise<void> {
  if (rows.length === 0) return;
  const authorities = concatenated(rows.map((row) => row.authority));
  await tx.query(
    named(
      "vault-insert-customers",
      sql`with data as (select ${authorities.bytes}::bytea as authorities)
      insert into customer (customer_id, log_shard, revision, act, authority)
      select i.customer_id, i.log_shard, i.revision, i.act, substring(data.authorities from i.authority_at for i.authority_size)
      from data, unnest(${rows.map((row) => row.customerId)}::uuid[], ${rows.map((row) => row.logShard)}::smallint[],
        ${rows.map((row) => row.revision)}::bigint[], ${rows.map((row) => row.act)}::uuid[],
        ${authorities.starts}::integer[], ${authorities.sizes}::integer[])
        as i (customer_id, log_shard, revision, act, authority_at, authority_size)`,
    ),
  );
}

/** Locked until the transaction ends, in order of id so that two writers cannot wait for each other. */
export async function lockCustomers(tx: Transaction, customerIds: readonly Uuid[]): Promise<CustomerRow[]> {
  return tx.query<CustomerRow>(
    sql`select ${CUSTOMER_COLUMNS} from customer c where c.customer_id = any(${customerIds}::uuid[]) order by c.customer_id for update`,
  );
}

/** Shared with other writers of their records, while erasure and changes of authority wait. */
export async function shareCustomers(tx: Transaction, customerIds: readonly Uuid[]): Promise<CustomerRow[]> {
  return tx.query<CustomerRow>(
    named(
      "vault-share-customers",
      sql`select ${CUSTOMER_COLUMNS} from customer c where c.customer_id = any(${customerIds}::uuid[]) order by c.customer_id for share`,
    ),
  );
}

export async function updateCustomer(tx: Transaction, row: CustomerRow): Promise<void> {
  await tx.query(
    sql`update customer set revision = ${row.revision}, act = ${row.act}, authority = ${row.authority}
      where customer_id = ${row.customerId}`,
  );
}

export async function readCustomers(on: Querier, customerIds: readonly Uuid[]): Promise<CustomerRow[]> {
  return on.query<CustomerRow>(
    named(
      "vault-read-customers",
      sql`select ${CUSTOMER_COLUMNS} from customer c where c.customer_id = any(${customerIds}::uuid[])`,
    ),
  );
}

export async function readCustomerIds(on: Querier, after: Uuid | null, limit: number): Promise<Uuid[]> {
  const rows = await on.query<{ customerId: Uuid }>(
    sql`select c.customer_id as "customerId" from customer c where ${after}::uuid is null or c.customer_id > ${after}::uuid
      order by c.customer_id limit ${limit}`,
  );
  return rows.map((row) => row.customerId);
}

/** Of the customer at that place of the list, from 1. */
interface Placed {
  readonly ordinal: number;
}

/** Up to `limitEach` units a customer, in order of id, with their wrapped keys. */
export async function readKeyedUnits(
  on: Querier,
  customerIds: readonly Uuid[],
  limitEach: number,
): Promise<(KeyedUnitRow & Placed)[]> {
  return on.query(
    named(
      "vault-read-keyed-units",
      sql`select q.ordinal::integer as ordinal, ${UNIT_COLUMNS}, ${KEY_COLUMNS}
      from unnest(${customerIds}::uuid[]) with ordinality as q (customer_id, ordinal)
      cross join lateral (
        select * from retention_unit x where x.customer_id = q.customer_id order by x.unit_id limit ${limitEach}) u
      left join unit_key k on k.customer_id = u.customer_id and k.unit_id = u.unit_id`,
    ),
  );
}

/** One customer's units without their keys, in order of id. MACs are not yet verified. */
export async function readUnitsAfter(
  on: Querier,
  { customerId, after, limit }: { readonly customerId: Uuid; readonly after: Uuid | null; readonly limit: number },
): Promise<UnitRow[]> {
  return on.query<UnitRow>(
    sql`select ${UNIT_COLUMNS} from retention_unit u
      where u.customer_id = ${customerId} and (${after}::uuid is null or u.unit_id > ${after}::uuid)
      order by u.unit_id limit ${limit}`,
  );
}

/** What to read of one customer; null does not restrict. */
export interface RecordQuery {
  readonly customerId: Uuid;
  readonly recordType: Code | null;
  readonly unitId: Uuid | null;
  readonly recordId: Uuid | null;
  readonly after: Uuid | null;
}

/** Up to `limitEach` records of each customer's type, in order of id. */
export async function readTypedRecords(
  on: Querier,
  queries: readonly { readonly customerId: Uuid; readonly recordType: Code }[],
  limitEach: number,
): Promise<(ReadRecord & Placed)[]> {
  return on.query(
    named(
      "vault-read-typed-records",
      sql`select q.ordinal::integer as ordinal, ${READ_COLUMNS}
      from unnest(${queries.map((query) => query.customerId)}::uuid[], ${queries.map((query) => query.recordType)}::text[])
        with ordinality as q (customer_id, record_type, ordinal)
      cross join lateral (
        select * from record x where x.customer_id = q.customer_id and x.record_type = q.record_type
        order by x.record_id limit ${limitEach}) r`,
    ),
  );
}

/** Up to `limitEach` records a query, in order of id. */
export async function readRecords(
  on: Querier,
  queries: readonly RecordQuery[],
  limitEach: number,
): Promise<(ReadRecord & Placed)[]> {
  return on.query(
    named(
      "vault-read-records",
      sql`select q.ordinal::integer as ordinal, ${READ_COLUMNS}
      from unnest(${queries.map((query) => query.customerId)}::uuid[], ${queries.map((query) => query.recordType)}::text[],
        ${queries.map((query) => query.unitId)}::uuid[], ${queries.map((query) => query.recordId)}::uuid[],
        ${queries.map((query) => query.after)}::uuid[])
        with ordinality as q (customer_id, record_type, unit_id, record_id, after, ordinal)
      cross join lateral (
        select * from record x
        where x.customer_id = q.customer_id
          and (q.record_type is null or x.record_type = q.record_type)
          and (q.unit_id is null or x.unit_id = q.unit_id)
          and (q.record_id is null or x.record_id = q.record_id)
          and (q.after is null or x.record_id > q.after)
        order by x.record_id limit ${limitEach}) r
      order by q.ordinal, r.record_id`,
    ),
  );
}

/** The units at these places, with their wrapped keys. */
export async function readKeyedUnitsAt(
  on: Querier,
  places: readonly { readonly customerId: Uuid; readonly unitId: Uuid }[],
): Promise<KeyedUnitRow[]> {
  return on.query<KeyedUnitRow>(
    named(
      "vault-read-keyed-units-at",
      sql`select ${UNIT_COLUMNS}, ${KEY_COLUMNS}
      from unnest(${places.map((place) => place.customerId)}::uuid[], ${places.map((place) => place.unitId)}::uuid[])
        as q (customer_id, unit_id)
      join retention_unit u on u.customer_id = q.customer_id and u.unit_id = q.unit_id
      left join unit_key k on k.customer_id = u.customer_id and k.unit_id = u.unit_id`,
    ),
  );
}
