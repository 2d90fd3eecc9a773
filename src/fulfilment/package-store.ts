// SQL of the sealed parts of packages.
import { asSealed, type Sealed, type Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

export interface PackagePart {
  readonly copyId: Uuid;
  readonly part: number;
  readonly unitId: Uuid;
  readonly sealed: Sealed;
  readonly expiresAt: Date;
}

export async function insertPart(on: Querier, part: PackagePart): Promise<void> {
  await on.query(
    sql`insert into data_copy_part (copy_id, part, unit_id, sealed, expires_at)
        values (${part.copyId}, ${part.part}, ${part.unitId}, ${part.sealed}, ${part.expiresAt})`,
  );
}

/** In order. */
export async function selectParts(
  on: Querier,
  { copyId, from, to }: { readonly copyId: Uuid; readonly from: number; readonly to: number },
): Promise<{ readonly part: number; readonly unitId: string; readonly sealed: Sealed }[]> {
  const rows = await on.query<{ part: number; unitId: string; sealed: Uint8Array }>(
    sql`select part, unit_id as "unitId", sealed from data_copy_part where copy_id = ${copyId} and part >= ${from} and part < ${to} order by part`,
  );
  return rows.map((row) => ({ ...row, sealed: asSealed(row.sealed) }));
}

/** Of which unit each part speaks, in order. */
export async function selectPartUnits(on: Querier, copyId: Uuid): Promise<readonly string[]> {
  const rows = await on.query<{ unitId: string }>(
    sql`select unit_id as "unitId" from data_copy_part where copy_id = ${copyId} order by part`,
  );
  return rows.map(({ unitId }) => unitId);
}

export async function deleteExpired(on: Querier, now: Date): Promise<void> {
  await on.query(sql`delete from data_copy_part where expires_at <= ${now}`);
}
