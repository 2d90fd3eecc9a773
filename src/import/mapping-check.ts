// Cross-checks of one mapping against itself and the schema: nothing unknown, nothing forgotten, nothing left to guess.
import type { GovernedFile } from "../kernel/governed-yaml.ts";
import type { FieldType, Registry, ValueType } from "../vault/vault.ts";
import { parseFhirPath } from "./fhir-path.ts";
import { originOf } from "./mapping-compile.ts";
import type { FieldDocument, MappingDocument } from "./mapping-document.ts";

type Path = (string | number)[];
type Fault = (path: Path, message: string) => void;

const SUMMABLE: readonly ValueType[] = ["money", "integer", "decimal"];
const DATED: readonly ValueType[] = ["date", "timestamp"];

/** Every fault found, as `file:line:column: what`; none for a mapping that may be used. */
export function checkMapping(file: GovernedFile<MappingDocument>, registry: Registry): string[] {
  const faults: string[] = [];
  const fault: Fault = (path, message) => faults.push(file.faultAt(path, message));
  const document = file.content;
  checkColumns(document, fault);
  checkFormat(document, fault);
  checkUnits(document, fault);
  document.records.forEach((record, at) => checkRecord({ document, record, at, registry }, fault));
  checkReferences(document, registry, fault);
  checkOrigin(document, registry, fault);
  return faults;
}

function checkOrigin(document: MappingDocument, { origins }: Registry, fault: Fault): void {
  const origin = originOf(document);
  if (origin === null) return;
  for (const unit of new Set(document.records.map((record) => record.unit))) {
    const found = origins.fault(origin, unit);
    if (found !== null) return fault(["origin"], `${found}; see governance/schema/origins.yaml`);
  }
}

/** Each column is used or dropped with a reason: a new column may hold what nobody has classified. */
function checkColumns(document: MappingDocument, fault: Fault): void {
  const declared = new Set<string>();
  document.columns.forEach((column, at) => {
    if (declared.has(column)) fault(["columns", at], `column "${column}" is declared twice`);
    declared.add(column);
  });
  const used = usedColumns(document);
  for (const [column, path] of used) {
    if (!declared.has(column)) fault(path, `"${column}" is not among the columns`);
  }
  const dropped = document.dropped ?? {};
  for (const column of Object.keys(dropped)) {
    if (!declared.has(column)) fault(["dropped", column], `"${column}" is not among the columns`);
    if (used.has(column)) fault(["dropped", column], `"${column}" is used as well`);
  }
  document.columns.forEach((column, at) => {
    if (!used.has(column) && !Object.hasOwn(dropped, column)) {
      fault(["columns", at], `column "${column}" is neither used nor dropped with a reason`);
    }
  });
}

/** Each used column with a place of its use. */
function usedColumns(document: MappingDocument): Map<string, Path> {
  const used = new Map<string, Path>();
  const use = (column: string | undefined, path: Path): void => {
    if (column !== undefined) used.set(column, path);
  };
  if ("column" in document.source) use(document.source.column, ["source", "column"]);
  if (typeof document.place.line === "object") use(document.place.line.column, ["place", "line", "column"]);
  use(document["country-column"], ["country-column"]);
  use(document.customer.key, ["customer", "key"]);
  if ("kind" in document.customer && typeof document.customer.kind === "object")
    use(document.customer.kind.column, ["customer", "kind"]);
  use(document.updated?.column, ["updated", "column"]);
  document.units.forEach((unit, at) => {
    use(unit.key, ["units", at, "key"]);
    use(unit.book, ["units", at, "book"]);
    use(unit.status?.column, ["units", at, "status", "column"]);
  });
  document.records.forEach((record, at) => {
    record.key?.forEach((column, place) => use(column, ["records", at, "key", place]));
    for (const [name, field] of Object.entries(record.fields))
      use(field.column, ["records", at, "fields", name, "column"]);
  });
  return used;
}

function checkUnits(document: MappingDocument, fault: Fault): void {
  const kinds = new Set<string>();
  document.units.forEach((unit, at) => {
    if (kinds.has(unit.kind)) fault(["units", at, "kind"], `a second unit of kind ${unit.kind}`);
    kinds.add(unit.kind);
    const isRelationship = unit.kind === "relationship";
    if (isRelationship && unit.key !== undefined)
      fault(["units", at, "key"], "the relationship is named by its customer and has no key");
    if (!isRelationship && unit.key === undefined) fault(["units", at], `a unit of kind ${unit.kind} needs a key`);
  });
}

function checkFormat({ format, columns }: MappingDocument, fault: Fault): void {
  const { type, delimiter, resource } = format;
  if (type !== "csv" && delimiter !== undefined) fault(["format", "delimiter"], `${type} has no delimiter`);
  if ((type === "fhir") !== (resource !== undefined))
    fault(["format"], "a feed of fhir names its resource, and no other does");
  if (type !== "fhir") return;
  columns.forEach((column, at) => {
    if (parseFhirPath(column) === null) fault(["columns", at], "is no path of an element, such as name[0].family");
  });
}

interface RecordInPlace {
  readonly document: MappingDocument;
  readonly record: MappingDocument["records"][number];
  readonly at: number;
  readonly registry: Registry;
}

function checkRecord({ document, record, at, registry }: RecordInPlace, fault: Fault): void {
  const type = registry.recordType(record.type);
  if (type === null) {
    fault(["records", at, "type"], `record type "${record.type}" is not declared by the schema`);
    return;
  }
  if (!document.units.some((unit) => unit.kind === record.unit))
    fault(["records", at, "unit"], `no unit of kind ${record.unit} is declared`);
  if (!type.unitKinds.includes(record.unit)) {
    fault(
      ["records", at, "unit"],
      `${record.type} may not stand in a unit of kind ${record.unit}; allowed: ${type.unitKinds.join(", ")}`,
    );
  }
  const kinds = subjectKinds(document);
  const foreign = kinds.filter((kind) => !type.subjects.includes(kind));
  if (foreign.length > 0)
    fault(["records", at, "type"], `${record.type} is no record of a customer of kind ${foreign.join(", ")}`);
  const twice = document.records.findIndex((other) => other.type === record.type && other.unit === record.unit) !== at;
  if (twice && record.key === undefined)
    fault(["records", at], `a second ${record.type} of the same unit needs a key of its own`);
  for (const [name, field] of Object.entries(record.fields)) {
    const path = ["records", at, "fields", name];
    const declared = registry.field(`${record.type}.${name}`);
    if (declared === null) {
      fault(path, `${record.type} has no field "${name}"; it has: ${type.fields.map((one) => one.name).join(", ")}`);
      continue;
    }
    checkField(document, field, declared, (member, message) => fault([...path, member], message));
  }
}

function subjectKinds(document: MappingDocument): ("person" | "organisation")[] {
  if ("holder-of" in document.customer) return [];
  const { kind } = document.customer;
  return typeof kind === "string" ? [kind] : [...new Set(Object.values(kind.values))];
}

function checkField(
  document: MappingDocument,
  mapped: FieldDocument,
  field: FieldType,
  fault: (member: string, message: string) => void,
): void {
  const isDated = DATED.includes(field.type);
  const format = mapped["date-format"];
  // Those of FHIR are ISO 8601 by its own definition, with a time of day or without.
  const isDeclared = format !== undefined || document.format.type === "fhir";
  if (isDated && !isDeclared) fault("column", `${field.path} is a ${field.type}: declare its date-format`);
  if (!isDated && format !== undefined) fault("date-format", `${field.path} is of type ${field.type}`);
  if (field.type === "timestamp" && format !== undefined && !format.includes("hh"))
    fault("date-format", `${field.path} needs a time of day`);
  if (field.type === "money" && mapped.currency === undefined && document.defaults?.currency === undefined) {
    fault("column", `${field.path} is money: declare its currency here or in defaults`);
  }
  if (mapped.otherwise !== undefined && mapped.values === undefined) fault("otherwise", "goes with values only");
  if (field.codes === null) return;
  const codes = Object.keys(field.codes);
  const words = [...Object.values(mapped.values ?? {}), ...(mapped.otherwise === undefined ? [] : [mapped.otherwise])];
  for (const word of words) {
    if (!codes.includes(word)) fault("values", `"${word}" is no code of ${field.path}; allowed: ${codes.join(", ")}`);
  }
}

function checkReferences(document: MappingDocument, registry: Registry, fault: Fault): void {
  const mapped = new Set(
    document.records.flatMap((record) => Object.keys(record.fields).map((name) => `${record.type}.${name}`)),
  );
  const check = (path: Path, field: string, types: readonly ValueType[]): void => {
    if (!mapped.has(field)) fault(path, `"${field}" is not a field of this mapping`);
    else if (!types.includes(registry.field(field)?.type ?? "text"))
      fault(path, `"${field}" must be of type ${types.join(" or ")}`);
  };
  document.totals?.forEach((total, at) => check(["totals", at, "sum"], total.sum, SUMMABLE));
  const { minor } = document;
  if (minor === undefined) return;
  check(["minor", "birth-date"], minor["birth-date"], DATED);
  if (minor.on !== "updated") check(["minor", "on"], minor.on, DATED);
  else if (document.updated === undefined) fault(["minor", "on"], "no updated column is declared");
}
