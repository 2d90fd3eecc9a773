// Handovers from one key of a log to the next, made from the definitions alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testSigner } from "./test-log.ts";
import { followHandovers } from "./verify.ts";

const ORIGIN = "ledger.test/main";
const [first, second, third] = [1, 2, 3].map((seed) => testSigner(ORIGIN, seed)) as [Signer, Signer, Signer];
type Signer = ReturnType<typeof testSigner>;

function handover(from: Signer, to: Signer, by: readonly Signer[] = [from, to], time = "1700000000"): string {
  const text = `uberrima.org/key-handover/v1\n${from.verifierKey}\n${to.verifierKey}\n${time}\n`;
  const lines = by.map((signer) => signer.note(text).slice(text.length + 1));
  return `${text}\n${lines.join("")}`;
}

test("a trusted key leads to the newest, by handovers in any order", () => {
  const notes = [handover(second, third), handover(first, second)];
  assert.equal(followHandovers(first.verifierKey, notes), third.verifierKey);
  assert.equal(followHandovers(second.verifierKey, notes.toReversed()), third.verifierKey);
  assert.equal(followHandovers(third.verifierKey, notes), third.verifierKey);
});

test("nothing leads on that the trusted key has not signed, or the next, or that is another log's", () => {
  const other = testSigner("ledger.test/other", 9);
  const signed = handover(first, second);
  for (const [what, note] of [
    ["the trusted key has not signed", handover(first, second, [second])],
    ["the next key has not signed", handover(first, second, [first])],
    ["another log's key", handover(first, other)],
    ["another time", signed.replace("1700000000", "1700000001")],
    ["a time that is none", handover(first, second, [first, second], "017")],
    ["another key's handover under this key's signature", handover(second, third, [first, second, third])],
    ["no handover", "nonsense"],
  ] as const) {
    assert.equal(followHandovers(first.verifierKey, [note]), first.verifierKey, what);
  }
  assert.throws(() => followHandovers("nonsense", [signed]), { code: "bad-key" });
});

test("handovers that go in a circle end", () => {
  assert.throws(() => followHandovers(first.verifierKey, [handover(first, second), handover(second, first)]), {
    code: "malformed",
  });
});
