// The gatherer gives every caller its own answer, whatever the batches.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { startGatherer } from "./append.ts";
import type { SealedEntry } from "./detail.ts";
import { sealEntry } from "./detail.ts";
import { LedgerError } from "./errors.ts";
import type { LedgerErrorCode } from "./errors.ts";
import { testKeys } from "./test-keys.ts";
import { draft, upTo } from "./test-ledger.ts";

function failsWith(code: LedgerErrorCode) {
  return (error: unknown): boolean => error instanceof LedgerError && error.code === code;
}

const WIDE = {
  batchEntriesMax: 100,
  batchUnsplitEntriesMax: 100,
  batchBytesMax: 1e9,
  waitingEntriesMax: 100,
  waitingBytesMax: 1e9,
};

describe("the gatherer", () => {
  const keys = testKeys();
  const sealed = (text: string): SealedEntry => sealEntry(keys, draft({ detail: { text } }), 1);

  test("answers every caller with its own place, whatever the batches and stale guards", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 7 }),
        async (fresh, batchEntriesMax, batchUnsplitEntriesMax) => {
          const entries = fresh.map((_, at) => sealed(String(at)));
          let size = 0;
          const batches: number[] = [];
          const gatherer = startGatherer<{ index: number; entry: SealedEntry }>(
            {
              sequence: async (batch) => {
                batches.push(batch.length);
                await new Promise((resolve) => setImmediate(resolve));
                return batch.map((entry) => (fresh[entries.indexOf(entry)] === true ? size++ : null));
              },
              finish: (placed) => placed,
            },
            { ...WIDE, batchEntriesMax, batchUnsplitEntriesMax },
          );
          const results = await Promise.all(entries.map((entry) => gatherer.append(entry)));
          results.forEach((result, at) => assert.equal(result?.entry ?? null, fresh[at] === true ? entries[at] : null));
          assert.deepEqual(
            results.flatMap((result) => (result === null ? [] : [result.index])),
            upTo(size),
          );
          assert.ok(batches.every((length) => length >= 1 && length <= batchEntriesMax));
        },
      ),
    );
  });

  test("cuts batches by bytes and refuses what would wait beyond its bounds", async () => {
    const entries = ["a", "b", "c"].map((text) => sealed(text.repeat(1000)));
    const batches: number[] = [];
    const gatherer = startGatherer<number>(
      {
        sequence: (batch) => {
          batches.push(batch.length);
          return Promise.resolve(batch.map((_, at) => at));
        },
        finish: (placed) => placed.map(({ index }) => index),
      },
      { ...WIDE, batchBytesMax: 1500, waitingEntriesMax: 3, waitingBytesMax: 10_000 },
    );
    const waiting = entries.map((entry) => gatherer.append(entry));
    await assert.rejects(gatherer.append(sealed("d")), failsWith("busy"));
    await Promise.all(waiting);
    assert.deepEqual(batches, [1, 1, 1]);
    await assert.rejects(gatherer.append(sealed("e".repeat(20_000))), failsWith("busy"));
    assert.equal(await gatherer.append(sealed("f")), 0);
  });

  test("takes half of many that wait, and has them on their way before the callers of the batch before go on", async () => {
    const told: string[] = [];
    const gatherer = startGatherer<null>(
      {
        sequence: async (batch) => {
          told.push(`sent ${batch.length}`);
          await new Promise((resolve) => setImmediate(resolve));
          return batch.map((_, at) => at);
        },
        finish: (placed) => placed.map(() => null),
      },
      { ...WIDE, batchUnsplitEntriesMax: 4 },
    );
    const first = gatherer.append(sealed("first")).then(() => told.push("first goes on"));
    await Promise.all([first, ...upTo(11).map((at) => gatherer.append(sealed(String(at))))]);
    assert.deepEqual(told, ["sent 6", "sent 4", "first goes on", "sent 2"]);
  });

  test("gives a failure to exactly those who waited for it, and goes on", async () => {
    let fail = true;
    const gatherer = startGatherer<number>({
      sequence: (batch) => {
        if (!fail) return Promise.resolve(batch.map((_, at) => at));
        fail = false;
        return Promise.reject(new LedgerError("unavailable", "gone"));
      },
      finish: (placed) => placed.map(({ index }) => index),
    });
    const results = await Promise.allSettled([gatherer.append(sealed("a")), gatherer.append(sealed("b"))]);
    assert.ok(results.every((result) => result.status === "rejected" && failsWith("unavailable")(result.reason)));
    assert.equal(await gatherer.append(sealed("c")), 0);
  });
});
