// Merkle hashes of RFC 6962 section 2.1 and the verification of inclusion proofs.
import { hash } from "node:crypto";

export const HASH_BYTES = 32;
export const EMPTY_ROOT: Buffer = hash("sha256", "", "buffer");

export function hashLeaf(entry: Uint8Array): Buffer {
  const preimage = Buffer.allocUnsafe(1 + entry.length);
  preimage[0] = 0x00;
  preimage.set(entry, 1);
  return hash("sha256", preimage, "buffer");
}

const nodePreimage = Buffer.alloc(1 + 2 * HASH_BYTES, 0x01);

export function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  // One buffer for all nodes: nothing runs between filling and hashing it.
  nodePreimage.set(left, 1);
  nodePreimage.set(right, 1 + HASH_BYTES);
  return hash("sha256", nodePreimage, "buffer");
}

/**
 * The root that leaf `index` of a tree of `size` leads to by its path, by the definition of PATH in RFC 6962 2.1.1: the last step joins the two
 * halves of the whole tree. Null when the path's length is not that of this index and size.
 */
export function rootOfPath(
  index: number,
  size: number,
  leafHash: Uint8Array,
  path: readonly Uint8Array[],
): Buffer | null {
  if (index < 0 || index >= size) return null;
  if (size === 1) return path.length === 0 ? Buffer.from(leafHash) : null;
  const outermost = path.at(-1);
  if (outermost === undefined || outermost.length !== HASH_BYTES) return null;
  const left = largestPowerOfTwoBelow(size);
  if (index < left) {
    const root = rootOfPath(index, left, leafHash, path.slice(0, -1));
    return root === null ? null : hashNode(root, outermost);
  }
  const root = rootOfPath(index - left, size - left, leafHash, path.slice(0, -1));
  return root === null ? null : hashNode(outermost, root);
}

function largestPowerOfTwoBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
