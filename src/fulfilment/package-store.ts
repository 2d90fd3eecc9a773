// SQL of the sealed parts of packages.
import { asSealed, type Sealed, type Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

export interface PackagePart {
  readonly copyId: Uuid;
  readonly part: number;
  readonly sealed: Sealed;
  readonly expiresAt: Date;
}

export async function insertPart(on: Querier, { copyId, part, sealed, expiresAt }: PackagePart): Promise<void> {
  await on.query(
    sql`insert into data_copy_part (copy_id, part, sealed, expires_at) values (${copyId}, ${part}, ${sealed}, ${expiresAt})`,
  );
}

/** In order. */
export async function selectParts(
  on: Querier,
  { copyId, from, to }: { readonly copyId: Uuid; readonly from: number; readonly to: number },
): Promise<{ readonly part: number; readonly sealed: Sealed }[]> {
  const rows = await on.query<{ part: number; sealed: Uint8Array }>(
    sql`select part, sealed from data_copy_part where copy_id = ${copyId} and part >= ${from} and part < ${to} order by part`,
  );
  return rows.map(({ part, sealed }) => ({ part, sealed: asSealed(sealed) }));
}

export async function deleteExpired(on: Querier, now: Date): Promise<void> {
  await on.query(sql`delete from data_copy_part where expires_at <= ${now}`);
}
