// Verifies a whole log: every hash rebuilt from the entries, every tile compared, the signed root, and that nothing remembered was rewritten.
import { openCheckpoint } from "./checkpoint.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { VerifyError } from "./errors.ts";
import { LEAF_BYTES, parseLeaf } from "./leaf.ts";
import { openLogSource } from "./log-source.ts";
import type { LogSource } from "./log-source.ts";
import { HASH_BYTES } from "./merkle.ts";
import { parseVerifierKey } from "./note.ts";
import { TILE_WIDTH, tilePath } from "./tile-path.ts";
import { growTree } from "./tree.ts";
import type { Tree } from "./tree.ts";

export interface VerifyLogOptions {
  /** A checkpoint kept from an earlier time, as the log signed it: the log must be its continuation. */
  readonly remembered?: string;
  onProgress?(entries: number, size: number): void;
}

export interface VerifiedLog {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
  /** The signed checkpoint, to be remembered for the next time. */
  readonly checkpoint: string;
  /** The size of the remembered checkpoint that this log continues; null when none was given. */
  readonly continues: number | null;
}

const CHECKPOINT_BYTES_MAX = 1024 * 1024;
const LENGTH_BYTES = 2;
const BUNDLE_BYTES_MAX = TILE_WIDTH * (LENGTH_BYTES + LEAF_BYTES);
const TILE_BYTES_MAX = TILE_WIDTH * HASH_BYTES;
/** Entry bundles read ahead. */
const AHEAD = 8;

/** Reads the log below a URL or in a folder and verifies all of it with the log's verifier key. Throws VerifyError, which names what is wrong. */
export async function verifyLog(base: string, logKey: string, options: VerifyLogOptions = {}): Promise<VerifiedLog> {
  const key = parseVerifierKey(logKey);
  const source = openLogSource(base);
  const note = (await readNeeded(source, "checkpoint", CHECKPOINT_BYTES_MAX)).toString("utf8");
  const checkpoint = openCheckpoint(note, key);
  const remembered = options.remembered === undefined ? null : openCheckpoint(options.remembered, key);
  if (remembered !== null) assertNotShrunk(checkpoint, remembered);
  await rebuild(source, checkpoint, remembered, options.onProgress);
  const { origin, size, root } = checkpoint;
  return { origin, size, root, checkpoint: note, continues: remembered?.size ?? null };
}

function assertNotShrunk(checkpoint: Checkpoint, remembered: Checkpoint): void {
  if (checkpoint.size < remembered.size) {
    throw new VerifyError("log-shrunk", `the log had ${remembered.size} entries and now has ${checkpoint.size}`);
  }
  if (checkpoint.size === remembered.size && !checkpoint.root.equals(remembered.root)) {
    throw new VerifyError("log-forked", `the log has two different histories of ${remembered.size} entries`);
  }
}

/** Grows the tree from every entry, comparing each tile as it fills and the root where a checkpoint was signed. */
async function rebuild(
  source: LogSource,
  checkpoint: Checkpoint,
  remembered: Checkpoint | null,
  onProgress: VerifyLogOptions["onProgress"],
): Promise<void> {
  const tiles = tileCollector();
  const tree = growTree(tiles.add);
  if (remembered !== null) assertContinues(tree, remembered);
  for await (const bundle of bundlesOf(source, checkpoint.size)) {
    for (const entry of bundle) {
      tree.push(entry);
      if (remembered !== null) assertContinues(tree, remembered);
    }
    await compareTiles(source, tiles.takeFull());
    onProgress?.(tree.size, checkpoint.size);
  }
  await compareTiles(source, tiles.takePartial());
  if (!tree.root().equals(checkpoint.root)) {
    throw new VerifyError("root-differs", "the entries do not give the signed root");
  }
}

function assertContinues(tree: Tree, remembered: Checkpoint): void {
  if (tree.size === remembered.size && !tree.root().equals(remembered.root)) {
    throw new VerifyError("log-forked", `the first ${remembered.size} entries are not those once signed`);
  }
}

/** The entries bundle by bundle, some bundles read ahead. */
async function* bundlesOf(source: LogSource, size: number): AsyncGenerator<Uint8Array[], void, undefined> {
  const count = Math.ceil(size / TILE_WIDTH);
  const widthOf = (number: number): number => Math.min(TILE_WIDTH, size - number * TILE_WIDTH);
  const start = (number: number): Promise<Uint8Array[]> => {
    const bundle = readBundle(source, number, widthOf(number));
    // A failure is thrown where the bundle is awaited; until then it must not count as unhandled.
    bundle.catch(() => {});
    return bundle;
  };
  const ahead: Promise<Uint8Array[]>[] = [];
  for (let number = 0; number < count; number += 1) {
    while (ahead.length < AHEAD && number + ahead.length < count) ahead.push(start(number + ahead.length));
    yield await ahead.shift()!;
  }
}

async function readBundle(source: LogSource, number: number, width: number): Promise<Uint8Array[]> {
  const bytes = await readTile(source, "entries", number, width);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < width) {
    const start = at + LENGTH_BYTES;
    if (start > bytes.length) throw new VerifyError("missing", "entries are missing from a bundle");
    const end = start + bytes.readUInt16BE(at);
    const entry = bytes.subarray(start, end);
    if (end > bytes.length) throw new VerifyError("missing", "entries are missing from a bundle");
    parseLeaf(entry);
    entries.push(entry);
    at = end;
  }
  return entries;
}

interface RebuiltTile {
  readonly level: number;
  readonly number: number;
  readonly hashes: Buffer;
}

interface OpenTile {
  number: number;
  hashes: Buffer[];
}

/** Puts the hashes of each level into tiles. Keeps one open tile a level. */
function tileCollector() {
  const open: OpenTile[] = [];
  let full: RebuiltTile[] = [];
  return {
    add: (level: number, hash: Buffer): void => {
      const tile = (open[level] ??= { number: 0, hashes: [] });
      tile.hashes.push(hash);
      if (tile.hashes.length < TILE_WIDTH) return;
      full.push({ level, number: tile.number, hashes: Buffer.concat(tile.hashes) });
      open[level] = { number: tile.number + 1, hashes: [] };
    },
    takeFull: (): RebuiltTile[] => {
      const taken = full;
      full = [];
      return taken;
    },
    /** Empty tiles are never served. */
    takePartial: (): RebuiltTile[] =>
      open.flatMap(({ number, hashes }, level) =>
        hashes.length === 0 ? [] : [{ level, number, hashes: Buffer.concat(hashes) }],
      ),
  };
}

async function compareTiles(source: LogSource, tiles: readonly RebuiltTile[]): Promise<void> {
  await Promise.all(
    tiles.map(async ({ level, number, hashes }) => {
      const served = await readTile(source, level, number, hashes.length / HASH_BYTES);
      if (!served.subarray(0, hashes.length).equals(hashes)) {
        throw new VerifyError(
          "tile-differs",
          `tile ${number} of level ${level} does not hold the hashes of its entries`,
        );
      }
    }),
  );
}

/** A partial tile may have been deleted once it is full (C2SP tlog-tiles): then the full one is read, which begins with it. */
async function readTile(source: LogSource, level: number | "entries", number: number, width: number): Promise<Buffer> {
  const sizeBytesMax = level === "entries" ? BUNDLE_BYTES_MAX : TILE_BYTES_MAX;
  const exact = await source.read(tilePath(level, number, width), sizeBytesMax);
  return exact ?? readNeeded(source, tilePath(level, number, TILE_WIDTH), sizeBytesMax);
}

async function readNeeded(source: LogSource, path: string, sizeBytesMax: number): Promise<Buffer> {
  const bytes = await source.read(path, sizeBytesMax);
  if (bytes === null) throw new VerifyError("missing", `the log does not have ${path}`);
  return bytes;
}
