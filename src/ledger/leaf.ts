// A leaf: a format byte, the time, and a commitment to what happened. Nothing else, so that tiles may be public.
import { createHmac } from "node:crypto";

/** Format byte 0x01 || u64be(unix seconds) || HMAC-SHA-256(r, detail). */
export const LEAF_BYTES = 41;
export const BLIND_BYTES = 32;
const FORMAT = 0x01;
const TIME_AT = 1;
const COMMITMENT_AT = 9;

export interface Leaf {
  /** Whole seconds since the Unix epoch. */
  readonly at: number;
  readonly commitment: Buffer;
}

/** The commitment hides the detail as long as `blind` (r) is unknown, and binds it. Throws RangeError unless r has 32 bytes. */
export function commit(blind: Uint8Array, detail: Uint8Array): Buffer {
  // INVARIANT: HMAC pads short keys with zeros and hashes long ones, so that other lengths would let two r open one commitment.
  if (blind.length !== BLIND_BYTES) throw new RangeError("a blinding value has 32 bytes");
  return createHmac("sha256", blind).update(detail).digest();
}

export function encodeLeaf(at: number, commitment: Uint8Array): Buffer {
  const leaf = Buffer.allocUnsafe(LEAF_BYTES);
  leaf[0] = FORMAT;
  leaf.writeUInt32BE(Math.floor(at / 2 ** 32), TIME_AT);
  leaf.writeUInt32BE(at % 2 ** 32, TIME_AT + 4);
  leaf.set(commitment, COMMITMENT_AT);
  return leaf;
}

/** Null when the bytes are not a leaf of a known format. */
export function decodeLeaf(bytes: Uint8Array): Leaf | null {
  if (bytes.length !== LEAF_BYTES || bytes[0] !== FORMAT) return null;
  const leaf = Buffer.from(bytes);
  const at = Number(leaf.readBigUInt64BE(TIME_AT));
  return Number.isSafeInteger(at) ? { at, commitment: leaf.subarray(COMMITMENT_AT) } : null;
}
