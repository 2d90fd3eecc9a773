// Normalising, type by type, on what feeds really hold.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { getCountries } from "libphonenumber-js/max";
import { normaliseField } from "./normalise.ts";
import { cases, outcome, registry, US } from "./normalise-fixture.ts";
import { VALUE_TYPES } from "./vocabulary.ts";
import { anyText } from "../../../test/support/test-text.ts";

test("a normalised value stays as it is, and nothing makes normalising throw", () => {
  const given = fc.oneof(
    fc.string({ unit: "grapheme" }),
    anyText(),
    fc.stringMatching(/^[-+$(]?[0-9., ]{1,14}[)%]?$/),
    fc.stringMatching(/^[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}( [0-9:]{8})?$/),
    fc.stringMatching(/^[A-Za-z0-9 -]{1,24}$/),
    fc.emailAddress(),
  );
  for (const type of VALUE_TYPES) {
    const field = registry.allFields().find((one) => one.type === type);
    assert.ok(field);
    fc.assert(
      fc.property(given, (text) => {
        const once = normaliseField(field, text, US);
        if (!once.ok) return;
        const twice = normaliseField(field, once.value, US);
        assert.deepEqual(twice.ok && twice.value, once.value);
      }),
    );
  }
});

test("an empty value is refused as empty by every type", () => {
  for (const type of VALUE_TYPES)
    for (const given of ["", " ", "\t"]) assert.equal(outcome(type, given, US), "-empty", type);
});

test("a lone surrogate is refused, since it would be sealed as another character", () => {
  assert.equal(outcome("name", "A\ud800"), "-not-well-formed");
});

test("names keep their spelling in one Unicode form", () => {
  cases("name", [
    ["  Ann   Marie ", "Ann Marie"],
    ["Jose\u0301", "José"],
    ["Ｇｉｎａ", "Gina"],
    ["O’Brien", "O’Brien"],
    ["D", "D"],
    ["---", "-no-letters"],
    ["Ann\u0000", "-control-character"],
    ["Ann\u202enhoJ", "-control-character"],
    ["x".repeat(201), "-too-long"],
  ]);
});

test("telephone numbers that no exchange would connect are kept with a warning", () => {
  cases("phone", [
    ["850-535-8715", "+18505358715", US],
    ["(850) 535-8715 ext. 42", "+18505358715;ext=42", US],
    ["+44 20 7946 0958", "+442079460958", US],
    // Given again, this would lose one zero after the other.
    ["0000-01-01 00:00:00+23:59", "+441010000002359!phone-not-valid", { country: "GB" }],
    ["044-317-4474", "+10443174474!phone-not-valid", US],
    ["132-679-3284", "+11326793284!phone-not-valid", US],
    ["12", "+112!phone-not-valid", US],
    ["12", "12!phone-not-valid"],
    ["unknown", "-not-a-phone", US],
  ]);
});

test("the domain of an e-mail address is folded, its local part is not", () => {
  cases("email", [
    ["Jane.Doe@GMAIL.com", "Jane.Doe@gmail.com"],
    ["jane@bücher.example", "jane@xn--bcher-kva.example"],
    ["jane@localhost", "-not-an-email"],
    ["jane doe@gmail.com", "-not-an-email"],
    ["jane@@gmail.com", "-not-an-email"],
    [`${"x".repeat(65)}@gmail.com`, "-not-an-email"],
  ]);
});

test("social security numbers need nine digits, not an issued range", () => {
  cases("ssn", [
    ["648-28-2059", "648282059"],
    ["648 28 2059", "648282059"],
    ["078-05-1120", "078051120"],
    ["000-12-3456", "000123456!ssn-never-issued"],
    ["666-12-3456", "666123456!ssn-never-issued"],
    ["912-70-1234", "912701234!ssn-never-issued"],
    ["648-28-205", "-wrong-length"],
    ["648-28-205X", "-wrong-characters"],
  ]);
});

test("a Medicare identifier that breaks the published pattern, as CMS's own test files do, only warns", () => {
  cases("mbi", [
    ["1EG4-TE5-MK73", "1EG4TE5MK73"],
    ["1S00-E00-AA10", "1S00E00AA10!mbi-unusual"],
    ["1EG4", "-wrong-length"],
  ]);
});

test("bank details are checked as far as a wrong digit must be refused", () => {
  cases("iban", [
    ["gb82 west 1234 5698 7654 32", "GB82WEST12345698765432"],
    ["DE89 3704 0044 0532 0130 00", "DE89370400440532013000"],
    ["DE89 3704 0044 0532 0130 01", "-check-digits"],
    ["8937040044", "-wrong-characters"],
  ]);
  cases("routing-number", [
    ["021000021", "021000021"],
    ["021000022", "021000022!routing-check-digit"],
    ["02100002", "-wrong-length"],
  ]);
});

test("vehicle numbers of another make than the American one only warn", () => {
  cases("vin", [
    ["1m8gdm9axkp042788", "1M8GDM9AXKP042788"],
    ["1M8GDM9A1KP042788", "1M8GDM9A1KP042788!vin-unusual"],
    ["WB10101", "WB10101!vin-unusual"],
  ]);
  cases("plate", [
    ["ab-123 c", "AB123C"],
    ["--", "-wrong-characters"],
  ]);
});

test("places are known by their common names", () => {
  for (const given of ["USA", "US", "usa", "U.S.A.", "United States", "United States of America"])
    assert.equal(outcome("country", given), "US");
  cases("country", [
    ["Deutschland", "DE"],
    ["GBR", "GB"],
    ["Côte d'Ivoire", "CI"],
    ["Curaçao", "CW"],
    ["Atlantis", "-unknown-country"],
  ]);
  cases("us-state", [
    ["nd", "ND"],
    ["North Dakota", "ND"],
    ["ZZ", "-unknown-state"],
  ]);
  cases("region", [
    ["Ohio", "OH", US],
    ["Bayern", "Bayern", { country: "DE" }],
    ["Bayern", "-unknown-state", US],
  ]);
  cases("postcode", [
    ["72000-0000", "72000-0000", US],
    ["720000000", "72000-0000", US],
    ["7339", "7339!postcode-unusual", US],
    ["sw1a  1aa", "SW1A 1AA", { country: "GB" }],
    ["?", "-not-a-postcode", US],
  ]);
});

test("every country that has telephone numbers is known", () => {
  // Ascension, Tristan da Cunha and Kosovo have numbers but no code of their own in ISO 3166.
  const countries = getCountries().filter((code) => !["AC", "TA", "XK"].includes(code));
  assert.ok(countries.length > 200);
  for (const code of countries) assert.equal(outcome("country", code), code);
});

test("words outside a closed list are refused", () => {
  cases("code", [
    ["Home", "home"],
    ["H", "-not-in-list"],
  ]);
  cases("boolean", [
    ["Y", "true"],
    ["no", "false"],
    ["perhaps", "-not-a-boolean"],
  ]);
});

test("narratives keep their lines", () => {
  cases("narrative", [
    [" First.\r\nSecond. ", "First.\nSecond."],
    ["a\u0007", "-control-character"],
    // One letter that becomes three in its normal form.
    ["\ufb2c".repeat(60_000), "-too-long"],
  ]);
});
