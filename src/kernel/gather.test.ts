// Concurrent loads merged into few.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gathered } from "./gather.ts";

describe("gathering", () => {
  test("gives each caller the answer in its place, and a failure to its own batch alone", async () => {
    let calls = 0;
    const load = gathered(async (requests: readonly number[]) => {
      calls += 1;
      if (requests.includes(13)) throw new Error("unlucky");
      return requests.map((request) => request * 2);
    });
    assert.deepEqual(await Promise.all([1, 2, 3].map(load)), [2, 4, 6]);
    assert.equal(calls, 1);
    await assert.rejects(Promise.all([12, 13].map(load)), /unlucky/);
    assert.equal(await load(14), 28);
  });

  test("never has more than two batches under way and none larger than 256, however many ask", async () => {
    let underWay = 0;
    let most = 0;
    let largest = 0;
    const load = gathered(async (requests: readonly number[]) => {
      underWay += 1;
      most = Math.max(most, underWay);
      largest = Math.max(largest, requests.length);
      await new Promise((resolve) => setTimeout(resolve, 2));
      underWay -= 1;
      return requests;
    });
    const asked = Array.from({ length: 2000 }, (_, nth) => nth);
    assert.deepEqual(await Promise.all(asked.map(load)), asked);
    assert.deepEqual([most, largest], [2, 256]);
  });

  test("never lets requests of different size exceed a batch together, though one may alone", async () => {
    const batches: number[][] = [];
    const load = gathered(
      async (requests: readonly number[]) => {
        batches.push([...requests]);
        return requests;
      },
      { sizeOf: (request) => request, sizeMax: 10 },
    );
    await Promise.all([4, 6, 1, 30, 2, 8].map(load));
    assert.deepEqual(batches, [[4, 6], [1], [30], [2, 8]]);
  });
});
