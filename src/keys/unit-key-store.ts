// SQL of unit_key and of the buckets' locks.
import { type Sealed, type Uuid, asSealed } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";
import type { UnitKeyRow, UnitPlace } from "./unit-pack.ts";

const COLUMNS = sql`k.customer_id as "customerId", k.unit_id as "unitId", k.bucket, k.bucket_version as "bucketVersion", k.pack`;

export async function readUnitKey(on: Querier, place: UnitPlace): Promise<UnitKeyRow | undefined> {
  const rows = await on.query<UnitKeyRow>(
    named(
      "keys-read-unit-key",
      sql`select ${COLUMNS} from unit_key k where k.customer_id = ${place.customerId} and k.unit_id = ${place.unitId}`,
    ),
  );
  return rows[0];
}

/** Those that there are, locked until the transaction ends, in order of id. INVARIANT: take the buckets' locks first. */
export async function lockUnitKeys(tx: Transaction, places: readonly UnitPlace[]): Promise<UnitKeyRow[]> {
  return tx.query<UnitKeyRow>(
    named(
      "keys-lock-unit-keys",
      sql`select ${COLUMNS} from unit_key k
      join unnest(${places.map((place) => place.customerId)}::uuid[], ${places.map((place) => place.unitId)}::uuid[])
        as i (customer_id, unit_id) on k.customer_id = i.customer_id and k.unit_id = i.unit_id
      order by k.customer_id, k.unit_id for update of k`,
    ),
  );
}

/**
 * The version each bucket is written under, held until the transaction ends: shared with other writers, while a rewrap waits. In order of
 * bucket, so that two writers of several buckets cannot wait for each other.
 */
export async function shareBuckets(tx: Transaction, buckets: readonly number[]): Promise<Map<number, number>> {
  const rows = await tx.query<{ bucket: number; version: number }>(
    named(
      "keys-share-buckets",
      sql`select bucket, version from key_bucket where bucket = any(${buckets}::smallint[]) order by bucket for share`,
    ),
  );
  return new Map(rows.map(({ bucket, version }) => [bucket, version]));
}

/** The bucket's version; all writers and other rewraps of this bucket wait until the transaction ends. */
export async function lockBucket(tx: Transaction, bucket: number): Promise<number> {
  const rows = await tx.query<{ version: number }>(
    sql`select version from key_bucket where bucket = ${bucket} for update`,
  );
  return rows[0]?.version ?? 0;
}

export async function setBucketVersion(tx: Transaction, bucket: number, version: number): Promise<void> {
  await tx.query(sql`update key_bucket set version = ${version} where bucket = ${bucket}`);
}

/** Returns how many were written: not those whose unit or customer was erased, nor those that exist. */
export async function insertUnitKeys(tx: Transaction, rows: readonly UnitKeyRow[]): Promise<number> {
  const [count] = await tx.query<{ written: number }>(
    named(
      "keys-insert-unit-keys",
      sql`with data as (select ${concatenate(rows)}::bytea as packs),
      written as (insert into unit_key (customer_id, unit_id, bucket, bucket_version, pack)
      select i.customer_id, i.unit_id, i.bucket, i.bucket_version, substring(data.packs from i.pack_at for i.pack_size)
      from data, unnest(${rows.map((row) => row.customerId)}::uuid[], ${rows.map((row) => row.unitId)}::uuid[],
        ${rows.map((row) => row.bucket)}::smallint[], ${rows.map((row) => row.bucketVersion)}::integer[],
        ${starts(rows)}::integer[], ${sizes(rows)}::integer[])
        as i (customer_id, unit_id, bucket, bucket_version, pack_at, pack_size)
      where not exists (select from erasure e
        where e.customer_id = i.customer_id and (e.unit_id is null or e.unit_id = i.unit_id))
      on conflict (customer_id, unit_id) do nothing returning 1)
      select count(*)::integer as written from written`,
    ),
  );
  return count?.written ?? 0;
}

/** Returns false when the row is not what `before` says any more. */
export async function updateUnitKey(tx: Transaction, before: UnitKeyRow, after: UnitKeyRow): Promise<boolean> {
  const written = await tx.query(
    sql`update unit_key set bucket_version = ${after.bucketVersion}, pack = ${after.pack}
      where customer_id = ${before.customerId} and unit_id = ${before.unitId}
        and bucket_version = ${before.bucketVersion} and pack = ${before.pack}
      returning 1`,
  );
  return written.length === 1;
}

/** A bucket's rows after `after`, in order. */
export async function readBucketPage(
  tx: Transaction,
  bucket: number,
  page: { after: UnitPlace | null; limit: number },
): Promise<UnitKeyRow[]> {
  return tx.query<UnitKeyRow>(
    sql`select ${COLUMNS} from unit_key k
      where k.bucket = ${bucket} and (${page.after?.customerId ?? null}::uuid is null
        or (k.customer_id, k.unit_id) > (${page.after?.customerId ?? null}::uuid, ${page.after?.unitId ?? null}::uuid))
      order by k.customer_id, k.unit_id limit ${page.limit}`,
  );
}

/** Writes packs and bucket versions of rows that exist; those deleted meanwhile stay so. */
export async function rewriteUnitKeys(tx: Transaction, rows: readonly UnitKeyRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    sql`with data as (select ${concatenate(rows)}::bytea as packs)
      update unit_key k set bucket_version = i.bucket_version, pack = substring(data.packs from i.pack_at for i.pack_size)
      from data, unnest(${rows.map((row) => row.customerId)}::uuid[], ${rows.map((row) => row.unitId)}::uuid[],
        ${rows.map((row) => row.bucketVersion)}::integer[], ${starts(rows)}::integer[], ${sizes(rows)}::integer[])
        as i (customer_id, unit_id, bucket_version, pack_at, pack_size)
      where k.customer_id = i.customer_id and k.unit_id = i.unit_id`,
  );
}

/** All units of the customer when `unitId` is null. */
export async function deleteUnitKeys(tx: Transaction, customerId: Uuid, unitId: Uuid | null): Promise<void> {
  await tx.query(
    sql`delete from unit_key where customer_id = ${customerId} and (${unitId}::uuid is null or unit_id = ${unitId}::uuid)`,
  );
}

/** The bucket versions that rows of this bucket stand under. */
export async function versionsInUse(tx: Transaction, bucket: number): Promise<number[]> {
  const rows = await tx.query<{ version: number }>(
    sql`select distinct bucket_version as version from unit_key where bucket = ${bucket}`,
  );
  return rows.map(({ version }) => version);
}

// One parameter for many packs: arrays of byte strings travel as text at twice the size.
function concatenate(rows: readonly UnitKeyRow[]): Sealed {
  return asSealed(Buffer.concat(rows.map(({ pack }) => pack)));
}

function sizes(rows: readonly UnitKeyRow[]): number[] {
  return rows.map(({ pack }) => pack.length);
}

/** Where each begins; PostgreSQL counts from one. */
function starts(rows: readonly UnitKeyRow[]): number[] {
  let next = 1;
  return rows.map(({ pack }) => {
    const start = next;
    next += pack.length;
    return start;
  });
}

export async function readBucketVersions(on: Querier): Promise<{ bucket: number; version: number }[]> {
  return on.query(sql`select bucket, version from key_bucket`);
}
