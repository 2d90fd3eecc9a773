// SQL of erasures.
import { type PublicBytes, type Sealed, type Token, type Uuid, asCode } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import type { UnitPlace } from "./unit-pack.ts";

export type ErasureState = "requested" | "rewrapped" | "final";

export interface ErasureRow {
  readonly erasureId: Uuid;
  readonly customerId: Uuid;
  /** Null: the whole customer. */
  readonly unitId: Uuid | null;
  readonly state: ErasureState;
  readonly bucket: number;
  /** The bucket key under which the rewrap that knew of this erasure put the siblings. */
  readonly rewrappedVersion: number | null;
  readonly requestedAt: Date;
  readonly finalAt: Date | null;
  /** When what was sealed under the erased keys was removed too. */
  readonly sweptAt: Date | null;
  /** The ledger entry that asked for it. */
  readonly act: Uuid;
  /** SHA-256 of the certificate; null until final, and when the finisher made none. */
  readonly certificateDigest: PublicBytes | null;
  readonly mac: Token;
}

/** Signed or sealed: the database never holds one that says who. */
export type Certificate = PublicBytes | Sealed;

const COLUMNS = sql`erasure_id as "erasureId", customer_id as "customerId", unit_id as "unitId", state, bucket,
  rewrapped_version as "rewrappedVersion", requested_at as "requestedAt", final_at as "finalAt", swept_at as "sweptAt", act,
  sha256(certificate) as "certificateDigest", mac`;

export async function insertErasure(tx: Transaction, row: ErasureRow): Promise<void> {
  await tx.query(
    sql`insert into erasure (erasure_id, customer_id, unit_id, state, bucket, requested_at, act, mac)
      values (${row.erasureId}, ${row.customerId}, ${row.unitId}, ${asCode(row.state)}, ${row.bucket}, ${row.requestedAt}, ${row.act}, ${row.mac})`,
  );
}

export async function readErasureRow(on: Querier, erasureId: Uuid): Promise<ErasureRow | undefined> {
  return (await on.query<ErasureRow>(sql`select ${COLUMNS} from erasure where erasure_id = ${erasureId}`))[0];
}

/** Undefined when another process holds it. */
export async function lockErasure(tx: Transaction, erasureId: Uuid): Promise<ErasureRow | undefined> {
  const rows = await tx.query<ErasureRow>(
    sql`select ${COLUMNS} from erasure where erasure_id = ${erasureId} for update skip locked`,
  );
  return rows[0];
}

export async function readErasuresOfCustomer(on: Querier, customerId: Uuid): Promise<ErasureRow[]> {
  return on.query<ErasureRow>(
    sql`select ${COLUMNS} from erasure where customer_id = ${customerId} order by requested_at, erasure_id`,
  );
}

export async function readErasuresOfBucket(on: Querier, bucket: number): Promise<ErasureRow[]> {
  return on.query<ErasureRow>(sql`select ${COLUMNS} from erasure where bucket = ${bucket}`);
}

export async function readOpenErasures(on: Querier): Promise<ErasureRow[]> {
  return on.query<ErasureRow>(sql`select ${COLUMNS} from erasure where state <> 'final' order by bucket, requested_at`);
}

export async function readUnsweptErasures(on: Querier, limit: number): Promise<ErasureRow[]> {
  return on.query<ErasureRow>(
    sql`select ${COLUMNS} from erasure where swept_at is null order by requested_at, erasure_id limit ${limit}`,
  );
}

export async function setErasureSwept(tx: Transaction, erasureId: Uuid, at: Date): Promise<void> {
  await tx.query(sql`update erasure set swept_at = ${at} where erasure_id = ${erasureId} and swept_at is null`);
}

/** Writes all that can change but `sweptAt` and the certificate. */
export async function updateErasure(tx: Transaction, row: ErasureRow): Promise<void> {
  await tx.query(
    sql`update erasure set state = ${asCode(row.state)}, rewrapped_version = ${row.rewrappedVersion}, final_at = ${row.finalAt},
      mac = ${row.mac}
      where erasure_id = ${row.erasureId}`,
  );
}

export async function setCertificate(tx: Transaction, erasureId: Uuid, certificate: Certificate | null): Promise<void> {
  await tx.query(sql`update erasure set certificate = ${certificate} where erasure_id = ${erasureId}`);
}

export async function readCertificate(on: Querier, erasureId: Uuid): Promise<Certificate | null> {
  const rows = await on.query<{ certificate: Certificate | null }>(
    sql`select certificate from erasure where erasure_id = ${erasureId}`,
  );
  return rows[0]?.certificate ?? null;
}

/** Erasures whose MAC is under another version than the newest, in order of id. */
export async function lockErasuresUnderOtherVersions(
  tx: Transaction,
  version: PublicBytes,
  limit: number,
): Promise<ErasureRow[]> {
  return tx.query<ErasureRow>(
    sql`select ${COLUMNS} from erasure where substring(mac from 1 for 4) <> ${version} order by erasure_id limit ${limit} for update`,
  );
}

export async function isVersionInUse(on: Querier, version: PublicBytes): Promise<boolean> {
  return (await on.query(sql`select 1 from erasure where substring(mac from 1 for 4) = ${version} limit 1`)).length > 0;
}

/** Removes wrapped keys of erased places that somebody put back. */
export async function deleteErasedKeys(
  tx: Transaction,
  erased: readonly Pick<ErasureRow, "customerId" | "unitId">[],
): Promise<void> {
  await tx.query(
    sql`delete from unit_key k
      using unnest(${erased.map((row) => row.customerId)}::uuid[], ${erased.map((row) => row.unitId)}::uuid[]) as e (customer_id, unit_id)
      where k.customer_id = e.customer_id and (e.unit_id is null or k.unit_id = e.unit_id)`,
  );
}

/** Whether one of these units, or its customer, is or was under erasure. */
export async function anyErased(on: Querier, places: readonly UnitPlace[]): Promise<boolean> {
  const rows = await on.query(
    sql`select 1 from unnest(${places.map((place) => place.customerId)}::uuid[], ${places.map((place) => place.unitId)}::uuid[])
        as p (customer_id, unit_id)
      join erasure e on e.customer_id = p.customer_id and (e.unit_id is null or e.unit_id = p.unit_id) limit 1`,
  );
  return rows.length > 0;
}
