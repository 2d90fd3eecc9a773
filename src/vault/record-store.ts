// SQL of records and their history.
import type { Sealed, Uuid } from "../kernel/bytes.ts";
import { asCode } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";
import { concatenated } from "./concatenated.ts";
import type { RecordPlace } from "./record-place.ts";

export interface RecordRow extends RecordPlace {
  readonly revision: number;
  readonly pack: Sealed;
  readonly checks: Sealed;
  /** The ledger entry that wrote this revision. */
  readonly act: Uuid;
}

export const RECORD_COLUMNS = sql`r.customer_id as "customerId", r.record_id as "recordId", r.unit_id as "unitId",
  r.record_type as "recordType", r.schema_version as "schemaVersion", r.revision, r.pack, r.checks, r.act`;

/** One statement for any number of records. Their bytes travel as one binary parameter, since arrays of bytea go as hexadecimal text. */
export async function insertRecords(tx: Transaction, rows: readonly RecordRow[]): Promise<void> {
  if (rows.length === 0) return;
  const packs = concatenated(rows.map((row) => row.pack));
  const checks = concatenated(rows.map((row) => row.checks));
  await tx.query(
    named(
      "vault-insert-records",
      sql`with data as (select ${packs.bytes}::bytea as packs, ${checks.bytes}::bytea as checks)
      insert into record (customer_id, record_id, unit_id, record_type, schema_version, revision, pack, checks, act)
      select i.customer_id, i.record_id, i.unit_id, i.record_type, i.schema_version, i.revision,
        substring(data.packs from i.pack_at for i.pack_size), substring(data.checks from i.checks_at for i.checks_size), i.act
      from data, unnest(${rows.map((row) => row.customerId)}::uuid[], ${rows.map((row) => row.recordId)}::uuid[],
        ${rows.map((row) => row.unitId)}::uuid[], ${rows.map((row) => asCode(row.recordType))}::text[],
        ${rows.map((row) => row.schemaVersion)}::integer[], ${rows.map((row) => row.revision)}::integer[],
        ${packs.starts}::integer[], ${packs.sizes}::integer[], ${checks.starts}::integer[], ${checks.sizes}::integer[],
        ${rows.map((row) => row.act)}::uuid[])
        as i (customer_id, record_id, unit_id, record_type, schema_version, revision, pack_at, pack_size, checks_at, checks_size, act)`,
    ),
  );
}

/** The record, locked until the transaction ends. */
export async function lockRecord(tx: Transaction, customerId: Uuid, recordId: Uuid): Promise<RecordRow | null> {
  const rows = await tx.query<RecordRow>(
    sql`select ${RECORD_COLUMNS} from record r where r.customer_id = ${customerId} and r.record_id = ${recordId} for update`,
  );
  return rows[0] ?? null;
}

/** Keeps what `row` replaces and writes `row`. Returns false when the stored revision is not the one before it. */
export async function replaceRecord(tx: Transaction, row: RecordRow): Promise<boolean> {
  const kept = await tx.query(
    sql`insert into record_history (customer_id, record_id, revision, unit_id, record_type, schema_version, pack, checks, act)
      select customer_id, record_id, revision, unit_id, record_type, schema_version, pack, checks, act
      from record where customer_id = ${row.customerId} and record_id = ${row.recordId} and revision = ${row.revision - 1}
      returning 1`,
  );
  if (kept.length !== 1) return false;
  await tx.query(
    sql`update record set schema_version = ${row.schemaVersion}, revision = ${row.revision}, pack = ${row.pack}, checks = ${row.checks},
      act = ${row.act}
      where customer_id = ${row.customerId} and record_id = ${row.recordId}`,
  );
  return true;
}

/** Earlier revisions, newest first, below `before` when given. */
export async function readHistory(
  on: Querier,
  record: { customerId: Uuid; recordId: Uuid },
  page: { before: number | null; limit: number },
): Promise<RecordRow[]> {
  return on.query<RecordRow>(
    sql`select ${RECORD_COLUMNS} from record_history r
      where r.customer_id = ${record.customerId} and r.record_id = ${record.recordId}
        and (${page.before}::integer is null or r.revision < ${page.before}::integer)
      order by r.revision desc limit ${page.limit}`,
  );
}
