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

/** A record as it is read to be decided on and opened. */
export type ReadRecord = Omit<RecordRow, "checks" | "act">;

export const READ_COLUMNS = sql`r.customer_id as "customerId", r.record_id as "recordId", r.unit_id as "unitId",
  r.record_type as "recordType", r.schema_version as "schemaVersion", r.revision, r.pack`;
export const RECORD_COLUMNS = sql`${READ_COLUMNS}, r.checks, r.act`;

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

type RecordId = Pick<RecordRow, "customerId" | "recordId">;

/** Those that there are, locked until the transaction ends, in order of id so that two writers cannot wait for each other. */
export async function lockRecords(tx: Transaction, records: readonly RecordId[]): Promise<RecordRow[]> {
  return tx.query<RecordRow>(
    named(
      "vault-lock-records",
      sql`select ${RECORD_COLUMNS} from record r
      join unnest(${records.map((record) => record.customerId)}::uuid[], ${records.map((record) => record.recordId)}::uuid[])
        as i (customer_id, record_id) on r.customer_id = i.customer_id and r.record_id = i.record_id
      order by r.customer_id, r.record_id for update of r`,
    ),
  );
}

/** What a record's sealed checks are opened by; null when it is not there. */
export async function readChecked(
  on: Querier,
  { customerId, recordId }: RecordId,
): Promise<Omit<RecordRow, "pack" | "act"> | null> {
  const rows = await on.query<Omit<RecordRow, "pack" | "act">>(
    sql`select r.customer_id as "customerId", r.record_id as "recordId", r.unit_id as "unitId", r.record_type as "recordType",
        r.schema_version as "schemaVersion", r.revision, r.checks
      from record r where r.customer_id = ${customerId} and r.record_id = ${recordId}`,
  );
  return rows[0] ?? null;
}

/** As `readChecked`, of many records of one customer. */
export async function readCheckedOf(
  on: Querier,
  customerId: Uuid,
  recordIds: readonly Uuid[],
): Promise<Omit<RecordRow, "pack" | "act">[]> {
  return on.query<Omit<RecordRow, "pack" | "act">>(
    sql`select r.customer_id as "customerId", r.record_id as "recordId", r.unit_id as "unitId", r.record_type as "recordType",
        r.schema_version as "schemaVersion", r.revision, r.checks
      from record r where r.customer_id = ${customerId} and r.record_id = any(${recordIds}::uuid[])`,
  );
}

/** Keeps what `rows` replace and writes them. Returns false when a stored revision is not the one before; then the transaction must not commit. */
export async function replaceRecords(tx: Transaction, rows: readonly RecordRow[]): Promise<boolean> {
  if (rows.length === 0) return true;
  const ids = sql`${rows.map((row) => row.customerId)}::uuid[], ${rows.map((row) => row.recordId)}::uuid[],
    ${rows.map((row) => row.revision)}::integer[]`;
  const kept = await tx.query(
    named(
      "vault-keep-records",
      sql`insert into record_history (customer_id, record_id, revision, unit_id, record_type, schema_version, pack, checks, act)
      select r.customer_id, r.record_id, r.revision, r.unit_id, r.record_type, r.schema_version, r.pack, r.checks, r.act
      from unnest(${ids}) as i (customer_id, record_id, revision)
      join record r on r.customer_id = i.customer_id and r.record_id = i.record_id and r.revision = i.revision - 1
      returning 1`,
    ),
  );
  if (kept.length !== rows.length) return false;
  const packs = concatenated(rows.map((row) => row.pack));
  const checks = concatenated(rows.map((row) => row.checks));
  await tx.query(
    named(
      "vault-replace-records",
      sql`with data as (select ${packs.bytes}::bytea as packs, ${checks.bytes}::bytea as checks)
      update record r set schema_version = i.schema_version, revision = i.revision, act = i.act,
        pack = substring(data.packs from i.pack_at for i.pack_size), checks = substring(data.checks from i.checks_at for i.checks_size)
      from data, unnest(${ids}, ${rows.map((row) => row.schemaVersion)}::integer[],
        ${packs.starts}::integer[], ${packs.sizes}::integer[], ${checks.starts}::integer[], ${checks.sizes}::integer[],
        ${rows.map((row) => row.act)}::uuid[])
        as i (customer_id, record_id, revision, schema_version, pack_at, pack_size, checks_at, checks_size, act)
      where r.customer_id = i.customer_id and r.record_id = i.record_id`,
    ),
  );
  return true;
}

/** Earlier revisions, newest first, below `before` when given. */
/** The one in force and those before it, newest first. */
export async function readRevisions(
  on: Querier,
  record: { customerId: Uuid; recordId: Uuid },
  page: { before: number | null; limit: number },
): Promise<RecordRow[]> {
  const of = sql`r.customer_id = ${record.customerId} and r.record_id = ${record.recordId}
    and (${page.before}::integer is null or r.revision < ${page.before}::integer)`;
  return on.query<RecordRow>(
    sql`select ${RECORD_COLUMNS} from record r where ${of}
      union all
      select ${RECORD_COLUMNS} from record_history r where ${of}
      order by revision desc limit ${page.limit}`,
  );
}

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
