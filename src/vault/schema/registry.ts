// What kinds of records the vault knows: types, fields, data classes, masks, indexes and retention, read from governance/schema/.
import { hash } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { canonicalJson, type Json } from "../../kernel/canonical-json.ts";
import { RegistryError } from "./errors.ts";
import { checkRegistry } from "./registry-check.ts";
import { loadOrigins, type Origins } from "./origins.ts";
import { type ReadIndexes, readIndexes, readRecordTypes } from "./registry-document.ts";
import { planLeakage, type Refusal } from "./leakage.ts";
import type { FieldType, IndexType, RecordType, Registry } from "./schema.ts";

export type { FieldType, IndexType, RecordType, Registry };
export type { UnitKind } from "./vocabulary.ts";

const INDEXES_FILE = "indexes.yaml";
const ORIGINS_FILE = "origins.yaml";

/** Reads and checks every file of the folder. Throws RegistryError naming file, line and column of each fault. */
export function loadRegistry(folder: string): Registry {
  const shown = basename(folder);
  const files = listYaml(folder, shown).map((name) => ({ path: join(folder, name), shownAs: `${shown}/${name}` }));
  const recordFiles = files.filter((file) => ![INDEXES_FILE, ORIGINS_FILE].includes(basename(file.path)));
  const indexesFile = files.find((file) => basename(file.path) === INDEXES_FILE);
  if (indexesFile === undefined) throw new RegistryError([`${shown}/${INDEXES_FILE}:1:1: the file is missing`]);
  const records = readRecordTypes(recordFiles);
  const indexes = readIndexes(indexesFile, records.types);
  checkRegistry(records, indexes);
  const origins = loadOrigins(join(folder, ORIGINS_FILE), `${shown}/${ORIGINS_FILE}`);
  const registry = assemble(records.types, indexes, origins);
  const { refusals } = planLeakage(registry);
  if (refusals.length > 0) throw new RegistryError(refusals.map((refusal) => leakageFault(indexes.file, refusal)));
  return registry;
}

function leakageFault(file: ReadIndexes["file"], refusal: Refusal): string {
  const path = refusal.index === null ? ["indexes"] : ["indexes", refusal.index];
  return file.faultAt(path, `${refusal.index ?? refusal.field}: ${refusal.message}`);
}

function listYaml(folder: string, shown: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  } catch {
    throw new RegistryError([`${shown}: the folder cannot be read`]);
  }
  return names.toSorted();
}

function assemble(
  recordTypes: readonly RecordType[],
  { types: indexes, population }: Pick<ReadIndexes, "types" | "population">,
  origins: Origins,
): Registry {
  const types = new Map(recordTypes.map((type) => [type.name, type]));
  const fields = new Map(recordTypes.flatMap((type) => type.fields.map((field) => [field.path, field])));
  const byName = new Map(indexes.map((index) => [index.name, index]));
  const byRecord = Map.groupBy(indexes, (index) => index.record);
  const content = { recordTypes, indexes, population };
  freezeDeeply(content);
  const all = Object.freeze([...fields.values()]);
  return Object.freeze({
    digest: hash("sha256", canonicalJson(content as unknown as Json), "hex"),
    population,
    origins,
    recordTypes,
    allIndexes: indexes,
    recordType: (name: string) => types.get(name) ?? null,
    field: (path: string) => fields.get(path) ?? null,
    indexes: (recordType: string) => byRecord.get(recordType) ?? [],
    index: (name: string) => byName.get(name) ?? null,
    allFields: () => all,
  });
}

function freezeDeeply(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freezeDeeply(member);
}
