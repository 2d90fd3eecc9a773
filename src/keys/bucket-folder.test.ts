// The local bucket store: one winner, no history, and no loss at a crash.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { link, mkdtemp, open, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
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
  assert.equal((await stat(join(folder, "00", "0001-1.json"))).mode & 0o777, 0o600);
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

test("a process that wakes in the middle of a change neither brings back what others destroyed nor loses what they added", async () => {
  const keys = Array.from({ length: 8 }, (_, at) => ({ version: at + 1, key: randomBytes(65) }));
  const other = await openBucketFolder(folder);
  for (let round = 0; round < 20; round += 1) {
    for (const key of keys.slice(0, 4)) await store.add(round, key);
    // As if each had lost its row lock to the next one without knowing.
    const adding = keys.slice(4).map((key) => other.add(round, key));
    const destroying = keys.slice(0, 4).map(({ version }) => store.destroy(round, version));
    await Promise.all([...adding, ...destroying]);
    assert.deepEqual(await store.read(round), keys.slice(4));
  }
});

test("leaves no byte of a destroyed key behind, under no name and under none", async () => {
  const [old, kept] = [randomBytes(65), randomBytes(65)];
  await store.add(5, { version: 1, key: old });
  await store.add(5, { version: 2, key: kept });
  // Open files show what becomes of content that has lost its name.
  const discarded = [await open(join(folder, "00", "0005-1.json")), await open(join(folder, "00", "0005-2.json"))];
  await store.destroy(5, 1);
  await store.destroy(5, 1);
  assert.deepEqual(await store.read(5), [{ version: 2, key: kept }]);
  assert.deepEqual(await readdir(join(folder, "00")), ["0005-2.json"]);
  await store.destroy(5, 2);
  assert.deepEqual(await readdir(join(folder, "00")), []);
  for (const file of discarded) {
    const content = await file.readFile();
    assert.ok(content.length > 100 && content.every((byte) => byte === 0));
    await file.close();
  }
});

test("tells of no key as gone while a dead process has left some of it", async () => {
  const [first, second] = [randomBytes(65), randomBytes(65)];
  for (const [at, key] of [first, second].entries()) await store.add(5, { version: at + 1, key });
  const path = join(folder, "00", "0005-1.json");
  // Died after giving the key its name and before taking the temporary one away; another died over destroying it.
  await link(path, `${path}.aa.tmp`);
  await rename(path, `${path}.bb.discarded`);
  const file = await open(`${path}.aa.tmp`);
  assert.deepEqual(await store.read(5), [{ version: 2, key: second }]);
  assert.deepEqual(await readdir(join(folder, "00")), ["0005-2.json"]);
  assert.ok((await file.readFile()).every((byte) => byte === 0));
  await file.close();
});

test("finishes after a crash what was being discarded", async () => {
  const path = join(folder, "00", "0005-1.json.aa.discarded");
  await writeFile(path, "what is left of a key", { mode: 0o600 });
  const file = await open(path);
  await openBucketFolder(folder);
  assert.deepEqual(await readdir(join(folder, "00")), []);
  assert.ok((await file.readFile()).every((byte) => byte === 0));
  await file.close();
});

test("a crash between the two names of a living file does not cost its content", async () => {
  const key = { version: 1, key: randomBytes(65) };
  await store.add(5, key);
  const temporary = join(folder, "00", "0005-1.json.bb.tmp");
  await link(join(folder, "00", "0005-1.json"), temporary);
  const old = new Date(Date.now() - 3_600_000);
  await utimes(temporary, old, old);
  const reopened = await openBucketFolder(folder);
  assert.deepEqual(await reopened.read(5), [key]);
  assert.deepEqual(await readdir(join(folder, "00")), ["0005-1.json"]);
});

test("removes half-written files, but not those another process is still writing", async () => {
  const name = (mark: string): string => join(folder, "00", `0006-1.json.${mark}.tmp`);
  await writeFile(name("aa"), "half", { mode: 0o600 });
  await writeFile(name("bb"), "being written", { mode: 0o600 });
  const old = new Date(Date.now() - 3_600_000);
  await utimes(name("aa"), old, old);
  await openBucketFolder(folder);
  assert.deepEqual(await readdir(join(folder, "00")), ["0006-1.json.bb.tmp"]);
});

test("says that a file is damaged without quoting it", async () => {
  const moved = '{"format":"uberrima-bucket-v2","bucket":8,"version":1,"key":"c2VjcmV0"}';
  for (const content of ["{", "[]", moved, '{"secret":"c2VjcmV0"}']) {
    await writeFile(join(folder, "00", "0007-1.json"), content, { mode: 0o600 });
    await assert.rejects(store.read(7), {
      code: "bucket-store-damaged",
      message: "a file of the bucket store cannot be read",
    });
  }
});
