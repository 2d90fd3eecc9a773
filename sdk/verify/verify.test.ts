// Receipts, promises, openings and notes verify as they are, and with no bit changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lengthPrefixed, u64be } from "./encoding.ts";
import { VerifyError } from "./errors.ts";
import type { VerifyErrorCode } from "./errors.ts";
import { hashLeaf } from "./merkle.ts";
import { openNote, parseVerifierKey } from "./note.ts";
import { readVectors, testSigner } from "./test-log.ts";
import type { LedgerVectors } from "./test-log.ts";
import { verifyCheckpoint, verifyOpening, verifyPromise, verifyPromiseKept, verifyReceipt } from "./verify.ts";
import { anyText } from "../../test/support/test-text.ts";

const golden = readVectors<LedgerVectors>("ledger");

function failsWith(code: VerifyErrorCode) {
  return (error: unknown): boolean => error instanceof VerifyError && error.code === code;
}

/** Flips one bit of a text's UTF-8 bytes and reads it back as text, as a program would. */
function flipped(text: string, pick: number): string {
  const bytes = Buffer.from(text, "utf8");
  bytes[(pick >> 3) % bytes.length]! ^= 1 << (pick & 7);
  return bytes.toString("utf8");
}

const anyBit = fc.nat({ max: 2 ** 20 });

test("golden receipts verify, and say what the golden leaves say", () => {
  for (const { index, size, text } of golden.receipts) {
    const verified = verifyReceipt(text, golden.logKey);
    const { time, leaf } = golden.entries[index]!;
    assert.deepEqual(
      [verified.origin, verified.index, verified.size, verified.time],
      [golden.origin, index, size, time],
    );
    assert.equal(verified.leaf.toString("base64"), leaf);
  }
});

test("golden promises verify, and the receipts of their entries show that they were kept", () => {
  for (const promise of golden.promises) {
    const verified = verifyPromise(JSON.stringify(promise), golden.promiseKey);
    assert.deepEqual([verified.index, verified.time], [promise.index, promise.time]);
    assert.deepEqual(verifyPromise(promise, golden.promiseKey), verified);
  }
  const promised = golden.promises.find(({ index }) => index === 2)!;
  const text = (index: number): string => golden.receipts.find((receipt) => receipt.index === index)!.text;
  verifyPromiseKept(promised, golden.promiseKey, text(2), golden.logKey);
  assert.throws(
    () => verifyPromiseKept(promised, golden.promiseKey, text(5), golden.logKey),
    failsWith("not-committed"),
  );
});

test("golden openings verify, given as exact text or as a value", () => {
  for (const { leaf, r, detail, time } of golden.entries) {
    const bytes = Buffer.from(leaf, "base64");
    assert.equal(verifyOpening(bytes, r, detail).time, time);
    assert.deepEqual(verifyOpening(bytes, r, JSON.parse(detail)).detail, JSON.parse(detail));
  }
});

test("a receipt with any bit flipped does not verify", () => {
  for (const { text } of golden.receipts) {
    fc.assert(
      fc.property(
        anyBit,
        (bit) => void assert.throws(() => verifyReceipt(flipped(text, bit), golden.logKey), VerifyError),
      ),
    );
  }
});

test("a promise with any bit flipped does not verify", () => {
  for (const promise of golden.promises) {
    const text = JSON.stringify(promise);
    fc.assert(
      fc.property(
        anyBit,
        (bit) => void assert.throws(() => verifyPromise(flipped(text, bit), golden.promiseKey), VerifyError),
      ),
    );
  }
});

test("an opening with any bit of leaf, blinding value or detail flipped does not verify", () => {
  const { leaf, r, detail } = golden.entries[0]!;
  const bytes = Buffer.from(leaf, "base64");
  const flippedBytes = (bit: number): Buffer => {
    const changed = Buffer.from(bytes);
    changed[(bit >> 3) % changed.length]! ^= 1 << (bit & 7);
    return changed;
  };
  fc.assert(
    fc.property(anyBit, (bit) => {
      assert.throws(() => verifyOpening(flippedBytes(bit), r, detail), VerifyError);
      assert.throws(() => verifyOpening(bytes, flipped(r, bit), detail), VerifyError);
      assert.throws(() => verifyOpening(bytes, r, flipped(detail, bit)), VerifyError);
    }),
  );
});

test("a note with any bit flipped does not open", () => {
  const { notes } = readVectors<{ notes: { key: string; note: string }[] }>("signed-notes");
  for (const { key, note } of notes) {
    const parsed = parseVerifierKey(key);
    fc.assert(
      fc.property(anyBit, (bit) => void assert.throws(() => openNote(flipped(note, bit), parsed), VerifyError)),
    );
  }
});

test("published notes open with their keys, and no mangled key is read", () => {
  const { notes, badKeys } = readVectors<{ notes: { key: string; text: string; note: string }[]; badKeys: string[] }>(
    "signed-notes",
  );
  for (const { key, text, note } of notes) {
    assert.equal(openNote(note, parseVerifierKey(key)), text);
    for (let at = 0; at < key.length; at += 1) {
      assert.throws(() => parseVerifierKey(key.slice(0, at) + key.slice(at + 1)), failsWith("bad-key"));
      assert.throws(() => parseVerifierKey(flipped(key, at << 3)), failsWith("bad-key"));
    }
  }
  for (const key of badKeys) assert.throws(() => parseVerifierKey(key), failsWith("bad-key"));
});

test("signatures of strangers are ignored, sixteen and more, before and after the known one", () => {
  const { logKey } = golden;
  const { note } = golden.checkpoints.at(-1)!;
  const text = note.slice(0, note.indexOf("\n\n") + 1);
  const own = note.slice(text.length + 1);
  const strangers = Array.from({ length: 16 }, (_, at) =>
    testSigner(`witness.example/${at}`, at)
      .note(text)
      .slice(text.length + 1),
  );
  assert.equal(verifyCheckpoint(`${text}\n${strangers.join("")}${own}`, logKey).size, 7);
  assert.equal(verifyCheckpoint(`${text}\n${own}${strangers.join("")}`, logKey).size, 7);
  assert.throws(() => verifyCheckpoint(`${text}\n${strangers.join("")}`, logKey), failsWith("bad-signature"));
  // The same key id under another name is a stranger's; the same name and id with another signature is a lie.
  assert.throws(
    () => verifyCheckpoint(`${text}\n${own.replace("ledger ", "ledger2 ")}`, logKey),
    failsWith("bad-signature"),
  );
  const other = golden.checkpoints[0]!.note;
  assert.throws(
    () => verifyCheckpoint(`${text}\n${own}${other.slice(other.indexOf("\n\n") + 2)}`, logKey),
    failsWith("bad-signature"),
  );
});

test("a receipt or promise of another log is refused by name", () => {
  const { origin } = golden;
  const stranger = testSigner(origin, 9);
  assert.throws(() => verifyReceipt(golden.receipts[0]!.text, stranger.verifierKey), failsWith("bad-signature"));
  const renamed = testSigner(`${origin}2`, 9);
  const checkpoint = renamed.note(`${origin}\n1\n${Buffer.alloc(32).toString("base64")}\n`);
  assert.throws(() => verifyCheckpoint(checkpoint, renamed.verifierKey), failsWith("wrong-origin"));
  assert.throws(
    () => verifyPromise({ ...golden.promises[0], origin: "other" }, golden.promiseKey),
    failsWith("wrong-origin"),
  );
});

test("a promise whose time is not its leaf's is refused, though the log signed it", () => {
  const promiser = testSigner(`${golden.origin}/promise`, 5);
  const { leaf, time } = golden.entries[0]!;
  const promiseOf = (claimed: number) => {
    const leafHash = hashLeaf(Buffer.from(leaf, "base64"));
    const entry = lengthPrefixed(Buffer.from(golden.origin), u64be(0), leafHash, u64be(claimed));
    const root = hashLeaf(entry).toString("base64");
    const note = promiser.note(`uberrima.org/promise/v1\n${golden.origin}\n1\n${root}\n`);
    return { origin: golden.origin, index: 0, leaf, time: claimed, position: 0, path: [], note };
  };
  assert.equal(verifyPromise(promiseOf(time), promiser.verifierKey).time, time);
  assert.throws(() => verifyPromise(promiseOf(time + 1), promiser.verifierKey), failsWith("not-committed"));
});

test("a proof moved to another index, size or length does not verify", () => {
  const { text } = golden.receipts.find(({ index }) => index === 5)!;
  for (const index of ["0", "4", "6", "7", "9007199254740991"]) {
    assert.throws(
      () => verifyReceipt(text.replace("index 5", `index ${index}`), golden.logKey),
      failsWith("bad-proof"),
    );
  }
  for (const index of ["05", "-5", "5.0", "", "9007199254740993"]) {
    assert.throws(
      () => verifyReceipt(text.replace("index 5", `index ${index}`), golden.logKey),
      failsWith("malformed"),
    );
  }
  const lines = text.split("\n");
  const shorter = [...lines.slice(0, 3), ...lines.slice(4)].join("\n");
  const longer = [...lines.slice(0, 3), lines[3]!, ...lines.slice(3)].join("\n");
  for (const changed of [shorter, longer])
    assert.throws(() => verifyReceipt(changed, golden.logKey), failsWith("bad-proof"));
});

test("a blinding value of another length opens nothing", () => {
  const { leaf, r, detail } = golden.entries[0]!;
  for (const length of [0, 31, 33, 64]) {
    const other = Buffer.concat([Buffer.from(r, "base64"), Buffer.alloc(32)])
      .subarray(0, length)
      .toString("base64");
    assert.throws(() => verifyOpening(Buffer.from(leaf, "base64"), other, detail), failsWith("malformed"));
  }
});

test("what is no receipt, promise or checkpoint at all is malformed and nothing worse", () => {
  fc.assert(
    fc.property(anyText(), fc.jsonValue(), (text, value) => {
      assert.throws(() => verifyReceipt(text, golden.logKey), failsWith("malformed"));
      assert.throws(() => verifyCheckpoint(text, golden.logKey), failsWith("malformed"));
      assert.throws(() => verifyPromise(value, golden.promiseKey), failsWith("malformed"));
    }),
  );
});
