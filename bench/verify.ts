// Verifying a whole log with the outside verifier, against the hashing alone that no verifier can do without.
import { hash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TILE_WIDTH, tilePath } from "../sdk/verify/tile-path.ts";
import { verifyLog } from "../sdk/verify/verify.ts";
import type { Ledger, TilePlace } from "../src/ledger/ledger.ts";
import { median, timed } from "./measure.ts";

const LEAF_BYTES = 41;
const BUNDLED_BYTES = 2 + LEAF_BYTES;
const HASH_BYTES = 32;

export interface Copied {
  readonly folder: string;
  readonly size: number;
}

/** Writes the log's public files into a folder, as a mirror keeps them: checkpoint, hash tiles, entry bundles. */
export async function copyLog(ledger: Ledger, folder: string): Promise<Copied> {
  const note = await ledger.checkpoint();
  const size = Number(note.split("\n")[1]);
  await writeInto(folder, "checkpoint", Buffer.from(note));
  for (const place of tilesOf(size)) {
    const tile = await ledger.tile(place);
    if (tile === null) throw new Error("the log does not serve one of its own tiles");
    await writeInto(folder, tilePath(place.level, place.number, place.width), tile);
  }
  return { folder, size };
}

/** C2SP tlog-tiles: the entries, then at each level one hash for every 256 of the level below. */
function tilesOf(size: number): TilePlace[] {
  const tiles = tilesOfLevel("entries", size);
  for (let level = 0, hashes = size; hashes > 0; level += 1, hashes = Math.floor(hashes / TILE_WIDTH))
    tiles.push(...tilesOfLevel(level, hashes));
  return tiles;
}

function tilesOfLevel(level: TilePlace["level"], hashes: number): TilePlace[] {
  return Array.from({ length: Math.ceil(hashes / TILE_WIDTH) }, (_, number) => ({
    level,
    number,
    width: Math.min(TILE_WIDTH, hashes - number * TILE_WIDTH),
  }));
}

async function writeInto(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

export interface Compared {
  /** Medians. */
  readonly verifySeconds: number;
  readonly hashSeconds: number;
}

/** The two take turns. Throws when they do not come to the same root: then one of them did other work. */
export async function compareWithHashing({ folder, size }: Copied, logKey: string, rounds: number): Promise<Compared> {
  const leaves = await readLeaves(folder, size);
  const [verified, hashed]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const [log, verifySeconds] = await timed(() => verifyLog(folder, logKey));
    const [root, hashSeconds] = await timed(async () => rootOf(leaves, size));
    if (log.size !== size || !log.root.equals(root)) throw new Error("the verifier and the hashing do not agree");
    verified.push(verifySeconds);
    hashed.push(hashSeconds);
  }
  return { verifySeconds: median(verified), hashSeconds: median(hashed) };
}

/** Every leaf after the byte 0x00 that its hash begins with, end to end. */
async function readLeaves(folder: string, size: number): Promise<Buffer> {
  const leaves = Buffer.alloc(size * (1 + LEAF_BYTES));
  for (let at = 0; at < size;) {
    const width = Math.min(TILE_WIDTH, size - at);
    const bundle = await readFile(join(folder, tilePath("entries", at / TILE_WIDTH, width)));
    for (let nth = 0; nth < width; nth += 1, at += 1)
      bundle.copy(leaves, at * (1 + LEAF_BYTES) + 1, nth * BUNDLED_BYTES + 2, (nth + 1) * BUNDLED_BYTES);
  }
  return leaves;
}

/**
 * RFC 6962 2.1, level by level: nothing but the 2n - 1 hashes and the copying they need. Shares no code with the verifier, so that a slow
 * hash there would show.
 */
function rootOf(leaves: Buffer, size: number): Buffer {
  let hashes = Buffer.alloc(size * HASH_BYTES);
  for (let at = 0; at < size; at += 1) {
    const leaf = leaves.subarray(at * (1 + LEAF_BYTES), (at + 1) * (1 + LEAF_BYTES));
    hashes.set(hash("sha256", leaf, "buffer"), at * HASH_BYTES);
  }
  const node = Buffer.alloc(1 + 2 * HASH_BYTES, 0x01);
  while (hashes.length > HASH_BYTES) {
    const pairs = Math.floor(hashes.length / (2 * HASH_BYTES));
    const odd = hashes.subarray(pairs * 2 * HASH_BYTES);
    for (let at = 0; at < pairs; at += 1) {
      hashes.copy(node, 1, at * 2 * HASH_BYTES, (at + 1) * 2 * HASH_BYTES);
      hashes.set(hash("sha256", node, "buffer"), at * HASH_BYTES);
    }
    // The last of an odd number moves up as it is.
    hashes.set(odd, pairs * HASH_BYTES);
    hashes = hashes.subarray(0, pairs * HASH_BYTES + odd.length);
  }
  return hashes;
}
