// Mappings made in the browser are ones that the server's own parser takes, and what is suggested is never a guess between two.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { parseMapping } from "../../../src/import/import.ts";
import { DATE_FORMATS as READ } from "../../../src/vault/schema/normalised.ts";
import { loadRegistry } from "../../../src/vault/schema/registry.ts";
import { DATE_FORMATS, type Draft, fillable, missingOf, type RecordType, textOf } from "./draft.ts";
import { formatOf, headIn } from "./file-head.ts";
import { suggest, wordsOf } from "./suggest.ts";

const registry = loadRegistry(join(import.meta.dirname, "../../../governance/schema"));
const types: RecordType[] = registry.recordTypes.map(({ name, label, version, fields, subjects, unitKinds }) => ({
  name,
  label,
  version,
  subjects: [...subjects],
  unitKinds: [...unitKinds],
  fields: fields.map(({ codes, ...field }) => ({ ...field, codes: codes === null ? null : Object.keys(codes) })),
}));

const CSV = [
  "Client no;Vorname;Surname;Geburtsdatum;Gender;Straße;PLZ;IBAN;Policy no;Annual premium;Shoe size",
  "1;Ada;Lovelace;10.12.1815;F;1 High St;10115;DE89370400440532013000;P-1;1.234,50;38",
  "2;Bo;Diaz;31.12.1990;M;2 High St;10117;;P-2;99,00;44",
].join("\n");

const head = headIn(CSV, formatOf(CSV));
const draft: Draft = {
  name: "broker-book",
  label: "A broker's book",
  system: "broker",
  origin: { source: "producer", ground: "given-on-behalf", institution: "A broker" },
  entity: "acme",
  brand: "acme",
  line: "life",
  kind: "person",
  key: "Client no",
  unit: { kind: "policy", key: "Policy no" },
  country: "DE",
  currency: "EUR",
  decimalMark: "comma",
  columns: {},
};

test("the formats of dates that can be chosen are those that the importer reads", () => {
  assert.deepEqual([...DATE_FORMATS], [...READ]);
});

test("columns are suggested by their names in three languages, dates by the one format they have, words by the code they begin", () => {
  assert.deepEqual(formatOf(CSV), { format: "csv", delimiter: ";" });
  const suggested = suggest(head, fillable(types, draft));
  assert.deepEqual(Object.fromEntries(Object.entries(suggested).map(([column, { field }]) => [column, field])), {
    "Client no": "person.customer-number",
    Vorname: "person.first-name",
    Surname: "person.last-name",
    Geburtsdatum: "person.birth-date",
    Gender: "person.sex",
    Straße: "address.line1",
    PLZ: "address.postcode",
    IBAN: "bank-account.iban",
    "Policy no": "policy.number",
    "Annual premium": "policy.annual-premium",
    "Shoe size": null,
  });
  assert.equal(suggested["Geburtsdatum"]?.dateFormat, "dd.mm.yyyy");
  assert.deepEqual(suggested["Gender"]?.words, { F: "female", M: "male" });
});

test("a day that may be a month suggests no format", () => {
  const rows = [{ born: "01/02/1990" }, { born: "03/04/1991" }];
  assert.equal(suggest({ columns: ["born"], rows }, types)["born"]?.dateFormat, undefined);
  const [told] = [suggest({ columns: ["born"], rows: [...rows, { born: "31/12/1990" }] }, types)];
  assert.equal(told["born"]?.field, "person.birth-date");
});

test("a word that two codes begin with is nobody's", () => {
  assert.deepEqual(wordsOf(["single", "separated", "married"], ["S", "M", "Married", "x"]), {
    S: "",
    M: "married",
    Married: "married",
    x: "",
  });
});

test("what was mapped is a mapping that the server takes, and says what is missing before", () => {
  const mapped = { ...draft, columns: suggest(head, fillable(types, draft)) };
  assert.deepEqual(missingOf(mapped, types), []);
  const parsed = parseMapping(textOf(mapped, formatOf(CSV), types), registry);
  assert.ok(parsed.ok, parsed.ok ? "" : parsed.faults.join("\n"));
  assert.deepEqual([...parsed.mapping.dropped.keys()], ["Shoe size"]);
  assert.deepEqual(
    parsed.mapping.units.map(({ kind }) => kind),
    ["relationship", "policy"],
  );
  const unfinished = {
    ...mapped,
    name: "Not A Name",
    origin: null,
    key: null,
    unit: { kind: "policy" as const, key: null },
  };
  assert.deepEqual(missingOf(unfinished, types), ["name", "origin", "key", "unitKey"]);
});
