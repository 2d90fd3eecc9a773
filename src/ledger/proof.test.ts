// Proofs and tiles of every size against the reference tree.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { LedgerError } from "./errors.ts";
import { hashLeaf, HASH_BYTES, rootFromInclusion, rootOfHashes, verifyConsistency } from "./merkle.ts";
import { consistencyProof, inclusionProof } from "./proof.ts";
import type { ReadTiles } from "./proof.ts";
import { auditPath, consistencyProofOf, treeHash } from "./test-reference-tree.ts";
import { emptyTree, resumeTree } from "./tree-builder.ts";
import type { BuiltTile } from "./tree-builder.ts";

const SIZE_MAX = 300;
const entries = Array.from({ length: SIZE_MAX }, (_, at) => Buffer.from(`entry ${at}`));
const roots = Array.from({ length: SIZE_MAX + 1 }, (_, size) => treeHash(entries.slice(0, size)));

/** Tiles as storage keeps them: each replaced by its longer self. */
function tileStore(): { write(tiles: readonly BuiltTile[]): void; read: ReadTiles } {
  const tiles = new Map<string, Uint8Array>();
  return {
    write: (built) => built.forEach(({ level, number, hashes }) => tiles.set(`${level}/${number}`, hashes)),
    read: (ids) => Promise.resolve(ids.map(({ level, number }) => tiles.get(`${level}/${number}`) ?? new Uint8Array())),
  };
}

describe("a tree of a few hundred entries", () => {
  const store = tileStore();
  before(() => {
    const tree = emptyTree();
    for (const [at, entry] of entries.entries()) {
      tree.push(hashLeaf(entry));
      assert.deepEqual(tree.root(), roots[at + 1], `root of ${at + 1}`);
    }
    store.write([...tree.takeFullTiles(), ...tree.takePartialTiles()]);
  });

  test("gives the reference tree's inclusion proof for every size and index", async () => {
    for (let size = 1; size <= SIZE_MAX; size += 1) {
      const dense = size <= 48 || [64, 65, 128, 255, 256, 257, 300].includes(size);
      const indexes = dense ? entries.keys().take(size).toArray() : [0, 1, size >> 1, size - 2, size - 1];
      for (const index of indexes) {
        const path = await inclusionProof(index, size, store.read);
        if (size <= 48 || index === size - 1) assert.deepEqual(path, auditPath(index, entries.slice(0, size)));
        assert.deepEqual(rootFromInclusion(index, size, hashLeaf(entries[index]!), path), roots[size]);
      }
    }
  });

  test("gives the reference tree's consistency proof for every pair of sizes", async () => {
    for (let newer = 1; newer <= SIZE_MAX; newer += 1) {
      for (let older = 1; older <= newer; older += newer <= 64 ? 1 : 13) {
        const proof = await consistencyProof(older, newer, store.read);
        const heads = [older, newer].map((size) => ({ size, root: roots[size]! }));
        assert.ok(verifyConsistency(heads[0]!, heads[1]!, proof), `${older} to ${newer}`);
        if (newer <= 64 && older < newer) assert.deepEqual(proof, consistencyProofOf(older, entries.slice(0, newer)));
      }
    }
  });

  test("is taken up from its tiles at every size", async () => {
    for (let size = 0; size < SIZE_MAX; size += 1) {
      const tree = await resumeTree(size, store.read);
      assert.deepEqual(tree.root(), roots[size]);
      tree.push(hashLeaf(entries[size]!));
      assert.deepEqual(tree.root(), roots[size + 1]);
    }
  });

  test("is not read from a tile that is missing or too short", async () => {
    const empty = tileStore();
    await assert.rejects(
      inclusionProof(3, 10, empty.read),
      (error) => error instanceof LedgerError && error.code === "corrupt",
    );
    await assert.rejects(
      resumeTree(10, empty.read),
      (error) => error instanceof LedgerError && error.code === "corrupt",
    );
  });
});

test("tiles of every level are those of the tree, and grow only at their end", async () => {
  // Just above 256^2, so that three levels of tiles exist.
  const size = 65_536 + 300;
  const hashes = Array.from({ length: size }, (_, at) => hashLeaf(Buffer.from(String(at))));
  const store = tileStore();
  const sizes: number[] = [];
  let tree = emptyTree();
  for (const hash of hashes) {
    tree.push(hash);
    if (tree.size % 9973 === 0 || tree.size === size) {
      store.write([...tree.takeFullTiles(), ...tree.takePartialTiles()]);
      sizes.push(tree.size);
      tree = await resumeTree(tree.size, store.read);
    }
  }
  assert.deepEqual(tree.root(), rootOfHashes(hashes));
  const [leafTile, middleTile, topTile] = await store.read([
    { level: 0, number: 200 },
    { level: 1, number: 0 },
    { level: 2, number: 0 },
  ]);
  assert.deepEqual(leafTile, Buffer.concat(hashes.slice(200 * 256, 201 * 256)));
  assert.deepEqual(middleTile!.subarray(HASH_BYTES, 2 * HASH_BYTES), rootOfHashes(hashes.slice(256, 512)));
  assert.deepEqual(topTile, rootOfHashes(hashes.slice(0, 65_536)));
  for (const index of [0, 255, 256, 65_535, 65_536, size - 1]) {
    const path = await inclusionProof(index, size, store.read);
    assert.deepEqual(rootFromInclusion(index, size, hashes[index]!, path), tree.root());
  }
  for (const older of sizes) {
    const proof = await consistencyProof(older, size, store.read);
    assert.ok(
      verifyConsistency(
        { size: older, root: rootOfHashes(hashes.slice(0, older)) },
        { size, root: tree.root() },
        proof,
      ),
    );
  }
});
