// Where bucket keys live: outside PostgreSQL and without a history, so that what is destroyed here no backup brings back.
export interface BucketKey {
  readonly version: number;
  /** Sealed under the domain key "wrapping": the store never holds a bucket key as it is. */
  readonly key: Buffer;
}

/**
 * Shared by all server processes. INVARIANT: it keeps no earlier states: no versioned bucket, no snapshots, no backup.
 * All but the first `add` to a bucket is called under that bucket's row lock in the database, so one writer at a time.
 */
export interface BucketStore {
  /** By version, the current one first, the next after it while a rewrap is under way; empty for a bucket never used. */
  read(bucket: number): Promise<BucketKey[]>;
  /** Durable when it returns. Throws KeysError "bucket-key-exists", also when another process was first. */
  add(bucket: number, key: BucketKey): Promise<void>;
  /** Irrevocable when it returns. A version that is not there is no error. */
  destroy(bucket: number, version: number): Promise<void>;
}
