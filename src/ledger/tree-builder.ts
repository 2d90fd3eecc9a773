// Builds a tree leaf by leaf, handing out tiles; keeps one tile a level, whatever the size.
import { HASH_BYTES, rootOfHashes } from "./merkle.ts";
import { hashInTile } from "./proof.ts";
import type { ReadTiles, TileId } from "./proof.ts";
import { TILE_WIDTH, tileWidth } from "./tile-path.ts";

export interface BuiltTile extends TileId {
  readonly hashes: Buffer;
}

interface Level {
  number: number;
  hashes: Uint8Array[];
  /** Whether the open tile has grown since it was last handed out. */
  grown: boolean;
}

export interface TreeBuilder {
  readonly size: number;
  /** Appends one leaf's hash. */
  push(leafHash: Uint8Array): void;
  /** The root of everything pushed so far. */
  root(): Buffer;
  /** The tiles completed since the last call. */
  takeFullTiles(): BuiltTile[];
  /** The open tiles that have grown since they were last handed out, one a level at most. */
  takePartialTiles(): BuiltTile[];
}

export function emptyTree(): TreeBuilder {
  return builder(0, []);
}

/** Takes up a tree where tiles left it. The caller compares `root()` with a signed one: these hashes come from storage. */
export async function resumeTree(size: number, read: ReadTiles): Promise<TreeBuilder> {
  const open: TileId[] = [];
  for (let level = 0; size >= TILE_WIDTH ** level; level += 1) {
    open.push({ level, number: Math.floor(size / TILE_WIDTH ** (level + 1)) });
  }
  const widths = open.map((tile) => tileWidth(size, tile.level, tile.number));
  const wanted = open.filter((_, at) => widths[at] !== 0);
  const contents = await read(wanted);
  const levels = open.map((tile, at): Level => {
    const bytes = widths[at] === 0 ? new Uint8Array() : (contents[wanted.indexOf(tile)] ?? new Uint8Array());
    const hashes = Array.from({ length: widths[at]! }, (_unused, place) => hashInTile(bytes, place));
    return { number: tile.number, hashes, grown: false };
  });
  return builder(size, levels);
}

function builder(startSize: number, levels: Level[]): TreeBuilder {
  let size = startSize;
  let full: BuiltTile[] = [];
  const pushAt = (at: number, hash: Uint8Array): void => {
    const level = (levels[at] ??= { number: 0, hashes: [], grown: false });
    level.hashes.push(hash);
    level.grown = true;
    if (level.hashes.length < TILE_WIDTH) return;
    full.push(builtTile(at, level));
    const root = rootOfHashes(level.hashes);
    levels[at] = { number: level.number + 1, hashes: [], grown: false };
    pushAt(at + 1, root);
  };
  return {
    get size() {
      return size;
    },
    push: (leafHash) => {
      pushAt(0, leafHash);
      size += 1;
    },
    root: () => rootOfLevels(levels),
    takeFullTiles: () => {
      const taken = full;
      full = [];
      return taken;
    },
    takePartialTiles: () => {
      const grown = levels.flatMap((level, at) => (level.grown ? [builtTile(at, level)] : []));
      for (const level of levels) level.grown = false;
      return grown;
    },
  };
}

function builtTile(level: number, { number, hashes }: Level): BuiltTile {
  return { level, number, hashes: Buffer.concat(hashes, hashes.length * HASH_BYTES) };
}

/** Folds the open tiles from the lowest level up: what is below a level is its last, incomplete member. */
function rootOfLevels(levels: readonly Level[]): Buffer {
  let below: Buffer | undefined;
  for (const level of levels) {
    const members = below === undefined ? level.hashes : [...level.hashes, below];
    if (members.length > 0) below = rootOfHashes(members);
  }
  return below ?? rootOfHashes([]);
}
