// SQL of the sealed parts of papers.
import { asSealed, type Sealed, type Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

const NIL = "00000000-0000-0000-0000-000000000000" as Uuid;

export interface DocumentPart {
  readonly recordId: Uuid;
  readonly part: number;
  readonly customerId: Uuid;
  readonly unitId: Uuid;
  readonly sealed: Sealed;
}

export async function insertParts(on: Querier, parts: readonly DocumentPart[]): Promise<void> {
  await on.query(
    sql`insert into document_part (record_id, part, customer_id, unit_id, sealed)
        select * from unnest(${parts.map(({ recordId }) => recordId)}::uuid[], ${parts.map(({ part }) => part)}::integer[],
          ${parts.map(({ customerId }) => customerId)}::uuid[], ${parts.map(({ unitId }) => unitId)}::uuid[],
          ${parts.map(({ sealed }) => sealed)}::bytea[])`,
  );
}

/** What verification holds against the ledger: with where each part says that it belongs, which is what sweeps it away. */
export async function selectPlacedParts(on: Querier, recordId: Uuid): Promise<readonly DocumentPart[]> {
  const rows = await on.query<Omit<DocumentPart, "sealed"> & { readonly sealed: Uint8Array }>(
    sql`select record_id as "recordId", part, customer_id as "customerId", unit_id as "unitId", sealed from document_part
        where record_id = ${recordId} order by part`,
  );
  return rows.map((row) => ({ ...row, sealed: asSealed(row.sealed) }));
}

/** The records that have parts, in order of id. */
export async function selectPapers(on: Querier, after: Uuid | null, limit: number): Promise<readonly Uuid[]> {
  const rows = await on.query<{ recordId: Uuid }>(
    sql`select distinct record_id as "recordId" from document_part where record_id > ${after ?? NIL} order by record_id limit ${limit}`,
  );
  return rows.map(({ recordId }) => recordId);
}

export async function hasParts(on: Querier, customerId: Uuid, recordId: Uuid): Promise<boolean> {
  const rows = await on.query(
    sql`select 1 from document_part where record_id = ${recordId} and customer_id = ${customerId} and part = 0`,
  );
  return rows.length > 0;
}

/** In order. */
export async function selectParts(on: Querier, recordId: Uuid): Promise<readonly Sealed[]> {
  const rows = await on.query<{ sealed: Uint8Array }>(
    sql`select sealed from document_part where record_id = ${recordId} order by part`,
  );
  return rows.map(({ sealed }) => asSealed(sealed));
}
