// The data keys of retention units: made, opened, extended, and written under their bucket's lock.
import type { DataClass } from "../kernel/vocabulary.ts";
import type { Database, Transaction } from "../postgres/database.ts";
import { bucketOf } from "./bucket-keys.ts";
import type { BucketLease, BucketLeases } from "./bucket-leases.ts";
import { anyErased } from "./erasure-store.ts";
import { KeysError } from "./errors.ts";
import type { KeyedHashes } from "./keyed-hashes.ts";
import { LeasedUnitKeys, type UnitKeyCache, type UnitKeys } from "./unit-key-cache.ts";
import {
  insertUnitKeys,
  lockBucket,
  lockUnitKeys,
  readUnitKey,
  setBucketVersion,
  shareBuckets,
  updateUnitKey,
  versionsInUse,
} from "./unit-key-store.ts";
import { type UnitKeyRow, type UnitPlace, freshPack, sealPack } from "./unit-pack.ts";

export interface MadeUnitKeys {
  readonly row: UnitKeyRow;
  readonly keys: UnitKeys;
}

export interface UnitKeysContext {
  readonly database: Database;
  readonly hashes: KeyedHashes;
  readonly leases: BucketLeases;
  readonly cache: UnitKeyCache;
}

/** Makes keys for a new unit. Nothing is stored: hand the result to `writeUnitKeys`. */
export async function newUnitKeys(
  context: UnitKeysContext,
  place: UnitPlace,
  classes: readonly DataClass[],
): Promise<MadeUnitKeys> {
  const lease = await context.leases.current(bucketOf(context.hashes, place.customerId));
  const opened = freshPack(classes);
  const row = sealPack(place, lease.secret, opened);
  return { row, keys: context.cache.add(row, lease, opened) };
}

/**
 * Opens a stored row. A row that was read just before its bucket was rewrapped is read again here. Throws KeysError "erased",
 * "bucket-key-missing" and, here or when a key is asked for, "does-not-open".
 */
export async function openUnitKeys(context: UnitKeysContext, row: UnitKeyRow): Promise<LeasedUnitKeys> {
  const lease =
    context.leases.young(row.bucket, row.bucketVersion) ?? (await context.leases.of(row.bucket, row.bucketVersion));
  return lease === undefined ? reopen(context, row) : context.cache.of(row, lease);
}

async function reopen({ database, leases, cache }: UnitKeysContext, row: UnitKeyRow): Promise<LeasedUnitKeys> {
  const now = await readUnitKey(database, row);
  if (now === undefined) throw new KeysError("erased");
  const lease = await leases.of(now.bucket, now.bucketVersion);
  if (lease !== undefined) return cache.of(now, lease);
  // A later key in its place: this one was destroyed by an erasure, whatever was put back into the database since.
  const destroyed = leases.knownVersions(now.bucket).some((version) => version > now.bucketVersion);
  throw new KeysError(destroyed ? "erased" : "bucket-key-missing");
}

/** Adds keys for those of `classes` that the unit has none of. Nothing is stored: hand the result to `replaceUnitKeys`. */
export async function extendUnitKeys(
  context: UnitKeysContext,
  row: UnitKeyRow,
  classes: readonly DataClass[],
): Promise<MadeUnitKeys> {
  const before = await openUnitKeys(context, row);
  const opened = freshPack(classes, before.opened());
  const extended = sealPack(row, before.lease.secret, opened);
  return { row: extended, keys: context.cache.add(extended, before.lease, opened) };
}

/**
 * Writes the keys of new units in the caller's transaction, wrapped anew when their bucket was rewrapped since they were made. Returns the
 * rows as written. Throws KeysError "erased" when one of the units or customers was erased, "keys-changed" when a unit has keys already.
 */
export async function writeUnitKeys(
  context: UnitKeysContext,
  tx: Transaction,
  made: readonly MadeUnitKeys[],
): Promise<UnitKeyRow[]> {
  if (made.length === 0) return [];
  const versions = await shareBuckets(tx, [...new Set(made.map(({ row }) => row.bucket))]);
  const rows: UnitKeyRow[] = [];
  for (const keys of made) rows.push(await underVersion(context, tx, keys, versions));
  if ((await insertUnitKeys(tx, rows)) === rows.length) return rows;
  throw new KeysError((await anyErased(tx, rows)) ? "erased" : "keys-changed");
}

/** Writes extended keys over the row they came from. Throws KeysError "keys-changed" when that is not what is stored any more. */
export async function replaceUnitKeys(
  context: UnitKeysContext,
  tx: Transaction,
  change: { readonly before: UnitKeyRow; readonly after: MadeUnitKeys },
): Promise<UnitKeyRow> {
  const versions = await shareBuckets(tx, [change.after.row.bucket]);
  const row = await underVersion(context, tx, change.after, versions);
  if (!(await updateUnitKey(tx, change.before, row))) throw new KeysError("keys-changed");
  return row;
}

export async function ensureUnitKeys(
  context: UnitKeysContext,
  tx: Transaction,
  unit: UnitWanted,
): Promise<MadeUnitKeys> {
  const [made] = await ensureManyUnitKeys(context, tx, [unit]);
  if (made === undefined) throw new TypeError("a unit without keys");
  return made;
}

export interface UnitWanted {
  readonly place: UnitPlace;
  readonly classes: readonly DataClass[];
}

/**
 * Each unit's keys with one for each of its classes at least, in the order given: made or extended in the caller's transaction, two callers in turn.
 * Each unit once.
 */
export async function ensureManyUnitKeys(
  context: UnitKeysContext,
  tx: Transaction,
  units: readonly UnitWanted[],
): Promise<MadeUnitKeys[]> {
  if (units.length === 0) return [];
  await shareBuckets(tx, [...new Set(units.map(({ place }) => bucketOf(context.hashes, place.customerId)))]);
  const rows = await lockUnitKeys(
    tx,
    units.map(({ place }) => place),
  );
  const stored = new Map(rows.map((row) => [row.unitId, row]));
  const ensured = await inTurns(units, async ({ place, classes }) => {
    const row = stored.get(place.unitId);
    if (row === undefined) return { before: null, made: await newUnitKeys(context, place, classes) };
    const keys = await openUnitKeys(context, row);
    const hasAll = classes.every((dataClass) => keys.get(dataClass) !== undefined);
    return { before: row, made: hasAll ? { row, keys } : await extendUnitKeys(context, row, classes) };
  });
  await writeUnitKeys(
    context,
    tx,
    ensured.flatMap(({ before, made }) => (before === null ? [made] : [])),
  );
  for (const { before, made } of ensured) {
    if (before !== null && made.row !== before) await replaceUnitKeys(context, tx, { before, after: made });
  }
  return ensured.map(({ made }) => made);
}

const AT_ONCE_MAX = 32;

/** Few at a time: of hundreds of readings begun together the last would come back when its lease is over. */
async function inTurns<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE_MAX) {
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE_MAX).map(work))));
  }
  return results;
}

/** The row under the version its bucket is written under now. The bucket's lock is held, so that this stays so until the transaction ends. */
async function underVersion(
  context: UnitKeysContext,
  tx: Transaction,
  { row, keys }: MadeUnitKeys,
  versions: ReadonlyMap<number, number>,
): Promise<UnitKeyRow> {
  const version = versions.get(row.bucket) ?? 0;
  if (row.bucketVersion === version) return row;
  if (!(keys instanceof LeasedUnitKeys)) throw new TypeError("not unit keys of this domain");
  const lease = (await context.leases.of(row.bucket, version)) ?? (await adoptStore(context, tx, row.bucket));
  return sealPack(row, lease.secret, keys.opened());
}

/** A fresh database beside a bucket store that was used before follows the store. With wrapped keys in it, it may be behind instead. */
async function adoptStore({ leases }: UnitKeysContext, tx: Transaction, bucket: number): Promise<BucketLease> {
  await lockBucket(tx, bucket);
  if ((await versionsInUse(tx, bucket)).length > 0) throw new KeysError("bucket-key-missing");
  const lease = await leases.current(bucket);
  await setBucketVersion(tx, bucket, lease.secret.key.version);
  return lease;
}
