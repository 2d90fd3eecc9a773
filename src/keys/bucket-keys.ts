// Bucket keys as they lie in the store: random, and sealed under the domain key "wrapping".
import { randomBytes } from "node:crypto";
import { lengthPrefixed, u32be } from "../kernel/bytes.ts";
import { idBytes } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { type AeadAlgorithm, KEY_SIZE_BYTES, versionOf } from "./aead.ts";
import type { BucketKey, BucketStore } from "./bucket-store.ts";
import type { DomainKeys } from "./domain-keys.ts";
import { KeysError } from "./errors.ts";
import type { KeyedHashes } from "./keyed-hashes.ts";
import type { BucketSecret } from "./unit-pack.ts";

export const BUCKET_COUNT = 4096;

/** All units of one customer share a bucket: the first 12 bits of a keyed digest of its id. */
export function bucketOf(hashes: Pick<KeyedHashes, "keyedDigest">, customerId: Uuid): number {
  const digest = hashes.keyedDigest("bucket", idBytes(customerId));
  return (((digest[0] ?? 0) << 8) | (digest[1] ?? 0)) >>> 4;
}

/** A fresh bucket key, sealed for the store. */
export function freshBucketKey(domains: DomainKeys, bucket: number, version: number): BucketKey {
  const secret = randomBytes(KEY_SIZE_BYTES);
  const key = Buffer.from(domains.sealUnder("wrapping", secret, bucketAad(bucket, version)));
  secret.fill(0);
  return { version, key };
}

/** Throws KeysError "does-not-open" on a stored key that was changed or moved. */
export async function openBucketKey(
  domains: DomainKeys,
  bucket: number,
  stored: BucketKey,
  algorithm: AeadAlgorithm,
): Promise<BucketSecret> {
  // Another process may have rotated the domain since the last refresh.
  if (domains.version("wrapping", versionOf(stored.key)) === undefined) await domains.refresh();
  const key = domains.openUnder("wrapping", stored.key, bucketAad(bucket, stored.version));
  return { bucket, key: { version: stored.version, key, algorithm } };
}

/** Makes the bucket's first key; of processes that do so together, one wins. */
export async function addFirstKey(store: BucketStore, domains: DomainKeys, bucket: number): Promise<void> {
  try {
    await store.add(bucket, freshBucketKey(domains, bucket, 1));
  } catch (error) {
    if (!(error instanceof KeysError && error.code === "bucket-key-exists")) throw error;
  }
}

const PREPARE_CONCURRENCY = 64;

/** Makes the keys of all buckets never used, so that a first large import need not wait for the disk at each. Returns how many. */
export async function prepareBuckets(store: BucketStore, domains: DomainKeys): Promise<number> {
  let next = 0;
  let made = 0;
  const there = await bucketsSeen(store);
  const work = async (): Promise<void> => {
    for (let bucket = next++; bucket < BUCKET_COUNT; bucket = next++) {
      if (there.has(bucket) || (await store.read(bucket)).length > 0) continue;
      await addFirstKey(store, domains, bucket);
      made += 1;
    }
  };
  await Promise.all(Array.from({ length: PREPARE_CONCURRENCY }, work));
  return made;
}

/** Those that a look shows to have a key; none where the store has to be read. */
async function bucketsSeen({ shelves }: BucketStore): Promise<Set<number>> {
  const seen = new Set<number>();
  if (shelves === undefined) return seen;
  for (let shelf = 0; shelf * shelves.size < BUCKET_COUNT; shelf += 1) {
    for (const [bucket, versions] of await shelves.look(shelf)) if (versions.length > 0) seen.add(bucket);
  }
  return seen;
}

function bucketAad(bucket: number, version: number): Buffer {
  return lengthPrefixed("uberrima/bucket-key/v1", u32be(bucket), u32be(version));
}
