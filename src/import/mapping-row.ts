// From one row of a feed to its draft: translate, normalise, and say field by field what was refused.
import { type FieldType, normaliseField, type ValueContext } from "../vault/vault.ts";
import type { LineOfBusiness } from "../kernel/vocabulary.ts";
import type { CodedColumn, MappedField, MappedRecord, MappedUnit, Mapping } from "./mapping.ts";
import type {
  CustomerReference,
  FieldDraft,
  RecordDraft,
  Reject,
  RowDraft,
  SourceKey,
  UnitDraft,
} from "./row-draft.ts";

/** A row as parsed: its text by column. A column that the row lacks reads as empty. */
export interface FeedValues {
  readonly line: number;
  readonly values: ReadonlyMap<string, string>;
}

export type DraftResult =
  | { readonly ok: true; readonly draft: RowDraft }
  | { readonly ok: false; readonly rejects: readonly Reject[] };

const KEY_LENGTH_MAX = 200;

interface Reading {
  readonly mapping: Mapping;
  readonly row: FeedValues;
  readonly system: string;
  readonly country: string | null;
  readonly line: LineOfBusiness | null;
  reject(field: string, code: string): void;
  /** The same for a column that is empty but must not be: once a row, however many keys and fields are made of it. */
  rejectMissing(field: string, column: string): void;
}

/** Pure: the same row under the same mapping gives the same draft. A row with any fault gives all its faults and no draft; no value is quoted. */
export function draftRow(mapping: Mapping, row: FeedValues): DraftResult {
  const rejects: Reject[] = [];
  const reject = (field: string, code: string): void => {
    rejects.push({ line: row.line, field, code });
  };
  const missing = new Set<string>();
  const rejectMissing = (field: string, column: string): void => {
    if (!missing.has(column)) reject(field, "missing");
    missing.add(column);
  };
  const system = "name" in mapping.system ? mapping.system.name : translate(mapping, row, mapping.system);
  if (system === null) reject("row", "unknown-source");
  const { line: mapped } = mapping.place;
  const line = typeof mapped === "string" ? mapped : translate(mapping, row, mapped);
  if (line === null) reject("row", "unknown-line");
  const reading = { mapping, row, system: system ?? "", country: countryOf(mapping, row), line, reject, rejectMissing };
  const customer = readCustomer(reading);
  const units = mapping.units.map((unit) => readUnit(reading, unit));
  const records = mapping.records.flatMap((record) => readRecord(reading, record));
  const updatedAt = readUpdated(reading);
  if (rejects.length > 0 || customer === null) return { ok: false, rejects: rejects.slice(0, mapping.columns.length) };
  const minorUntil = minorUntilOf(mapping, records, updatedAt);
  const draft = { line: row.line, customer, units, records };
  return {
    ok: true,
    draft: { ...draft, ...(updatedAt === null ? {} : { updatedAt }), ...(minorUntil === null ? {} : { minorUntil }) },
  };
}

/** The row's text in a column; null when it means nothing. */
function textOf(mapping: Mapping, row: FeedValues, column: string): string | null {
  const text = row.values.get(column) ?? "";
  return mapping.empty.has(text.trim()) ? null : text;
}

function translate<Word extends string>(mapping: Mapping, row: FeedValues, coded: CodedColumn<Word>): Word | null {
  const word = textOf(mapping, row, coded.column)?.trim();
  return (word === undefined ? undefined : coded.values.get(word)) ?? coded.otherwise;
}

const COUNTRY: FieldType = {
  name: "country",
  path: "row.country",
  record: "row",
  label: "Country",
  type: "country",
  dataClass: "contact",
  index: "none",
  mask: "hidden",
  codes: null,
  others: "never",
  note: null,
};

function countryOf(mapping: Mapping, row: FeedValues): string | null {
  if (mapping.countryColumn === null) return null;
  const text = textOf(mapping, row, mapping.countryColumn);
  const country = text === null ? null : normaliseField(COUNTRY, text);
  return country?.ok ? country.value : null;
}

/** A key as the source writes it, trimmed. Null, after a reject, when there is none. */
function readKey(reading: Reading, column: string, as: { field: string; kind: string }): SourceKey | null {
  const text = textOf(reading.mapping, reading.row, column)?.normalize("NFKC").trim();
  if (text !== undefined && text !== "" && text.length <= KEY_LENGTH_MAX) {
    return { system: reading.system, kind: as.kind, key: text };
  }
  if (text === undefined || text === "") reading.rejectMissing(as.field, column);
  else reading.reject(as.field, "too-long");
  return null;
}

function readCustomer(reading: Reading): CustomerReference | null {
  const { customer } = reading.mapping;
  if (customer.by === "unit") {
    const unit = readKey(reading, customer.column, { field: "customer", kind: customer.unit });
    return unit === null ? null : { by: "unit", unit };
  }
  const kind =
    typeof customer.kind === "string" ? customer.kind : translate(reading.mapping, reading.row, customer.kind);
  if (kind === null) reading.reject("customer", "unknown-kind");
  const key = readKey(reading, customer.column, { field: "customer", kind: "customer" });
  return key === null || kind === null ? null : { by: "key", key, kind };
}

function readUnit(reading: Reading, unit: MappedUnit): UnitDraft {
  const { mapping, row } = reading;
  const status = unit.status === null ? "open" : translate(mapping, row, unit.status);
  if (status === null) reading.reject("unit", "unknown-status");
  const hasBook = unit.bookColumn !== null && textOf(mapping, row, unit.bookColumn) !== null;
  return {
    kind: unit.kind,
    key: unit.keyColumn === null ? null : readKey(reading, unit.keyColumn, { field: "unit", kind: unit.kind }),
    entity: mapping.place.entity,
    brand: mapping.place.brand,
    // Read already; a row whose line is not known has been rejected by now.
    line: reading.line ?? "general",
    book: hasBook ? readKey(reading, unit.bookColumn, { field: "unit", kind: "book" }) : null,
    status: status ?? "open",
  };
}

/** No record when all its fields are empty. */
function readRecord(reading: Reading, record: MappedRecord): RecordDraft[] {
  const fields: Record<string, FieldDraft> = {};
  for (const mapped of record.fields) {
    const value = readField(reading, mapped);
    if (value !== null) fields[mapped.field.name] = value;
  }
  const parts = record.keyColumns.map((column) => readKey(reading, column, { field: "record", kind: "" })?.key ?? "");
  if (Object.keys(fields).length === 0) return [];
  // One column stands for itself; several are told apart whatever they hold.
  const key = parts.length === 1 ? (parts[0] ?? "") : JSON.stringify(parts);
  return [
    {
      type: record.type,
      key: { system: reading.system, kind: `record:${record.type}`, key },
      unit: record.unit,
      fields,
    },
  ];
}

function readField(reading: Reading, mapped: MappedField): FieldDraft | null {
  const given = textOf(reading.mapping, reading.row, mapped.column);
  const word = given === null || mapped.values === null ? given : (mapped.values.get(given.trim()) ?? null);
  const source = word ?? mapped.otherwise;
  if (source === null) {
    if (given !== null) reading.reject(mapped.field.path, "not-in-list");
    else if (mapped.required) reading.rejectMissing(mapped.field.path, mapped.column);
    return null;
  }
  const context = reading.country === null ? mapped.context : inCountry(mapped.context, reading.country);
  const normalised = normaliseField(mapped.field, source, context);
  if (!normalised.ok) {
    reading.reject(mapped.field.path, normalised.reason);
    return null;
  }
  const kept = mapped.keepGiven && given !== null ? given : normalised.value;
  const value = { normalised: normalised.value, given: kept };
  return normalised.warning === undefined ? value : { ...value, warning: normalised.warning };
}

const contexts = new WeakMap<ValueContext, Map<string, ValueContext>>();

/** Remembered: there are fewer countries than rows. */
function inCountry(context: ValueContext, country: string): ValueContext {
  const known = contexts.get(context) ?? new Map<string, ValueContext>();
  const found = known.get(country) ?? { ...context, country };
  contexts.set(context, known.set(country, found));
  return found;
}

const UPDATED: FieldType = {
  ...COUNTRY,
  name: "updated",
  path: "row.updated",
  label: "Last change",
  type: "timestamp",
};

function readUpdated(reading: Reading): string | null {
  const { updated } = reading.mapping;
  const text = updated === null ? null : textOf(reading.mapping, reading.row, updated.column);
  if (updated === null || text === null) return null;
  const field = updated.context.dateFormat?.includes("hh") === true ? UPDATED : { ...UPDATED, type: "date" as const };
  const normalised = normaliseField(field, text, updated.context);
  if (!normalised.ok) reading.reject("row", normalised.reason);
  return normalised.ok ? normalised.value : null;
}

/** The birthday of age, when the day of reference lies before it; who was born on 29 February comes of age on 1 March. */
function minorUntilOf(mapping: Mapping, records: readonly RecordDraft[], updatedAt: string | null): string | null {
  if (mapping.minor === null) return null;
  const birth = fieldOf(records, mapping.minor.birthDate);
  const on = mapping.minor.on === "updated" ? updatedAt : fieldOf(records, mapping.minor.on);
  if (birth === null || on === null) return null;
  const [year = 0, month = 1, day = 1] = birth.slice(0, 10).split("-").map(Number);
  const ofAge = new Date(Date.UTC(year + mapping.minor.years, month - 1, day)).toISOString().slice(0, 10);
  return on.slice(0, 10) < ofAge ? ofAge : null;
}

function fieldOf(records: readonly RecordDraft[], path: string): string | null {
  const [type, name = ""] = path.split(".");
  return records.find((record) => record.type === type)?.fields[name]?.normalised ?? null;
}
