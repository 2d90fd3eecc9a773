// What the mapping loader refuses with file, line and column.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ImportError } from "./errors.ts";
import { mappingOf, MAPPINGS_FOLDER, registry, SMALL } from "./mapping-fixture.ts";
import { loadMappings } from "./mapping-folder.ts";

/** The change is refused with a fault in the line of the change. */
function refuses(from: string, to: string, expected: RegExp): void {
  assert.ok(SMALL.includes(from), "the text to replace stands in the mapping");
  const line = SMALL.slice(0, SMALL.indexOf(from)).split("\n").length;
  assert.throws(
    () => mappingOf(SMALL.replace(from, () => to)),
    (error) => {
      assert.ok(error instanceof ImportError && error.code === "bad-mapping");
      const named = error.message.split("\n").filter((fault) => expected.test(fault));
      assert.equal(named.length > 0, true, error.message);
      assert.match(named[0] ?? "", new RegExp(`/one\\.yaml:${line}:\\d+: `));
      return true;
    },
  );
}

test("the shipped mappings load", () => {
  const names = loadMappings(MAPPINGS_FOLDER, registry);
  for (const name of ["customer-master", "life-claim", "life-policy"]) assert.equal(names.get(name)?.name, name);
});

test("the digest changes with anything in the mapping", () => {
  assert.notEqual(mappingOf(SMALL).digest, mappingOf(SMALL.replace("F: female", "W: female")).digest);
  assert.equal(mappingOf(SMALL).digest, mappingOf(`# A comment\n${SMALL}`).digest);
});

test("a field that the schema does not have is refused with those that it has", () => {
  refuses(
    "first-name: { column: first }",
    "given-name: { column: first }",
    /person has no field "given-name"; it has: .*first-name/,
  );
});

test("a record type that the schema does not have is refused", () => {
  refuses("type: contact", "type: contacts", /record type "contacts" is not declared/);
});

test("a record in a unit of a kind where it may not stand is refused", () => {
  refuses(
    "    unit: relationship\n    fields:\n      customer-number",
    "    unit: claim\n    fields:\n      customer-number",
    /person may not stand in a unit of kind claim; allowed: relationship/,
  );
});

test("a record of another kind of customer is refused", () => {
  const text = SMALL.replace("kind: person,", "kind: organisation,");
  assert.throws(() => mappingOf(text), /person is no record of a customer of kind organisation/);
});

test("a column that is neither used nor dropped is refused, since it may hold what nobody has classified", () => {
  refuses(
    "columns: [id, first,",
    "columns: [id, salary, first,",
    /column "salary" is neither used nor dropped with a reason/,
  );
});

test("a column that is used but not declared is refused", () => {
  refuses("phone: { column: phone }", "phone: { column: telephone }", /"telephone" is not among the columns/);
});

test("a column that is dropped and used is refused", () => {
  refuses("spare: nobody needs it", "spare: nobody needs it, phone: nobody calls", /"phone" is used as well/);
});

test("a date without a declared format is refused", () => {
  refuses(
    'birth-date: { column: born, date-format: "mm/dd/yyyy" }',
    "birth-date: { column: born }",
    /declare its date-format/,
  );
});

test("a date format that is not known is refused with those that are", () => {
  refuses(
    'born, date-format: "mm/dd/yyyy"',
    'born, date-format: "mm-yyyy-dd"',
    /"mm-yyyy-dd" is not allowed; allowed: yyyy-mm-dd/,
  );
});

test("money without a currency is refused", () => {
  const text = SMALL.replace("defaults: { country: US, currency: USD }", "defaults: { country: US }");
  assert.throws(() => mappingOf(text), /person\.annual-income is money: declare its currency/);
});

test("a word translated into no code of the field is refused with the codes", () => {
  refuses(
    "values: { F: female, M: male }",
    "values: { F: woman, M: male }",
    /"woman" is no code of person\.sex; allowed: female, male/,
  );
});

test("a total over what is no number is refused", () => {
  refuses("sum: person.annual-income", "sum: person.last-name", /"person\.last-name" must be of type money/);
});

test("an unknown member is refused with what is allowed", () => {
  refuses(
    "phone: { column: phone }",
    "phone: { column: phone, colour: red }",
    /"colour" is not known here; allowed: column/,
  );
});

test("a second unit of one kind, and a unit without its key, are refused", () => {
  refuses("  - { kind: relationship }\n", "  - { kind: policy }\n  - { kind: relationship }\n", /needs a key/);
});
