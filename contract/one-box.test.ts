// Guarantee: what is typed becomes searches that the server has indexes for, the likeliest first, or a hint of what is missing.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { loadRegistry } from "../src/vault/vault.ts";
import { readOneBox } from "./one-box.ts";

const registry = loadRegistry(join(import.meta.dirname, "../governance/schema"));

const first = (typed: string): [string, Readonly<Record<string, string>>] | string | null => {
  const { searches, hint } = readOneBox(typed, "US");
  return searches[0] === undefined ? hint : [searches[0].index, searches[0].values];
};
const indexes = (typed: string): string[] => readOneBox(typed, "US").searches.map(({ index }) => index);

test("understands what people search by", () => {
  const name = { "first-name": "Mara", "last-name": "Holloway" };
  const cases: [string, string, Record<string, string>][] = [
    ["mara@example.org", "email", { email: "mara@example.org" }],
    ["+1 701 555 0142", "phone", { phone: "+1 701 555 0142" }],
    ["(701) 555-0142", "phone", { phone: "(701) 555-0142" }],
    ["701-555-0142", "phone", { phone: "701-555-0142" }],
    ["7015550142", "phone", { phone: "7015550142" }],
    ["900-12-3456", "ssn", { ssn: "900-12-3456" }],
    ["P-2031-77", "policy-number", { number: "P-2031-77" }],
    ["20317788", "policy-number", { number: "20317788" }],
    ["CL-2031", "claim-number", { number: "CL-2031" }],
    ["Mara Holloway 1971", "person-name-birth-year", { ...name, "birth-date": "1971" }],
    ["1971 Holloway, Mara", "person-name-birth-year", { ...name, "birth-date": "1971" }],
    ["Mara Holloway 3/9/1971", "person-name-birth-date", { ...name, "birth-date": "1971-03-09" }],
    ["Mara Holloway 9.3.1971", "person-name-birth-date", { ...name, "birth-date": "1971-03-09" }],
    ["Holloway 1971", "person-sound-birth-year", { "last-name": "Holloway", "birth-date": "1971" }],
    ["Holloway 3456", "ssn-last4-name", { ssn: "3456", "holder-last-name": "Holloway" }],
    ["3456 Holloway", "ssn-last4-name", { ssn: "3456", "holder-last-name": "Holloway" }],
    ["1HGCM82633A004352", "vin", { vin: "1HGCM82633A004352" }],
    ["GB29 NWBK 6016 1331 9268 19", "iban", { iban: "GB29NWBK60161331926819" }],
  ];
  for (const [typed, index, values] of cases) assert.deepEqual(first(typed), [index, values], typed);
});

test("offers what else it may mean", () => {
  assert.deepEqual(indexes("7015550142").slice(1, 3), ["policy-number", "claim-number"]);
  assert.deepEqual(indexes("Holloway 1971"), ["person-sound-birth-year", "ssn-last4-name"]);
  const names = readOneBox("Ana García López 1980", "US").searches.map(({ values }) => values["last-name"]);
  assert.deepEqual(names.slice(0, 3), ["López", "López", "García López"]);
});

test("a telephone number without its country is taken to be from here, and one with it is not", () => {
  const countries = (typed: string) => readOneBox(typed, "US").searches.map(({ country }) => country);
  assert.deepEqual(countries("(701) 555-0142"), ["US"]);
  assert.deepEqual(countries("+49 30 901820"), [undefined]);
  assert.deepEqual(countries("7015550142").slice(0, 2), ["US", undefined]);
});

test("says what is missing where a search would find half the country", () => {
  assert.equal(first(""), "empty");
  assert.equal(first("  "), "empty");
  assert.equal(first("3456"), "needs-name");
  assert.equal(first("Holloway"), "needs-birth-year");
  assert.equal(first("Mara Holloway"), "needs-birth-year");
  assert.equal(first("x".repeat(201)), "too-long");
  assert.equal(first("Mara Holloway 31.2.1971"), "not-understood");
});

const piece = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom("Mara", "Holloway", ",", "1971", "3456", "03/09/1971", "@", "+1", "CL-7", "Ünal", "O'Neil"),
);

test("whatever is typed, each search is of an index that there is, with just its parts", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const { searches, hint } = readOneBox(pieces.join(" "), "DE");
      assert.equal(searches.length === 0, hint !== null);
      for (const { index, values } of searches) {
        const parts = registry.index(index)?.parts.map(({ field }) => field);
        assert.deepEqual(Object.keys(values).toSorted(), parts?.toSorted(), index);
        for (const value of Object.values(values)) assert.ok(value.length > 0 && value.length <= 500);
      }
    }),
    { numRuns: 500 },
  );
});
