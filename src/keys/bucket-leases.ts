// Bucket keys in memory, each for some seconds after the store was last seen to hold it.
import type { AeadAlgorithm } from "./aead.ts";
import { addFirstKey, openBucketKey } from "./bucket-keys.ts";
import type { BucketKey, BucketShelves, BucketStore } from "./bucket-store.ts";
import type { DomainKeys } from "./domain-keys.ts";
import { KeysError } from "./errors.ts";
import type { BucketSecret } from "./unit-pack.ts";

export interface BucketLease {
  readonly secret: BucketSecret;
  /** By lease time. INVARIANT: never later than leaseMs after the store was read and held this key. */
  endsAtMs: number;
}

export interface BucketLeasesOptions {
  readonly store: BucketStore;
  readonly domains: DomainKeys;
  readonly leaseMs: number;
  readonly nowMs: () => number;
  readonly algorithm: AeadAlgorithm;
}

interface Bucket {
  readonly readAtMs: number;
  /** What the store held at that time. */
  readonly versions: readonly number[];
  /** Also those that the store holds no longer, until they end. */
  readonly leases: Map<number, BucketLease>;
}

/** A class since it holds keys. */
export class BucketLeases {
  readonly #options: BucketLeasesOptions;
  readonly #buckets = new Map<number, Bucket>();
  readonly #loading = new Map<number, Promise<Bucket>>();
  /** Each answers which buckets it kept up. */
  readonly #looking = new Map<number, Promise<ReadonlySet<number>>>();

  constructor(options: BucketLeasesOptions) {
    this.#options = options;
  }

  /** Whether the key may still be used. */
  isLive(lease: BucketLease): boolean {
    return this.#options.nowMs() < lease.endsAtMs;
  }

  /** Without waiting: a lease that has half its time left at least, so that what is begun under it can end under it. */
  young(bucket: number, version: number): BucketLease | undefined {
    const known = this.#buckets.get(bucket);
    if (known === undefined || !this.#isYoung(known) || !known.versions.includes(version)) return undefined;
    return known.leases.get(version);
  }

  /** A lease of this version; undefined when the store does not hold it. */
  async of(bucket: number, version: number): Promise<BucketLease | undefined> {
    const young = this.young(bucket, version);
    if (young !== undefined) return young;
    const read = await this.#load(bucket);
    // The reading joined above may have begun before the version was added.
    return this.#held(read, version) ?? this.#held(await this.#load(bucket), version);
  }

  /** A lease of the bucket's current key, which is made when the bucket was never used. */
  async current(bucket: number): Promise<BucketLease> {
    const known = this.#buckets.get(bucket);
    let read = known !== undefined && this.#isYoung(known) ? known : await this.#load(bucket);
    if (read.versions.length === 0) {
      await addFirstKey(this.#options.store, this.#options.domains, bucket);
      read = await this.#load(bucket);
    }
    const lease = this.#held(read, read.versions[0] ?? 0);
    if (lease === undefined) throw new KeysError("bucket-key-missing");
    return lease;
  }

  /** The versions the store held when it was last read. */
  knownVersions(bucket: number): readonly number[] {
    return this.#buckets.get(bucket)?.versions ?? [];
  }

  /** Has the next use read the store, after this process changed it. */
  forget(bucket: number): void {
    const known = this.#buckets.get(bucket);
    if (known !== undefined) this.#buckets.set(bucket, { ...known, readAtMs: -Infinity });
  }

  /** Wipes what has ended. */
  sweep(): void {
    for (const [bucket, { leases }] of this.#buckets) {
      for (const [version, lease] of leases) {
        if (this.isLive(lease)) continue;
        lease.secret.key.key.fill(0);
        leases.delete(version);
      }
      if (leases.size === 0) this.#buckets.delete(bucket);
    }
  }

  wipe(): void {
    for (const { leases } of this.#buckets.values()) for (const lease of leases.values()) lease.secret.key.key.fill(0);
    this.#buckets.clear();
  }

  #held(bucket: Bucket, version: number): BucketLease | undefined {
    const lease = bucket.versions.includes(version) ? bucket.leases.get(version) : undefined;
    // The store took longer to answer than a lease lasts.
    if (lease !== undefined && !this.isLive(lease)) throw new KeysError("lease-expired");
    return lease;
  }

  #isYoung(bucket: Bucket): boolean {
    return this.#options.nowMs() - bucket.readAtMs < this.#options.leaseMs / 2;
  }

  /** Concurrent calls share one reading of the store. */
  #load(bucket: number): Promise<Bucket> {
    const loading = this.#loading.get(bucket) ?? this.#read(bucket).finally(() => this.#loading.delete(bucket));
    this.#loading.set(bucket, loading);
    return loading;
  }

  async #read(bucket: number): Promise<Bucket> {
    const kept = await this.#keepUp(bucket);
    if (kept !== undefined) return kept;
    // INVARIANT: leases run from before the reading, so that none outlives a key destroyed meanwhile by more than its length.
    const readAtMs = this.#options.nowMs();
    const stored = await this.#options.store.read(bucket);
    const leases = new Map(this.#buckets.get(bucket)?.leases);
    for (const key of stored) {
      const known = leases.get(key.version);
      if (known !== undefined && this.isLive(known)) known.endsAtMs = readAtMs + this.#options.leaseMs;
      else leases.set(key.version, await this.#leaseOf(bucket, key, readAtMs));
    }
    const read = { readAtMs, versions: stored.map(({ version }) => version), leases };
    this.#buckets.set(bucket, read);
    return read;
  }

  /** The bucket, when all its keys are at hand and a look at the store shows that it still holds just these. Renews its neighbours' leases too. */
  async #keepUp(bucket: number): Promise<Bucket | undefined> {
    const { shelves } = this.#options.store;
    if (shelves === undefined || (this.#buckets.get(bucket)?.leases.size ?? 0) === 0) return undefined;
    const shelf = Math.floor(bucket / shelves.size);
    const looking = this.#looking.get(shelf) ?? this.#look(shelf, shelves).finally(() => this.#looking.delete(shelf));
    this.#looking.set(shelf, looking);
    return (await looking).has(bucket) ? this.#buckets.get(bucket) : undefined;
  }

  async #look(shelf: number, { look }: BucketShelves): Promise<Set<number>> {
    const kept = new Set<number>();
    const readAtMs = this.#options.nowMs();
    for (const [bucket, versions] of await look(shelf)) {
      const leases = this.#buckets.get(bucket)?.leases;
      const live = versions.flatMap((version) => leases?.get(version) ?? []).filter((lease) => this.isLive(lease));
      if (leases === undefined || live.length !== versions.length) continue;
      for (const lease of live) lease.endsAtMs = readAtMs + this.#options.leaseMs;
      this.#buckets.set(bucket, { readAtMs, versions, leases });
      kept.add(bucket);
    }
    return kept;
  }

  async #leaseOf(bucket: number, key: BucketKey, readAtMs: number): Promise<BucketLease> {
    const { domains, algorithm, leaseMs } = this.#options;
    return { secret: await openBucketKey(domains, bucket, key, algorithm), endsAtMs: readAtMs + leaseMs };
  }
}
