// Whatever stands where the ledger reads: a note, a checkpoint, a tile, a leaf or the signer's memory is what was written, or is refused.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import {
  damagedBytes,
  damagedText,
  nastyBytes,
  nastyText,
  REFUSED,
  runs,
  tried,
  triedAsync,
} from "../../test/support/test-hostile.ts";
import { checkpointText, parseCheckpointText } from "./checkpoint.ts";
import { openDetail, parseDetail } from "./detail.ts";
import { LedgerError } from "./errors.ts";
import { decodeLeaf, encodeLeaf } from "./leaf.ts";
import { hashLeaf } from "./merkle.ts";
import { noteSigner } from "./note.ts";
import { indexCursor } from "./page.ts";
import { inclusionProof } from "./proof.ts";
import { fileSignerMemory } from "./signer-memory.ts";
import { testKeys } from "./test-keys.ts";
import { parseTilePath, tilePath } from "./tile-path.ts";

const refusing = { error: LedgerError };
const ORIGIN = "fuzz.test/log";
const signer = noteSigner(ORIGIN, Buffer.alloc(32, 9));
const head = { size: 4711, root: hashLeaf(Buffer.from("root")) };

test("a note with anything changed does not open, but for signatures of strangers", () => {
  const text = `${ORIGIN}\n\ufffd\n`;
  const note = signer.sign(text);
  const ours = note.slice(text.length + 1).trimEnd();
  fc.assert(
    fc.property(fc.oneof(damagedText(fc.constant(note)), nastyText), (damaged) => {
      const opened = signer.open(damaged);
      if (opened === null) return;
      assert.equal(opened, text);
      assert.ok(damaged.slice(text.length).split("\n").includes(ours), "a signature in another spelling");
    }),
    runs(1000),
  );
});

test("a note does not open with half a character in place of the sign that UTF-8 makes of it, nor in another spelling of base64", () => {
  const note = signer.sign("\ufffd\n");
  assert.equal(signer.open(note), "\ufffd\n");
  assert.equal(signer.open(note.replace("\ufffd", "\ud800")), null);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  // Of the last digit two bits are not used.
  const last = /(.)=\n$/.exec(note)?.[1] ?? "";
  const other = alphabet[alphabet.indexOf(last) ^ 1] ?? "";
  assert.equal(signer.open(note.replace(/.=\n$/, `${other}=\n`)), null);
});

test("a checkpoint's text is read in its one form only", () => {
  const text = checkpointText(ORIGIN, head);
  fc.assert(
    fc.property(fc.oneof(damagedText(fc.constant(text)), nastyText), (damaged) => {
      const read = parseCheckpointText(ORIGIN, damaged);
      if (read !== null) assert.equal(checkpointText(ORIGIN, read), damaged);
    }),
    runs(600),
  );
});

test("a leaf, a tile's path and a cursor are read in their one form only", () => {
  const leaf = encodeLeaf(1_767_225_600, hashLeaf(Buffer.from("leaf")));
  fc.assert(
    fc.property(fc.oneof(damagedBytes(fc.constant(leaf)), nastyBytes), (bytes) => {
      const read = decodeLeaf(bytes);
      if (read !== null) assert.deepEqual(encodeLeaf(read.at, read.commitment), bytes);
    }),
    runs(600),
  );
  const paths = fc.constantFrom("tile/0/000", "tile/1/x001/x234/067.p/8", "tile/entries/x999/999", "tile/63/000.p/255");
  fc.assert(
    fc.property(fc.oneof(damagedText(paths), nastyText), (path) => {
      const place = parseTilePath(path);
      if (place !== null) assert.equal(tilePath(place), path);
    }),
    runs(1000),
  );
  fc.assert(
    fc.property(fc.oneof(damagedText(fc.constantFrom("0", "4711", "9007199254740991")), nastyText), (cursor) => {
      const index = indexCursor(cursor);
      if (index !== null) assert.equal(String(index), cursor);
    }),
    runs(600),
  );
});

test("a proof from damaged tiles is refused or made of hashes, and nothing worse", async () => {
  const tile = Buffer.concat(Array.from({ length: 256 }, (_, at) => hashLeaf(Buffer.of(at))));
  const tiles = fc.array(fc.oneof(fc.constant(tile), damagedBytes(fc.constant(tile)), nastyBytes), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(tiles, fc.nat({ max: 511 }), async (stored, index) => {
      const read = (ids: readonly object[]) => Promise.resolve(ids.map((_, at) => stored[at] ?? tile));
      const proof = await triedAsync(() => inclusionProof(index, 512, read), refusing);
      if (proof !== REFUSED) for (const hash of proof) assert.equal(hash.length, 32);
    }),
    runs(200),
  );
});

test("a sealed detail that was damaged does not open, and an opened one is JSON or corrupt", () => {
  const keys = testKeys(Buffer.alloc(32, 3));
  fc.assert(
    fc.property(
      nastyBytes,
      (bytes) =>
        void assert.equal(
          tried(() => openDetail(keys, Buffer.alloc(41), bytes), refusing),
          REFUSED,
        ),
    ),
    runs(200),
  );
  fc.assert(
    fc.property(fc.oneof(nastyBytes, damagedBytes(fc.constant(Buffer.from('{"a":{"b":[1,"c"]}}')))), (bytes) => {
      const detail = tried(() => parseDetail(bytes), refusing);
      if (detail !== REFUSED) assert.ok(typeof detail === "object" && detail !== null && !Array.isArray(detail));
    }),
    runs(400),
  );
});

test("the signer's memory, damaged, is a tree that it remembered or is refused: it never grows", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-fuzz-"));
  context.after(() => rm(folder, { recursive: true }));
  const memory = fileSignerMemory(folder);
  const heads = [3, 40, 500].map((size) => ({ size, root: hashLeaf(Buffer.of(size & 0xff)) }));
  const written = Buffer.from(heads.map(({ size, root }) => `\n${size} ${root.toString("base64")}\n`).join(""));
  const known = new Set(heads.map(({ root }) => root.toString("base64")));
  await fc.assert(
    fc.asyncProperty(damagedBytes(fc.constant(written)), async (bytes) => {
      await writeFile(join(folder, "signer-00000001.log"), bytes);
      const read = await triedAsync(() => memory.read(), refusing);
      if (read !== REFUSED && read !== null) assert.equal(Buffer.from(read.root).length, 32);
    }),
    runs(150),
  );
  await writeFile(join(folder, "signer-00000001.log"), written);
  assert.ok(known.has(Buffer.from((await memory.read())?.root ?? []).toString("base64")));
});
