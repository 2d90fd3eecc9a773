// Every record type and field of the default schema has a name in every language, in English its own label; what a schema adds, the server names.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadRegistry } from "../src/vault/schema/registry.ts";
import { fieldNames, fieldPathAt, nameAt, type NamesOfCodes, type NamesOfRecords } from "./shared/field-names.ts";

const ROOT = import.meta.dirname;
const registry = loadRegistry(join(ROOT, "../governance/schema"));
const english: NamesOfRecords = Object.fromEntries(
  registry.recordTypes.map(({ name, label, fields }) => [
    name,
    { _name: label, ...Object.fromEntries(fields.map((field) => [field.name, field.label])) },
  ]),
);

const namesIn = (language: string): NamesOfRecords =>
  JSON.parse(readFileSync(join(ROOT, "messages", language, "fields.json"), "utf8")) as NamesOfRecords;

const paths = (names: NamesOfRecords): string[] =>
  Object.entries(names).flatMap(([type, own]) => Object.keys(own ?? {}).map((key) => `${type}.${key}`));

test("the English names are the schema's own labels, each and no others", () => {
  assert.deepEqual(namesIn("en"), english);
});

for (const language of ["es", "de"]) {
  test(`every record type and field of the schema has a name in ${language}, and nothing else has`, () => {
    assert.deepEqual(paths(namesIn(language)).sort(), paths(english).sort());
  });

  test(`no record calls two of its fields by the same name in ${language}`, () => {
    for (const [type, own = {}] of Object.entries(namesIn(language))) {
      const { _name, ...fields } = own;
      assert.equal(new Set(Object.values(fields)).size, Object.keys(fields).length, type);
    }
  });
}

const codesIn = (language: string): NamesOfCodes =>
  JSON.parse(readFileSync(join(ROOT, "messages", language, "codes.json"), "utf8")) as NamesOfCodes;

test("every code of the schema's closed lists has a plain name, in English the schema's own, and nothing else has", () => {
  const own = registry.recordTypes.flatMap(({ name, fields }) => {
    const coded = fields.flatMap((field) => (field.codes === null ? [] : [[field.name, field.codes] as const]));
    return coded.length === 0 ? [] : [[name, Object.fromEntries(coded)] as const];
  });
  assert.deepEqual(codesIn("en"), Object.fromEntries(own));
});

test("a code is called by its name where it is one of the field's, and by nothing elsewhere", () => {
  const names = fieldNames({}, false, codesIn("de"));
  assert.equal(names.code("medical.work-status", "none"), "Arbeitsunfähig");
  assert.equal(names.code("investigation.fraud-referral", "none"), "Keiner");
  assert.equal(names.code("person.occupation", "none"), null);
});

test("a name in the reader's language goes before the server's label, and in English the label before the name", () => {
  const label = "Name that they were given";
  assert.equal(fieldNames(namesIn("de"), false).field("person.first-name", label), "Vorname");
  assert.equal(fieldNames(namesIn("es"), false).record("policy", "Contract"), "Póliza");
  assert.equal(fieldNames(namesIn("en"), true).field("person.first-name", label), label);
  assert.equal(fieldNames(namesIn("en"), true).field("person.first-name"), "First name");
});

test("what only an insurer's own schema has is called by the server's label, else by its code", () => {
  const names = fieldNames(namesIn("de"), false);
  assert.equal(names.field("yacht.mast-height", "Height of the mast"), "Height of the mast");
  assert.equal(names.field("yacht.mast-height"), "Mast height");
  assert.equal(names.record("yacht"), "Yacht");
});

test("what was refused is named as people call it, and never by a pointer", () => {
  assert.equal(fieldPathAt("#/body/fields/contact.email"), "contact.email");
  assert.equal(fieldPathAt("#/body/dueAt"), null);
  assert.deepEqual(["#/body/dueAt", "#/body/named/0/classes/1", "#/body", "#/query/*"].map(nameAt), [
    "Due at",
    "Classes",
    null,
    null,
  ]);
});
