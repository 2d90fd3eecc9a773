// What finds what in the blind indexes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { fold } from "./fold.ts";
import { indexInputs, searchInputs } from "./index-inputs.ts";
import { loadRegistry } from "./registry.ts";
import type { IndexType } from "./schema.ts";

const registry = loadRegistry(fileURLToPath(new URL("../../../governance/schema", import.meta.url)));

function index(name: string): IndexType {
  const found = registry.index(name);
  assert.ok(found);
  return found;
}

/** True when a search by the second finds what was stored by the first. */
function finds(name: string, stored: Record<string, string>, searched: Record<string, string>): boolean {
  const tokens = new Set(indexInputs(index(name), stored).map((parts) => JSON.stringify(parts)));
  return searchInputs(index(name), searched).some((parts) => tokens.has(JSON.stringify(parts)));
}

test("spellings of one name are one name", () => {
  for (const [left, right] of [
    ["O’Brien", "OBRIEN"],
    ["O'Brien", "o brien"],
    ["Smith-Jones", "Smith Jones"],
    ["José", "Jose"],
    ["Straße", "STRASSE"],
    ["Łukasz", "Lukasz"],
    ["Ｇｉｎａ", "gina"],
    ["Winston–Salem", "Winston Salem"],
  ] as const) {
    assert.equal(fold(left), fold(right));
  }
});

test("folding a folded form changes nothing", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => assert.equal(fold(fold(text)), fold(text))));
});

test("a person is found by name and birth date in another spelling, and not by another date", () => {
  const stored = { "first-name": "José", "last-name": "O’Brien", "birth-date": "1964-05-02" };
  assert.equal(
    finds("person-name-birth-date", stored, { ...stored, "first-name": "JOSE", "last-name": "OBrien" }),
    true,
  );
  assert.equal(finds("person-name-birth-date", stored, { ...stored, "birth-date": "1964-05-03" }), false);
  assert.equal(finds("person-name-birth-year", stored, { ...stored, "birth-date": "1964-12-31" }), true);
});

test("a name is found by its sound", () => {
  const stored = { "last-name": "Smith", "birth-date": "1964-05-02" };
  for (const name of ["Smyth", "Smithe"]) {
    assert.equal(
      finds("person-sound-birth-year", stored, { "last-name": name, "birth-date": "1964-01-01" }),
      true,
      name,
    );
  }
  const german = { "last-name": "Schmidt", "birth-date": "1964-05-02" };
  assert.equal(finds("person-sound-birth-year", german, stored), true, "by the second sound of the name searched");
  assert.equal(finds("person-sound-birth-year", stored, { "last-name": "Jones", "birth-date": "1964-01-01" }), false);
});

test("a phonetic index stores one token a name, so that it leaks no more than was planned", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (name) => {
      assert.ok(
        indexInputs(index("person-sound-birth-year"), { "last-name": name, "birth-date": "1964-05-02" }).length <= 1,
      );
    }),
  );
});

test("a name in another script is found by itself", () => {
  const stored = { "last-name": "Иванов", "birth-date": "1964-05-02" };
  assert.equal(finds("person-sound-birth-year", stored, stored), true);
  assert.equal(finds("person-sound-birth-year", stored, { ...stored, "last-name": "Петров" }), false);
});

test("a last name is found by its first four letters, a short one by itself", () => {
  const stored = { "last-name": "Williamson", "birth-date": "1964-05-02" };
  assert.equal(finds("person-prefix-birth-year", stored, { ...stored, "last-name": "Will" }), true);
  assert.equal(finds("person-prefix-birth-year", stored, { ...stored, "last-name": "Wilson" }), false);
  assert.equal(
    finds("person-prefix-birth-year", { ...stored, "last-name": "Li" }, { ...stored, "last-name": "li" }),
    true,
  );
});

test("any of a customer's telephone numbers finds them, with or without its extension", () => {
  const stored = { phone: "+18505358715;ext=42", "mobile-phone": "+18505550100" };
  assert.equal(finds("phone", stored, { phone: "+18505550100" }), true);
  assert.equal(finds("phone", stored, { "work-phone": "+18505358715" }), true);
  assert.equal(indexInputs(index("phone"), stored).length, 2);
});

test("an e-mail address is found in any case", () => {
  assert.equal(finds("email", { email: "Jane.Doe@gmail.com" }, { email: "jane.doe@gmail.com" }), true);
});

test("an address is found by its street and the first five digits of the ZIP code", () => {
  const stored = { line1: "40847 Deanna Greens Suite 042", postcode: "72000-0000" };
  assert.equal(
    finds("address-street-postcode", stored, { line1: "40847 DEANNA GREENS, SUITE 042", postcode: "72000" }),
    true,
  );
});

test("a person is found by the last four digits and the last name", () => {
  const stored = { ssn: "648282059", "holder-last-name": "Jones" };
  assert.equal(finds("ssn-last4-name", stored, { ssn: "2059", "holder-last-name": "JONES" }), true);
  assert.equal(finds("ssn-last4-name", stored, { ssn: "2058", "holder-last-name": "JONES" }), false);
  assert.deepEqual(searchInputs(index("ssn-last4-name"), { ssn: "59", "holder-last-name": "Jones" }), []);
});

test("a record that lacks a part has no token", () => {
  assert.deepEqual(indexInputs(index("person-name-birth-date"), { "first-name": "Ann", "last-name": "Lee" }), []);
  assert.deepEqual(indexInputs(index("email"), {}), []);
});

test("numbers are found with and without their dashes", () => {
  assert.equal(finds("policy-number", { number: "LP-10009854" }, { number: "lp 10009854" }), true);
  assert.equal(finds("policy-number-prefix", { number: "10009854" }, { number: "100098" }), true);
});
