// Where bucket keys live: outside PostgreSQL and without a history, so that what is destroyed here no backup brings back.
export interface BucketKey {
  readonly version: number;
  /** Sealed under the domain key "wrapping": the store never holds a bucket key as it is. */
  readonly key: Buffer;
}

/**
 * Shared by all server processes. INVARIANT: it keeps no earlier states: no versioned bucket, no snapshots, no backup.
 * All but the first `add` to a bucket is called under that bucket's row lock in the database. A process that is frozen loses that lock and does not
 * know, so each call is one step for itself: `add` and `destroy` touch no version but their own.
 */
export interface BucketStore {
  /** By version, the current one first, the next after it while a rewrap is under way; empty for a bucket never used. What it leaves out is gone. */
  read(bucket: number): Promise<BucketKey[]>;
  /** Where many buckets are seen at one look: cheaper than reading them, to keep up leases of keys that were read before. */
  readonly shelves?: BucketShelves;
  /** Durable when it returns. Throws KeysError "bucket-key-exists", also when another process was first. */
  add(bucket: number, key: BucketKey): Promise<void>;
  /** Irrevocable when it returns. A version that is not there is no error. */
  destroy(bucket: number, version: number): Promise<void>;
}

/** Buckets side by side: shelf 0 holds the first `size` of them, and so on. */
export interface BucketShelves {
  readonly size: number;
  /** What `read` would find, without the keys. A bucket that it leaves out has to be read. */
  look(shelf: number): Promise<ReadonlyMap<number, readonly number[]>>;
}
