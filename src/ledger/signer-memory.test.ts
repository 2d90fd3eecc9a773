// The signer's memory survives crashes, crowds and years.
import assert from "node:assert/strict";
import { appendFile, type FileHandle, mkdtemp, open, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { LedgerError } from "./errors.ts";
import type { LedgerErrorCode } from "./errors.ts";
import { hashLeaf } from "./merkle.ts";
import { fileSignerMemory } from "./signer-memory.ts";

let base: string;
let places = 0;
before(async () => {
  base = await mkdtemp(join(tmpdir(), "uberrima-signer-"));
});
after(() => rm(base, { recursive: true }));

const freshFolder = (): string => join(base, String((places += 1)));
const headOf = (size: number) => ({ size, root: hashLeaf(Buffer.from(String(size))) });

function failsWith(code: LedgerErrorCode) {
  return (error: unknown): boolean => error instanceof LedgerError && error.code === code;
}

test("nothing is remembered before the first tree", async () => {
  assert.equal(await fileSignerMemory(freshFolder()).read(), null);
});

test("the largest tree is remembered across processes, in whatever order they wrote", async () => {
  const folder = freshFolder();
  for (const size of [3, 9, 7]) await fileSignerMemory(folder).remember(headOf(size));
  assert.deepEqual(await fileSignerMemory(folder).read(), headOf(9));
});

test("a line torn by a crash neither counts nor spoils the next", async () => {
  const folder = freshFolder();
  const memory = fileSignerMemory(folder);
  await memory.remember(headOf(5));
  await appendFile(join(folder, "signer-00000001.log"), "\n900 AAAA");
  assert.deepEqual(await memory.read(), headOf(5));
  await memory.remember(headOf(6));
  assert.deepEqual(await memory.read(), headOf(6));
});

test("a memory that is there but unreadable is refused, not taken for an empty one", async () => {
  const folder = freshFolder();
  const memory = fileSignerMemory(folder);
  await memory.remember(headOf(5));
  await writeFile(join(folder, "signer-00000001.log"), "not a line\nnor this\n");
  await assert.rejects(memory.read(), failsWith("corrupt"));
});

test("two roots of one size are a fork", async () => {
  const memory = fileSignerMemory(freshFolder());
  await memory.remember(headOf(5));
  await memory.remember({ size: 5, root: hashLeaf(Buffer.from("other")) });
  await assert.rejects(memory.read(), failsWith("forked"));
});

test("stays small however often it is written, and forgets nothing", async () => {
  const folder = freshFolder();
  const memory = fileSignerMemory(folder);
  await memory.remember(headOf(1_000_000));
  // Fills segments without a flush for each line; the public way adds the last line of each.
  for (let segment = 1; segment <= 4; segment += 1) {
    const name = `signer-${String(segment).padStart(8, "0")}.log`;
    const lines = Array.from({ length: 1400 }, (_, at) => `${at} ${headOf(at).root.toString("base64")}\n`).join("");
    await appendFile(join(folder, name), lines);
    await memory.remember(headOf(2000 + segment));
    assert.deepEqual(await memory.read(), headOf(1_000_000), `segment ${segment}`);
  }
  const names = await readdir(folder);
  assert.equal(names.length, 2);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 256 * 1024);
});

test("many writers at once lose nothing", async () => {
  const folder = freshFolder();
  await Promise.all(Array.from({ length: 40 }, (_, at) => fileSignerMemory(folder).remember(headOf(at + 1))));
  assert.deepEqual(await fileSignerMemory(folder).read(), headOf(40));
});

test("a disk that takes a part of a line and then is full: nothing is signed on what is not remembered", async (context) => {
  const folder = freshFolder();
  const memory = fileSignerMemory(folder);
  await memory.remember(headOf(5));
  const handle = await open(join(folder, "signer-00000001.log"), "r");
  const files = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const write = files.write as (this: FileHandle, bytes: Buffer) => Promise<unknown>;
  // As the kernel does it on a disk with so much room left: no error, a smaller count.
  context.mock.method(files, "write", function (this: FileHandle, line: string | Buffer) {
    return write.call(this, Buffer.from(line as string).subarray(0, 20));
  });
  await assert.rejects(memory.remember(headOf(6)), failsWith("unavailable"));
  context.mock.restoreAll();
  assert.deepEqual(await memory.read(), headOf(5), "a torn line counts");
  await memory.remember(headOf(7));
  assert.deepEqual(await memory.read(), headOf(7));
});
