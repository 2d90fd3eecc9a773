// A folder made by several at once, or left half way, is found whole or not at all.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { laidOnce } from "./laid-once.ts";

test("of several who make a folder at the same time each finds it whole, and nothing is left beside it", async (t) => {
  const place = await placeOf(t);
  const folder = join(place, "made");
  const found = await Promise.all(
    ["first", "second", "third"].map(async (name) => {
      await laidOnce(folder, (own) => layInSteps(own, name));
      return readParts(folder);
    }),
  );
  for (const parts of found) assert.deepEqual(parts, found[0]);
  assert.equal(new Set(found[0]).size, 1, "one maker's, and not parts of several");
  assert.deepEqual(await readdir(place), ["made"]);
});

test("what was left half way is not taken for the folder, and a failure leaves nothing", async (t) => {
  const place = await placeOf(t);
  const folder = join(place, "made");
  await assert.rejects(
    laidOnce(folder, async (own) => {
      await writeFile(join(own, "a"), "half");
      throw new Error("no room");
    }),
    /no room/,
  );
  assert.deepEqual(await readdir(place), []);
  await laidOnce(folder, (own) => layInSteps(own, "whole"));
  assert.deepEqual(await readParts(folder), ["whole", "whole"]);
});

test("a folder that is there is not made again", async (t) => {
  const folder = join(await placeOf(t), "made");
  await laidOnce(folder, (own) => layInSteps(own, "before"));
  await laidOnce(folder, () => assert.fail("made again"));
  assert.ok(existsSync(folder));
});

async function placeOf(t: { after(work: () => Promise<void>): void }): Promise<string> {
  const place = await mkdtemp(join(tmpdir(), "uberrima-laid-"));
  t.after(() => rm(place, { recursive: true }));
  return place;
}

async function layInSteps(folder: string, content: string): Promise<void> {
  await writeFile(join(folder, "a"), content);
  await setImmediate();
  await writeFile(join(folder, "b"), content);
}

function readParts(folder: string): Promise<string[]> {
  return Promise.all(["a", "b"].map((name) => readFile(join(folder, name), "utf8")));
}
