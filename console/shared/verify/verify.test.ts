// What the browser verifies by WebCrypto is what the independent verifier verifies: the golden vectors, and nothing with any bit changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type LedgerVectors, readVectors, testSigner } from "../../../sdk/verify/test-log.ts";
import { openNote, parseVerifierKey } from "./note.ts";
import { pinnedKeys } from "./pinned-keys.ts";
import { fromBase64 } from "./bytes.ts";
import { VerifyError, type VerifyErrorCode } from "./verify-error.ts";
import { followHandovers } from "./verify-handover.ts";
import { verifyOpening } from "./verify-opening.ts";
import { verifyPromise } from "./verify-promise.ts";
import { verifyReceipt } from "./verify-receipt.ts";

const golden = readVectors<LedgerVectors>("ledger");

const failsWith = (code: VerifyErrorCode) => (error: unknown) => error instanceof VerifyError && error.code === code;
const isRefusal = (error: unknown): boolean => error instanceof VerifyError;

/** Flips one bit of a text's UTF-8 bytes and reads it back as text, as a program would. */
function flipped(text: string, pick: number): string {
  const bytes = Buffer.from(text, "utf8");
  bytes[(pick >> 3) % bytes.length]! ^= 1 << (pick & 7);
  return bytes.toString("utf8");
}

const anyBit = fc.nat({ max: 2 ** 20 });
const RUNS = { numRuns: 60 };

test("golden receipts verify, and say what the golden leaves say", async () => {
  for (const { index, size, text } of golden.receipts) {
    const verified = await verifyReceipt(text, golden.logKey);
    const { time, leaf } = golden.entries[index]!;
    assert.deepEqual(
      [verified.origin, verified.index, verified.size, verified.time, Buffer.from(verified.leaf).toString("base64")],
      [golden.origin, index, size, time, leaf],
    );
  }
});

test("golden promises verify, and not by the key of another log", async () => {
  for (const promise of golden.promises) {
    const { index, time } = await verifyPromise({ origin: golden.origin, ...promise }, golden.promiseKey);
    assert.deepEqual([index, time], [promise.index, promise.time]);
  }
  const other = testSigner("elsewhere.example/log/promise", 7).verifierKey;
  await assert.rejects(
    verifyPromise({ origin: golden.origin, ...golden.promises[0]! }, other),
    failsWith("wrong-origin"),
  );
});

test("golden openings verify, and no other detail does", async () => {
  for (const { leaf, r, detail, time } of golden.entries) {
    const bytes = fromBase64(leaf);
    assert.equal((await verifyOpening(bytes, r, detail)).time, time);
    await assert.rejects(verifyOpening(bytes, r, `${detail} `), failsWith("not-committed"));
  }
});

test("a receipt, a promise or an opening with any bit flipped does not verify", async () => {
  const [{ text }] = golden.receipts as [LedgerVectors["receipts"][number]];
  const promise = { origin: golden.origin, ...golden.promises[0]! };
  const { leaf, r, detail } = golden.entries[0]!;
  await fc.assert(
    fc.asyncProperty(anyBit, async (bit) => {
      await assert.rejects(verifyReceipt(flipped(text, bit), golden.logKey), isRefusal);
      await assert.rejects(
        verifyPromise({ ...promise, note: flipped(promise.note, bit) }, golden.promiseKey),
        isRefusal,
      );
      await assert.rejects(
        verifyPromise({ ...promise, leaf: flipped(promise.leaf, bit) }, golden.promiseKey),
        isRefusal,
      );
      await assert.rejects(verifyOpening(fromBase64(leaf), r, flipped(detail, bit)), isRefusal);
      await assert.rejects(verifyOpening(fromBase64(leaf), flipped(r, bit), detail), isRefusal);
    }),
    RUNS,
  );
});

test("published notes open with their keys, and no mangled key is read", async () => {
  const { notes, badKeys } = readVectors<{ notes: { key: string; text: string; note: string }[]; badKeys: string[] }>(
    "signed-notes",
  );
  for (const { key, text, note } of notes) {
    assert.equal(await openNote(note, await parseVerifierKey(key)), text);
    for (let at = 0; at < key.length; at += 5)
      await assert.rejects(parseVerifierKey(key.slice(0, at) + key.slice(at + 1)), failsWith("bad-key"));
  }
  for (const key of badKeys) await assert.rejects(parseVerifierKey(key), failsWith("bad-key"));
});

const NAME = "log.example/one";
const [first, second, stranger] = [1, 2, 3].map((seed) => testSigner(NAME, seed)) as [Signer, Signer, Signer];
type Signer = ReturnType<typeof testSigner>;

/** Signed by both. */
function handover(from: Signer, to: Signer): string {
  const text = `uberrima.org/key-handover/v1\n${from.verifierKey}\n${to.verifierKey}\n1700000000\n`;
  return from.note(text) + to.note(text).slice(text.length + 1);
}

test("a key that is pinned gives over to another by their common word, and to none without it", async () => {
  const notes = [handover(first, second)];
  assert.equal(await followHandovers(first.verifierKey, notes), second.verifierKey);
  assert.equal(await followHandovers(stranger.verifierKey, notes), stranger.verifierKey);
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const shown = (signer: Signer, notesShown: readonly string[]) => ({
    origin: NAME,
    tilesPrefix: "",
    logKey: signer.verifierKey,
    promiseKey: signer.verifierKey,
    keys: (["checkpoints", "promises"] as const).flatMap((signs) =>
      [...notesShown, null].map((note) => ({
        key: signer.verifierKey,
        signs,
        since: null,
        isRetired: false,
        handover: note,
      })),
    ),
  });
  assert.equal((await pinnedKeys(shown(first, []), store)).logKey, first.verifierKey);
  assert.equal((await pinnedKeys(shown(second, notes), store)).promiseKey, second.verifierKey);
  await assert.rejects(pinnedKeys(shown(stranger, notes), store), failsWith("bad-signature"));
  assert.equal(kept.get("uberrima-log-key"), second.verifierKey, "what was pinned stays");
});
