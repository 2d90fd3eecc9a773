// Rebuilds a log's tree from its entries in constant memory, naming each hash that a tile must hold.
import { EMPTY_ROOT, hashLeaf, hashNode } from "./merkle.ts";

export interface Tree {
  readonly size: number;
  /** Adds an entry; calls `onTileHash` for each subtree of 256^level leaves that it completes, the leaf itself first. */
  push(entry: Uint8Array): void;
  root(): Buffer;
}

/** Binary levels between two levels of tiles. */
const TILE_HEIGHT = 8;

/** Keeps the roots of the complete subtrees only, like the digits of a binary counter, lowest first. */
export function growTree(onTileHash: (level: number, hash: Buffer) => void): Tree {
  const subtrees: (Buffer | undefined)[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    push: (entry) => {
      size += 1;
      let hash = hashLeaf(entry);
      let height = 0;
      onTileHash(0, hash);
      for (let left = subtrees[0]; left !== undefined; left = subtrees[height]) {
        hash = hashNode(left, hash);
        subtrees[height] = undefined;
        height += 1;
        if (height % TILE_HEIGHT === 0) onTileHash(height / TILE_HEIGHT, hash);
      }
      subtrees[height] = hash;
    },
    // RFC 6962 2.1: the larger subtree stands left at every split.
    root: () => subtrees.reduce((right, left) => join(left, right), undefined) ?? EMPTY_ROOT,
  };
}

function join(left: Buffer | undefined, right: Buffer | undefined): Buffer | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return hashNode(left, right);
}
