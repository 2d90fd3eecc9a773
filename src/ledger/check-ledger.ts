// Verification from inside: every stored entry against its own commitment, and all of them against the signed tree.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import { checkEntry } from "./check-entry.ts";
import type { EntryFault } from "./check-entry.ts";
import { parseCheckpointText } from "./checkpoint.ts";
import type { Detail, LedgerKeys } from "./detail.ts";
import { LedgerError } from "./errors.ts";
import { EMPTY_ROOT, hashLeaf, HASH_BYTES } from "./merkle.ts";
import type { TreeHead } from "./merkle.ts";
import { jointSigner } from "./joint-signer.ts";
import type { SignerMemory } from "./signer-memory.ts";
import { readBeyondHead, readOtherShards, readStoredRange } from "./store-check.ts";
import type { StoredRange } from "./store-check.ts";
import { inspectStored } from "./stored-detail.ts";
import { readPublished, readSize } from "./store.ts";
import type { Published } from "./store.ts";
import { tileReader } from "./store-tree.ts";
import { TILE_WIDTH } from "./tile-path.ts";
import { emptyTree } from "./tree-builder.ts";
import type { BuiltTile, TreeBuilder } from "./tree-builder.ts";

export type DiscrepancyCode =
  | EntryFault
  | "entry-missing"
  | "entry-beyond-head"
  | "shard-not-opened"
  | "subject-without-entry"
  | "tile-differs"
  | "root-differs"
  | "checkpoint-not-ours"
  | "checkpoint-missing"
  | "head-missing"
  | "rolled-back"
  | "forked";

/** Something stored is not what was written. `index` is the entry's, or the first that a tile or tree covers. */
export interface Discrepancy {
  readonly code: DiscrepancyCode;
  readonly index: number;
}

/** An entry whose detail is the one committed to, whatever its columns say. */
export interface CheckedEntry {
  readonly index: number;
  readonly entryId: Uuid;
  readonly detail: Detail;
}

export interface CheckOptions {
  readonly database: Querier;
  readonly keys: LedgerKeys;
  readonly origin: string;
  readonly logShard: number;
  readonly signerMemory?: SignerMemory;
  /** Called for each good entry in order, so that other domains can compare their rows with what was written last. */
  onEntry?(entry: CheckedEntry): void | Promise<void>;
  onProgress?(done: number, total: number): void;
}

// At most 2 MiB each, so that the largest possible chunk still fits a server's memory.
const CHUNK_ENTRIES = 128;

/** Walks the whole log and yields each discrepancy as it is found. Throws LedgerError only when storage cannot be read at all. */
export async function* checkLedger(options: CheckOptions): AsyncGenerator<Discrepancy, void, undefined> {
  // Memory before publication before size, as in publishing: what happens meanwhile must not look like a roll-back.
  const memory = (await options.signerMemory?.read()) ?? null;
  const published = await storedOr(NOTHING_PUBLISHED, () => readPublished(options.database, options.logShard));
  if (published === NOTHING_PUBLISHED) yield { code: "checkpoint-missing", index: 0 };
  const stored = await storedOr(null, () => readSize(options.database, options.logShard));
  if (stored === null) yield { code: "head-missing", index: 0 };
  const size = stored ?? 0;
  yield* checkHeads(options, size, published, memory);
  const tree = emptyTree();
  while (tree.size < size) {
    const from = tree.size;
    const to = Math.min(size, from + CHUNK_ENTRIES);
    const range = await readStoredRange(options.database, options.logShard, from, to);
    yield* checkRange(options, tree, range, { to, published, memory });
    options.onProgress?.(to, size);
  }
  const beyond = await readBeyondHead(options.database, options.logShard);
  if (beyond !== null) yield { code: "entry-beyond-head", index: beyond };
  for (const index of await readOtherShards(options.database, options.logShard))
    yield { code: "shard-not-opened", index };
}

const NOTHING_PUBLISHED: Published = { size: 0, root: EMPTY_ROOT, note: "" };

/** A row that is gone is a discrepancy like others: just then it must be possible to see what else is wrong. */
async function storedOr<Row>(absent: Row, read: () => Promise<Row>): Promise<Row> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof LedgerError && error.code === "corrupt") return absent;
    throw error;
  }
}

function* checkHeads(
  options: CheckOptions,
  size: number,
  published: Published,
  memory: TreeHead | null,
): Generator<Discrepancy> {
  if (memory !== null && size < memory.size) yield { code: "rolled-back", index: size };
  if (size < published.size) yield { code: "rolled-back", index: size };
  if (published.size === 0 && !published.root.equals(EMPTY_ROOT)) yield { code: "root-differs", index: 0 };
  if (published.note === "" && published.size === 0) return;
  const text = jointSigner(options.origin, () => options.keys.signingSeeds("ledger-signing")).open(published.note);
  const head = text === null ? null : parseCheckpointText(options.origin, text);
  if (head?.size !== published.size || Buffer.compare(head.root, published.root) !== 0) {
    yield { code: "checkpoint-not-ours", index: 0 };
  }
}

interface Marks {
  readonly to: number;
  readonly published: Published;
  readonly memory: TreeHead | null;
}

/** Checks the entries up to `to` and grows the tree by them, comparing it where a signed tree ended. */
async function* checkRange(
  options: CheckOptions,
  tree: TreeBuilder,
  range: StoredRange,
  { to, published, memory }: Marks,
): AsyncGenerator<Discrepancy, void, undefined> {
  for (const index of range.subjects.keys()) {
    if (!range.entries.has(index)) yield { code: "subject-without-entry", index };
  }
  while (tree.size < to) {
    yield* checkNext(options, tree, range);
    if (tree.size === memory?.size && !tree.root().equals(memory.root)) yield { code: "forked", index: 0 };
    const atMark = tree.size === published.size;
    // Tiles beyond the published size may not have been written yet.
    const tiles = [...tree.takeFullTiles(), ...(atMark ? tree.takePartialTiles() : [])];
    if (tree.size <= published.size) yield* checkTiles(options, tiles);
    if (atMark && !tree.root().equals(published.root)) yield { code: "root-differs", index: 0 };
  }
}

async function* checkNext(
  options: CheckOptions,
  tree: TreeBuilder,
  range: StoredRange,
): AsyncGenerator<Discrepancy, void, undefined> {
  const index = tree.size;
  const entry = range.entries.get(index);
  // A missing leaf takes its place as a hash nothing has, so that only the tiles above it differ.
  tree.push(entry === undefined ? Buffer.alloc(HASH_BYTES) : hashLeaf(entry.leaf));
  if (entry === undefined) return yield { code: "entry-missing", index };
  const { database, keys, logShard } = options;
  const stored = { logShard, index, leaf: entry.leaf, detail: entry.detail, newest: range.reseals.get(index) ?? null };
  const found = await inspectStored(database, keys, stored);
  const { faults, detail } = checkEntry(entry, range.subjects.get(index) ?? [], found);
  for (const code of faults) yield { code, index };
  if (detail !== null) await options.onEntry?.({ index, entryId: asId(String(detail.entryId)), detail });
}

/** Compares built tiles with stored ones, which may have grown since but must begin the same. */
async function* checkTiles(
  options: CheckOptions,
  tiles: readonly BuiltTile[],
): AsyncGenerator<Discrepancy, void, undefined> {
  const stored = await tileReader(options.database, options.logShard)(tiles);
  for (const [at, tile] of tiles.entries()) {
    const beginning = stored[at]?.subarray(0, tile.hashes.length) ?? new Uint8Array();
    if (!tile.hashes.equals(beginning))
      yield { code: "tile-differs", index: tile.number * TILE_WIDTH ** (tile.level + 1) };
  }
}
