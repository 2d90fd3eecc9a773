// Puts a bucket's wrapped keys under a fresh bucket key, and destroys the ones before it. Each step is one transaction under the bucket's lock.
import type { Database, Transaction } from "../postgres/database.ts";
import { freshBucketKey, openBucketKey } from "./bucket-keys.ts";
import type { BucketKey, BucketStore } from "./bucket-store.ts";
import type { AeadAlgorithm } from "./aead.ts";
import type { BucketLeases } from "./bucket-leases.ts";
import type { DomainKeys } from "./domain-keys.ts";
import { isGood, withMac } from "./erasure.ts";
import { type ErasureRow, deleteErasedKeys, readErasuresOfBucket, updateErasure } from "./erasure-store.ts";
import { KeysError } from "./errors.ts";
import type { KeyedHashes } from "./keyed-hashes.ts";
import { lockBucket, readBucketPage, rewriteUnitKeys, setBucketVersion, versionsInUse } from "./unit-key-store.ts";
import { type BucketSecret, type UnitKeyRow, type UnitPlace, openPack, sealPack } from "./unit-pack.ts";

export interface RewrapContext {
  readonly database: Database;
  readonly store: BucketStore;
  readonly domains: DomainKeys;
  readonly hashes: KeyedHashes;
  readonly leases: BucketLeases;
  readonly algorithm: AeadAlgorithm;
}

export interface RewrapOptions {
  /** Also when no erasure asks for it. */
  readonly force: boolean;
  /** Deletes wrapped keys that do not open, instead of refusing. What is sealed under them is lost. */
  readonly abandonDamaged: boolean;
}

export interface Rewrap {
  readonly done: boolean;
  /** Wrapped keys that do not open though nothing was erased: the rewrap was undone for their sake. */
  readonly damaged: readonly UnitPlace[];
}

const PAGE_SIZE = 200;

/**
 * Rewraps when an erasure in the bucket, or a row under another version than the bucket's, asks for it. Order: the new bucket key is in the
 * store before the commit; the old one is left to `destroyOldKeys`. Throws KeysError "bucket-key-missing" when the database is behind the store.
 */
export async function rewrapBucket(context: RewrapContext, bucket: number, options: RewrapOptions): Promise<Rewrap> {
  const damaged: UnitPlace[] = [];
  try {
    const done = await context.database.transaction(async (tx) => {
      const found = await lookAt(context, tx, bucket);
      const requested = found.erasures.filter(({ state }) => state === "requested");
      const scattered = found.versionsInUse.some((version) => version !== found.version);
      if (!options.force && requested.length === 0 && !scattered) return false;
      const next = await addNextKey(context, bucket, found);
      await setBucketVersion(tx, bucket, next.key.version);
      // INVARIANT: the keys of erased places, should anybody have put them back, are never wrapped under a living bucket key.
      await deleteErasedKeys(tx, found.erasures);
      const before = await openAll(context, bucket, found.stored);
      damaged.push(...(await rewrapRows(tx, before, next)));
      for (const { key } of [...before.values(), next]) key.key.fill(0);
      if (damaged.length > 0 && !options.abandonDamaged) throw new KeysError("siblings-damaged");
      await deleteErasedKeys(tx, damaged);
      for (const erasure of requested) await markRewrapped(context, tx, erasure, next.key.version);
      return true;
    });
    return { done, damaged };
  } catch (error) {
    if (error instanceof KeysError && error.code === "siblings-damaged") return { done: false, damaged };
    throw error;
  } finally {
    context.leases.forget(bucket);
  }
}

/**
 * Destroys every key of the bucket but the current one. False when rows still stand under one of those: rewrap once more. After true, what
 * was erased before the last rewrap is beyond any backup's reach.
 */
export async function destroyOldKeys(context: RewrapContext, bucket: number): Promise<boolean> {
  try {
    return await context.database.transaction(async (tx) => {
      const { version, stored, erasures } = await lookAt(context, tx, bucket);
      await deleteErasedKeys(tx, erasures);
      const inUse = await versionsInUse(tx, bucket);
      const old = stored.filter((key) => key.version !== version);
      // INVARIANT: a bucket key is destroyed only when no wrapped key stands under it, whatever the bucket's row says.
      for (const key of old) if (!inUse.includes(key.version)) await context.store.destroy(bucket, key.version);
      return old.every((key) => !inUse.includes(key.version));
    });
  } finally {
    context.leases.forget(bucket);
  }
}

interface Found {
  readonly version: number;
  readonly stored: readonly BucketKey[];
  /** Those in the bucket whose MAC is good, of any state. */
  readonly erasures: readonly ErasureRow[];
  readonly versionsInUse: readonly number[];
}

async function lookAt(context: RewrapContext, tx: Transaction, bucket: number): Promise<Found> {
  const version = await lockBucket(tx, bucket);
  const stored = await context.store.read(bucket);
  const erasures = (await readErasuresOfBucket(tx, bucket)).filter((row) => isGood(context.hashes, row));
  const inUse = await versionsInUse(tx, bucket);
  const unused = stored.length === 0 && inUse.length === 0;
  // A restored database speaks of keys long destroyed. Going on would destroy the living ones, whose wrapped keys are yet to be brought.
  if (!unused && stored.every((key) => key.version !== version)) throw new KeysError("bucket-key-missing");
  return { version, stored, erasures, versionsInUse: inUse };
}

/** Always a fresh key: one left by a rewrap that was undone may stand, in the database's log, over keys that were erased since. */
async function addNextKey(context: RewrapContext, bucket: number, found: Found): Promise<BucketSecret> {
  const { version, stored } = found;
  for (const left of stored) {
    if (left.version > version && !found.versionsInUse.includes(left.version))
      await context.store.destroy(bucket, left.version);
  }
  const next = freshBucketKey(context.domains, bucket, Math.max(version, ...stored.map((key) => key.version)) + 1);
  await context.store.add(bucket, next);
  return openBucketKey(context.domains, bucket, next, context.algorithm);
}

async function openAll(
  context: RewrapContext,
  bucket: number,
  stored: readonly BucketKey[],
): Promise<Map<number, BucketSecret>> {
  const opened = new Map<number, BucketSecret>();
  for (const key of stored)
    opened.set(key.version, await openBucketKey(context.domains, bucket, key, context.algorithm));
  return opened;
}

/** Returns the places whose wrapped keys do not open. */
async function rewrapRows(
  tx: Transaction,
  from: ReadonlyMap<number, BucketSecret>,
  next: BucketSecret,
): Promise<UnitPlace[]> {
  const damaged: UnitPlace[] = [];
  let after: UnitPlace | null = null;
  for (;;) {
    const page: UnitKeyRow[] = await readBucketPage(tx, next.bucket, { after, limit: PAGE_SIZE });
    const rewrapped = page.map((row) => rewrapRow(row, from.get(row.bucketVersion), next));
    await rewriteUnitKeys(
      tx,
      rewrapped.filter((row) => row !== null),
    );
    damaged.push(...page.filter((_, at) => rewrapped[at] === null));
    after = page.at(-1) ?? null;
    if (page.length < PAGE_SIZE) return damaged;
  }
}

function rewrapRow(row: UnitKeyRow, from: BucketSecret | undefined, next: BucketSecret): UnitKeyRow | null {
  if (from === undefined) return null;
  try {
    const opened = openPack(row, from);
    const rewrapped = sealPack(row, next, opened);
    opened.secret.fill(0);
    return rewrapped;
  } catch (error) {
    if (error instanceof KeysError && error.code === "does-not-open") return null;
    throw error;
  }
}

async function markRewrapped(
  context: RewrapContext,
  tx: Transaction,
  erasure: ErasureRow,
  version: number,
): Promise<void> {
  await updateErasure(tx, withMac(context.hashes, { ...erasure, state: "rewrapped", rewrappedVersion: version }));
}
