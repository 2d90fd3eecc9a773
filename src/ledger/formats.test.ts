// Leaves, checkpoints, receipts, promises, notes and tile paths are those of the published and golden vectors.
import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../kernel/bytes.ts";
import { canonicalJson } from "../kernel/canonical-json.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { checkpointText, parseCheckpointText } from "./checkpoint.ts";
import { commit, decodeLeaf, encodeLeaf } from "./leaf.ts";
import { hashLeaf, rootOfHashes } from "./merkle.ts";
import { noteSigner } from "./note.ts";
import { promiseBatch, promiseKeyName } from "./promise.ts";
import { receiptText } from "./receipt.ts";
import { auditPath } from "./test-reference-tree.ts";
import { fromHex, readVectors, unbase64 } from "./test-vectors.ts";
import type { LedgerVectors, NoteVectors, TileVectors } from "./test-vectors.ts";
import { parseTilePath, tilePath, tileWidth } from "./tile-path.ts";

const golden = readVectors<LedgerVectors>("ledger");
const logSigner = noteSigner(golden.origin, fromHex(golden.logSeed));
const leaves = golden.entries.map((entry) => unbase64(entry.leaf));

test("leaves are the golden ones", () => {
  for (const { r, detail, time, leaf, leafHash } of golden.entries) {
    assert.equal(canonicalJson(JSON.parse(detail) as Json), detail);
    const encoded = encodeLeaf(time, commit(unbase64(r), utf8(detail)));
    assert.equal(encoded.toString("base64"), leaf);
    assert.equal(hashLeaf(encoded).toString("base64"), leafHash);
    assert.equal(decodeLeaf(encoded)?.at, time);
  }
});

test("a blinding value of another length is refused", () => {
  for (const length of [0, 31, 33, 64]) assert.throws(() => commit(new Uint8Array(length), utf8("{}")), RangeError);
});

test("bytes that are no leaf of a known format are not read as one", () => {
  const leaf = leaves[0]!;
  assert.equal(decodeLeaf(leaf.subarray(1)), null);
  assert.equal(decodeLeaf(Buffer.concat([leaf, Buffer.of(0)])), null);
  assert.equal(decodeLeaf(Buffer.concat([Buffer.of(2), leaf.subarray(1)])), null);
});

test("checkpoints, receipts and promises are the golden ones, byte for byte", () => {
  assert.equal(logSigner.verifierKey, golden.logKey);
  const checkpoints = new Map<number, string>();
  for (const { size, note } of golden.checkpoints) {
    const root = rootOfHashes(leaves.slice(0, size).map(hashLeaf));
    assert.equal(logSigner.sign(checkpointText(golden.origin, { size, root })), note);
    checkpoints.set(size, note);
  }
  for (const { index, size, text } of golden.receipts) {
    const checkpoint = checkpoints.get(size) ?? text.slice(text.indexOf("\n\n") + 2);
    const path = auditPath(index, leaves.slice(0, size));
    assert.equal(receiptText({ index, leaf: leaves[index]!, path, checkpoint }), text);
  }
  const promiser = noteSigner(promiseKeyName(golden.origin), fromHex(golden.promiseSeed));
  assert.equal(promiser.verifierKey, golden.promiseKey);
  const batch = golden.promises.map(({ index, time, leaf }) => ({ index, at: time, leaf: unbase64(leaf) }));
  assert.deepEqual(promiseBatch(golden.origin, promiser, batch), golden.promises);
});

test("a checkpoint of another origin, spelling or length is not read", () => {
  const { origin } = golden;
  const text = checkpointText(origin, { size: 7, root: rootOfHashes(leaves.map(hashLeaf)) });
  assert.equal(parseCheckpointText(origin, text)?.size, 7);
  const lines = text.split("\n");
  const changed = [
    text.replace("\n7\n", "\n07\n"),
    text.replace("\n7\n", "\n7 \n"),
    text.replace("\n7\n", "\n-7\n"),
    text.replace("\n7\n", "\n9007199254740993\n"),
    `${text}extension\n`,
    text.trimEnd(),
    [origin, "7", lines[2]!.slice(4), ""].join("\n"),
  ];
  for (const other of changed) assert.equal(parseCheckpointText(origin, other), null);
  assert.equal(parseCheckpointText("another.example/log", text), null);
});

test("notes and keys are those published", () => {
  const { notes } = readVectors<NoteVectors>("signed-notes");
  for (const { seed, name, key, text, note } of notes.filter((published) => published.seed !== undefined)) {
    const signer = noteSigner(name, fromHex(seed!));
    assert.equal(signer.verifierKey, key);
    assert.equal(signer.sign(text), note);
    assert.equal(signer.open(note), text);
  }
});

test("a note keeps opening among signatures of unknown keys, and not beside a false one of its own", () => {
  const text = "text\n";
  const note = logSigner.sign(text);
  const stranger = (at: number) =>
    noteSigner(`stranger.example/${at}`, Buffer.alloc(32, at))
      .sign(text)
      .slice(text.length + 1);
  const crowd = Array.from({ length: 20 }, (_, at) => stranger(at)).join("");
  assert.equal(logSigner.open(note + crowd), text);
  assert.equal(logSigner.open(`text\n\n${crowd}${note.slice(text.length + 1)}`), text);
  const falseLine = logSigner.sign("other\n").slice("other\n".length + 1);
  assert.equal(logSigner.open(note + falseLine), null);
  assert.equal(logSigner.open(`text\n\n${crowd}`), null);
  assert.equal(logSigner.open(text), null);
});

test("a text that is no note's is not signed", () => {
  for (const text of ["no newline", "tab\t\n", "bell\u0007\n", "lone \ud800\n"])
    assert.throws(() => logSigner.sign(text), RangeError);
  for (const name of ["", "a b", "a+b", "a\nb", "x".repeat(201)])
    assert.throws(() => noteSigner(name, Buffer.alloc(32)), RangeError);
});

test("tile paths and widths are those of the specification", () => {
  const { paths, notPaths, trees } = readVectors<TileVectors>("tlog-tiles");
  for (const { path, ...place } of paths) {
    assert.equal(tilePath(place), path);
    assert.deepEqual(parseTilePath(path), place);
  }
  for (const path of notPaths) assert.equal(parseTilePath(path), null, path);
  for (const { size, levels } of trees) {
    levels.forEach(({ full, partial }, level) => {
      if (full > 0) assert.equal(tileWidth(size, level, full - 1), 256);
      assert.equal(tileWidth(size, level, full), partial);
      assert.equal(tileWidth(size, level, full + 1), 0);
    });
    assert.equal(tileWidth(size, levels.length, 0), 0);
  }
});
