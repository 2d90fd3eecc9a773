// The leaf: format byte 0x01, the time in eight big-endian bytes, and an HMAC-SHA-256 commitment.
import type { Bytes } from "./bytes.ts";
import { VerifyError } from "./verify-error.ts";

export const LEAF_BYTES = 41;
const FORMAT = 0x01;
const BLIND_BYTES = 32;

export interface Leaf {
  /** Whole seconds since the Unix epoch. */
  readonly time: number;
  readonly commitment: Bytes;
}

/** Throws VerifyError "malformed". */
export function parseLeaf(leaf: Bytes): Leaf {
  if (leaf.length !== LEAF_BYTES || leaf[0] !== FORMAT)
    throw new VerifyError("malformed", "not a leaf of a known format");
  const time = Number(new DataView(leaf.buffer, leaf.byteOffset).getBigUint64(1));
  if (!Number.isSafeInteger(time)) throw new VerifyError("malformed", "the leaf's time is out of range");
  return { time, commitment: leaf.slice(9) };
}

/** Any other length of r is refused: HMAC would take a shorter one for the same with zeros. */
export async function commitmentOf(r: Bytes, detail: Bytes): Promise<Uint8Array> {
  if (r.length !== BLIND_BYTES) throw new VerifyError("malformed", "r has 32 bytes");
  const key = await crypto.subtle.importKey("raw", r, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, detail));
}
