// Checks and normalises what a caller gives for a record, before anything is sealed.
import type { DataClass } from "../kernel/vocabulary.ts";
import type { FieldIssue } from "./errors.ts";
import { VaultError } from "./errors.ts";
import type { FieldValue } from "./field-value.ts";
import { FIELDS_MAX } from "./pack.ts";
import type { ValueContext, WarningCode } from "./schema/normalise.ts";
import { normaliseField } from "./schema/normalise.ts";
import type { RecordType, Registry } from "./schema/registry.ts";
import type { FieldValues } from "./seal-record.ts";

const VALUE_BYTES_MAX = 64 * 1024;

export interface GivenRecord {
  readonly recordType: string;
  /** Values as given, by field name within the record type. */
  readonly fields: Readonly<Record<string, string>>;
  /** What the source declares about all its values, and about single fields. */
  readonly context?: ValueContext;
  readonly contexts?: Readonly<Record<string, ValueContext>>;
  /** A correction that only takes fields out gives none. */
  readonly mayBeEmpty?: boolean;
}

/** Kept, although it can hardly be right. */
export interface FieldWarning {
  readonly field: string;
  readonly warning: WarningCode;
}

export interface PreparedRecord {
  readonly recordType: string;
  readonly schemaVersion: number;
  readonly fields: FieldValues;
  readonly warnings: readonly FieldWarning[];
  /** When its source last changed it, local ISO 8601, where the source tells. */
  readonly asOf?: string;
  /** Where it comes from and on which lawful ground, as `originText` writes it; not recorded when left out. */
  readonly origin?: string;
}

export type Prepared =
  | { readonly ok: true; readonly record: PreparedRecord }
  | { readonly ok: false; readonly issues: readonly FieldIssue[] };

/** Throws VaultError "unknown-record-type" and "too-many"; what is wrong with single values is answered. */
export function prepareRecord(registry: Registry, given: GivenRecord): Prepared {
  const type = recordType(registry, given.recordType);
  const names = Object.keys(given.fields);
  if (names.length > FIELDS_MAX) throw new VaultError("too-many", `at most ${FIELDS_MAX} fields at once`);
  const fields = new Map<string, FieldValue>();
  const issues: FieldIssue[] = [];
  const warnings: FieldWarning[] = [];
  for (const name of names) {
    const path = `${type.name}.${name}`;
    const outcome = prepareField(registry, given, path, name);
    if ("reason" in outcome) issues.push({ field: outcome.known ? path : type.name, reason: outcome.reason });
    else fields.set(name, outcome.value);
    if ("warning" in outcome && outcome.warning !== undefined) warnings.push({ field: path, warning: outcome.warning });
  }
  if (names.length === 0 && given.mayBeEmpty !== true) issues.push({ field: type.name, reason: "no-fields" });
  return issues.length > 0
    ? { ok: false, issues }
    : { ok: true, record: { recordType: type.name, schemaVersion: type.version, fields, warnings } };
}

/** Like `prepareRecord`, for callers that take all or nothing: throws VaultError "invalid-field" with the issues. */
export function prepareRecordOrThrow(registry: Registry, given: GivenRecord): PreparedRecord {
  const prepared = prepareRecord(registry, given);
  if (!prepared.ok) throw new VaultError("invalid-field", "some values were refused", prepared.issues);
  return prepared.record;
}

export function recordType(registry: Registry, name: string): RecordType {
  const type = registry.recordType(name);
  if (type === null) throw new VaultError("unknown-record-type", "no such record type");
  return type;
}

/** The data classes of some fields, each once. Throws VaultError "invalid-field" on one that is not declared. */
export function classesOf(registry: Registry, recordTypeName: string, names: Iterable<string>): DataClass[] {
  const classes = new Set<DataClass>();
  const type = registry.recordType(recordTypeName);
  if (type === null) return [];
  const known = classesByField(type);
  for (const name of names) {
    const dataClass = known.get(name);
    if (dataClass !== undefined) classes.add(dataClass);
  }
  return [...classes];
}

const byField = new WeakMap<RecordType, ReadonlyMap<string, DataClass>>();

function classesByField(type: RecordType): ReadonlyMap<string, DataClass> {
  const known = byField.get(type) ?? new Map(type.fields.map(({ name, dataClass }) => [name, dataClass]));
  byField.set(type, known);
  return known;
}

type FieldOutcome =
  | { readonly value: FieldValue; readonly warning: WarningCode | undefined }
  | { readonly reason: string; readonly known: boolean };

/** INVARIANT: a name that is not declared is not repeated in an issue; it may be a value in the wrong place. */
function prepareField(registry: Registry, given: GivenRecord, path: string, name: string): FieldOutcome {
  const field = registry.field(path);
  if (field === null) return { reason: "unknown-field", known: false };
  const value = given.fields[name] ?? "";
  if (Buffer.byteLength(value, "utf8") > VALUE_BYTES_MAX) return { reason: "too-long", known: true };
  const normalised = normaliseField(field, value, given.contexts?.[name] ?? given.context);
  if (!normalised.ok) return { reason: normalised.reason, known: true };
  return { value: { normalised: normalised.value, given: value }, warning: normalised.warning };
}
