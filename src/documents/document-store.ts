// SQL of the sealed parts of papers.
import { asSealed, type Sealed, type Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

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

/** In order. */
export async function selectParts(on: Querier, recordId: Uuid): Promise<readonly Sealed[]> {
  const rows = await on.query<{ sealed: Uint8Array }>(
    sql`select sealed from document_part where record_id = ${recordId} order by part`,
  );
  return rows.map(({ sealed }) => asSealed(sealed));
}
