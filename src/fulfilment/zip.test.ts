// Archives: what was put in comes out, and nothing is read ahead of what is sent.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { unzipSync } from "fflate";
import { type ZipFile, zipOf } from "./zip.ts";

const AT = new Date("2026-02-03T04:05:06Z");
const isPacked = fc.option(fc.constant(true as const), { nil: undefined });
const file = fc.record({
  name: fc.stringMatching(/^[a-z]{1,8}\/[a-z0-9]{1,12}\.txt$/),
  pieces: fc.array(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 40_000 })), { maxLength: 6 }),
  isPacked,
});

test("every file comes out to the byte, with its digest told, packed or stored", async () => {
  const files = fc.uniqueArray(file, { selector: ({ name }) => name, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(files, async (given) => {
      const told = new Map<string, string>();
      const made = await Array.fromAsync(zipOf(streamed(given), AT, (name, sha256) => told.set(name, sha256)));
      const found = unzipSync(Buffer.concat(made));
      assert.deepEqual(Object.keys(found).toSorted(), given.map(({ name }) => name).toSorted());
      for (const { name, pieces } of given) {
        const expected = Buffer.concat(pieces.map((piece) => Buffer.from(piece as Uint8Array)));
        assert.ok(Buffer.from(found[name] ?? []).equals(expected), name);
        assert.equal(told.get(name), createHash("sha256").update(expected).digest("hex"));
      }
    }),
    { numRuns: 60 },
  );
});

async function* streamed(
  files: readonly { readonly name: string; readonly pieces: ZipFile["content"]; readonly isPacked: true | undefined }[],
): AsyncGenerator<ZipFile> {
  for (const { name, pieces, isPacked: packed } of files)
    yield { name, content: pieces, ...(packed === undefined ? {} : { isPacked: packed }) };
}

test("a file is asked for when those before it are sent, and holds no more than a piece of it", async () => {
  const [count, size] = [8, 1_000_000];
  let asked = 0;
  let sent = 0;
  let waitingMax = 0;
  const files = async function* (): AsyncGenerator<ZipFile> {
    for (let at = 0; at < count; at += 1) {
      asked += size;
      waitingMax = Math.max(waitingMax, asked - sent);
      yield { name: `${at}.bin`, content: [new Uint8Array(size)], isPacked: true };
    }
  };
  for await (const piece of zipOf(files(), AT, () => {})) sent += piece.length;
  assert.ok(sent > count * size);
  assert.ok(waitingMax <= size, `${waitingMax} bytes waited`);
});
