// Hashes and proof checks against published vectors and the reference tree.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { EMPTY_ROOT, hashLeaf, rootFromInclusion, rootOfHashes, verifyConsistency } from "./merkle.ts";
import { auditPath, consistencyProofOf, treeHash } from "./test-reference-tree.ts";
import { fromHex, readSharedCases, readVectors, sharedVectorsMissing, unbase64 } from "./test-vectors.ts";
import type { TreeVectors } from "./test-vectors.ts";

const vectors = readVectors<TreeVectors>("rfc6962-trees");
const entries = vectors.entries.map(fromHex);
const rootOf = (size: number): Buffer => fromHex(vectors.roots[size]!);

test("roots are those published for Certificate Transparency", () => {
  vectors.roots.forEach((root, size) => {
    assert.equal(treeHash(entries.slice(0, size)).toString("hex"), root, `reference tree of ${size}`);
    assert.equal(rootOfHashes(entries.slice(0, size).map(hashLeaf)).toString("hex"), root, `fast tree of ${size}`);
  });
  assert.equal(EMPTY_ROOT.toString("hex"), vectors.roots[0]);
});

test("published proofs verify", () => {
  for (const { index, size, path } of vectors.inclusion) {
    const reached = rootFromInclusion(index, size, hashLeaf(entries[index]!), path.map(fromHex));
    assert.deepEqual(reached, rootOf(size));
  }
  for (const { older, newer, proof } of vectors.consistency) {
    const heads = [older, newer].map((size) => ({ size, root: rootOf(size) }));
    assert.ok(verifyConsistency(heads[0]!, heads[1]!, proof.map(fromHex)));
  }
});

interface InclusionCase {
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  desc: string;
  wantErr: boolean;
}

test("every public inclusion vector, good or bad, is judged right", { skip: sharedVectorsMissing }, () => {
  const cases = readSharedCases<InclusionCase>("inclusion");
  assert.ok(cases.length > 50);
  for (const { leafIdx, treeSize, root, leafHash, proof, desc, wantErr } of cases) {
    const reached = rootFromInclusion(leafIdx, treeSize, unbase64(leafHash), (proof ?? []).map(unbase64));
    assert.equal(reached?.equals(unbase64(root)) === true, !wantErr, desc);
  }
});

interface ConsistencyCase {
  size1: number;
  size2: number;
  root1: string;
  root2: string;
  proof: string[] | null;
  desc: string;
  wantErr: boolean;
}

test("every public consistency vector, good or bad, is judged right", { skip: sharedVectorsMissing }, () => {
  const cases = readSharedCases<ConsistencyCase>("consistency");
  assert.ok(cases.length > 50);
  for (const { size1, size2, root1, root2, proof, desc, wantErr } of cases) {
    const older = { size: size1, root: unbase64(root1) };
    const newer = { size: size2, root: unbase64(root2) };
    assert.equal(verifyConsistency(older, newer, (proof ?? []).map(unbase64)), !wantErr, desc);
  }
});

const leaves = Array.from({ length: 40 }, (_, at) => Buffer.from(`entry ${at}`));

test("a changed bit in an inclusion proof leads to another root", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), (size, pick, bit) => {
      const index = pick % size;
      const tree = leaves.slice(0, size);
      const path = auditPath(index, tree);
      const step = path[pick % path.length]!;
      step[(bit >> 3) % 32]! ^= 1 << (bit & 7);
      assert.notDeepEqual(rootFromInclusion(index, size, hashLeaf(tree[index]!), path), treeHash(tree));
    }),
  );
});

test("a changed bit in a consistency proof is refused", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), (size, pick, bit) => {
      const older = 1 + (pick % (size - 1));
      const proof = consistencyProofOf(older, leaves.slice(0, size));
      const heads = [older, size].map((count) => ({ size: count, root: treeHash(leaves.slice(0, count)) }));
      assert.ok(verifyConsistency(heads[0]!, heads[1]!, proof));
      const step = proof[pick % proof.length]!;
      step[(bit >> 3) % 32]! ^= 1 << (bit & 7);
      assert.ok(!verifyConsistency(heads[0]!, heads[1]!, proof));
    }),
  );
});
