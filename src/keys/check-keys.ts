// For `uberrima verify data`: the stored domain keys, and the bucket versions against the store that holds the bucket keys.
import type { Querier } from "../postgres/database.ts";
import { BUCKET_COUNT } from "./bucket-keys.ts";
import type { BucketStore } from "./bucket-store.ts";
import type { DomainKeys, KeyFault } from "./domain-keys.ts";
import { readBucketVersions } from "./unit-key-store.ts";

interface Context {
  readonly database: Querier;
  readonly domains: DomainKeys;
  readonly store: BucketStore;
}

/** What is wrong with them; nothing when all is well. May run while everything else does. */
export async function keyFaults(context: Context): Promise<KeyFault[]> {
  const suspects = await differingBuckets(context, null);
  // Looked at once more, since a rewrap may have ended between the looks at database and store.
  const buckets = suspects.length === 0 ? [] : await differingBuckets(context, suspects);
  return [
    ...(await context.domains.faults()),
    ...buckets.map((bucket) => ({ code: "bucket-version-differs", of: String(bucket) }) as const),
  ];
}

async function differingBuckets({ database, store }: Context, only: readonly number[] | null): Promise<number[]> {
  const versions = new Map((await readBucketVersions(database)).map(({ bucket, version }) => [bucket, version]));
  const buckets = only ?? Array.from({ length: BUCKET_COUNT }, (_, bucket) => bucket);
  const differing = await Promise.all(
    buckets.map(async (bucket) => {
      const stored = await store.read(bucket);
      const version = versions.get(bucket);
      // A bucket never used has no key yet.
      const fits = stored.length === 0 ? version === 1 : stored.some((key) => key.version === version);
      return fits ? [] : [bucket];
    }),
  );
  return differing.flat();
}
