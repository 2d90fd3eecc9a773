// Bucket keys as they lie in the store: random, and sealed under the domain key "wrapping".
import { randomBytes } from "node:crypto";
import { lengthPrefixed, u32be } from "../kernel/bytes.ts";
import { idBytes } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { type AeadAlgorithm, KEY_SIZE_BYTES, versionOf } from "./aead.ts";
import type { BucketKey } from "./bucket-store.ts";
import type { DomainKeys } from "./domain-keys.ts";
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

function bucketAad(bucket: number, version: number): Buffer {
  return lengthPrefixed("uberrima/bucket-key/v1", u32be(bucket), u32be(version));
}
