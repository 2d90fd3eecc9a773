// The Merkle tree of RFC 6962 section 2.1: hashes, roots of lists, and the checking of proofs.
import { hash } from "node:crypto";

export const HASH_BYTES = 32;
/** RFC 6962 2.1: the hash of an empty list is the hash of an empty string. */
export const EMPTY_ROOT: Buffer = hash("sha256", "", "buffer");

export function hashLeaf(entry: Uint8Array): Buffer {
  const preimage = Buffer.allocUnsafe(1 + entry.length);
  preimage[0] = 0x00;
  preimage.set(entry, 1);
  return sha256(preimage);
}

export function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  const preimage = Buffer.allocUnsafe(1 + 2 * HASH_BYTES);
  preimage[0] = 0x01;
  preimage.set(left, 1);
  preimage.set(right, 1 + HASH_BYTES);
  return sha256(preimage);
}

/** By way of a string, since a digest's own buffer takes longer to make than the hash. */
function sha256(bytes: Uint8Array): Buffer {
  return Buffer.from(hash("sha256", bytes, "latin1"), "latin1");
}

/** The largest power of two below `size` (RFC 6962 2.1, k). `size` is at least 2; doubles are exact up to 2^53. */
export function splitPoint(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/**
 * The root over hashes that are already leaves or roots of equal complete subtrees; the last may stand for an incomplete one. Halves the list level
 * by level, an odd last one rising unchanged, which gives the tree of RFC 6962 since its left subtrees are always complete.
 */
export function rootOfHashes(hashes: readonly Uint8Array[]): Buffer {
  let level: readonly Uint8Array[] = hashes;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at + 1 < level.length; at += 2) above.push(hashNode(level[at]!, level[at + 1]!));
    if (level.length % 2 === 1) above.push(level[level.length - 1]!);
    level = above;
  }
  const root = level[0];
  return root === undefined ? EMPTY_ROOT : Buffer.from(root);
}

/** The root that an inclusion path (leaf's sibling first) leads to, or null when its length does not fit. After RFC 9162 2.1.3.2. */
export function rootFromInclusion(
  index: number,
  size: number,
  leafHash: Uint8Array,
  path: readonly Uint8Array[],
): Buffer | null {
  if (!isCount(index) || !isCount(size) || index >= size || leafHash.length !== HASH_BYTES) return null;
  let position = index;
  let last = size - 1;
  let root: Buffer = Buffer.from(leafHash);
  for (const sibling of path) {
    if (last === 0 || sibling.length !== HASH_BYTES) return null;
    if (position % 2 === 1 || position === last) {
      root = hashNode(sibling, root);
      while (position % 2 === 0 && position !== 0) {
        position = position / 2;
        last = Math.floor(last / 2);
      }
    } else {
      root = hashNode(root, sibling);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? root : null;
}

export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether `proof` shows that the tree `older` is the beginning of the tree `newer` (RFC 9162 2.1.4.2). An empty tree proves nothing. */
export function verifyConsistency(older: TreeHead, newer: TreeHead, proof: readonly Uint8Array[]): boolean {
  if (!isCount(older.size) || !isCount(newer.size) || older.size === 0 || older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && sameBytes(older.root, newer.root);
  if (proof.length === 0 || proof.some((step) => step.length !== HASH_BYTES)) return false;
  const roots = rootsFromConsistency(older, newer.size, proof);
  return roots !== null && sameBytes(roots.older, older.root) && sameBytes(roots.newer, newer.root);
}

function rootsFromConsistency(older: TreeHead, newerSize: number, proof: readonly Uint8Array[]) {
  let position = older.size - 1;
  let last = newerSize - 1;
  while (position % 2 === 1) {
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  // A complete older tree is its own first step and is left out of the proof.
  const steps = position === 0 ? [older.root, ...proof] : proof;
  let olderRoot: Buffer = Buffer.from(steps[0]!);
  let newerRoot: Buffer = Buffer.from(steps[0]!);
  for (const step of steps.slice(1)) {
    if (last === 0) return null;
    if (position % 2 === 1 || position === last) {
      olderRoot = hashNode(step, olderRoot);
      newerRoot = hashNode(step, newerRoot);
      while (position % 2 === 0 && position !== 0) {
        position = position / 2;
        last = Math.floor(last / 2);
      }
    } else {
      newerRoot = hashNode(newerRoot, step);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? { older: olderRoot, newer: newerRoot } : null;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
