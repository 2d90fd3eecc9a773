// Inclusion and consistency proofs read from tiles: which subtrees a proof needs, where they lie, and how they fold together.
import { LedgerError } from "./errors.ts";
import { hashNode, HASH_BYTES, rootOfHashes, splitPoint } from "./merkle.ts";
import { TILE_HEIGHT, TILE_WIDTH } from "./tile-path.ts";

/** The leaves [start, end) as RFC 6962 2.1.1 and 2.1.2 cut them: start is a multiple of the smallest power of two that holds the range. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** A complete subtree of 2^height leaves, the position-th of its height. */
interface Subtree {
  readonly height: number;
  readonly position: number;
}

export interface TileId {
  readonly level: number;
  readonly number: number;
}

/** Reads tiles at once: the hashes stored of each, in the order asked for. */
export type ReadTiles = (ids: readonly TileId[]) => Promise<readonly Uint8Array[]>;

/** PATH(index, D[size]) of RFC 6962 2.1.1, leaf's sibling first. */
export function inclusionProof(index: number, size: number, read: ReadTiles): Promise<Buffer[]> {
  return hashesOf(inclusionRanges(index, { start: 0, end: size }), read);
}

/** PROOF(older, D[newer]) of RFC 6962 2.1.2. Empty when the sizes are equal or the older is zero. */
export function consistencyProof(older: number, newer: number, read: ReadTiles): Promise<Buffer[]> {
  if (older === 0 || older === newer) return Promise.resolve([]);
  return hashesOf(consistencyRanges(older, { start: 0, end: newer }, true), read);
}

function inclusionRanges(index: number, tree: Range): Range[] {
  const ranges: Range[] = [];
  let { start, end } = tree;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      ranges.unshift({ start: middle, end });
      end = middle;
    } else {
      ranges.unshift({ start, end: middle });
      start = middle;
    }
  }
  return ranges;
}

// SUBPROOF(m, D, b): `known` is b, whether the older root itself is the subtree reached.
function consistencyRanges(older: number, tree: Range, known: boolean): Range[] {
  if (older === tree.end) return known ? [] : [tree];
  const middle = tree.start + splitPoint(tree.end - tree.start);
  if (older <= middle) {
    return [...consistencyRanges(older, { start: tree.start, end: middle }, known), { start: middle, end: tree.end }];
  }
  return [...consistencyRanges(older, { start: middle, end: tree.end }, false), { start: tree.start, end: middle }];
}

async function hashesOf(ranges: readonly Range[], read: ReadTiles): Promise<Buffer[]> {
  const parts = ranges.map(completeSubtrees);
  const tiles = await loadTiles(parts.flat(), read);
  // An incomplete subtree folds from the right, since its right part is always the smaller.
  return parts.map((subtrees) =>
    subtrees.map((subtree) => subtreeRoot(subtree, tiles)).reduceRight((right, left) => hashNode(left, right)),
  );
}

/** The complete subtrees of falling size that make up a range. */
function completeSubtrees(range: Range): Subtree[] {
  const subtrees: Subtree[] = [];
  let { start } = range;
  while (start < range.end) {
    let height = 0;
    while (2 ** (height + 1) <= range.end - start) height += 1;
    subtrees.push({ height, position: start / 2 ** height });
    start += 2 ** height;
  }
  return subtrees;
}

function tileOf(subtree: Subtree): { tile: TileId; first: number; count: number } {
  const level = Math.floor(subtree.height / TILE_HEIGHT);
  const count = 2 ** (subtree.height % TILE_HEIGHT);
  const at = subtree.position * count;
  const number = Math.floor(at / TILE_WIDTH);
  return { tile: { level, number }, first: at - number * TILE_WIDTH, count };
}

const keyOf = (id: TileId): string => `${id.level}/${id.number}`;

async function loadTiles(subtrees: readonly Subtree[], read: ReadTiles): Promise<ReadonlyMap<string, Uint8Array>> {
  const wanted = new Map(subtrees.map((subtree) => [keyOf(tileOf(subtree).tile), tileOf(subtree).tile]));
  const contents = await read([...wanted.values()]);
  return new Map([...wanted.keys()].map((key, at) => [key, contents[at] ?? new Uint8Array()]));
}

function subtreeRoot(subtree: Subtree, tiles: ReadonlyMap<string, Uint8Array>): Buffer {
  const { tile, first, count } = tileOf(subtree);
  const bytes = tiles.get(keyOf(tile)) ?? new Uint8Array();
  return rootOfHashes(Array.from({ length: count }, (_, at) => hashInTile(bytes, first + at)));
}

/** The hash at a place of a tile. Throws LedgerError "corrupt" when storage holds a shorter tile than the tree has. */
export function hashInTile(tile: Uint8Array, at: number): Uint8Array {
  const hash = tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
  if (hash.length !== HASH_BYTES) throw new LedgerError("corrupt", "a tile is missing or shorter than the tree");
  return hash;
}
