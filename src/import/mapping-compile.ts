// From a checked mapping document to the form that rows are read with: defaults filled in, fields resolved.
import { type Origin, originText, type Registry, type ValueContext } from "../vault/vault.ts";
import type { CodedColumn, MappedField, MappedRecord, Mapping } from "./mapping.ts";
import type { FieldDocument, MappingDocument } from "./mapping-document.ts";

const ROW_BYTES_DEFAULT = 65_536;
const FIELD_CHARACTERS_DEFAULT = 32_768;
const REJECTS_DEFAULT = 10_000;

export function compileMapping(document: MappingDocument, registry: Registry, digest: string): Mapping {
  const { format, limits, minor, updated } = document;
  return {
    name: document.mapping,
    label: document.label,
    digest,
    format: { type: format.type, delimiter: format.delimiter ?? ",", resource: format.resource ?? null },
    limits: {
      rowBytes: limits?.["row-bytes"] ?? ROW_BYTES_DEFAULT,
      fieldCharacters: limits?.["field-characters"] ?? FIELD_CHARACTERS_DEFAULT,
      rejects: limits?.rejects ?? REJECTS_DEFAULT,
    },
    columns: document.columns,
    empty: new Set(["", ...(document.empty ?? [])]),
    system: "system" in document.source ? { name: document.source.system } : coded(document.source),
    origin: originOfAll(document),
    place: { ...document.place, line: lineOf(document.place.line) },
    countryColumn: document["country-column"] ?? null,
    customer: customerOf(document.customer),
    updated: updated === undefined ? null : { column: updated.column, context: { dateFormat: updated["date-format"] } },
    units: document.units.map((unit) => ({
      kind: unit.kind,
      keyColumn: unit.key ?? null,
      bookColumn: unit.book ?? null,
      status: unit.status === undefined ? null : coded(unit.status),
    })),
    records: document.records.map((record) => recordOf(document, record, registry)),
    minor: minor === undefined ? null : { birthDate: minor["birth-date"], on: minor.on, years: minor.years },
    totals: document.totals ?? [],
    dropped: new Map(Object.entries(document.dropped ?? {})),
  };
}

function originOfAll(document: MappingDocument): string | null {
  const origin = originOf(document);
  return origin === null ? null : originText(origin);
}

/** Null where each file says it. */
export function originOf({ origin }: MappingDocument): Origin | null {
  if (origin === "each-file") return null;
  const { source, ground, reference = null, institution = null } = origin;
  return { source, ground, reference, institution };
}

function customerOf(customer: MappingDocument["customer"]): Mapping["customer"] {
  if ("holder-of" in customer) return { by: "unit", unit: customer["holder-of"], column: customer.key };
  const kind = typeof customer.kind === "string" ? customer.kind : coded(customer.kind);
  return { by: "key", column: customer.key, kind };
}

function lineOf(line: MappingDocument["place"]["line"]): Mapping["place"]["line"] {
  return typeof line === "string" ? line : coded(line);
}

function recordOf(
  document: MappingDocument,
  record: MappingDocument["records"][number],
  registry: Registry,
): MappedRecord {
  const unitKey = document.units.find((unit) => unit.kind === record.unit)?.key;
  const fields = Object.entries(record.fields).flatMap(([name, mapped]) => {
    const field = registry.field(`${record.type}.${name}`);
    return field === null ? [] : [mappedField(document, mapped, field)];
  });
  return { type: record.type, unit: record.unit, keyColumns: record.key ?? [unitKey ?? document.customer.key], fields };
}

function mappedField(document: MappingDocument, mapped: FieldDocument, field: MappedField["field"]): MappedField {
  return {
    field,
    column: mapped.column,
    values: mapped.values === undefined ? null : new Map(Object.entries(mapped.values)),
    otherwise: mapped.otherwise ?? null,
    required: mapped.required ?? false,
    keepGiven: mapped["keep-given"] ?? true,
    context: contextOf(document, mapped),
  };
}

function contextOf(document: MappingDocument, mapped: FieldDocument): ValueContext {
  const country = mapped.country ?? document.defaults?.country;
  const currency = mapped.currency ?? document.defaults?.currency;
  const dateFormat = mapped["date-format"];
  const decimalMark = mapped["decimal-mark"];
  return {
    ...(country === undefined ? {} : { country }),
    ...(currency === undefined ? {} : { currency }),
    ...(dateFormat === undefined ? {} : { dateFormat }),
    ...(decimalMark === undefined ? {} : { decimalMark }),
  };
}

interface CodedDocument<Word extends string> {
  readonly column: string;
  readonly values: Readonly<Record<string, Word>>;
  readonly otherwise?: Word | undefined;
}

function coded<Word extends string>(document: CodedDocument<Word>): CodedColumn<Word> {
  return {
    column: document.column,
    values: new Map(Object.entries(document.values)),
    otherwise: document.otherwise ?? null,
  };
}
