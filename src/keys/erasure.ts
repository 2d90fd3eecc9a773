// Erasure, the first step: the wrapped keys go in the caller's transaction. And what is known of erasures, each row under its MAC.
import { hash } from "node:crypto";
import type { Uuid } from "../kernel/bytes.ts";
import { asPublicBytes, asToken, u32be } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Database, Querier, Transaction } from "../postgres/database.ts";
import { versionOfMac } from "./aead.ts";
import { bucketOf } from "./bucket-keys.ts";
import {
  type Certificate,
  type ErasureRow,
  insertErasure,
  isVersionInUse,
  lockErasuresUnderOtherVersions,
  readCertificate,
  readErasureRow,
  readErasuresOfCustomer,
  readUnsweptErasures,
  setErasureSwept,
  updateErasure,
} from "./erasure-store.ts";
import { KeysError } from "./errors.ts";
import type { KeyedHashes } from "./keyed-hashes.ts";
import { deleteUnitKeys, lockBucket } from "./unit-key-store.ts";

export interface ErasureRequest {
  readonly erasureId: Uuid;
  readonly customerId: Uuid;
  /** Null: the whole customer, for good. */
  readonly unitId: Uuid | null;
  /** The ledger entry that asks for it. */
  readonly act: Uuid;
}

/** An erasure whose row verified. */
export type Erasure = Omit<ErasureRow, "mac">;

export interface ErasureContext {
  readonly database: Database;
  readonly hashes: KeyedHashes;
  readonly clock: Clock;
}

/**
 * Deletes the wrapped keys: from the commit on no reader of the database finds them, and the place gets no new ones. Backups and logs still
 * hold them until `finishErasures`. Waits for writers of new units in the bucket.
 */
export async function requestErasure(context: ErasureContext, tx: Transaction, request: ErasureRequest): Promise<void> {
  const bucket = bucketOf(context.hashes, request.customerId);
  await lockBucket(tx, bucket);
  await deleteUnitKeys(tx, request.customerId, request.unitId);
  const open = {
    state: "requested",
    rewrappedVersion: null,
    finalAt: null,
    sweptAt: null,
    certificateDigest: null,
  } as const;
  const { erasureId, customerId, unitId, act } = request;
  const erasure: Erasure = { erasureId, customerId, unitId, act, bucket, requestedAt: context.clock.now(), ...open };
  await insertErasure(tx, withMac(context.hashes, erasure));
}

/** Throws KeysError "unknown-erasure", "forged-erasure". */
export async function readErasure(context: ErasureContext, on: Querier, erasureId: Uuid): Promise<Erasure> {
  const row = await readErasureRow(on, erasureId);
  if (row === undefined) throw new KeysError("unknown-erasure");
  return assertGood(context.hashes, row);
}

/** What was handed out when it became final; null before. Throws KeysError "unknown-erasure", "forged-erasure". */
export async function erasureCertificate(
  context: ErasureContext,
  on: Querier,
  erasureId: Uuid,
): Promise<Certificate | null> {
  const { certificateDigest } = await readErasure(context, on, erasureId);
  const certificate = await readCertificate(on, erasureId);
  const digest = certificate === null ? null : hash("sha256", certificate, "buffer");
  const same =
    digest === null ? certificateDigest === null : certificateDigest !== null && digest.equals(certificateDigest);
  if (!same) throw new KeysError("forged-erasure");
  return certificate;
}

/** Throws KeysError "forged-erasure". */
export async function erasuresOf(context: ErasureContext, on: Querier, customerId: Uuid): Promise<Erasure[]> {
  return (await readErasuresOfCustomer(on, customerId)).map((row) => assertGood(context.hashes, row));
}

/** Erasures whose unreadable remains are still stored, oldest first. Forged rows are left out: nothing may be removed on their word. */
export async function unsweptErasures(context: ErasureContext, on: Querier, limit: number): Promise<Erasure[]> {
  return (await readUnsweptErasures(on, limit)).filter((row) => isGood(context.hashes, row));
}

/** Notes that the remains are gone. */
export async function markSwept(context: ErasureContext, tx: Transaction, erasureId: Uuid): Promise<void> {
  await setErasureSwept(tx, erasureId, context.clock.now());
}

export function withMac(hashes: Pick<KeyedHashes, "authorityMac">, erasure: Erasure): ErasureRow {
  return { ...erasure, mac: hashes.authorityMac(macParts(erasure)) };
}

export function isGood(hashes: Pick<KeyedHashes, "verifyAuthorityMac">, row: ErasureRow): boolean {
  return hashes.verifyAuthorityMac(asToken(row.mac), macParts(row));
}

const RENEW_BATCH = 500;

/** Makes MACs under older authority keys anew; for after a rotation. Returns how many. */
export async function renewErasureMacs(context: ErasureContext): Promise<number> {
  const newest = asPublicBytes(u32be(newestVersion(context.hashes)));
  let renewed = 0;
  for (;;) {
    const rows = await context.database.transaction(async (tx) => {
      const old = await lockErasuresUnderOtherVersions(tx, newest, RENEW_BATCH);
      for (const row of old) await updateErasure(tx, withMac(context.hashes, assertGood(context.hashes, row)));
      return old.length;
    });
    renewed += rows;
    if (rows < RENEW_BATCH) return renewed;
  }
}

/** Whether an erasure's MAC is under this version of the domain "authority". */
export async function anyUnderVersion(context: ErasureContext, version: number): Promise<boolean> {
  return isVersionInUse(context.database, asPublicBytes(u32be(version)));
}

function newestVersion(hashes: KeyedHashes): number {
  return versionOfMac(hashes.authorityMac(["erasure"]));
}

function assertGood(hashes: KeyedHashes, row: ErasureRow): ErasureRow {
  if (!isGood(hashes, row)) throw new KeysError("forged-erasure");
  return row;
}

function macParts(erasure: Erasure): (string | Uint8Array)[] {
  const {
    erasureId,
    customerId,
    unitId,
    state,
    bucket,
    rewrappedVersion,
    requestedAt,
    finalAt,
    act,
    certificateDigest,
  } = erasure;
  const times = [requestedAt, finalAt].map((time) => (time === null ? "" : String(time.getTime())));
  const place = [customerId, unitId ?? "", String(bucket)];
  return [
    "erasure",
    erasureId,
    ...place,
    state,
    String(rewrappedVersion ?? ""),
    ...times,
    act,
    certificateDigest ?? "",
  ];
}
