// A few at once, in order, and nothing further after a failure.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inLanes } from "./in-lanes.ts";

test("answers stand in the order of what was asked, and never are more under way than there are lanes", async () => {
  let [underWay, most] = [0, 0];
  const found = await inLanes([5, 1, 4, 2, 3], 2, async (wait) => {
    most = Math.max(most, (underWay += 1));
    await new Promise((resolve) => setTimeout(resolve, wait));
    underWay -= 1;
    return wait * 10;
  });
  assert.deepEqual([found, most], [[50, 10, 40, 20, 30], 2]);
});

test("a failure is thrown once what was under way has ended, and nothing begins after it", async () => {
  const [begun, ended]: [number[], number[]] = [[], []];
  const work = inLanes([1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    await new Promise((resolve) => setTimeout(resolve, item));
    if (item === 1) throw new Error("the first");
    ended.push(item);
  });
  await assert.rejects(work, /the first/);
  assert.deepEqual([begun, ended], [[1, 2], [2]]);
});
