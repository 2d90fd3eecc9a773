// A whole log is verified from its files, and whatever was rewritten in it is named.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { VerifyError } from "./errors.ts";
import type { VerifyErrorCode } from "./errors.ts";
import { checkpointOf, logFiles, readVectors, testLeaves, testSigner, writeLog } from "./test-log.ts";
import { tilePath } from "./tile-path.ts";
import { verifyLog } from "./verify-log.ts";

const ORIGIN = "log.test/one";
const signer = testSigner(ORIGIN, 3);
const key = signer.verifierKey;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "uberrima-verify-"));
});
after(() => rm(folder, { recursive: true }));

let logs = 0;
async function written(files: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const place = join(folder, String((logs += 1)));
  await writeLog(place, files);
  return place;
}

function logOf(size: number, salt = ""): { files: Map<string, Uint8Array>; checkpoint: string } {
  const leaves = testLeaves(size, salt);
  const checkpoint = checkpointOf(signer, ORIGIN, leaves);
  return { files: logFiles(leaves, checkpoint), checkpoint };
}

function failsWith(code: VerifyErrorCode) {
  return (error: unknown): boolean => error instanceof VerifyError && error.code === code;
}

test("tile paths are those of the specification", () => {
  const { paths } = readVectors<{
    paths: { level: number | "entries"; number: number; width: number; path: string }[];
  }>("tlog-tiles");
  for (const { level, number, width, path } of paths) assert.equal(tilePath(level, number, width), path);
});

test("a log of any size verifies from its files", async () => {
  for (const size of [0, 1, 2, 255, 256, 257, 511, 512, 700]) {
    const { files, checkpoint } = logOf(size);
    const seen: number[] = [];
    const verified = await verifyLog(await written(files), key, { onProgress: (entries) => seen.push(entries) });
    assert.deepEqual(
      [verified.origin, verified.size, verified.checkpoint, verified.continues],
      [ORIGIN, size, checkpoint, null],
    );
    assert.equal(seen.at(-1) ?? 0, size);
  }
});

test("a log that has grown continues every checkpoint it ever signed", async () => {
  const place = await written(logOf(700).files);
  for (const size of [0, 1, 255, 256, 257, 512, 699, 700]) {
    const verified = await verifyLog(place, key, { remembered: logOf(size).checkpoint });
    assert.equal(verified.continues, size);
  }
});

test("a log that has shrunk or was rewritten is named as such", async () => {
  const place = await written(logOf(300).files);
  await assert.rejects(verifyLog(place, key, { remembered: logOf(301).checkpoint }), failsWith("log-shrunk"));
  for (const size of [1, 256, 299, 300]) {
    await assert.rejects(
      verifyLog(place, key, { remembered: logOf(size, "other").checkpoint }),
      failsWith("log-forked"),
    );
  }
  const stranger = testSigner(ORIGIN, 4);
  const foreign = checkpointOf(stranger, ORIGIN, testLeaves(100));
  await assert.rejects(verifyLog(place, key, { remembered: foreign }), failsWith("bad-signature"));
});

test("any bit flipped in any file of the log is caught", async () => {
  const { files } = logOf(600);
  const place = await written(files);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files.keys()), fc.nat(), async (path, pick) => {
      const good = files.get(path)!;
      const bad = Buffer.from(good);
      bad[(pick >> 3) % bad.length]! ^= 1 << (pick & 7);
      await writeFile(join(place, path), bad);
      await assert.rejects(verifyLog(place, key), VerifyError);
      await writeFile(join(place, path), good);
    }),
    { numRuns: 60 },
  );
  await verifyLog(place, key);
});

test("entries removed, added or reordered behind a signed checkpoint are caught", async () => {
  const leaves = testLeaves(400);
  const checkpoint = checkpointOf(signer, ORIGIN, leaves);
  const swapped = leaves.with(10, leaves[11]!).with(11, leaves[10]!);
  const removed = [...leaves.slice(0, 100), ...leaves.slice(101), leaves[399]!];
  for (const rewritten of [swapped, removed]) {
    await assert.rejects(verifyLog(await written(logFiles(rewritten, checkpoint)), key), failsWith("root-differs"));
  }
  const truncated = logFiles(leaves.slice(0, 399), checkpoint);
  await assert.rejects(verifyLog(await written(truncated), key), failsWith("missing"));
});

test("a file that is missing or larger than it can be is named", async () => {
  const { files } = logOf(600);
  const place = await written(files);
  for (const path of files.keys()) {
    await rm(join(place, path));
    await assert.rejects(verifyLog(place, key), failsWith("missing"));
    await writeFile(join(place, path), Buffer.alloc(2 * 1024 * 1024));
    await assert.rejects(verifyLog(place, key), failsWith("malformed"));
    await writeFile(join(place, path), files.get(path)!);
  }
  await verifyLog(place, key);
});

test("a log is verified over HTTP, also where partial tiles have given way to full ones", async (context) => {
  const { checkpoint, files } = logOf(300);
  const grown = logFiles(testLeaves(512), checkpoint);
  const server = createServer((request, response) => {
    const path = request.url!.replace("/log/", "");
    const content = path.startsWith("tile/1/") ? files.get(path) : grown.get(path);
    response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`;
  assert.equal((await verifyLog(base, key)).size, 300);
  assert.equal((await verifyLog(`${base}/`, key, { remembered: checkpoint })).continues, 300);
  await assert.rejects(verifyLog(`${base}2`, key), failsWith("missing"));
});

test("a log that does not answer is unreachable, not false", async () => {
  await assert.rejects(verifyLog("http://127.0.0.1:1/log", key), failsWith("unreachable"));
});
