// Cross-checks of the schema files that their form alone cannot show.
import type { DataClass } from "../../kernel/vocabulary.ts";
import { RegistryError } from "./errors.ts";
import { TRANSFORM_RULES } from "./index-inputs.ts";
import { maskFits, MASKS } from "./masks.ts";
import type { ReadIndexes, ReadRecords } from "./registry-document.ts";
import type { FieldType, IndexPart, IndexType, RecordType } from "./schema.ts";

/** Only these classes may be searched: an index over the others would say who is ill, watched or of what faith. */
const SEARCHABLE: ReadonlySet<DataClass> = new Set([
  "identity",
  "contact",
  "government-id",
  "financial",
  "driving",
  "property",
]);
/** Masks of these classes show nothing at all: even a part of a diagnosis or of a fraud flag is one. */
const NEVER_PARTLY_SHOWN: ReadonlySet<DataClass> = new Set([
  "specially-protected-health",
  "genetic",
  "biometric",
  "investigation",
  "special-category",
]);
const FIELDS_MAX = 200;

type Fault = (path: readonly (string | number)[], message: string) => void;

/** Throws RegistryError with every fault found. */
export function checkRegistry(records: ReadRecords, indexes: ReadIndexes): void {
  const faults: string[] = [];
  const seen = new Set<string>();
  records.types.forEach((record, at) => {
    const fault: Fault = (path, message) => faults.push(records.files[at]?.faultAt(path, message) ?? message);
    if (seen.has(record.name)) fault(["record"], `record type "${record.name}" is declared by another file too`);
    seen.add(record.name);
    checkRecord(record, indexes.types, fault);
  });
  const types = new Map(records.types.map((record) => [record.name, record]));
  const fault: Fault = (path, message) => faults.push(indexes.file.faultAt(path, message));
  for (const index of indexes.types) checkIndex(index, types, fault);
  checkPopulation(indexes, types, fault);
  if (faults.length > 0) throw new RegistryError(faults);
}

function checkRecord(record: RecordType, indexes: readonly IndexType[], fault: Fault): void {
  if (record.fields.length === 0 || record.fields.length > FIELDS_MAX)
    fault(["fields"], `needs 1 to ${FIELDS_MAX} fields`);
  if (record.retention.citation === null && record.retention.textConfirmed !== "none") {
    fault(["retention", "text-confirmed"], "a text is confirmed but no citation is given");
  }
  const parts = indexes.filter((index) => index.record === record.name).flatMap((index) => index.parts);
  for (const field of record.fields)
    checkField(field, parts, (member, message) => fault(["fields", field.name, member], message));
}

function checkField(
  field: FieldType,
  parts: readonly IndexPart[],
  fault: (member: string, message: string) => void,
): void {
  const isCode = field.type === "code";
  if (isCode !== (field.codes !== null))
    fault("codes", isCode ? "a field of type code lists its codes" : "only a field of type code lists codes");
  if (!maskFits(field.mask, field.type)) {
    const allowed = Object.keys(MASKS).filter((mask) => maskFits(mask as FieldType["mask"], field.type));
    fault("mask", `mask ${field.mask} does not fit type ${field.type}; allowed: ${allowed.join(", ")}`);
  }
  if (NEVER_PARTLY_SHOWN.has(field.dataClass) && field.mask !== "hidden") {
    fault("mask", `class ${field.dataClass} allows only the mask hidden`);
  }
  if (field.index === "none") return;
  if (!SEARCHABLE.has(field.dataClass)) fault("index", `class ${field.dataClass} cannot be searched; allowed: none`);
  const isUsed = parts.some((part) => part.field === field.name || part.alternatives.includes(field.name));
  if (!isUsed) fault("index", `declared as ${field.index}, but no index of indexes.yaml uses the field; allowed: none`);
}

function checkIndex(index: IndexType, types: ReadonlyMap<string, RecordType>, fault: Fault): void {
  const at = ["indexes", index.name];
  const record = types.get(index.record);
  if (record === undefined) {
    fault(
      [...at, "record"],
      `record type "${index.record}" is not declared; declared: ${[...types.keys()].join(", ")}`,
    );
    return;
  }
  if ((index.kind === "compound") !== index.parts.length > 1 && (index.kind === "exact" || index.kind === "compound")) {
    fault([...at, "kind"], "an exact index has one part, a compound one several");
  }
  checkKind(index, (message) => fault([...at, "kind"], message));
  const used = new Set<string>();
  index.parts.forEach((part, place) => {
    const partFault = (member: string, message: string): void => fault([...at, "parts", place, member], message);
    checkPart({ index, part, record }, partFault);
    for (const name of [part.field, ...part.alternatives]) {
      if (used.has(name)) partFault("field", `field "${name}" is used twice`);
      used.add(name);
    }
  });
}

function checkKind(index: IndexType, fault: (message: string) => void): void {
  const transforms = index.parts.map((part) => part.transform);
  const isPrefix = transforms.some((transform) => transform.startsWith("prefix"));
  const isPhonetic = transforms.includes("metaphone");
  if (isPrefix !== (index.kind === "prefix"))
    fault("kind prefix goes with a part as prefix4 or prefix6, and only with one");
  if (isPhonetic !== (index.kind === "phonetic"))
    fault("kind phonetic goes with a part as metaphone, and only with one");
}

interface PartInPlace {
  readonly index: IndexType;
  readonly part: IndexPart;
  readonly record: RecordType;
}

function checkPart({ index, part, record }: PartInPlace, fault: (member: string, message: string) => void): void {
  const first = record.fields.find((field) => field.name === part.field);
  for (const name of [part.field, ...part.alternatives]) {
    const member = name === part.field ? "field" : "alternatives";
    const field = record.fields.find((candidate) => candidate.name === name);
    if (field === undefined) {
      fault(member, `record type ${record.name} has no field "${name}"`);
      continue;
    }
    if (field.index === "none") fault(member, `field ${field.path} is declared with index: none`);
    if (index.parts.length === 1 && field.index === "combined")
      fault(member, `field ${field.path} may be searched in combination only`);
    if (!TRANSFORM_RULES[part.transform].fits.includes(field.type))
      fault("as", `${part.transform} does not fit ${field.path} of type ${field.type}`);
    if (field.type !== first?.type || field.dataClass !== first.dataClass)
      fault(member, `${field.path} differs from ${part.field} in type or class`);
  }
}

function checkPopulation(indexes: ReadIndexes, types: ReadonlyMap<string, RecordType>, fault: Fault): void {
  for (const name of Object.keys(indexes.population.recordsPerCustomer)) {
    if (!types.has(name)) fault(["population", "records-per-customer", name], `record type "${name}" is not declared`);
  }
  const parts = indexes.types.flatMap((index) =>
    index.parts.map((part) => `${index.record}.${part.field}:${part.transform}`),
  );
  for (const name of Object.keys(indexes.population.spreads)) {
    if (!parts.includes(name)) fault(["population", "spreads", name], `no index has the part "${name}"`);
  }
}
