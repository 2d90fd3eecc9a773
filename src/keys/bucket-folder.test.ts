// The local bucket store: one winner, no history, and no loss at a crash.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { link, mkdtemp, open, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { openBucketFolder } from "./bucket-folder.ts";
import type { BucketStore } from "./bucket-store.ts";

let parent: string;
let folder: string;
let store: BucketStore;
let count = 0;

before(async () => {
  parent = await mkdtemp(join(tmpdir(), "uberrima-buckets-"));
});
beforeEach(async () => {
  folder = join(parent, String((count += 1)));
  store = await openBucketFolder(folder);
});
after(() => rm(parent, { recursive: true, force: true }));

test("gives back what was added, the current key first", async () => {
  const [current, next] = [
    { version: 3, key: randomBytes(65) },
    { version: 4, key: randomBytes(65) },
  ];
  assert.deepEqual(await store.read(12), []);
  await store.add(12, current);
  await store.add(12, next);
  assert.deepEqual(await store.read(12), [current, next]);
  assert.deepEqual(await store.read(13), []);
  assert.deepEqual(await (await openBucketFolder(folder)).read(12), [current, next]);
});

test("lets only its owner read a bucket", async () => {
  await store.add(1, { version: 1, key: randomBytes(65) });
  assert.equal((await stat(join(folder, "0001.json"))).mode & 0o777, 0o600);
});

test("never takes another key for a version it has", async () => {
  const key = { version: 1, key: randomBytes(65) };
  await store.add(1, key);
  await assert.rejects(store.add(1, { version: 1, key: randomBytes(65) }), { code: "bucket-key-exists" });
  assert.deepEqual(await store.read(1), [key]);
});

test("of many that add the first key together, one wins", async () => {
  const keys = Array.from({ length: 20 }, () => ({ version: 1, key: randomBytes(65) }));
  const outcomes = await Promise.allSettled(keys.map((key) => store.add(9, key)));
  const won = keys.filter((_, at) => outcomes[at]?.status === "fulfilled");
  assert.equal(won.length, 1);
  assert.deepEqual(await store.read(9), won);
});

test("leaves no byte of a destroyed key behind, under no name and under none", async () => {
  const [old, kept] = [randomBytes(65), randomBytes(65)];
  await store.add(5, { version: 1, key: old });
  // Open files show what becomes of content that has lost its name.
  const discarded = [await open(join(folder, "0005.json"))];
  await store.add(5, { version: 2, key: kept });
  discarded.push(await open(join(folder, "0005.json")));
  await store.destroy(5, 1);
  await store.destroy(5, 1);
  assert.deepEqual(await store.read(5), [{ version: 2, key: kept }]);
  assert.deepEqual(await readdir(folder), ["0005.json"]);
  discarded.push(await open(join(folder, "0005.json")));
  await store.destroy(5, 2);
  assert.deepEqual(await readdir(folder), []);
  for (const file of discarded) {
    const content = await file.readFile();
    assert.ok(content.length > 100 && content.every((byte) => byte === 0));
    await file.close();
  }
});

test("finishes after a crash what was being discarded", async () => {
  const path = join(folder, "0005.json.aa.discarded");
  await writeFile(path, "what is left of a key", { mode: 0o600 });
  const file = await open(path);
  await openBucketFolder(folder);
  assert.deepEqual(await readdir(folder), []);
  assert.ok((await file.readFile()).every((byte) => byte === 0));
  await file.close();
});

test("a crash between the two names of a living file does not cost its content", async () => {
  const key = { version: 1, key: randomBytes(65) };
  await store.add(5, key);
  await link(join(folder, "0005.json"), join(folder, "0005.json.aa.discarded"));
  await link(join(folder, "0005.json"), join(folder, "0005.json.bb.tmp"));
  const old = new Date(Date.now() - 3_600_000);
  await utimes(join(folder, "0005.json.bb.tmp"), old, old);
  const reopened = await openBucketFolder(folder);
  assert.deepEqual(await reopened.read(5), [key]);
  assert.deepEqual(await readdir(folder), ["0005.json"]);
});

test("removes half-written files, but not those another process is still writing", async () => {
  await writeFile(join(folder, "0006.json.aa.tmp"), "half", { mode: 0o600 });
  await writeFile(join(folder, "0006.json.bb.tmp"), "being written", { mode: 0o600 });
  const old = new Date(Date.now() - 3_600_000);
  await utimes(join(folder, "0006.json.aa.tmp"), old, old);
  await openBucketFolder(folder);
  assert.deepEqual(await readdir(folder), ["0006.json.bb.tmp"]);
});

test("says that a file is damaged without quoting it", async () => {
  for (const content of ["{", "[]", '{"format":"uberrima-bucket-v1","bucket":8,"keys":[]}', '{"secret":"c2VjcmV0"}']) {
    await writeFile(join(folder, "0007.json"), content, { mode: 0o600 });
    await assert.rejects(store.read(7), {
      code: "bucket-store-damaged",
      message: "a file of the bucket store cannot be read",
    });
  }
});
