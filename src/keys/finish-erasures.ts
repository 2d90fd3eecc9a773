// Erasure, the second step: rewrap the siblings, destroy the old bucket key, wait for the leases, and only then say that it is final.
import { hash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Uuid, asPublicBytes } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Transaction } from "../postgres/database.ts";
import { BUCKET_COUNT } from "./bucket-keys.ts";
import { type Erasure, isGood, withMac } from "./erasure.ts";
import {
  type Certificate,
  type ErasureRow,
  lockErasure,
  readOpenErasures,
  setCertificate,
  updateErasure,
} from "./erasure-store.ts";
import { KeysError, type KeysErrorCode } from "./errors.ts";
import { type RewrapContext, type RewrapOptions, destroyOldKeys, rewrapBucket } from "./rewrap.ts";
import { versionOf } from "./aead.ts";
import type { UnitPlace } from "./unit-pack.ts";

export interface ErasureHooks {
  /** In the finishing transaction, once per erasure: records the ledger's `erasure-final`; returns the certificate to keep, if any. */
  recordFinal(tx: Transaction, erasure: Erasure): Promise<Certificate | null>;
  /** After a rewrap is committed and before the old key is destroyed, when earlier exports of wrapped keys are about to be worthless. */
  exportWrappedKeys?(bucket: number): Promise<void>;
}

export interface FinishOptions {
  readonly signal?: AbortSignal;
  /** Gives up wrapped keys of other units that do not open. What is sealed under them is lost; only an operator decides that. */
  readonly abandonDamaged?: boolean;
}

/** A bucket whose erasures wait for an operator. */
export interface HeldBucket {
  readonly bucket: number;
  readonly reason: KeysErrorCode;
  /** For "siblings-damaged": the units whose wrapped keys were changed or destroyed by somebody. */
  readonly damaged: readonly UnitPlace[];
}

export interface ErasureReport {
  /** Final by this call. */
  readonly final: readonly Uuid[];
  readonly rewrapped: readonly number[];
  readonly held: readonly HeldBucket[];
  /** Rows that the application did not write: nothing rests on them. */
  readonly forged: readonly Uuid[];
}

export interface FinishContext extends RewrapContext {
  readonly clock: Clock;
  readonly leaseMs: number;
  /** How long after its lease a key handed out before may still lie in memory. */
  readonly sweepMs: number;
}

/**
 * Brings every open erasure to its end. Any process may call it, at any time, again after any failure; erasures in one bucket share one
 * rewrap. Waits one lease when something is to become final. A failing hook or database throws; what was reached stays reached.
 */
export async function finishErasures(
  context: FinishContext,
  hooks: ErasureHooks,
  options: FinishOptions = {},
): Promise<ErasureReport> {
  const open = await readOpenErasures(context.database);
  const good = open.filter((row) => isGood(context.hashes, row));
  const buckets = [...new Set(good.map(({ bucket }) => bucket))];
  const rewrap = { force: false, abandonDamaged: options.abandonDamaged ?? false };
  const { settled, rewrapped, held } = await settleBuckets(context, buckets, { hooks, rewrap, signal: options.signal });
  const ready = good.filter(({ bucket }) => settled.includes(bucket));
  // INVARIANT: the wait is this process's own, from when it saw the old keys gone: no stored time and no other machine's clock is trusted.
  if (ready.length > 0)
    await sleep(
      context.leaseMs + context.sweepMs,
      undefined,
      options.signal === undefined ? {} : { signal: options.signal },
    );
  const final: Uuid[] = [];
  for (const { erasureId } of ready) if (await finalise(context, hooks, erasureId)) final.push(erasureId);
  const forged = open.filter((row) => !good.includes(row)).map(({ erasureId }) => erasureId);
  return { final, rewrapped, held, forged };
}

/** Puts every bucket in use under a fresh key, sealed under the newest "wrapping" key: what a rotation of that domain asks for. */
export async function rewrapAllBuckets(
  context: FinishContext,
  hooks: Pick<ErasureHooks, "exportWrappedKeys"> = {},
  options: FinishOptions = {},
): Promise<Omit<ErasureReport, "final" | "forged">> {
  const buckets: number[] = [];
  for (let bucket = 0; bucket < BUCKET_COUNT; bucket += 1) if (await isBehind(context, bucket)) buckets.push(bucket);
  const rewrap = { force: true, abandonDamaged: options.abandonDamaged ?? false };
  const { rewrapped, held } = await settleBuckets(context, buckets, { hooks, rewrap, signal: options.signal });
  return { rewrapped, held };
}

/** Whether a bucket key is sealed under this version of the domain "wrapping". */
export async function isWrappingVersionUsed(context: Pick<RewrapContext, "store">, version: number): Promise<boolean> {
  for (let bucket = 0; bucket < BUCKET_COUNT; bucket += 1) {
    const stored = await context.store.read(bucket);
    if (stored.some(({ key }) => versionOf(key) === version)) return true;
  }
  return false;
}

async function isBehind(context: FinishContext, bucket: number): Promise<boolean> {
  const newest = context.domains.newest("wrapping").version;
  const stored = await context.store.read(bucket);
  return stored.length > 1 || stored.some(({ key }) => versionOf(key) !== newest);
}

interface Settling {
  readonly hooks: Pick<ErasureHooks, "exportWrappedKeys">;
  readonly rewrap: RewrapOptions;
  readonly signal: AbortSignal | undefined;
}

interface Settled {
  readonly settled: number[];
  readonly rewrapped: number[];
  readonly held: HeldBucket[];
}

async function settleBuckets(context: FinishContext, buckets: readonly number[], settling: Settling): Promise<Settled> {
  const found: Settled = { settled: [], rewrapped: [], held: [] };
  for (const bucket of buckets) {
    settling.signal?.throwIfAborted();
    await settleBucket(context, bucket, settling, found);
  }
  return found;
}

/** What was put back under an old key between rewrap and destruction takes another round. */
const ROUNDS_MAX = 3;

async function settleBucket(context: FinishContext, bucket: number, settling: Settling, found: Settled): Promise<void> {
  try {
    for (let round = 1; round <= ROUNDS_MAX; round += 1) {
      const force = settling.rewrap.force && round === 1;
      const { done, damaged } = await rewrapBucket(context, bucket, { ...settling.rewrap, force });
      if (!done && damaged.length > 0) return void found.held.push({ bucket, reason: "siblings-damaged", damaged });
      if (done) found.rewrapped.push(bucket);
      await settling.hooks.exportWrappedKeys?.(bucket);
      if (await destroyOldKeys(context, bucket)) return void found.settled.push(bucket);
    }
    found.held.push({ bucket, reason: "keys-changed", damaged: [] });
  } catch (error) {
    if (!(error instanceof KeysError)) throw error;
    found.held.push({ bucket, reason: error.code, damaged: [] });
  }
}

/** False when another process did it, or when it is not time. */
async function finalise(context: FinishContext, hooks: ErasureHooks, erasureId: Uuid): Promise<boolean> {
  return context.database.transaction(async (tx) => {
    const row = await lockErasure(tx, erasureId);
    if (row === undefined || row.state !== "rewrapped" || !isGood(context.hashes, row)) return false;
    if (await isReachable(context, row)) return false;
    const { mac: _, ...rewrapped } = row;
    const finalAt = context.clock.now();
    const certificate = await hooks.recordFinal(tx, { ...rewrapped, state: "final", finalAt });
    const certificateDigest = certificate === null ? null : asPublicBytes(hash("sha256", certificate, "buffer"));
    await setCertificate(tx, erasureId, certificate);
    await updateErasure(tx, withMac(context.hashes, { ...rewrapped, state: "final", finalAt, certificateDigest }));
    return true;
  });
}

/** Whether a bucket key from before the rewrap that left the erased keys out still exists. */
async function isReachable(context: FinishContext, row: ErasureRow): Promise<boolean> {
  const rewrappedVersion = row.rewrappedVersion ?? Infinity;
  return (await context.store.read(row.bucket)).some(({ version }) => version < rewrappedVersion);
}
