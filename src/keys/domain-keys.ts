// The domain keys: random, versioned, wrapped by the root provider, and followed while other processes rotate them.
import { randomBytes } from "node:crypto";
import { asSealed, lengthPrefixed, u32be } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Database } from "../postgres/database.ts";
import {
  type AeadAlgorithm,
  type AeadKey,
  ENVELOPE_OVERHEAD_BYTES,
  KEY_SIZE_BYTES,
  open,
  seal,
  versionOf,
} from "./aead.ts";
import {
  type DomainKeyRow,
  type DomainName,
  hasHistory,
  insertDomainKey,
  isUndated,
  readDomainKeys,
} from "./domain-key-store.ts";
import { KeysError } from "./errors.ts";
import { type MacKey, macKey, subkey } from "./mac.ts";
import type { KeyProvider } from "./provider.ts";
import type { Sealed } from "../kernel/bytes.ts";

export interface DomainKeysOptions {
  readonly database: Database;
  readonly provider: KeyProvider;
  readonly clock: Clock;
  readonly algorithm: AeadAlgorithm;
  readonly refreshSeconds: number;
}

export interface DomainKey {
  readonly version: number;
  /** Pending: every process gets to know it before any of them uses it to write. */
  readonly pending: boolean;
  /** When this process first saw that it is not written under any more (by performance.now); null before that. */
  readonly retiringSinceMs: number | null;
  readonly raw: Buffer;
  readonly seal: AeadKey;
  readonly mac: MacKey;
}

const DOMAINS: readonly DomainName[] = [
  "base",
  "authority",
  "index",
  "ledger-detail",
  "tokens",
  "wrapping",
  "rejects",
  "ledger-signing",
  "promise-signing",
];

/** Under the version to write under, under an older one that still opens, or under one destroyed or not known here. */
export type Standing = "newest" | "older" | "unknown";

/** Something stored is not what it was left as. */
export interface KeyFault {
  readonly code: "domain-key-missing" | "domain-key-forged" | "domain-key-undated" | "bucket-version-differs";
  /** The domain's name or the bucket's number. */
  readonly of: string;
}

/** Twice what a process may be behind, and as much again for what it was just writing. */
const DISAGREE_REFRESHES = 4;

/** All live versions in memory. A class since it holds keys and a timer; `close` gives both up. */
export class DomainKeys {
  readonly #options: DomainKeysOptions;
  #live = new Map<DomainName, Map<number, DomainKey>>();
  /** "domain/version": asking for one of these is no reason to look for new ones. */
  #destroyed: ReadonlySet<string> = new Set();
  #refreshing: Promise<void> | undefined;
  #queued: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: DomainKeysOptions) {
    this.#options = options;
  }

  /**
   * Makes what is missing in an installation that has recorded nothing yet (of processes that start together, one wins) and unwraps all live
   * versions. Throws KeysError "domain-key-missing".
   */
  static async open(options: DomainKeysOptions): Promise<DomainKeys> {
    const keys = new DomainKeys(options);
    await keys.#load(await ensureAll(options));
    keys.assertComplete();
    const retry = (): void => void keys.refresh().catch(() => {});
    keys.#timer = setInterval(retry, options.refreshSeconds * 1000).unref();
    return keys;
  }

  /** The version to write under. Throws KeysError "domain-key-missing". */
  newest(domain: DomainName): DomainKey {
    let newest: DomainKey | undefined;
    for (const key of this.#versions(domain).values())
      if (!key.pending && key.version > (newest?.version ?? 0)) newest = key;
    if (newest === undefined) throw new KeysError("domain-key-missing");
    return newest;
  }

  /** Every version that still opens, in order, pending ones too. Throws KeysError "domain-key-missing". */
  live(domain: DomainName): DomainKey[] {
    return [...this.#versions(domain).values()];
  }

  /**
   * Undefined when destroyed, or made by another process since the last refresh, which is then begun. Throws KeysError "domain-key-missing".
   */
  version(domain: DomainName, version: number): DomainKey | undefined {
    const key = this.#versions(domain).get(version);
    if (key === undefined && !this.#destroyed.has(`${domain}/${version}`)) void this.refresh().catch(() => {});
    return key;
  }

  /**
   * The versions under which what must be there once only is written, the newest first: also those that some process may think the newest while a
   * rotation is made known, so that two processes that write the same thing meet.
   */
  current(domain: DomainName): DomainKey[] {
    const newest = this.newest(domain);
    const disagreeMs = DISAGREE_REFRESHES * this.#options.refreshSeconds * 1000;
    const others = this.live(domain).filter(({ pending, retiringSinceMs }) => {
      return pending || (retiringSinceMs !== null && performance.now() - retiringSinceMs < disagreeMs);
    });
    return [newest, ...others];
  }

  sealUnder(domain: DomainName, plaintext: Uint8Array, aad: Uint8Array): Sealed {
    return seal(this.newest(domain).seal, plaintext, aad);
  }

  /** Throws KeysError "does-not-open", or "unknown-version" for one that is destroyed or not known here yet. */
  openUnder(domain: DomainName, sealed: Uint8Array, aad: Uint8Array): Buffer {
    const key = this.version(domain, versionOf(sealed));
    if (key === undefined) throw new KeysError("unknown-version");
    return open(key.seal, sealed, aad);
  }

  /** Where the version of sealed bytes stands. Says nothing of whether they open. */
  standing(domain: DomainName, sealed: Uint8Array): Standing {
    if (sealed.length < ENVELOPE_OVERHEAD_BYTES) return "unknown";
    const key = this.version(domain, versionOf(sealed));
    if (key === undefined) return "unknown";
    return key.version < this.newest(domain).version ? "older" : "newest";
  }

  /** Reads what other processes made or destroyed until now. Concurrent calls share a reading that begins after them. */
  refresh(): Promise<void> {
    if (this.#refreshing === undefined) return this.#refresh();
    // The reading under way may have begun before what the caller wants to see.
    this.#queued ??= this.#refreshing
      .catch(() => {})
      .then(() => {
        this.#queued = undefined;
        return this.#refresh();
      });
    return this.#queued;
  }

  /** Throws KeysError "domain-key-missing" when rows were gone at the last look. What is in memory still serves what needs no such key. */
  assertComplete(): void {
    for (const domain of DOMAINS) this.newest(domain);
  }

  /** Looks at what is stored now, not at what is in memory. */
  async faults(): Promise<KeyFault[]> {
    const rows = await readDomainKeys(this.#options.database);
    const missing = DOMAINS.filter((domain) => !hasActive(rows, domain));
    const forged = new Set<DomainName>();
    for (const { domain, version, wrapped } of rows)
      if (wrapped !== null && !(await this.#unwraps(wrapped, domain, version))) forged.add(domain);
    const now = this.#options.clock.now();
    const undated = new Set(rows.filter((row) => isUndated(row, now)).map(({ domain }) => domain));
    return [
      ...[...undated].map((of) => ({ code: "domain-key-undated", of }) as const),
      ...missing.map((of) => ({ code: "domain-key-missing", of }) as const),
      ...[...forged].map((of) => ({ code: "domain-key-forged", of }) as const),
    ];
  }

  /** Wraps a fresh key for this version; the caller stores it. */
  wrapFresh(domain: DomainName, version: number): Promise<Sealed> {
    return wrapFresh(this.#options.provider, domain, version);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const versions of this.#live.values()) for (const { raw, seal: key } of versions.values()) wipe(raw, key.key);
    this.#live.clear();
  }

  /** INVARIANT: where no key is there, nobody is told that nothing was found, or that what is stored was forged: nothing can be told at all. */
  #versions(domain: DomainName): ReadonlyMap<number, DomainKey> {
    const versions = this.#live.get(domain);
    if (versions === undefined) throw new KeysError("domain-key-missing");
    return versions;
  }

  #refresh(): Promise<void> {
    this.#refreshing = readDomainKeys(this.#options.database)
      .then((rows) => this.#load(rows))
      .finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  async #load(rows: readonly DomainKeyRow[]): Promise<void> {
    const live = new Map<DomainName, Map<number, DomainKey>>();
    for (const row of rows) {
      if (row.state === "destroyed" || row.wrapped === null) continue;
      const key = await this.#keyOf(row, row.wrapped);
      const versions = live.get(row.domain) ?? new Map<number, DomainKey>();
      live.set(row.domain, versions.set(row.version, key));
    }
    // INVARIANT: one version of each domain is active. Where none is, its row was removed or altered: nothing is sealed under an older one instead.
    for (const domain of DOMAINS) if (!hasActive(rows, domain)) live.delete(domain);
    for (const [domain, versions] of this.#live) {
      for (const [version, key] of versions) if (!live.get(domain)?.has(version)) wipe(key.raw, key.seal.key);
    }
    this.#live = live;
    const destroyed = rows.filter(({ state }) => state === "destroyed");
    this.#destroyed = new Set(destroyed.map(({ domain, version }) => `${domain}/${version}`));
  }

  async #unwraps(wrapped: Sealed, domain: DomainName, version: number): Promise<boolean> {
    try {
      wipe(await this.#options.provider.unwrap(wrapped, contextOf(domain, version)));
      return true;
    } catch (error) {
      if (error instanceof KeysError && error.status === 500) return false;
      throw error;
    }
  }

  async #keyOf(row: DomainKeyRow, wrapped: Sealed): Promise<DomainKey> {
    const known = this.#live.get(row.domain)?.get(row.version);
    const pending = row.state === "pending";
    const retiringSinceMs = row.state === "retiring" ? (known?.retiringSinceMs ?? performance.now()) : null;
    if (known !== undefined) return { ...known, pending, retiringSinceMs };
    const raw = await this.#options.provider.unwrap(wrapped, contextOf(row.domain, row.version));
    return { ...domainKey(row, raw, this.#options.algorithm), pending, retiringSinceMs };
  }
}

/** Sealing and MACs use keys of their own, so that no key serves two algorithms. */
function domainKey(
  row: DomainKeyRow,
  raw: Buffer,
  algorithm: AeadAlgorithm,
): Omit<DomainKey, "pending" | "retiringSinceMs"> {
  const { domain, version } = row;
  const sealKey = subkey(raw, "uberrima/domain/seal/v1", domain);
  const mac = macKey(subkey(raw, "uberrima/domain/mac/v1", domain));
  return { version, raw, seal: { version, key: sealKey, algorithm }, mac };
}

async function ensureAll(options: DomainKeysOptions): Promise<DomainKeyRow[]> {
  const { database, provider, clock } = options;
  const missing = missingOf(await readDomainKeys(database));
  // INVARIANT: a key that was used is never replaced by a fresh one, which would open nothing and hide that the row was removed. Asked before the
  // rows are read again: another process may meanwhile have made them and gone on to record something.
  if (missing.length > 0 && (await hasHistory(database)) && missingOf(await readDomainKeys(database)).length > 0)
    throw new KeysError("domain-key-missing");
  for (const domain of missing) {
    const wrapped = await wrapFresh(provider, domain, 1);
    await insertDomainKey(database, { domain, version: 1, state: "active", wrapped, createdAt: clock.now() });
  }
  return readDomainKeys(database);
}

function missingOf(rows: readonly DomainKeyRow[]): DomainName[] {
  return DOMAINS.filter((domain) => rows.every((row) => row.domain !== domain));
}

function hasActive(rows: readonly DomainKeyRow[], domain: DomainName): boolean {
  return rows.some((row) => row.domain === domain && row.state === "active" && row.wrapped !== null);
}

async function wrapFresh(provider: KeyProvider, domain: DomainName, version: number): Promise<Sealed> {
  const raw = randomBytes(KEY_SIZE_BYTES);
  const wrapped = await provider.wrap(raw, contextOf(domain, version));
  wipe(raw);
  return asSealed(wrapped);
}

/** Binds a wrapped key to its place, so that rows cannot be swapped. */
function contextOf(domain: DomainName, version: number): Buffer {
  return lengthPrefixed("uberrima/domain-key/v1", domain, u32be(version));
}

function wipe(...keys: Uint8Array[]): void {
  for (const key of keys) key.fill(0);
}
