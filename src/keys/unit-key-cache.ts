// Opened unit keys in memory: bounded, each under its bucket's lease, wiped when that ends or when nobody used them for as long.
import type { DataClass } from "../kernel/vocabulary.ts";
import { type AeadAlgorithm, type AeadKey } from "./aead.ts";
import type { BucketLease, BucketLeases } from "./bucket-leases.ts";
import { KeysError } from "./errors.ts";
import { type OpenedPack, type UnitKeyRow, entriesOf, keyOfClass, openPack } from "./unit-pack.ts";

export interface UnitKeys {
  /**
   * The newest key of the class; undefined when the unit has none. To be used at once: its bytes are wiped when the lease ends, after which
   * sealing and opening throw KeysError "lease-expired", as this does. Throws "does-not-open" on a changed or moved row.
   */
  get(dataClass: DataClass): AeadKey | undefined;
}

export interface UnitKeyCacheOptions {
  readonly leases: BucketLeases;
  readonly leaseMs: number;
  readonly nowMs: () => number;
  readonly algorithm: AeadAlgorithm;
  readonly entriesMax: number;
}

/** The keys of one row. A class since it holds keys; they are opened when the first is asked for, and again after a wipe. */
export class LeasedUnitKeys implements UnitKeys {
  readonly row: UnitKeyRow;
  readonly lease: BucketLease;
  readonly name: string;
  readonly #cache: UnitKeyCache;
  #opened: OpenedPack | undefined;
  usedAtMs = 0;

  constructor(cache: UnitKeyCache, row: UnitKeyRow, lease: BucketLease, opened?: OpenedPack) {
    this.#cache = cache;
    this.row = row;
    this.lease = lease;
    this.name = nameOf(row);
    this.#opened = opened;
  }

  get(dataClass: DataClass): AeadKey | undefined {
    return keyOfClass(this.opened(), dataClass, this.#cache.algorithm);
  }

  opened(): OpenedPack {
    this.#cache.use(this);
    this.#opened ??= openPack(this.row, this.lease.secret);
    return this.#opened;
  }

  wipe(): void {
    this.#opened?.secret.fill(0);
    this.#opened = undefined;
  }
}

type Generation = Map<string, LeasedUnitKeys>;

/**
 * A class since it holds keys. Two generations: what is used moves to the younger; when that holds half of what may be held, the elder is
 * wiped and the younger becomes the elder. (One map in order of use costs microseconds a time: it skips all it ever deleted.)
 */
export class UnitKeyCache {
  readonly #options: UnitKeyCacheOptions;
  #younger: Generation = new Map();
  #elder: Generation = new Map();

  constructor(options: UnitKeyCacheOptions) {
    this.#options = options;
  }

  get algorithm(): AeadAlgorithm {
    return this.#options.algorithm;
  }

  /** What is remembered of exactly this row, or a new entry that opens it when asked. Throws KeysError "does-not-open" on what is no pack. */
  of(row: UnitKeyRow, lease: BucketLease): LeasedUnitKeys {
    const name = nameOf(row);
    const known = this.#younger.get(name) ?? this.#elder.get(name);
    // Another process may have added a class: the pack is then another one, under the same versions.
    if (known !== undefined && known.lease === lease && samePack(known.row, row)) return known;
    entriesOf(row.pack);
    return new LeasedUnitKeys(this, row, lease);
  }

  /** Remembers keys that were just made. */
  add(row: UnitKeyRow, lease: BucketLease, opened: OpenedPack): LeasedUnitKeys {
    const entry = new LeasedUnitKeys(this, row, lease, opened);
    this.use(entry);
    return entry;
  }

  /** Marks an entry as just used, so that it is held until its time is over. Throws KeysError "lease-expired". */
  use(entry: LeasedUnitKeys): void {
    const nowMs = this.#options.nowMs();
    if (nowMs >= entry.lease.endsAtMs) {
      entry.wipe();
      throw new KeysError("lease-expired");
    }
    entry.usedAtMs = nowMs;
    const young = this.#younger.get(entry.name);
    if (young === entry) return;
    young?.wipe();
    const old = this.#elder.get(entry.name);
    if (old !== undefined) this.#elder.delete(entry.name);
    if (old !== entry) old?.wipe();
    this.#younger.set(entry.name, entry);
    if (this.#younger.size >= this.#options.entriesMax / 2) this.#age();
  }

  /** Wipes what has ended or lies unused. */
  sweep(): void {
    const nowMs = this.#options.nowMs();
    for (const generation of [this.#younger, this.#elder]) {
      for (const [name, entry] of generation) {
        if (nowMs < entry.lease.endsAtMs && nowMs - entry.usedAtMs < this.#options.leaseMs) continue;
        entry.wipe();
        generation.delete(name);
      }
    }
  }

  wipe(): void {
    this.#age();
    this.#age();
  }

  #age(): void {
    for (const entry of this.#elder.values()) entry.wipe();
    this.#elder = this.#younger;
    this.#younger = new Map();
  }
}

/** INVARIANT: names the bucket's version, so that a rewrapped row is never answered from what its old wrapping gave. */
function nameOf(row: UnitKeyRow): string {
  return `${row.customerId}${row.unitId}${row.bucketVersion}`;
}

function samePack(left: UnitKeyRow, right: UnitKeyRow): boolean {
  return Buffer.compare(left.pack, right.pack) === 0;
}
