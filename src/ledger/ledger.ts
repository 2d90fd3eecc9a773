// The ledger: what happened is sequenced, promised, published and proven here. Wires the parts of this folder together.
import type { Uuid } from "../kernel/bytes.ts";
import { unixSeconds } from "../kernel/clock.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Database, Querier, Transaction } from "../postgres/database.ts";
import { startGatherer } from "./append.ts";
import type { Placed } from "./append.ts";
import { sealEntry } from "./detail.ts";
import type { LedgerKeys, SealedEntry } from "./detail.ts";
import { assertDraft } from "./entry-draft.ts";
import type { EntryDraft } from "./entry-draft.ts";
import { LedgerError } from "./errors.ts";
import { openLogKeys } from "./log-keys.ts";
import type { LogKeys } from "./log-keys.ts";
import { jointSigner } from "./joint-signer.ts";
import type { NoteSigner } from "./note.ts";
import { promiseBatch, promiseKeyName } from "./promise.ts";
import type { LedgerPromise } from "./promise.ts";
import { assertHistory, startPublisher } from "./publish.ts";
import type { Publishing } from "./publish.ts";
import { openReader } from "./read.ts";
import type { LedgerReader } from "./read.ts";
import { resealBatch } from "./reseal.ts";
import type { ResealProgress } from "./reseal.ts";
import type { SignerMemory } from "./signer-memory.ts";
import { appendEntries, openLogRows } from "./store.ts";

export type { LedgerKeys } from "./detail.ts";
export type { LogKey } from "./handover.ts";
export type { EntryDraft, EntryKind, Guard, Outcome, Subject } from "./entry-draft.ts";
export { ENTRY_KINDS, OUTCOMES } from "./entry-draft.ts";
export { LedgerError } from "./errors.ts";
export type { LedgerErrorCode } from "./errors.ts";
export type { Page, PageRequest } from "./page.ts";
export type { LedgerPromise } from "./promise.ts";
export type { EntryFilter, EntryView, Reader } from "./store-read.ts";
export type { CustomerSeen } from "./store-seen.ts";
export { fileSignerMemory } from "./signer-memory.ts";
export type { SignerMemory } from "./signer-memory.ts";
export type { Viewer } from "./store-statistics.ts";
export type { Period } from "./statistics.ts";
export type { Usage } from "./store-usage.ts";
export type { TailEntry } from "./tail.ts";
export { parseTilePath } from "./tile-path.ts";
export type { TilePlace } from "./tile-path.ts";
export type { Detail } from "./detail.ts";
export type { LedgerReader, OpenedEntry, Opening } from "./read.ts";
export { checkLedger } from "./check-ledger.ts";
export type { CheckedEntry, Discrepancy, DiscrepancyCode } from "./check-ledger.ts";

/** An entry whose place in the log is fixed. */
export interface Place {
  readonly index: number;
  readonly entryId: Uuid;
  /** Whole seconds since the Unix epoch. */
  readonly at: number;
  /** The 41 bytes of the leaf. */
  readonly leaf: Buffer;
}

export interface Sequenced extends Place {
  readonly promise: LedgerPromise;
}

export interface Ledger extends LedgerReader, LogKeys {
  readonly origin: string;
  /** Verifier key of checkpoints, the newest. */
  readonly logKey: string;
  /** Verifier key of promises, the newest. */
  readonly promiseKey: string;
  /**
   * Resolves after the commit. Null when a guard was stale: nothing is written, the decision is to be taken anew. Rejects with LedgerError; after "unavailable" the
   * entry may stand nevertheless (the answer was lost, not the commit), so that nothing may be released on it and it is decided anew under a new id.
   */
  append(draft: EntryDraft): Promise<Sequenced | null>;
  /**
   * Writes inside the caller's transaction, as its last step (the log's row stays locked until it ends). All or nothing: throws LedgerError "stale"
   * when one guard is stale. The entries stand only once the transaction commits.
   */
  appendIn(tx: Transaction, drafts: readonly EntryDraft[]): Promise<Place[]>;
  /** After a rotation of the detail key: one batch of details sealed again under the newest version, from `after` on. */
  resealBatch(after: ResealProgress["next"]): Promise<ResealProgress>;
  /** Publishes checkpoints until stopped, and halts this ledger when the history is not what was signed. */
  startPublishing(options?: { readonly everyMs?: number; onFailure?(failure: unknown): void }): Publishing;
}

export interface LedgerOptions {
  readonly database: Database;
  /** Where gathered batches are sent, one at a time; the database when absent. */
  readonly appendOn?: Querier;
  readonly keys: LedgerKeys;
  readonly clock: Clock;
  /** The log's name: lower-case, without spaces, such as `ledger.example.com/main`. */
  readonly origin: string;
  readonly logShard: number;
  readonly signerMemory: SignerMemory;
}

const PUBLISH_EVERY_MS = 200;
const DRAFTS_MAX = 256;

/**
 * Opens the log of a shard, making its rows the first time. Throws LedgerError "wrong-origin", "rolled-back" or "forked" when the database does not hold
 * the history that the signer's memory knows.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { database, keys, clock, origin, logShard } = options;
  const signer = jointSigner(origin, () => keys.signingSeeds("ledger-signing"));
  const promiser = jointSigner(promiseKeyName(origin), () => keys.signingSeeds("promise-signing"));
  await openLogRows(database, logShard, origin);
  const parts = { database, clock, origin, logShard, signer, memory: options.signerMemory };
  await assertHistory(parts);
  const sequencer = openSequencer(options.appendOn ?? database, logShard);
  const gatherer = startGatherer({
    sequence: sequencer.sequence,
    finish: (placed) => promisePlaced(origin, promiser, placed),
  });
  const seal = (draft: EntryDraft): SealedEntry => {
    assertDraft(draft);
    return sealEntry(keys, draft, unixSeconds(clock));
  };
  return {
    ...openReader({ database, keys, origin, logShard, signer }),
    origin,
    ...openLogKeys({ database, clock, signers: { "ledger-signing": signer, "promise-signing": promiser } }, logShard),
    get logKey() {
      return signer.verifierKey;
    },
    get promiseKey() {
      return promiser.verifierKey;
    },
    append: async (draft) => gatherer.append(seal(draft)),
    appendIn: async (tx, drafts) => {
      sequencer.assertRunning();
      return appendWithin(tx, logShard, drafts, seal);
    },
    resealBatch: (after) => resealBatch({ database, keys }, after),
    startPublishing: (publishing = {}) =>
      startPublisher(parts, {
        everyMs: publishing.everyMs ?? PUBLISH_EVERY_MS,
        onFatal: (failure) => {
          sequencer.halt(failure);
          publishing.onFailure?.(failure);
        },
        onRetry: (failure) => publishing.onFailure?.(failure),
      }),
  };
}

interface Sequencer {
  /** Throws what halted the ledger. */
  assertRunning(): void;
  sequence(entries: readonly SealedEntry[]): Promise<(number | null)[]>;
  halt(failure: LedgerError): void;
}

/** Sequences for this process; refuses for good once history is known to be broken. */
function openSequencer(on: Querier, logShard: number): Sequencer {
  let halted: LedgerError | null = null;
  let newest = -1;
  const assertForward = (indexes: readonly (number | null)[]): void => {
    for (const index of indexes) {
      if (index === null) continue;
      if (index <= newest) halted ??= new LedgerError("rolled-back", "the database gave out an index a second time");
      newest = Math.max(newest, index);
    }
  };
  const assertRunning = (): void => {
    if (halted !== null) throw halted;
  };
  return {
    assertRunning,
    sequence: async (entries) => {
      assertRunning();
      const indexes = await appendEntries(on, logShard, entries);
      // Batches of one process follow each other, so that indexes can only rise: a failover that lost entries shows here at once.
      assertForward(indexes);
      assertRunning();
      return indexes;
    },
    halt: (failure) => {
      halted = failure;
    },
  };
}

function promisePlaced(origin: string, promiser: NoteSigner, placed: readonly Placed[]): Sequenced[] {
  const leaves = placed.map(({ index, entry }) => ({ index, at: entry.at, leaf: entry.leaf }));
  const promises = promiseBatch(origin, promiser, leaves);
  return placed.map(({ index, entry }, at) => ({
    index,
    entryId: entry.draft.entryId,
    at: entry.at,
    leaf: entry.leaf,
    promise: promises[at]!,
  }));
}

async function appendWithin(
  tx: Transaction,
  logShard: number,
  drafts: readonly EntryDraft[],
  seal: (draft: EntryDraft) => SealedEntry,
): Promise<Place[]> {
  if (drafts.length === 0) return [];
  if (drafts.length > DRAFTS_MAX)
    throw new LedgerError("bad-draft", `at most ${DRAFTS_MAX} entries are appended at once`);
  const entries = drafts.map(seal);
  const indexes = await appendEntries(tx, logShard, entries);
  return entries.map(({ draft, at, leaf }, place) => {
    const index = indexes[place];
    if (index === null || index === undefined) throw new LedgerError("stale", "what this was decided on has changed");
    return { index, entryId: draft.entryId, at, leaf };
  });
}
