// Rows to drafts, rejects and control totals.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mappingOf, SMALL } from "./mapping-fixture.ts";
import { type DraftResult, draftRow } from "./mapping-row.ts";
import { addDecimals, addDraft, KeyCounter, NO_TOTALS } from "./mapping-totals.ts";
import { anyText } from "../../test/support/test-text.ts";

const mapping = mappingOf(SMALL);
const GOOD = {
  id: "77",
  first: "Ann",
  last: "O’Brien",
  born: "02/11/2006",
  sex: "F",
  phone: "850-535-8715",
  paid: "1200.5",
  seen: "14/02/2023 10:19:05",
  country: "USA",
  spare: "",
};

function draft(changed: Readonly<Record<string, string>> = {}, text = SMALL): DraftResult {
  const used = text === SMALL ? mapping : mappingOf(text);
  return draftRow(used, { line: 7, values: new Map(Object.entries({ ...GOOD, ...changed })) });
}

function fieldsOf(
  result: DraftResult,
  type = "person",
): Readonly<Record<string, { normalised: string; given: string }>> {
  assert.ok(result.ok, JSON.stringify(result));
  return result.draft.records.find((record) => record.type === type)?.fields ?? {};
}

test("a row becomes records of one customer, normalised and as given", () => {
  const result = draft();
  assert.deepEqual(result.ok && result.draft.customer, {
    by: "key",
    kind: "person",
    key: { system: "small-system", kind: "customer", key: "77" },
  });
  assert.deepEqual(fieldsOf(result)["birth-date"], { normalised: "2006-02-11", given: "02/11/2006" });
  assert.deepEqual(fieldsOf(result)["annual-income"], { normalised: "USD 1200.50", given: "1200.5" });
  assert.deepEqual(fieldsOf(result)["sex"], { normalised: "female", given: "F" });
  assert.equal(result.ok && result.draft.updatedAt, "2023-02-14T10:19:05");
});

test("a faulty row gives every fault with line, field and code, and no value", () => {
  const result = draft({ born: "31/31/2006", sex: "Q-secret", last: "", paid: "much-secret" });
  assert.deepEqual(result, {
    ok: false,
    rejects: [
      { line: 7, field: "person.last-name", code: "missing" },
      { line: 7, field: "person.birth-date", code: "impossible-date" },
      { line: 7, field: "person.sex", code: "not-in-list" },
      { line: 7, field: "person.annual-income", code: "not-a-number" },
    ],
  });
});

test("a row without its customer's key is refused, and says so once", () => {
  const result = draft({ id: " " });
  assert.deepEqual(!result.ok && result.rejects.map(({ field, code }) => `${field} ${code}`), ["customer missing"]);
});

test("words that mean nothing leave a field out, and a record without fields is left out whole", () => {
  const result = draft({ first: "NULL", phone: "n/a" });
  assert.equal("first-name" in fieldsOf(result), false);
  assert.deepEqual(result.ok && result.draft.records.map((record) => record.type), ["person"]);
});

test("a telephone number of another country is read with the row's own country", () => {
  assert.equal(
    fieldsOf(draft({ country: "United Kingdom", phone: "020 7946 0958" }), "contact")["phone"]?.normalised,
    "+442079460958",
  );
});

test("a minor comes of age on the eighteenth birthday, who was born on 29 February on 1 March", () => {
  const until = (born: string, seen: string): string | undefined => {
    const result = draft({ born, seen: `${seen} 00:00:00` });
    assert.ok(result.ok);
    return result.draft.minorUntil;
  };
  assert.equal(until("02/11/2006", "10/02/2024"), "2024-02-11");
  assert.equal(until("02/11/2006", "11/02/2024"), undefined);
  assert.equal(until("02/29/2008", "28/02/2026"), "2026-03-01");
  assert.equal(until("02/29/2008", "01/03/2026"), undefined);
});

test("a word that would say more than its field may is not kept as given", () => {
  const text = SMALL.replace(
    "values: { F: female, M: male } }",
    "values: { F: female }, otherwise: unknown, keep-given: false }",
  );
  for (const [sex, expected] of [
    ["F", "female"],
    ["X-secret", "unknown"],
    ["", "unknown"],
  ] as const) {
    assert.deepEqual(fieldsOf(draft({ sex }, text))["sex"], { normalised: expected, given: expected });
  }
});

test("keys of several columns do not run together", () => {
  const text = SMALL.replace(
    "  - type: contact\n    unit: relationship\n",
    "  - type: contact\n    unit: relationship\n    key: [id, first]\n",
  );
  const keyOf = (id: string, first: string): string | undefined => {
    const result = draft({ id, first }, text);
    assert.ok(result.ok);
    return result.draft.records.find((record) => record.type === "contact")?.key.key;
  };
  assert.notEqual(keyOf("7", "7a"), keyOf("77", "a"));
});

test("an unknown source system is refused", () => {
  const text = SMALL.replace(
    "source: { system: small-system }",
    "source: { column: spare, values: { A: system-a } }",
  ).replace("dropped: { spare: nobody needs it }\n", "");
  assert.deepEqual(draft({ spare: "Z" }, text), {
    ok: false,
    rejects: [{ line: 7, field: "row", code: "unknown-source" }],
  });
  const known = draft({ spare: "A" }, text);
  assert.equal(known.ok && known.draft.customer.by === "key" && known.draft.customer.key.system, "system-a");
});

test("a row's line of business may come from a column, and an unknown one is refused", () => {
  const text = SMALL.replace("line: auto }", "line: { column: spare, values: { H: health } } }").replace(
    "dropped: { spare: nobody needs it }\n",
    "",
  );
  const known = draft({ spare: "H" }, text);
  assert.deepEqual(known.ok && known.draft.units.map((unit) => unit.line), ["health"]);
  assert.deepEqual(draft({ spare: "Z" }, text), {
    ok: false,
    rejects: [{ line: 7, field: "row", code: "unknown-line" }],
  });
});

test("drafts are the same for the same row, and no row makes drafting throw", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...mapping.columns), anyText()), (changed) => {
      assert.deepEqual(draft(changed), draft(changed));
    }),
  );
});

test("sums are exact and kept by currency", () => {
  const first = draft({ paid: "0.1" });
  const second = draft({ paid: "0.2" });
  assert.ok(first.ok && second.ok);
  const totals = addDraft(addDraft(NO_TOTALS, mapping, first.draft), mapping, second.draft);
  assert.deepEqual(totals, { rows: 2, rejected: 0, sums: { "income:USD": "0.30" } });
});

test("decimal sums agree with whole-number arithmetic", () => {
  const cents = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
  const text = (value: bigint): string =>
    `${value < 0n ? "-" : ""}${String(value < 0n ? -value : value)
      .padStart(3, "0")
      .replace(/(..)$/, ".$1")}`;
  fc.assert(
    fc.property(cents, cents, (left, right) => assert.equal(addDecimals(text(left), text(right)), text(left + right))),
  );
  assert.equal(addDecimals("1", "0.005"), "1.005");
  assert.equal(addDecimals("-1", "0.5"), "-0.5");
});

test("different keys are counted once each", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 3_000 }), (keys) => {
      const counter = new KeyCounter();
      for (const key of [...keys, ...keys]) counter.add(key);
      assert.equal(counter.count, new Set(keys).size);
    }),
    { numRuns: 20 },
  );
});
