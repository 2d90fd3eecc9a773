// The schema's files and every type of value on hostile input: values are normalised once and for all, masked, indexed or refused by a code.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { damagedText, nastyText, REFUSED, runs, tried } from "../../../test/support/test-hostile.ts";
import { RegistryError } from "./errors.ts";
import { indexInputs, searchInputs } from "./index-inputs.ts";
import { maskValue } from "./masks.ts";
import { normaliseField } from "./normalise.ts";
import { registry } from "./normalise-fixture.ts";
import { DATE_FORMATS, type ValueContext } from "./normalised.ts";
import { loadRegistry } from "./registry.ts";
import { VALUE_TYPES } from "./vocabulary.ts";

const SCHEMA = fileURLToPath(new URL("../../../governance/schema", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "uberrima-fuzz-"));
cpSync(SCHEMA, folder, { recursive: true });
after(() => rmSync(folder, { recursive: true }));

const VALID = [
  "Anna Example",
  "1980-02-03",
  "14/02/2023 10:19:05",
  "USD 1,234.50",
  "(701) 555-0143 ext. 9",
  "anna@example.org",
  "DE89 3704 0044 0532 0130 00",
  "900-12-3456",
  "1EG4-TE5-MK73",
  "1HGCM82633A004352",
  "SW1A 1AA",
  "Côte d'Ivoire",
  "12.5 %",
];
/** Around the limits of every type, of characters that grow in a normal form, shrink, or are digits and white space of other scripts. */
const long = fc
  .tuple(
    fc.constantFrom("x", "9", " ", "\ufb2c", "\ufdfa", "e\u0301", "٣", "\u2003", "🙂", "ß", "-"),
    fc.constantFrom(10, 101, 201, 1001, 40_000, 65_536, 70_000),
  )
  .map(([unit, times]) => unit.repeat(times));
const context: fc.Arbitrary<ValueContext> = fc.record(
  {
    country: fc.oneof(fc.constantFrom("US", "GB", "ZZ"), nastyText),
    currency: fc.oneof(fc.constantFrom("USD", "JPY"), nastyText),
    dateFormat: fc.constantFrom(...DATE_FORMATS),
    decimalMark: fc.constantFrom("point", "comma"),
  },
  { requiredKeys: [] },
);
const refusing = { error: RegistryError };

test("whatever a value is, normalising ends soon, in a value that stays as it is, or a code", () => {
  const fields = VALUE_TYPES.map((type) => registry.allFields().find((field) => field.type === type)).filter(
    (field) => field !== undefined,
  );
  assert.equal(fields.length, VALUE_TYPES.length);
  fc.assert(
    fc.property(
      fc.constantFrom(...fields),
      fc.oneof(nastyText, damagedText(fc.constantFrom(...VALID)), fc.constantFrom(...VALID), long),
      context,
      (field, given, about) => {
        const once = tried(() => normaliseField(field, given, about), refusing);
        assert.notEqual(once, REFUSED);
        if (once === REFUSED || !once.ok) return void (once !== REFUSED && assert.match(once.reason, /^[a-z-]+$/));
        const { dateFormat: _, decimalMark: __, ...lasting } = about;
        const again = normaliseField(field, once.value, lasting);
        assert.deepEqual(again.ok && again.value, once.value, `${field.type} does not stay`);
        assert.ok(once.value.isWellFormed() && !once.value.includes("\u0000"));
        assert.ok(tried(() => maskValue(field, once.value), refusing) !== REFUSED);
      },
    ),
    runs(600),
  );
});

test("whatever is searched for, an index makes bounded inputs of it or none", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...registry.allIndexes),
      fc.array(fc.oneof(nastyText, fc.constantFrom(...VALID)), { minLength: 5, maxLength: 5 }),
      (index, texts) => {
        const values: Record<string, string> = {};
        for (const [at, part] of index.parts.entries()) {
          const field = registry.field(`${index.record}.${part.field}`);
          const value = field === null ? null : normaliseField(field, texts[at] ?? "");
          if (value?.ok === true) values[part.field] = value.value;
        }
        const inputs = tried(() => [...indexInputs(index, values), ...searchInputs(index, values)], refusing);
        assert.ok(inputs !== REFUSED && inputs.length < 200);
      },
    ),
    runs(600),
  );
});

test("a damaged schema file is used or refused by file, line and column", () => {
  const originals = ["indexes.yaml", "person.yaml", "claim.yaml"].map((name) => ({
    name,
    text: readFileSync(join(SCHEMA, name), "utf8"),
  }));
  const damaged = fc
    .constantFrom(...originals)
    .chain((file) => fc.tuple(fc.constant(file), fc.oneof(damagedText(fc.constant(file.text)), nastyText)));
  fc.assert(
    fc.property(damaged, ([{ name, text }, changed]) => {
      writeFileSync(join(folder, name), changed);
      tried(() => loadRegistry(folder), { ...refusing, mayQuote: true });
      writeFileSync(join(folder, name), text);
    }),
    runs(15),
  );
});
