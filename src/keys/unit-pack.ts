// The data keys of one retention unit as they are stored: one envelope, bound to its place and to the classes and versions it holds.
import { type Sealed, type Uuid, lengthPrefixed, u32be } from "../kernel/bytes.ts";
import { idBytes, randomFromPool } from "../kernel/ids.ts";
import { DATA_CLASSES, type DataClass } from "../kernel/vocabulary.ts";
import { type AeadAlgorithm, type AeadKey, KEY_SIZE_BYTES, open, overheadBytes, seal } from "./aead.ts";
import { asSealed } from "../kernel/bytes.ts";
import { KeysError } from "./errors.ts";

export interface UnitPlace {
  readonly customerId: Uuid;
  readonly unitId: Uuid;
}

/** A row of unit_key. */
export interface UnitKeyRow extends UnitPlace {
  readonly bucket: number;
  readonly bucketVersion: number;
  readonly pack: Sealed;
}

/** A bucket key, opened. */
export interface BucketSecret {
  readonly bucket: number;
  readonly key: AeadKey;
}

/** Which class has which version; in order of class. */
export interface PackEntry {
  readonly classCode: number;
  readonly version: number;
}

/** Opened keys of a unit: `secret` holds them one after the other, as `entries` says. */
export interface OpenedPack {
  readonly entries: readonly PackEntry[];
  readonly secret: Buffer;
}

// u8 format || u8 count || count x (u8 class || u32be version) || envelope of the keys
const FORMAT = 1;
const ENTRIES_AT = 2;
const ENTRY_SIZE_BYTES = 5;

/** Fresh random keys for `classes`, beside those already there. */
export function freshPack(classes: readonly DataClass[], existing?: OpenedPack): OpenedPack {
  const had = existing?.entries ?? [];
  const codes = [...new Set(classes.map(classCodeOf))].filter((code) =>
    had.every(({ classCode }) => classCode !== code),
  );
  const entries = [...had, ...codes.map((classCode) => ({ classCode, version: 1 }))].toSorted(byClass);
  const secret = randomSecret(entries.length * KEY_SIZE_BYTES);
  had.forEach(({ classCode }, from) => {
    const to = entries.findIndex((entry) => entry.classCode === classCode);
    existing?.secret.copy(secret, to * KEY_SIZE_BYTES, from * KEY_SIZE_BYTES, (from + 1) * KEY_SIZE_BYTES);
  });
  return { entries, secret };
}

/** Seals under a bucket key. The result opens for this customer, unit, bucket and bucket version alone. */
export function sealPack(place: UnitPlace, bucket: BucketSecret, pack: OpenedPack): UnitKeyRow {
  const header = headerOf(pack.entries);
  const envelope = seal(bucket.key, pack.secret, packAad(place, bucket, header));
  const { customerId, unitId } = place;
  const sealed = asSealed(Buffer.concat([header, envelope]));
  return { customerId, unitId, bucket: bucket.bucket, bucketVersion: bucket.key.version, pack: sealed };
}

/** Throws KeysError "does-not-open". */
export function openPack(row: UnitKeyRow, bucket: BucketSecret): OpenedPack {
  const entries = entriesOf(row.pack);
  const headerSizeBytes = ENTRIES_AT + entries.length * ENTRY_SIZE_BYTES;
  const header = row.pack.subarray(0, headerSizeBytes);
  const secret = open(bucket.key, row.pack.subarray(headerSizeBytes), packAad(row, bucket, header));
  return { entries, secret };
}

/** Reads which classes a pack says it holds; that is authenticated only by opening it. Throws KeysError "does-not-open". */
export function entriesOf(pack: Uint8Array): PackEntry[] {
  const count = pack[1] ?? 0;
  const envelopeAt = ENTRIES_AT + count * ENTRY_SIZE_BYTES;
  const sizeBytes = envelopeAt + count * KEY_SIZE_BYTES + overheadBytes(pack[envelopeAt] ?? 0);
  if (pack[0] !== FORMAT || pack.length !== sizeBytes) throw new KeysError("does-not-open");
  const view = new DataView(pack.buffer, pack.byteOffset, pack.byteLength);
  return Array.from({ length: count }, (_, index) => {
    const at = ENTRIES_AT + index * ENTRY_SIZE_BYTES;
    return { classCode: view.getUint8(at), version: view.getUint32(at + 1) };
  });
}

/** The key of one class within an opened pack: a view, so that wiping the pack wipes it too. */
export function keyOfClass(pack: OpenedPack, dataClass: DataClass, algorithm: AeadAlgorithm): AeadKey | undefined {
  const classCode = DATA_CLASSES.indexOf(dataClass);
  for (let at = 0; at < pack.entries.length; at += 1) {
    const entry = pack.entries[at];
    if (entry?.classCode !== classCode) continue;
    const key = pack.secret.subarray(at * KEY_SIZE_BYTES, (at + 1) * KEY_SIZE_BYTES);
    return { version: entry.version, key, algorithm };
  }
  return undefined;
}

/** In memory of its own, so that a copy sent to a worker takes no neighbours along, and with no trace left in the pool. */
function randomSecret(sizeBytes: number): Buffer {
  const pooled = randomFromPool(sizeBytes);
  const secret = Buffer.allocUnsafeSlow(sizeBytes);
  secret.set(pooled);
  pooled.fill(0);
  return secret;
}

function headerOf(entries: readonly PackEntry[]): Buffer {
  const header = Buffer.allocUnsafe(ENTRIES_AT + entries.length * ENTRY_SIZE_BYTES);
  header.writeUInt8(FORMAT, 0);
  header.writeUInt8(entries.length, 1);
  entries.forEach(({ classCode, version }, index) => {
    const at = header.writeUInt8(classCode, ENTRIES_AT + index * ENTRY_SIZE_BYTES);
    header.writeUInt32BE(version, at);
  });
  return header;
}

/** Binds customer, unit, bucket and, with the header, every class and its version; the bucket's version is in the envelope's own header. */
function packAad(place: UnitPlace, bucket: BucketSecret, header: Uint8Array): Buffer {
  const ids = [idBytes(place.customerId), idBytes(place.unitId)];
  return lengthPrefixed("uberrima/unit-keys/v1", ...ids, u32be(bucket.bucket), u32be(bucket.key.version), header);
}

function classCodeOf(dataClass: DataClass): number {
  const code = DATA_CLASSES.indexOf(dataClass);
  if (code === -1) throw new KeysError("limit");
  return code;
}

function byClass(left: PackEntry, right: PackEntry): number {
  return left.classCode - right.classCode;
}
