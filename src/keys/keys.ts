// The keys domain: everything that seals, opens, hashes under a key, erases and rotates, wired over one provider and one bucket store.
import type { Sealed, Uuid } from "../kernel/bytes.ts";
import { type Clock, systemClock } from "../kernel/clock.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { Database, Querier, Transaction } from "../postgres/database.ts";
import type { AeadAlgorithm } from "./aead.ts";
import { prepareBuckets } from "./bucket-keys.ts";
import { keyFaults } from "./check-keys.ts";
import { BucketLeases } from "./bucket-leases.ts";
import type { BucketStore } from "./bucket-store.ts";
import type { DomainName } from "./domain-key-store.ts";
import { type KeyFault, DomainKeys, type Standing } from "./domain-keys.ts";
import { type KeysState, readKeysState } from "./state-store.ts";
import * as erasures from "./erasure.ts";
import type { Certificate } from "./erasure-store.ts";
import { KeysError } from "./errors.ts";
import {
  type ErasureHooks,
  type ErasureReport,
  type FinishContext,
  type FinishOptions,
  finishErasures,
} from "./finish-erasures.ts";
import { type HashKeys, type KeyedHashes, exportHashKeys, keyedHashes } from "./keyed-hashes.ts";
import { leaseTime } from "./lease-time.ts";
import type { KeyProvider } from "./provider.ts";
import { type Rotating, rotating } from "./rotating.ts";
import type { RotationContext } from "./rotation.ts";
import { UnitKeyCache, type UnitKeys } from "./unit-key-cache.ts";
import * as units from "./unit-keys.ts";
import type { UnitKeyRow, UnitPlace } from "./unit-pack.ts";

export type { AeadAlgorithm, AeadKey } from "./aead.ts";
export { open as openWith, versionOf, versionOfMac } from "./aead.ts";
export type {
  AuthorityDispute,
  AuthorityFlag,
  AuthorityHold,
  AuthorityPlace,
  AuthorityState,
} from "./authority-state.ts";
export { authorityDigest, openAuthorityState, sealAuthorityState } from "./authority-state.ts";
export type { BucketKey, BucketStore } from "./bucket-store.ts";
export type { KeyFault } from "./domain-keys.ts";
export type { DigestCover } from "./digest-cover.ts";
export type { DomainName } from "./domain-key-store.ts";
export type { Erasure, ErasureRequest } from "./erasure.ts";
export type { Certificate } from "./erasure-store.ts";
export { KeysError, type KeysErrorCode } from "./errors.ts";
export type { ErasureHooks, ErasureReport, FinishOptions, HeldBucket } from "./finish-erasures.ts";
export { type HashKeys, type IndexToken, type MacParts, openHashKeys } from "./keyed-hashes.ts";
export { type LocalKeyring, type LocalKeyringOptions, openLocalKeyring } from "./local-keyring.ts";
export type { KeyProvider } from "./provider.ts";
export type { RetiringVersion, Rotation } from "./rotation.ts";
export { sealMany, type ToSeal } from "./seal-many.ts";
export type { UnitKeys } from "./unit-key-cache.ts";
export type { MadeUnitKeys } from "./unit-keys.ts";
export type { UnitKeyRow, UnitPlace } from "./unit-pack.ts";

export interface KeysOptions {
  readonly database: Database;
  readonly provider: KeyProvider;
  readonly buckets: BucketStore;
  /** How long a key may stay in memory after its bucket key was last seen in the store; the same in all processes. Above 0, at most 60. */
  readonly leaseSeconds: number;
  readonly clock?: Clock;
  /** Under unit and bucket keys; under domain keys AES-256-GCM-SIV stands for XChaCha20. What was sealed under another still opens. */
  readonly algorithm?: AeadAlgorithm;
  /** How often domain keys made by other processes are looked for; the same in all processes. */
  readonly refreshSeconds?: number;
  /** How long a domain key must have been retiring before it may be destroyed: longer than any transaction lasts. */
  readonly retireAfterSeconds?: number;
  /** The same for signing keys: long enough for whoever verifies to learn of the new one. */
  readonly signingOverlapSeconds?: number;
}

interface SigningSeed {
  readonly version: number;
  readonly pending: boolean;
  readonly seed: Uint8Array;
}

export interface Keys extends KeyedHashes, Rotating {
  /** Under the domain's newest version. */
  sealUnder(domain: DomainName, plaintext: Uint8Array, aad: Uint8Array): Sealed;
  /** Throws KeysError "does-not-open", and "unknown-version" for a version destroyed or not yet known here. */
  openUnder(domain: DomainName, sealed: Uint8Array, aad: Uint8Array): Buffer;
  /** Where the version of sealed bytes stands. Says nothing of whether they open. */
  standing(domain: DomainName, sealed: Uint8Array): Standing;
  /** 32-byte Ed25519 seeds of every version that is not destroyed, the newest first; not copies. */
  signingSeeds(domain: "ledger-signing" | "promise-signing"): SigningSeed[];
  /** Throws KeysError "domain-key-missing" when rows of domain keys were gone at the last look, some seconds ago. */
  assertDomainKeys(): void;
  /** What is wrong with the stored domain keys and bucket versions; nothing when all is well. */
  keyFaults(): Promise<KeyFault[]>;
  /** For worker threads: plain data out of which `openHashKeys` makes digests and index tokens. As secret as the keys it comes from. */
  exportHashKeys(): HashKeys;

  /** Makes keys, stores nothing: hand the result to `writeUnitKeys`. */
  newUnitKeys(place: UnitPlace, classes: readonly DataClass[]): Promise<units.MadeUnitKeys>;
  /** Remembered under a lease of seconds. Throws "erased", "bucket-key-missing"; it or `get` "does-not-open". */
  openUnitKeys(row: UnitKeyRow): Promise<UnitKeys>;
  /** Adds the classes that are missing, stores nothing: hand the result to `replaceUnitKeys`. */
  extendUnitKeys(row: UnitKeyRow, classes: readonly DataClass[]): Promise<units.MadeUnitKeys>;
  /** INVARIANT: the only ways in which rows of unit_key are written. Throws "erased", "keys-changed". */
  writeUnitKeys(tx: Transaction, made: readonly units.MadeUnitKeys[]): Promise<UnitKeyRow[]>;
  replaceUnitKeys(tx: Transaction, before: UnitKeyRow, after: units.MadeUnitKeys): Promise<UnitKeyRow>;
  /** Made, extended or found as they are, in the caller's transaction: the simplest way to have keys to write with. */
  ensureUnitKeys(tx: Transaction, place: UnitPlace, classes: readonly DataClass[]): Promise<units.MadeUnitKeys>;
  /** The same for many units, each once, in the order given. */
  ensureManyUnitKeys(tx: Transaction, wanted: readonly units.UnitWanted[]): Promise<readonly units.MadeUnitKeys[]>;

  /** Begins a lease; what it returns is true while that lasts. Whatever is to be out before an erasure is final is released under one. */
  beginLease(): () => boolean;

  /** Makes the keys of all buckets never used, before a first large import. Returns how many. */
  prepareBuckets(): Promise<number>;

  /** Step one, in the caller's transaction: deletes the wrapped keys. */
  requestErasure(tx: Transaction, request: erasures.ErasureRequest): Promise<void>;
  /** Step two, any time and again after any failure: makes open erasures final. */
  finishErasures(hooks: ErasureHooks, options?: FinishOptions): Promise<ErasureReport>;
  erasure(on: Querier, erasureId: Uuid): Promise<erasures.Erasure>;
  erasureCertificate(on: Querier, erasureId: Uuid): Promise<Certificate | null>;
  erasuresOf(on: Querier, customerId: Uuid): Promise<erasures.Erasure[]>;
  /** Versions, buckets and what waits to be destroyed, in counts. */
  state(): Promise<KeysState>;
  unsweptErasures(on: Querier, limit: number): Promise<erasures.Erasure[]>;
  markSwept(tx: Transaction, erasureId: Uuid): Promise<void>;

  /** Wipes what is in memory and stops looking for new versions. */
  close(): void;
}

const LEASE_SECONDS_MAX = 60;
const REFRESH_SECONDS = 2;
const RETIRE_AFTER_SECONDS = 3600;
const SIGNING_OVERLAP_SECONDS = 30 * 86_400;
const UNIT_KEYS_IN_MEMORY_MAX = 10_000;
/** Expired keys are refused at once; they are wiped no later than this share of a lease after. */
const SWEEPS_PER_LEASE = 4;

type Context = units.UnitKeysContext & FinishContext & RotationContext & { readonly nowMs: () => number };

/** Opens the hierarchy, making domain keys that are missing; processes that start together end with the same ones. */
export async function openKeys(options: KeysOptions): Promise<Keys> {
  const { leaseSeconds } = options;
  if (!(leaseSeconds > 0 && leaseSeconds <= LEASE_SECONDS_MAX)) throw new KeysError("limit");
  const context = await openContext(options);
  const sweep = setInterval(() => {
    context.cache.sweep();
    context.leases.sweep();
  }, context.sweepMs).unref();
  return {
    ...context.hashes,
    ...sealing(context),
    state: () => readKeysState(context.database),
    ...unitKeys(context),
    ...erasing(context),
    ...rotating(context),
    beginLease: () => beginLease(context),
    prepareBuckets: () => prepareBuckets(context.store, context.domains),
    close: () => {
      clearInterval(sweep);
      context.cache.wipe();
      context.leases.wipe();
      context.domains.close();
    },
  };
}

/** Few keys under which much is sealed, some of it long: there it matters that a nonce that came twice would give nothing away but equality. */
function ofDomains(algorithm: AeadAlgorithm): AeadAlgorithm {
  return algorithm === "xchacha20-poly1305" ? "aes-256-gcm-siv" : algorithm;
}

async function openContext(options: KeysOptions): Promise<Context> {
  const { database, provider, buckets: store, clock = systemClock, algorithm = "xchacha20-poly1305" } = options;
  const {
    refreshSeconds = REFRESH_SECONDS,
    retireAfterSeconds = RETIRE_AFTER_SECONDS,
    signingOverlapSeconds = SIGNING_OVERLAP_SECONDS,
  } = options;
  const domains = await DomainKeys.open({
    database,
    provider,
    clock,
    algorithm: ofDomains(algorithm),
    refreshSeconds,
  });
  const leaseMs = options.leaseSeconds * 1000;
  const timing = { leaseMs, sweepMs: leaseMs / SWEEPS_PER_LEASE, nowMs: leaseTime(clock), algorithm };
  const leases = new BucketLeases({ ...timing, store, domains });
  const cache = new UnitKeyCache({
    ...timing,
    leases,
    entriesMax: UNIT_KEYS_IN_MEMORY_MAX,
  });
  return {
    ...timing,
    database,
    store,
    domains,
    leases,
    cache,
    clock,
    hashes: keyedHashes(domains),
    refreshSeconds,
    retireAfterSeconds,
    signingOverlapSeconds,
  };
}

function beginLease({ nowMs, leaseMs }: Context): () => boolean {
  const endsAtMs = nowMs() + leaseMs;
  return () => nowMs() < endsAtMs;
}

type Sealing = Pick<
  Keys,
  "sealUnder" | "openUnder" | "standing" | "signingSeeds" | "assertDomainKeys" | "keyFaults" | "exportHashKeys"
>;

function sealing(context: Context): Sealing {
  const { domains } = context;
  return {
    sealUnder: (domain, plaintext, aad) => domains.sealUnder(domain, plaintext, aad),
    openUnder: (domain, sealed, aad) => domains.openUnder(domain, sealed, aad),
    standing: (domain, sealed) => domains.standing(domain, sealed),
    signingSeeds: (domain) =>
      domains
        .live(domain)
        .map(({ version, pending, raw }) => ({ version, pending, seed: raw }))
        .toReversed(),
    assertDomainKeys: () => domains.assertComplete(),
    keyFaults: () => keyFaults(context),
    exportHashKeys: () => exportHashKeys(domains),
  };
}

type UnitKeysPart = Pick<
  Keys,
  | "newUnitKeys"
  | "openUnitKeys"
  | "extendUnitKeys"
  | "writeUnitKeys"
  | "replaceUnitKeys"
  | "ensureUnitKeys"
  | "ensureManyUnitKeys"
>;

function unitKeys(context: Context): UnitKeysPart {
  return {
    newUnitKeys: (place, classes) => units.newUnitKeys(context, place, classes),
    openUnitKeys: (row) => units.openUnitKeys(context, row),
    extendUnitKeys: (row, classes) => units.extendUnitKeys(context, row, classes),
    writeUnitKeys: (tx, made) => units.writeUnitKeys(context, tx, made),
    replaceUnitKeys: (tx, before, after) => units.replaceUnitKeys(context, tx, { before, after }),
    ensureUnitKeys: (tx, place, classes) => units.ensureUnitKeys(context, tx, { place, classes }),
    ensureManyUnitKeys: (tx, wanted) => units.ensureManyUnitKeys(context, tx, wanted),
  };
}

type Erasing = Pick<
  Keys,
  | "requestErasure"
  | "finishErasures"
  | "erasure"
  | "erasureCertificate"
  | "erasuresOf"
  | "unsweptErasures"
  | "markSwept"
>;

function erasing(context: Context): Erasing {
  return {
    requestErasure: (tx, request) => erasures.requestErasure(context, tx, request),
    finishErasures: (hooks, options) => finishErasures(context, hooks, options),
    erasure: (on, erasureId) => erasures.readErasure(context, on, erasureId),
    erasureCertificate: (on, erasureId) => erasures.erasureCertificate(context, on, erasureId),
    erasuresOf: (on, customerId) => erasures.erasuresOf(context, on, customerId),
    unsweptErasures: (on, limit) => erasures.unsweptErasures(context, on, limit),
    markSwept: (tx, erasureId) => erasures.markSwept(context, tx, erasureId),
  };
}
