// The hot path: concurrent appends are gathered into one commit, and the next batch forms while one is under way.
import type { SealedEntry } from "./detail.ts";
import { LedgerError } from "./errors.ts";

/** What one sequenced entry became. */
export interface Placed {
  readonly index: number;
  readonly entry: SealedEntry;
}

export interface GathererLimits {
  readonly batchEntriesMax: number;
  /** Up to so many go together; of more that wait, half. */
  readonly batchUnsplitEntriesMax: number;
  /** Of sealed details; one entry alone may exceed it. */
  readonly batchBytesMax: number;
  readonly waitingEntriesMax: number;
  readonly waitingBytesMax: number;
}

const GATHERER_LIMITS: GathererLimits = {
  batchEntriesMax: 256,
  batchUnsplitEntriesMax: 32,
  batchBytesMax: 4 * 1024 * 1024,
  waitingEntriesMax: 16_384,
  waitingBytesMax: 64 * 1024 * 1024,
};

export interface GathererSteps<Result> {
  /** Sequences a batch in one commit: each entry's index, or null where its guard is stale. */
  sequence(entries: readonly SealedEntry[]): Promise<readonly (number | null)[]>;
  /** Runs after the commit, on the entries that were written, in order. */
  finish(placed: readonly Placed[]): readonly Result[];
}

export interface Gatherer<Result> {
  /** Resolves after the commit that holds the entry; null when its guard was stale and nothing was written. */
  append(entry: SealedEntry): Promise<Result | null>;
}

interface Waiting<Result> {
  readonly entry: SealedEntry;
  resolve(result: Result | null): void;
  reject(failure: unknown): void;
}

/**
 * No timer and no delay: a batch is what came in while the one before it was being committed. Of many that wait only half are taken: while those
 * are being committed, the callers of the batch before go on and bring their next entries, so that the processor and the database work at once.
 */
export function startGatherer<Result>(
  steps: GathererSteps<Result>,
  limits: GathererLimits = GATHERER_LIMITS,
): Gatherer<Result> {
  let waiting: Waiting<Result>[] = [];
  let waitingBytes = 0;
  let running = false;

  const takeBatch = (): Waiting<Result>[] => {
    let taken = 0;
    let bytes = 0;
    const half = Math.max(limits.batchUnsplitEntriesMax, Math.ceil(waiting.length / 2));
    const entriesMax = Math.min(limits.batchEntriesMax, half);
    for (const { entry } of waiting) {
      if (taken === entriesMax || (taken > 0 && bytes + entry.sealed.length > limits.batchBytesMax)) break;
      taken += 1;
      bytes += entry.sealed.length;
    }
    const batch = waiting.slice(0, taken);
    waiting = waiting.slice(taken);
    waitingBytes -= bytes;
    return batch;
  };

  const run = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) await settle(steps, takeBatch());
    running = false;
  };

  return {
    append: (entry) => {
      if (waiting.length >= limits.waitingEntriesMax || waitingBytes + entry.sealed.length > limits.waitingBytesMax) {
        return Promise.reject(new LedgerError("busy", "too many entries wait to be sequenced"));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ entry, resolve, reject });
        waitingBytes += entry.sealed.length;
        if (!running) {
          running = true;
          // One turn later, so that requests read from the network together are gathered together.
          setImmediate(() => void run());
        }
      });
    },
  };
}

/** Never throws: every waiting caller gets its answer or its failure. */
async function settle<Result>(steps: GathererSteps<Result>, batch: readonly Waiting<Result>[]): Promise<void> {
  try {
    const indexes = await steps.sequence(batch.map(({ entry }) => entry));
    // One turn later: the next batch is on its way to the database before these callers take the processor.
    setImmediate(() => answerOrReject(steps, batch, indexes));
  } catch (failure) {
    // One entry that the database refuses must not refuse its neighbours: nothing of the batch was written, so try each alone.
    if (batch.length > 1 && isRefusal(failure)) {
      for (const one of batch) await settle(steps, [one]);
    } else {
      for (const { reject } of batch) reject(failure);
    }
  }
}

function answerOrReject<Result>(
  steps: GathererSteps<Result>,
  batch: readonly Waiting<Result>[],
  indexes: readonly (number | null)[],
): void {
  try {
    answer(steps, batch, indexes);
  } catch (failure) {
    for (const { reject } of batch) reject(failure);
  }
}

function answer<Result>(
  steps: GathererSteps<Result>,
  batch: readonly Waiting<Result>[],
  indexes: readonly (number | null)[],
): void {
  const placed = batch.flatMap(({ entry }, at) => {
    const index = indexes[at];
    return index === null || index === undefined ? [] : [{ index, entry }];
  });
  const results = steps.finish(placed);
  let written = 0;
  batch.forEach(({ resolve }, at) => {
    const index = indexes[at];
    if (index === null || index === undefined) resolve(null);
    else resolve(results[written++]!);
  });
}

function isRefusal(failure: unknown): boolean {
  return failure instanceof LedgerError && (failure.code === "bad-draft" || failure.code === "duplicate-entry");
}
