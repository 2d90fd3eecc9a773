// SQL of what is written anew after a rotation: rejected lines beside what was kept, totals and the digests of files in place.
import { asCode, type Sealed, type Token, type Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { sql, type Statement } from "../postgres/sql.ts";

export interface LinePlace {
  readonly importId: Uuid;
  readonly line: number;
  readonly field: string;
}

export interface StoredLine extends LinePlace {
  readonly reason: string;
  readonly sealedLine: Buffer;
  /** The newest reseal, as far as anybody who could insert one wants us to think; null when there is none. */
  readonly newest: Buffer | null;
}

/** In order of run, line and field. */
export async function readLines(on: Querier, after: LinePlace | null, limit: number): Promise<StoredLine[]> {
  const from =
    after === null
      ? sql``
      : sql`where (j.import_id, j.line, j.field) > (${after.importId}, ${after.line}, ${asCode(after.field)})`;
  return on.query<StoredLine>(
    sql`select j.import_id as "importId", j.line, j.field, j.reason, j.sealed_line as "sealedLine", r.sealed_line as newest
      from (select * from import_reject j ${from} order by j.import_id, j.line, j.field limit ${limit}) as j
      left join lateral (
        select r.sealed_line from import_reject_reseal r
        where r.import_id = j.import_id and r.line = j.line and r.field = j.field order by r.reseal_id desc limit 1
      ) as r on true
      order by j.import_id, j.line, j.field`,
  );
}

const PAGE_ROWS = 8;

/** Every reseal of one line, newest first, a few at a time: there may be any number, good or not. */
export async function* readLineReseals(on: Querier, place: LinePlace): AsyncGenerator<Buffer, void> {
  const { importId, line, field } = place;
  for (let before: Uuid | null = null; ;) {
    const older: Statement = before === null ? sql`` : sql`and reseal_id < ${before}`;
    const rows: { id: string; sealed: Buffer }[] = await on.query(
      sql`select reseal_id as id, sealed_line as sealed from import_reject_reseal
        where import_id = ${importId} and line = ${line} and field = ${asCode(field)} ${older}
        order by reseal_id desc limit ${PAGE_ROWS}`,
    );
    for (const { sealed } of rows) yield sealed;
    const last = rows.at(-1);
    if (rows.length < PAGE_ROWS || last === undefined) return;
    before = asId(last.id);
  }
}

export async function insertLineReseals(
  on: Querier,
  reseals: readonly (LinePlace & { readonly sealed: Sealed })[],
): Promise<void> {
  if (reseals.length === 0) return;
  await on.query(
    sql`insert into import_reject_reseal (import_id, line, field, reseal_id, sealed_line)
      select * from unnest(${reseals.map(({ importId }) => importId)}::uuid[], ${reseals.map(({ line }) => line)}::bigint[],
        ${reseals.map(({ field }) => asCode(field))}::text[], ${reseals.map(() => newId())}::uuid[],
        ${reseals.map(({ sealed }) => sealed)}::bytea[])`,
  );
}

export async function readRunIds(on: Querier, after: Uuid | null, limit: number): Promise<Uuid[]> {
  const from = after === null ? sql`` : sql`where import_id > ${after}`;
  const rows = await on.query<{ id: string }>(
    sql`select import_id as id from import_run ${from} order by import_id limit ${limit}`,
  );
  return rows.map(({ id }) => asId(id));
}

export async function updateTotals(tx: Transaction, importId: Uuid, totals: Sealed): Promise<void> {
  await tx.query(sql`update import_run set totals = ${totals} where import_id = ${importId}`);
}

export interface CoveredFile {
  readonly importId: Uuid;
  readonly fileToken: Token;
  readonly keyVersion: number;
}

export async function lockFilesBefore(tx: Transaction, version: number, limit: number): Promise<CoveredFile[]> {
  return tx.query<CoveredFile>(
    sql`select import_id as "importId", file_token as "fileToken", key_version as "keyVersion" from import_run
      where key_version < ${version} order by import_id limit ${limit} for update`,
  );
}

/** False when the same file stands under that cover already, as another run. */
export async function moveFile(tx: Transaction, { importId, fileToken, keyVersion }: CoveredFile): Promise<boolean> {
  const rows = await tx.query(
    sql`update import_run r set file_token = ${fileToken}, key_version = ${keyVersion}
      where r.import_id = ${importId} and not exists (
        select from import_run t
        where t.file_token = ${fileToken} and t.mapping = r.mapping and t.mapping_digest = r.mapping_digest)
      returning r.import_id`,
  );
  return rows.length === 1;
}

export async function selectFileCoverUsed(on: Querier, version: number): Promise<boolean> {
  const [row] = await on.query<{ used: boolean }>(
    sql`select exists (select from import_run where key_version = ${version}) as used`,
  );
  return row?.used !== false;
}
