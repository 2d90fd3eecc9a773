// Test support: the shipped schema, and mappings written for one test.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadRegistry } from "../vault/vault.ts";
import type { Mapping } from "./mapping.ts";
import { loadMappings } from "./mapping-folder.ts";

const GOVERNANCE = new URL("../../governance/", import.meta.url);
export const registry = loadRegistry(fileURLToPath(new URL("schema", GOVERNANCE)));
export const MAPPINGS_FOLDER = fileURLToPath(new URL("mappings", GOVERNANCE));

/** A small feed: a person a row. */
export const SMALL = `mapping: small
version: 1
label: Small feed
format: { type: csv, delimiter: ";", encoding: utf-8 }
limits: { row-bytes: 512, field-characters: 100 }
columns: [id, first, last, born, sex, phone, paid, seen, country, spare]
empty: ["NULL", "n/a"]
source: { system: small-system }
origin: { source: producer, ground: given-on-behalf, institution: a broker }
place: { entity: some-company, brand: some-brand, line: auto }
defaults: { country: US, currency: USD }
country-column: country
customer: { kind: person, key: id }
updated: { column: seen, date-format: "dd/mm/yyyy hh:mm:ss" }
units:
  - { kind: relationship }
records:
  - type: person
    unit: relationship
    fields:
      customer-number: { column: id }
      first-name: { column: first }
      last-name: { column: last, required: true }
      birth-date: { column: born, date-format: "mm/dd/yyyy" }
      sex: { column: sex, values: { F: female, M: male } }
      annual-income: { column: paid }
  - type: contact
    unit: relationship
    fields:
      phone: { column: phone }
minor: { birth-date: person.birth-date, on: updated, years: 18 }
totals: [{ name: income, sum: person.annual-income }]
dropped: { spare: nobody needs it }
`;

/** Loads one mapping from its text. Throws what `loadMappings` throws. */
export function mappingOf(text: string): Mapping {
  const folder = mkdtempSync(join(tmpdir(), "uberrima-mapping-"));
  try {
    writeFileSync(join(folder, "one.yaml"), text);
    const [mapping] = loadMappings(folder, registry).values();
    assert.ok(mapping);
    return mapping;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
