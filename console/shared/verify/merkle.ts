// Merkle hashes of RFC 6962 section 2.1 and the verification of inclusion proofs, by WebCrypto.
import { type Bytes, sha256 } from "./bytes.ts";

export const HASH_BYTES = 32;
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function hashLeaf(entry: Uint8Array): Promise<Bytes> {
  return sha256(LEAF, entry);
}

function hashNode(left: Uint8Array, right: Uint8Array): Promise<Bytes> {
  return sha256(NODE, left, right);
}

export interface Path {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly path: readonly Uint8Array[];
}

/**
 * The root that a leaf leads to by its path, by the definition of PATH in RFC 6962 2.1.1: the last step joins the two halves of the whole tree. Null when
 * the path's length is not that of this index and size.
 */
export async function rootOfPath({ index, size, leafHash, path }: Path): Promise<Uint8Array | null> {
  if (index < 0 || index >= size) return null;
  const outermost = path.at(-1);
  if (size === 1) return path.length === 0 ? leafHash : null;
  if (outermost === undefined || outermost.length !== HASH_BYTES) return null;
  const left = largestPowerOfTwoBelow(size);
  const isLeft = index < left;
  const half = isLeft ? { index, size: left } : { index: index - left, size: size - left };
  const root = await rootOfPath({ ...half, leafHash, path: path.slice(0, -1) });
  if (root === null) return null;
  return isLeft ? hashNode(root, outermost) : hashNode(outermost, root);
}

function largestPowerOfTwoBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}
