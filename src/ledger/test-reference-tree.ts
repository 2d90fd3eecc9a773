// For tests: RFC 6962 section 2.1 word for word, slow and readable, to check the fast tree against.
import { createHash } from "node:crypto";

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** "k be the largest power of two smaller than n (i.e., k < n <= 2k)" */
function largestPowerOfTwoBelow(n: number): number {
  let k = 1;
  while (!(k < n && n <= 2 * k)) k *= 2;
  return k;
}

/** MTH({}) = SHA-256(); MTH({d(0)}) = SHA-256(0x00 || d(0)); MTH(D[n]) = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n])). */
export function treeHash(entries: readonly Uint8Array[]): Buffer {
  const n = entries.length;
  if (n === 0) return sha256();
  if (n === 1) return sha256(Buffer.of(0x00), entries[0]!);
  const k = largestPowerOfTwoBelow(n);
  return sha256(Buffer.of(0x01), treeHash(entries.slice(0, k)), treeHash(entries.slice(k)));
}

/** PATH(m, D[n]) of 2.1.1. */
export function auditPath(m: number, entries: readonly Uint8Array[]): Buffer[] {
  const n = entries.length;
  if (n === 1) return [];
  const k = largestPowerOfTwoBelow(n);
  if (m < k) return [...auditPath(m, entries.slice(0, k)), treeHash(entries.slice(k))];
  return [...auditPath(m - k, entries.slice(k)), treeHash(entries.slice(0, k))];
}

/** PROOF(m, D[n]) of 2.1.2, for 0 < m < n. */
export function consistencyProofOf(m: number, entries: readonly Uint8Array[]): Buffer[] {
  return subproof(m, entries, true);
}

function subproof(m: number, entries: readonly Uint8Array[], b: boolean): Buffer[] {
  const n = entries.length;
  if (m === n) return b ? [] : [treeHash(entries)];
  const k = largestPowerOfTwoBelow(n);
  if (m <= k) return [...subproof(m, entries.slice(0, k), b), treeHash(entries.slice(k))];
  return [...subproof(m - k, entries.slice(k), false), treeHash(entries.slice(0, k))];
}
