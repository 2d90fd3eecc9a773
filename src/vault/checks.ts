// What is kept sealed beside a record's pack: full blind-index hashes that confirm a search, and digests that tell what a correction changes.
import { VaultError } from "./errors.ts";

const INNER_BYTES = 32;
export const DIGEST_BYTES = 12;
const FORMAT = 3;
/** Without an origin: of records that were written before there was one. */
const FORMAT_WITHOUT_ORIGIN = 2;
const AS_OF_LENGTH_MAX = 64;
const ORIGIN_BYTES_MAX = 1000;

export interface IndexCheck {
  readonly name: string;
  /** Full inner hashes: several where the index is a prefix or phonetic one. */
  readonly inners: readonly Uint8Array[];
}

export interface Checks {
  readonly indexes: readonly IndexCheck[];
  /** One a field, in ascending order of the fields' names, as the pack has them. */
  readonly digests: readonly Uint8Array[];
  /** When the source last changed what it says here (local ISO 8601), where it tells: an older file must not overwrite a newer. */
  readonly asOf?: string;
  /** Where it comes from and on which ground, as `originText` writes it. */
  readonly origin?: string;
}

/** u8 format, u16 count, per index: u8 name length, name, u16 count, hashes of 32 bytes; then u16 count and digests of 12 bytes; then u8 length, asOf; then u16 length, origin. */
export function encodeChecks(checks: Checks): Buffer {
  const indexBytes = checks.indexes.reduce(
    (size, index) => size + 3 + index.name.length + INNER_BYTES * index.inners.length,
    0,
  );
  const { asOf = "", origin = "" } = checks;
  const originBytes = Buffer.byteLength(origin);
  if (asOf.length > AS_OF_LENGTH_MAX) throw new TypeError("a time is shorter");
  if (originBytes > ORIGIN_BYTES_MAX) throw new TypeError("an origin is shorter");
  const out = Buffer.allocUnsafe(8 + indexBytes + DIGEST_BYTES * checks.digests.length + asOf.length + originBytes);
  let at = out.writeUInt8(FORMAT, 0);
  at = out.writeUInt16BE(checks.indexes.length, at);
  for (const index of checks.indexes) {
    at = out.writeUInt8(index.name.length, at);
    at += out.write(index.name, at, "latin1");
    at = writeAll(out, out.writeUInt16BE(index.inners.length, at), index.inners);
  }
  at = writeAll(out, out.writeUInt16BE(checks.digests.length, at), checks.digests);
  at = out.writeUInt8(asOf.length, at);
  at += out.write(asOf, at, "latin1");
  out.write(origin, out.writeUInt16BE(originBytes, at), "utf8");
  return out;
}

function writeAll(out: Buffer, start: number, parts: readonly Uint8Array[]): number {
  let at = start;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return at;
}

/** Throws VaultError "malformed". The bytes were authenticated before, so that means a fault of ours. */
export function parseChecks(bytes: Buffer): Checks {
  try {
    const format = bytes.readUInt8(0);
    if (format !== FORMAT && format !== FORMAT_WITHOUT_ORIGIN) throw malformed();
    const indexes: IndexCheck[] = [];
    let at = 3;
    for (let left = bytes.readUInt16BE(1); left > 0; left -= 1) {
      const nameEnd = at + 1 + bytes.readUInt8(at);
      const name = bytes.toString("latin1", at + 1, nameEnd);
      const inners = readAll(bytes, nameEnd, INNER_BYTES);
      indexes.push({ name, inners: inners.parts });
      at = inners.end;
    }
    const digests = readAll(bytes, at, DIGEST_BYTES);
    const asOfEnd = digests.end + 1 + bytes.readUInt8(digests.end);
    if (asOfEnd > bytes.length || asOfEnd - digests.end - 1 > AS_OF_LENGTH_MAX) throw malformed();
    const asOf = bytes.toString("latin1", digests.end + 1, asOfEnd);
    const origin = format === FORMAT ? readOrigin(bytes, asOfEnd) : "";
    if (format !== FORMAT && asOfEnd !== bytes.length) throw malformed();
    return {
      indexes,
      digests: digests.parts,
      ...(asOf === "" ? {} : { asOf }),
      ...(origin === "" ? {} : { origin }),
    };
  } catch (error) {
    throw error instanceof VaultError ? error : malformed();
  }
}

/** To the end. */
function readOrigin(bytes: Buffer, start: number): string {
  const size = bytes.readUInt16BE(start);
  if (size > ORIGIN_BYTES_MAX || start + 2 + size !== bytes.length) throw malformed();
  return bytes.toString("utf8", start + 2);
}

function readAll(bytes: Buffer, start: number, sizeBytes: number): { parts: Buffer[]; end: number } {
  const count = bytes.readUInt16BE(start);
  const end = start + 2 + count * sizeBytes;
  if (end > bytes.length) throw malformed();
  return {
    parts: Array.from({ length: count }, (_, nth) =>
      bytes.subarray(start + 2 + nth * sizeBytes, start + 2 + (nth + 1) * sizeBytes),
    ),
    end,
  };
}

/** Whether `given` is from before `known`: of a day and a time of that day neither is. */
export function isOlder(given: string | undefined, known: string | undefined): boolean {
  if (given === undefined || known === undefined) return false;
  const length = Math.min(given.length, known.length);
  return given.slice(0, length) < known.slice(0, length);
}

function malformed(): VaultError {
  return new VaultError("malformed", "a record's checks are not in the format that the vault writes");
}
