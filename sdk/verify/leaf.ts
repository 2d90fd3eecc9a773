// The leaf: format byte 0x01, the time in eight big-endian bytes, and an HMAC-SHA-256 commitment.
import { createHmac } from "node:crypto";
import { VerifyError } from "./errors.ts";

export const LEAF_BYTES = 41;
const FORMAT = 0x01;
const BLIND_BYTES = 32;

export interface Leaf {
  /** Whole seconds since the Unix epoch. */
  readonly time: number;
  readonly commitment: Buffer;
}

/** Throws VerifyError "malformed". */
export function parseLeaf(bytes: Uint8Array): Leaf {
  const leaf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (leaf.length !== LEAF_BYTES || leaf[0] !== FORMAT)
    throw new VerifyError("malformed", "not a leaf of a known format");
  const time = leaf.readUInt32BE(1) * 2 ** 32 + leaf.readUInt32BE(5);
  if (!Number.isSafeInteger(time)) throw new VerifyError("malformed", "the leaf's time is out of range");
  return { time, commitment: leaf.subarray(9) };
}

/** Any other length of r is refused: HMAC would take a shorter one for the same with zeros. */
export function commitmentOf(r: Uint8Array, detail: Uint8Array): Buffer {
  if (r.length !== BLIND_BYTES) throw new VerifyError("malformed", "r has 32 bytes");
  return createHmac("sha256", r).update(detail).digest();
}
