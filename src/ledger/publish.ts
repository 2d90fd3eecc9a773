// Publishing: one fenced publisher at a time extends the tiles and signs the checkpoint, never against what was signed before.
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../kernel/clock.ts";
import type { Database, Querier, Transaction } from "../postgres/database.ts";
import { checkpointText, parseCheckpointText } from "./checkpoint.ts";
import { LedgerError } from "./errors.ts";
import { hashLeaf, verifyConsistency } from "./merkle.ts";
import type { TreeHead } from "./merkle.ts";
import type { JointSigner } from "./joint-signer.ts";
import { consistencyProof } from "./proof.ts";
import type { SignerMemory } from "./signer-memory.ts";
import { lockPublished, readPublished, readSize, replacePublished, writeTiles } from "./store.ts";
import type { Published } from "./store.ts";
import { readLeaves, tileReader } from "./store-tree.ts";
import { resumeTree } from "./tree-builder.ts";
import type { TreeBuilder } from "./tree-builder.ts";

export interface PublisherParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly origin: string;
  readonly logShard: number;
  readonly signer: JointSigner;
  readonly memory: SignerMemory;
}

const ROUND_LEAVES_MAX = 65_536;
const CHUNK_LEAVES = 4096;

/** One round. Returns the size published, or null when there was nothing to do or another publisher is at it. */
export async function publishOnce(parts: PublisherParts): Promise<number | null> {
  if (!(await isBehind(parts))) return null;
  return parts.database.transaction(async (tx) => {
    const published = await lockPublished(tx, parts.logShard);
    if (published === null) return null;
    const memory = await parts.memory.read();
    const size = await readSize(tx, parts.logShard);
    assertNotRolledBack(size, published, memory);
    if (size === published.size && isSigned(parts, published)) return null;
    const tree = await resumeVerified(tx, parts, published, memory);
    await extend(tx, parts, tree, {
      to: Math.min(size, Math.max(published.size + ROUND_LEAVES_MAX, memory?.size ?? 0)),
      memory,
    });
    await publish(tx, parts, published, tree);
    return tree.size;
  });
}

/** A cheap look without a transaction, since most rounds find nothing new. */
async function isBehind(parts: PublisherParts): Promise<boolean> {
  const { published, memory, size } = await readState(parts);
  assertNotRolledBack(size, published, memory);
  return size > published.size || !isSigned(parts, published);
}

/** Not before the first checkpoint, nor while a key that signs since has not signed the last one: then that is signed again. */
function isSigned({ signer }: PublisherParts, { note }: Published): boolean {
  return note !== "" && signer.isCurrent(note);
}

/** INVARIANT: the size is read last, so that whatever another process published or remembered meanwhile cannot look like a roll-back. */
async function readState(parts: PublisherParts) {
  const memory = await parts.memory.read();
  const published = await readPublished(parts.database, parts.logShard);
  const size = await readSize(parts.database, parts.logShard);
  return { memory, published, size };
}

async function publish(tx: Transaction, parts: PublisherParts, older: Published, tree: TreeBuilder): Promise<void> {
  await writeTiles(tx, parts.logShard, [...tree.takeFullTiles(), ...tree.takePartialTiles()]);
  const head = { size: tree.size, root: tree.root() };
  // INVARIANT: remembered before signed. A crash in between leaves a memory ahead of the checkpoint, which the next round reaches again.
  await parts.memory.remember(head);
  const note = parts.signer.sign(checkpointText(parts.origin, head));
  await replacePublished(tx, parts.logShard, older.size, { ...head, note, at: parts.clock.now() });
}

function assertNotRolledBack(size: number, published: Published, memory: TreeHead | null): void {
  if (memory !== null && size < memory.size) {
    throw new LedgerError("rolled-back", "the database holds fewer entries than the signer has signed");
  }
  if (size < published.size) {
    throw new LedgerError("rolled-back", "the database holds fewer entries than its own checkpoint says");
  }
}

/** Takes up the published tree, having shown that its checkpoint is ours, that the tiles give its root, and that it extends the memory. */
async function resumeVerified(
  on: Querier,
  parts: PublisherParts,
  published: Published,
  memory: TreeHead | null,
): Promise<TreeBuilder> {
  assertOwnCheckpoint(parts, published);
  const read = tileReader(on, parts.logShard);
  const tree = await resumeTree(published.size, read);
  if (!tree.root().equals(published.root))
    throw new LedgerError("forked", "the stored tiles do not give the signed root");
  if (memory !== null && memory.size > 0 && memory.size <= published.size) {
    const proof = await consistencyProof(memory.size, published.size, read);
    if (!verifyConsistency(memory, published, proof)) {
      throw new LedgerError("forked", "the stored tree does not extend what the signer remembers");
    }
  }
  return tree;
}

function assertOwnCheckpoint(parts: PublisherParts, published: Published): void {
  if (published.note === "" && published.size === 0) return;
  const text = parts.signer.open(published.note);
  const head = text === null ? null : parseCheckpointText(parts.origin, text);
  if (head === null || head.size !== published.size || Buffer.compare(head.root, published.root) !== 0) {
    throw new LedgerError("forked", "the stored checkpoint was not signed by this log");
  }
}

/** Adds sequenced leaves up to `to`. On the way the tree must pass through what the signer remembers. */
async function extend(
  on: Querier,
  parts: PublisherParts,
  tree: TreeBuilder,
  goal: { readonly to: number; readonly memory: TreeHead | null },
): Promise<void> {
  while (tree.size < goal.to) {
    const leaves = await readLeaves(on, parts.logShard, tree.size, Math.min(goal.to, tree.size + CHUNK_LEAVES));
    for (const leaf of leaves) {
      tree.push(hashLeaf(leaf));
      if (tree.size === goal.memory?.size && !tree.root().equals(goal.memory.root)) {
        throw new LedgerError("forked", "the sequenced entries are not those the signer remembers");
      }
    }
  }
}

/** Compares the database with the signer's memory without signing. Throws LedgerError "rolled-back" or "forked". */
export async function assertHistory(parts: PublisherParts): Promise<void> {
  const { published, memory, size } = await readState(parts);
  assertNotRolledBack(size, published, memory);
  const tree = await resumeVerified(parts.database, parts, published, memory);
  await extend(parts.database, parts, tree, { to: Math.max(published.size, memory?.size ?? 0), memory });
}

export interface Publishing {
  /** Resolves when the round under way has ended. */
  stop(): Promise<void>;
}

export interface PublishingOptions {
  readonly everyMs: number;
  /** Called once, when the history is not what was signed: publishing has then ended. */
  onFatal(failure: LedgerError): void;
  /** Called at each failure that may pass. */
  onRetry?(failure: unknown): void;
}

const RETRY_WAIT_MS = 1000;

/** Looks every `everyMs` whether there is something to publish, until stopped. Any number of processes may do so. */
export function startPublisher(parts: PublisherParts, options: PublishingOptions): Publishing {
  const stopping = new AbortController();
  const wait = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await publishOnce(parts);
        await wait(options.everyMs);
      } catch (failure) {
        if (failure instanceof LedgerError && failure.fatal) return options.onFatal(failure);
        options.onRetry?.(failure);
        await wait(RETRY_WAIT_MS);
      }
    }
  };
  const ended = loop();
  return {
    stop: () => {
      stopping.abort();
      return ended;
    },
  };
}
