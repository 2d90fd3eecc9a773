// The shipped schema, and what the loader refuses with file, line and column.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { DATA_CLASSES } from "../../kernel/vocabulary.ts";
import { RegistryError } from "./errors.ts";
import { loadRegistry } from "./registry.ts";

const SCHEMA = fileURLToPath(new URL("../../../governance/schema", import.meta.url));

/** Loads the shipped schema with one text of one file replaced, and gives the faults with the line of the replacement. */
function faultsWith(file: string, from: string, to: string): { faults: readonly string[]; line: number } {
  const folder = mkdtempSync(join(tmpdir(), "uberrima-schema-"));
  try {
    const copy = join(folder, "schema");
    cpSync(SCHEMA, copy, { recursive: true });
    const text = readFileSync(join(copy, file), "utf8");
    assert.ok(text.includes(from), "the text to replace stands in the file");
    writeFileSync(
      join(copy, file),
      text.replace(from, () => to),
    );
    const line = text.slice(0, text.indexOf(from)).split("\n").length;
    try {
      loadRegistry(copy);
    } catch (error) {
      assert.ok(error instanceof RegistryError);
      return { faults: error.faults, line };
    }
    return { faults: [], line };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The change is refused by one fault that names the line and matches. */
function refuses(change: [file: string, from: string, to: string], expected: RegExp): void {
  const { faults, line } = faultsWith(...change);
  const named = faults.filter((fault) => fault.startsWith(`schema/${change[0]}:${line}:`) && expected.test(fault));
  assert.equal(named.length, 1, faults.join("\n"));
}

test("the shipped schema loads, and every data class has a field", () => {
  const registry = loadRegistry(SCHEMA);
  const classes = new Set(registry.allFields().map((field) => field.dataClass));
  assert.deepEqual([...classes].toSorted(), [...DATA_CLASSES].toSorted());
});

test("record types, fields and indexes are found by name, and unknown names are null", () => {
  const registry = loadRegistry(SCHEMA);
  assert.equal(registry.field("government-id.ssn")?.dataClass, "government-id");
  assert.equal(
    registry.recordType("policy")?.fields.some((field) => field.name === "number"),
    true,
  );
  assert.deepEqual(registry.index("person-name-birth-date")?.dataClasses, ["identity"]);
  assert.equal(registry.indexes("person").length > 1, true);
  for (const absent of [registry.field("person.shoe-size"), registry.recordType("pet"), registry.index("shoe-size")])
    assert.equal(absent, null);
  assert.deepEqual(registry.indexes("pet"), []);
});

test("nothing of the registry can be changed after loading", () => {
  const registry = loadRegistry(SCHEMA);
  const field = registry.field("government-id.ssn");
  assert.throws(() => Object.assign(field ?? {}, { mask: "hidden" }), TypeError);
  assert.throws(() => Object.assign(registry, { digest: "" }), TypeError);
});

test("the digest is the same for the same content and another for another", () => {
  assert.equal(loadRegistry(SCHEMA).digest, loadRegistry(SCHEMA).digest);
  assert.match(loadRegistry(SCHEMA).digest, /^[0-9a-f]{64}$/);
});

test("every legal retention period has a citation", () => {
  for (const type of loadRegistry(SCHEMA).recordTypes) {
    assert.ok(type.retention.citation !== null || type.retention.note?.startsWith("Own judgement"), type.name);
  }
});

test("specially protected fields are never searched and never shown in part", () => {
  const guarded = new Set([
    "health",
    "specially-protected-health",
    "genetic",
    "biometric",
    "investigation",
    "special-category",
    "credit",
  ]);
  const fields = loadRegistry(SCHEMA)
    .allFields()
    .filter((field) => guarded.has(field.dataClass));
  assert.ok(fields.length > 20);
  assert.deepEqual(
    fields.filter((field) => field.index !== "none"),
    [],
  );
  assert.deepEqual(
    fields.filter((field) => !["health", "credit"].includes(field.dataClass) && field.mask !== "hidden"),
    [],
  );
});

test("an unknown data class is refused with the known ones", () => {
  refuses(
    [
      "person.yaml",
      "first-name:       { label: First name, type: name, class: identity",
      "first-name:       { label: First name, type: name, class: identy",
    ],
    /"identy" is not allowed; allowed: identity, contact/,
  );
});

test("a name longer than what the database takes for a code is refused, with its place", () => {
  const long = `first-${"a".repeat(30)}`;
  refuses(["person.yaml", "  first-name: ", `  ${long}: `], /must have 32 characters at most/);
});

test("an unknown member of a field is refused with the known ones", () => {
  refuses(
    ["person.yaml", "{ label: First name,", "{ colour: red, label: First name,"],
    /"colour" is not known here; allowed: label, type, class/,
  );
});

test("a field that stands twice is refused", () => {
  const { faults } = faultsWith("person.yaml", "  middle-name:", "  first-name:");
  assert.match(faults.join("\n"), /^schema\/person\.yaml:\d+:\d+: .*duplicate/im);
});

test("a mask that does not fit the type is refused with those that do", () => {
  refuses(
    [
      "person.yaml",
      "birth-date:       { label: Date of birth, type: date, class: identity, index: combined, mask: year-only",
      "birth-date:       { label: Date of birth, type: date, class: identity, index: combined, mask: last4",
    ],
    /mask last4 does not fit type date; allowed: hidden, year-only/,
  );
});

test("a code field without codes is refused", () => {
  refuses(
    ["contact.yaml", ", codes: { post: Post, email: E-mail, phone: Telephone, portal: Portal }", ""],
    /lists its codes/,
  );
});

test("a field declared as searchable that no index uses is refused", () => {
  refuses(
    [
      "person.yaml",
      "middle-name:      { label: Middle name, type: name, class: identity, index: none",
      "middle-name:      { label: Middle name, type: name, class: identity, index: alone",
    ],
    /no index of indexes\.yaml uses the field/,
  );
});

test("an index on an undeclared field is refused", () => {
  refuses(
    ["indexes.yaml", "parts: [{ field: vin, as: alnum }]", "parts: [{ field: chassis, as: alnum }]"],
    /record type vehicle has no field "chassis"/,
  );
});

test("an index of an undeclared record type is refused", () => {
  refuses(
    [
      "indexes.yaml",
      "record: contact\n    kind: exact\n    parts: [{ field: email, as: email }]",
      "record: contacts\n    kind: exact\n    parts: [{ field: email, as: email }]",
    ],
    /record type "contacts" is not declared/,
  );
});

test("an index on a field that may only be searched in combination is refused", () => {
  refuses(
    [
      "indexes.yaml",
      "parts: [{ field: plate, as: alnum }, { field: plate-state, as: fold }]",
      "parts: [{ field: plate, as: alnum }]",
    ],
    /in combination only/,
  );
});

test("a transform that does not fit the type is refused", () => {
  refuses(
    ["indexes.yaml", "[{ field: email, as: email }]", "[{ field: email, as: year }]"],
    /year does not fit contact\.email/,
  );
});

test("a record type declared by two files is refused", () => {
  const { faults } = faultsWith("card.yaml", "record: card", "record: note");
  assert.match(faults.join("\n"), /schema\/note\.yaml:\d+:\d+: record type "note" is declared by another file too/);
});

test("an index that leaks too much stops the start and names its line", () => {
  const { faults } = faultsWith("indexes.yaml", "ways: 2048\n", "ways: 1024\n");
  assert.match(
    faults.join("\n"),
    /^schema\/indexes\.yaml:\d+:\d+: claim-loss: the commonest value stands out by 1\.6 standard/,
  );
});

test("a folder that is absent is refused", () => {
  assert.throws(() => loadRegistry(join(SCHEMA, "absent")), RegistryError);
});
