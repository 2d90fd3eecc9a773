// SQL of package files: put once, handed out once, removed.
import { asSealed, type Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

/** `file` is encrypted already: to a key that this server does not have. */
export async function insertFile(
  tx: Transaction,
  { packageId, file, expiresAt }: { readonly packageId: Uuid; readonly file: Uint8Array; readonly expiresAt: Date },
): Promise<void> {
  await tx.query(
    sql`insert into package_file (package_id, file, expires_at) values (${packageId}, ${asSealed(file)}, ${expiresAt})`,
  );
}

/** Null where it is gone. */
export async function takeFile(tx: Transaction, packageId: Uuid): Promise<Buffer | null> {
  const rows = await tx.query<{ file: Buffer }>(
    sql`delete from package_file where package_id = ${packageId} returning file`,
  );
  return rows[0]?.file ?? null;
}

/** Of what waits still, in the order of the ids. */
export async function selectFilesAfter(on: Querier, after: Uuid | null, limit: number): Promise<Uuid[]> {
  const rows = await on.query<{ package_id: string }>(
    sql`select package_id from package_file where ${after}::uuid is null or package_id > ${after}::uuid
        order by package_id limit ${limit}`,
  );
  return rows.map(({ package_id }) => asId(package_id));
}

export async function selectExpired(on: Querier, now: Date, limit: number): Promise<Uuid[]> {
  const rows = await on.query<{ package_id: string }>(
    sql`select package_id from package_file where expires_at <= ${now} order by expires_at limit ${limit}`,
  );
  return rows.map(({ package_id }) => asId(package_id));
}
