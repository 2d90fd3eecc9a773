// Normalising, type by type, on what feeds really hold.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { normaliseField, type ValueContext } from "./normalise.ts";
import { loadRegistry } from "./registry.ts";
import { VALUE_TYPES, type ValueType } from "./vocabulary.ts";

const registry = loadRegistry(fileURLToPath(new URL("../../../governance/schema", import.meta.url)));

/** The normalised value, with "!" and its warning where there is one, or "-" and the reason. */
function outcome(type: ValueType, given: string, context: ValueContext = {}): string {
  const field = registry.allFields().find((one) => one.type === type);
  assert.ok(field, `the schema has a field of type ${type}`);
  const result = normaliseField(field, given, context);
  if (!result.ok) return `-${result.reason}`;
  return result.warning === undefined ? result.value : `${result.value}!${result.warning}`;
}

function cases(
  type: ValueType,
  table: readonly (readonly [given: string, expected: string, context?: ValueContext])[],
): void {
  for (const [given, expected, context] of table)
    assert.equal(outcome(type, given, context), expected, `${type}: ${given}`);
}

const US = { country: "US", currency: "USD" };

test("a normalised value stays as it is, and nothing makes normalising throw", () => {
  const given = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: "binary" }),
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

test("dates are read in the declared format only", () => {
  cases("date", [
    ["1964-05-02", "1964-05-02"],
    ["1964/05/02", "1964-05-02"],
    ["1964/05/02", "1964-05-02", { dateFormat: "yyyy/mm/dd" }],
    ["02/11/2020", "2020-02-11", { dateFormat: "mm/dd/yyyy" }],
    ["02/11/2020", "2020-11-02", { dateFormat: "dd/mm/yyyy" }],
    ["14/02/2023 10:19:05", "2023-02-14", { dateFormat: "dd/mm/yyyy hh:mm:ss" }],
    ["2/1/2020", "2020-02-01", { dateFormat: "m/d/yyyy" }],
    ["02.11.2020", "2020-11-02", { dateFormat: "dd.mm.yyyy" }],
    ["20200211", "2020-02-11", { dateFormat: "yyyymmdd" }],
    ["02-11-2020", "-not-a-date", { dateFormat: "dd.mm.yyyy" }],
    ["1964-05-02", "-not-a-date", { dateFormat: "mm/dd/yyyy" }],
    ["tomorrow", "-not-a-date"],
  ]);
});

test("a date that could be read two ways is refused without a declared format", () => {
  cases("date", [
    ["03/04/2020", "-date-format-undeclared"],
    ["14/02/2023", "-date-format-undeclared"],
    ["3.4.2020", "-date-format-undeclared"],
  ]);
});

test("impossible dates and times are refused", () => {
  cases("date", [
    ["2023-02-29", "-impossible-date"],
    ["2024-02-29", "2024-02-29"],
    ["1900-02-29", "-impossible-date"],
    ["2000-02-29", "2000-02-29"],
    ["2023-13-01", "-impossible-date"],
    ["2023-00-10", "-impossible-date"],
    ["2023-01-00", "-impossible-date"],
    ["1799-12-31", "-date-out-of-range"],
    ["14/02/2023 25:00:00", "-impossible-date", { dateFormat: "dd/mm/yyyy hh:mm:ss" }],
  ]);
});

test("times stay local unless the source states a zone", () => {
  cases("timestamp", [
    ["14/02/2023 10:19:05", "2023-02-14T10:19:05", { dateFormat: "dd/mm/yyyy hh:mm:ss" }],
    ["2023-02-14T10:19:05", "2023-02-14T10:19:05"],
    ["2023-02-14T10:19:05.123+02:00", "2023-02-14T08:19:05Z"],
    ["2023-02-14", "-time-missing"],
  ]);
});

test("money keeps every digit and names its currency", () => {
  cases("money", [
    ["414.0", "USD 414.00", US],
    ["12.84", "USD 12.84", US],
    ["96000", "USD 96000.00", US],
    ["$1,234.5", "USD 1234.50", US],
    ["(12.00)", "USD -12.00", US],
    ["-$5", "USD -5.00", US],
    ["-0.00", "USD 0.00", US],
    ["0.1234567", "USD 0.1234567", US],
    ["999999999999999999.99", "USD 999999999999999999.99", US],
    ["12.34 EUR", "EUR 12.34"],
    ["EUR 12.34", "EUR 12.34"],
    ["€ 1.234,50", "EUR 1234.50", { decimalMark: "comma" }],
    ["500", "JPY 500", { currency: "JPY" }],
    ["$5", "CAD 5.00", { currency: "CAD" }],
  ]);
});

test("money that is not plain is refused", () => {
  cases("money", [
    ["12.84", "-currency-missing"],
    ["12.84 EUR", "-currency-differs", US],
    ["12.84 XYZ", "-currency-unknown"],
    ["1e5", "-not-a-number", US],
    ["1,23", "-not-a-number", US],
    ["1.2.3", "-not-a-number", US],
    [".", "-not-a-number", US],
    ["2023-02-14", "-not-a-number", US],
    ["1234567890123456789", "-too-many-digits", US],
    ["Infinity", "-not-a-number", US],
  ]);
});

test("numbers are read as decimals, never as floats", () => {
  cases("integer", [
    ["007", "7"],
    ["-3", "-3"],
    ["1,000", "1000"],
    ["3.0", "3"],
    ["3.5", "-not-whole"],
    ["٣", "-not-a-number"],
  ]);
  cases("decimal", [
    ["012.50", "12.5"],
    ["0.1", "0.1"],
    ["-0", "0"],
    [".5", "0.5"],
    ["0.10000000000000001", "-too-many-digits"],
  ]);
  cases("percent", [
    ["100", "100"],
    ["33.30%", "33.3"],
    ["100.01", "-out-of-range"],
    ["-1", "-out-of-range"],
  ]);
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
  ]);
});
