// Answers go out on the beat.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as rest } from "node:timers/promises";
import { onTheBeat } from "./beat.ts";

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await onTheBeat(100, work).catch(() => {});
  return performance.now() - begun;
}

test("quick work, slower work and failures are answered no sooner than the same beat", async () => {
  const took = await Promise.all([
    timed(async () => {}),
    timed(() => rest(40)),
    timed(async () => Promise.reject(new Error("no"))),
  ]);
  for (const one of took) assert.ok(one >= 98, `answered after ${one} ms`);
  assert.ok((await timed(() => rest(120))) >= 198);
});

test("nothing is held back without a beat", async () => {
  assert.equal(await onTheBeat(0, async () => "done"), "done");
});
