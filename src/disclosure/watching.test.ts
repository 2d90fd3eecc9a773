// Guarantee: the watch is asked before anything is recorded, only ever takes away, and what it stops is recorded, explained and not opened.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Uuid } from "../kernel/bytes.ts";
import type { Look, Watch } from "./disclosure.ts";
import { CLAIM_TERMS } from "./test-gate.ts";
import { about, openTestFile, type TestFile } from "./test-file.ts";

let file: TestFile;
before(async () => {
  file = await openTestFile();
});
after(async () => file.stage.close());

const OUTCOMES = ["ask-reason", "step-up", "second-person", "hold"] as const;

/** The same codes as those of the policies. */
const REMEDIES = {
  "ask-reason": ["justify"],
  "step-up": ["step-up"],
  "second-person": ["two-person-approval"],
  hold: [],
} as const;

/** Answers every look alike, and keeps what it was asked and told. */
function watchOf(outcome: (typeof OUTCOMES)[number] | "allow") {
  const looks: Look[] = [];
  const recorded: Uuid[] = [];
  let nameSearches = 0;
  const watch: Watch = {
    weigh: (_asker, asked) => {
      looks.push(...asked);
      const concern = { outcome, told: "same address", detail: { says: "same address", points: 45 } };
      return {
        concerns: new Map(asked.map(({ customerId }) => [customerId, concern])),
        recorded: async (entryId) => void recorded.push(entryId),
      };
    },
    searchedByName: () => {
      nameSearches += 1;
    },
  };
  return { watch, looks, recorded, gate: file.stage.gateWith({ watch }), nameSearches: () => nameSearches };
}

for (const outcome of OUTCOMES) {
  test(`${outcome}: nothing is given, the entry says so, and the asker learns why and what would help`, async () => {
    const { gate, looks, recorded } = watchOf(outcome);
    const answer = await gate.disclose(file.adjuster, { ...CLAIM_TERMS, subjects: [about(file.known, 1)] });
    assert.equal(answer.outcome, "denied");
    for (const field of answer.customers[0]?.fields ?? []) {
      assert.equal(field.form, "denied");
      assert.equal(field.value, undefined);
      assert.equal(field.reasons[0]?.code, `watch-${outcome}`);
      assert.match(field.reasons[0]?.message ?? "", /same address/);
      assert.deepEqual(
        field.permittedBy.map(({ code }) => code),
        REMEDIES[outcome],
      );
    }
    assert.deepEqual(recorded, [answer.disclosureId]);
    assert.deepEqual([looks[0]?.tie, looks[0]?.refused, looks[0]?.isInScope], ["assigned", false, true]);
    const opening = await file.stage.ledger.opening(answer.disclosureId, "cleared");
    assert.equal(opening?.detail["outcome"], "denied");
    assert.match(JSON.stringify(opening?.detail["watch"]), new RegExp(`"outcome":"${outcome}"`));
  });
}

test("allow with an alert gives what was decided, once the alert is made", async () => {
  const { gate, recorded } = watchOf("allow");
  const answer = await gate.disclose(file.adjuster, { ...CLAIM_TERMS, subjects: [about(file.known, 1)] });
  assert.notEqual(answer.outcome, "denied");
  assert.deepEqual(recorded, [answer.disclosureId]);
});

test("an alert that cannot be made lets nothing out", async () => {
  const watch: Watch = {
    weigh: () => ({ concerns: new Map(), recorded: () => Promise.reject(new Error("no queue")) }),
    searchedByName: () => {},
  };
  const asked = file.stage
    .gateWith({ watch })
    .disclose(file.adjuster, { ...CLAIM_TERMS, subjects: [about(file.known, 1)] });
  await assert.rejects(asked, /no queue/);
});

test("a stranger's question is weighed as refused, and answered as ever", async () => {
  const { gate, looks } = watchOf("hold");
  const ask = (customerId: Uuid) =>
    gate.disclose(file.adjuster, { ...CLAIM_TERMS, subjects: [{ ...about(file.stranger, 1), customerId }] });
  const answer = await ask(file.stranger.customerId);
  assert.deepEqual(
    [looks[0]?.tie, looks[0]?.refused, looks[0]?.isInScope, looks[0]?.flags.size],
    ["none", true, false, 0],
  );
  assert.ok(
    answer.customers[0]?.fields.every(({ reasons }) => reasons.every(({ code }) => !code.startsWith("watch-"))),
  );
});

test("a masked view that is stopped shows nothing and says why", async () => {
  const { gate, recorded } = watchOf("hold");
  const asked = gate.maskedView(file.adjuster, { customerId: file.known.customerId, purpose: "claim-handling" });
  await assert.rejects(asked, { code: "not-permitted", message: /held until it has been reviewed.*same address/ });
  assert.equal(recorded.length, 1);
});

test("a search by name is told to the watch, one by number is not", async () => {
  const { gate, nameSearches } = watchOf("allow");
  const purpose = "claim-handling";
  await gate.search(file.adjuster, { index: "claim-number", values: { number: "CL-1" }, purpose });
  assert.equal(nameSearches(), 0);
  const values = { "first-name": "Mara", "last-name": "Holloway", "birth-date": "1971-03-09" };
  await gate.search(file.adjuster, { index: "person-name-birth-date", values, purpose });
  assert.equal(nameSearches(), 1);
});
