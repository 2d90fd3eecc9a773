// SQL of imports: the runs, their rejected lines, and the customers a running one has met.
import {
  asCode,
  asPublicBytes,
  asSealed,
  asToken,
  type PublicBytes,
  type Sealed,
  type Token,
  type Uuid,
} from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

export type RunState = "running" | "done" | "failed";

export interface RunRow {
  readonly importId: Uuid;
  readonly fileToken: Token;
  readonly mapping: string;
  /** SHA-256 of the mapping that it was announced with. */
  readonly mappingDigest: PublicBytes;
  readonly sizeBytes: number;
  /** The file's columns as places in the mapping's list; null until its header was read. */
  readonly columns: readonly number[] | null;
  readonly state: RunState;
  readonly offsetBytes: number;
  /** The line at which the row at `offsetBytes` begins. */
  readonly line: number;
  readonly totals: Sealed;
  readonly startedBy: Uuid;
  readonly startedAt: Date;
}

interface StoredRun extends Omit<RunRow, "importId" | "fileToken" | "totals" | "mappingDigest" | "startedBy"> {
  readonly importId: string;
  readonly mappingDigest: Buffer;
  readonly startedBy: string;
  readonly fileToken: Buffer;
  readonly totals: Buffer;
}

const COLUMNS = sql`import_id as "importId", file_token as "fileToken", mapping, mapping_digest as "mappingDigest", size_bytes as "sizeBytes",
  columns, state,
  offset_bytes as "offsetBytes", line, totals, started_by as "startedBy", started_at as "startedAt"`;

export type NewRun = Omit<RunRow, "columns" | "state" | "offsetBytes" | "line">;

/** False when the same file was announced with the same mapping before. */
export async function insertRun(on: Querier, run: NewRun, keyVersion: number): Promise<boolean> {
  const rows = await on.query(
    sql`insert into import_run (import_id, file_token, key_version, mapping, mapping_digest, size_bytes, state, offset_bytes, line, totals, started_by,
        started_at)
      values (${run.importId}, ${run.fileToken}, ${keyVersion}, ${asCode(run.mapping)}, ${run.mappingDigest}, ${run.sizeBytes}, 'running', 0, 1,
        ${run.totals}, ${run.startedBy}, ${run.startedAt})
      on conflict do nothing returning import_id`,
  );
  return rows.length === 1;
}

/** `fileTokens`: the file under each cover that a row may stand under. */
export async function findRunOfFile(
  on: Querier,
  file: Pick<NewRun, "mapping" | "mappingDigest"> & { readonly fileTokens: readonly Token[] },
): Promise<RunRow | null> {
  const rows = await on.query<StoredRun>(
    sql`select ${COLUMNS} from import_run
      where file_token = any(${file.fileTokens}::bytea[]) and mapping = ${asCode(file.mapping)} and mapping_digest = ${file.mappingDigest}
      order by key_version desc limit 1`,
  );
  return rows[0] === undefined ? null : parseRun(rows[0]);
}

export async function readRun(on: Querier, importId: Uuid): Promise<RunRow | null> {
  const rows = await on.query<StoredRun>(sql`select ${COLUMNS} from import_run where import_id = ${importId}`);
  return rows[0] === undefined ? null : parseRun(rows[0]);
}

export async function lockRun(tx: Transaction, importId: Uuid): Promise<RunRow | null> {
  const rows = await tx.query<StoredRun>(
    sql`select ${COLUMNS} from import_run where import_id = ${importId} for update`,
  );
  return rows[0] === undefined ? null : parseRun(rows[0]);
}

export interface RunPlace {
  readonly startedAt: Date;
  readonly importId: Uuid;
}

/** Newest first. */
export async function readRuns(on: Querier, after: RunPlace | null, limit: number): Promise<RunRow[]> {
  const before = after === null ? sql`` : sql`where (started_at, import_id) < (${after.startedAt}, ${after.importId})`;
  const rows = await on.query<StoredRun>(
    sql`select ${COLUMNS} from import_run ${before} order by started_at desc, import_id desc limit ${limit}`,
  );
  return rows.map(parseRun);
}

export type Progress = Pick<RunRow, "importId" | "columns" | "state" | "offsetBytes" | "line" | "totals">;

export async function updateRun(tx: Transaction, run: Progress, now: Date): Promise<void> {
  await tx.query(
    sql`update import_run set columns = ${run.columns}, state = ${asCode(run.state)}, offset_bytes = ${run.offsetBytes}, line = ${run.line},
        totals = ${run.totals}, finished_at = ${run.state === "running" ? null : now}
      where import_id = ${run.importId}`,
  );
}

export interface RejectRow {
  readonly line: number;
  /** "record.field", or a word for what is no field. */
  readonly field: string;
  readonly reason: string;
  readonly sealedLine: Sealed;
}

export async function insertRejects(tx: Transaction, importId: Uuid, rejects: readonly RejectRow[]): Promise<void> {
  if (rejects.length === 0) return;
  await tx.query(
    sql`insert into import_reject (import_id, line, field, reason, sealed_line)
      select ${importId}, r.line, r.field, r.reason, r.sealed_line
      from unnest(${rejects.map(({ line }) => line)}::bigint[], ${rejects.map(({ field }) => asCode(field))}::text[],
        ${rejects.map(({ reason }) => asCode(reason))}::text[], ${rejects.map(({ sealedLine }) => sealedLine)}::bytea[])
        as r (line, field, reason, sealed_line)
      on conflict do nothing`,
  );
}

export interface RejectPlace {
  readonly line: number;
  readonly field: string;
}

/** In order of line and field. */
export async function readRejects(
  on: Querier,
  importId: Uuid,
  after: RejectPlace | null,
  limit: number,
): Promise<Omit<RejectRow, "sealedLine">[]> {
  const beyond = after === null ? sql`` : sql`and (line, field) > (${after.line}, ${asCode(after.field)})`;
  return on.query(
    sql`select line, field, reason from import_reject where import_id = ${importId} ${beyond} order by line, field limit ${limit}`,
  );
}

/** How many of these customers the run had not met before. */
export async function countNewCustomers(
  tx: Transaction,
  importId: Uuid,
  customerIds: readonly Uuid[],
): Promise<number> {
  if (customerIds.length === 0) return 0;
  const [count] = await tx.query<{ met: number }>(
    sql`with written as (insert into import_customer (import_id, customer_id)
      select ${importId}, c.customer_id from unnest(${customerIds}::uuid[]) as c (customer_id)
      on conflict do nothing returning 1)
      select count(*)::integer as met from written`,
  );
  return count?.met ?? 0;
}

export async function forgetCustomers(tx: Transaction, importId: Uuid): Promise<void> {
  await tx.query(sql`delete from import_customer where import_id = ${importId}`);
}

function parseRun(row: StoredRun): RunRow {
  const { importId, fileToken, mappingDigest, totals, startedBy, ...same } = row;
  return {
    ...same,
    importId: asId(importId),
    fileToken: asToken(fileToken),
    mappingDigest: asPublicBytes(mappingDigest),
    totals: asSealed(totals),
    startedBy: asId(startedBy),
  };
}
