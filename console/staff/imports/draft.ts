// A mapping as somebody makes it: what each column becomes, and what is said of the file as a whole. Pure.
import type { Answer } from "../../../contract/route.ts";
import type { RouteOf } from "../../../contract/routes.ts";
import type { FileFormat } from "./file-head.ts";

export type RecordType = Answer<RouteOf<"describeSchema">>["recordTypes"][number];
export type SchemaField = RecordType["fields"][number];
/** Of the closed lists of governance; what the two need beside them where they do. */
export interface ChosenOrigin {
  readonly source: string;
  readonly ground: string;
  readonly reference?: string;
  readonly institution?: string;
}

export type UnitKind = RecordType["unitKinds"][number];

/** What the importer reads (src/vault/schema); a test holds them equal. */
export const DATE_FORMATS = [
  "yyyy-mm-dd",
  "yyyy/mm/dd",
  "yyyymmdd",
  "mm/dd/yyyy",
  "dd/mm/yyyy",
  "m/d/yyyy",
  "d/m/yyyy",
  "mm-dd-yyyy",
  "dd-mm-yyyy",
  "dd.mm.yyyy",
  "yyyy-mm-dd hh:mm:ss",
  "mm/dd/yyyy hh:mm:ss",
  "dd/mm/yyyy hh:mm:ss",
] as const;

export interface ColumnUse {
  /** `record.field`; null: left out. */
  readonly field: string | null;
  readonly dateFormat?: string;
  /** The file's words for the codes of a closed list. */
  readonly words?: Readonly<Record<string, string>>;
  readonly isRequired?: boolean;
  /** Why it is left out. */
  readonly why?: string;
}

export interface Draft {
  readonly name: string;
  readonly label: string;
  /** Which system's numbers the keys are. */
  readonly system: string;
  /** Null until it is said. */
  readonly origin: ChosenOrigin | null;
  readonly entity: string;
  readonly brand: string;
  readonly line: string;
  readonly kind: "person" | "organisation";
  /** The column that tells one customer from another. */
  readonly key: string | null;
  /** Beside the relationship: a policy, a claim, by a column of its own. */
  readonly unit: { readonly kind: UnitKind; readonly key: string | null } | null;
  readonly country: string;
  readonly currency: string;
  readonly decimalMark: "point" | "comma";
  readonly columns: Readonly<Record<string, ColumnUse>>;
}

const DATED = new Set(["date", "timestamp"]);
const WRITTEN_NUMBERS = new Set(["money", "decimal", "percent"]);

/** Record types that may be filled by such a file. */
export function fillable(types: readonly RecordType[], { kind, unit }: Pick<Draft, "kind" | "unit">): RecordType[] {
  return types.filter((type) => type.subjects.includes(kind) && unitOf(type, unit) !== null);
}

function unitOf({ unitKinds }: RecordType, unit: Draft["unit"]): UnitKind | null {
  if (unit !== null && unitKinds.includes(unit.kind)) return unit.kind;
  return unitKinds.includes("relationship") ? "relationship" : null;
}

/** What is still to be said before it can be tried, as keys of texts. */
export function missingOf(
  draft: Draft,
  types: readonly RecordType[],
): ("name" | "origin" | "key" | "unitKey" | "fields" | "dates")[] {
  const fields = new Map(types.flatMap((type) => type.fields.map((field) => [field.path, field] as const)));
  const used = Object.values(draft.columns).flatMap(({ field, ...use }) => (field === null ? [] : [{ field, ...use }]));
  const undated = used.some(
    ({ field, dateFormat }) => DATED.has(fields.get(field)?.type ?? "") && dateFormat === undefined,
  );
  const isNamed = [draft.name, draft.system, draft.entity, draft.brand].every((word) =>
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(word),
  );
  return [
    ...(isNamed && draft.label.trim() !== "" ? [] : (["name"] as const)),
    ...(draft.origin === null ? (["origin"] as const) : []),
    ...(draft.key === null ? (["key"] as const) : []),
    ...(draft.unit !== null && draft.unit.key === null ? (["unitKey"] as const) : []),
    ...(used.length === 0 ? (["fields"] as const) : []),
    ...(undated ? (["dates"] as const) : []),
  ];
}

/** As in governance/mappings/: JSON is YAML. The server counts the version. */
export function textOf(draft: Draft, format: FileFormat, types: readonly RecordType[]): string {
  const columns = Object.keys(draft.columns);
  const keys = new Set([draft.key, draft.unit?.key ?? null]);
  const left = columns.filter((column) => draft.columns[column]?.field === null && !keys.has(column));
  const records = types.flatMap((type) => recordOf(type, draft));
  const units = new Set<UnitKind>(["relationship", ...records.map(({ unit }) => unit)]);
  return JSON.stringify(
    {
      mapping: draft.name,
      version: 1,
      label: draft.label.trim(),
      format: {
        type: format.format,
        encoding: "utf-8",
        ...(format.format === "csv" ? { delimiter: format.delimiter } : {}),
      },
      columns,
      source: { system: draft.system },
      origin: draft.origin,
      place: { entity: draft.entity, brand: draft.brand, line: draft.line },
      defaults: { country: draft.country, currency: draft.currency },
      customer: { kind: draft.kind, key: draft.key },
      units: [...units].map((kind) => (kind === "relationship" ? { kind } : { kind, key: draft.unit?.key })),
      records,
      ...(left.length === 0
        ? {}
        : { dropped: Object.fromEntries(left.map((column) => [column, draft.columns[column]?.why || "Not needed"])) }),
    },
    null,
    2,
  );
}

function recordOf(type: RecordType, draft: Draft) {
  const unit = unitOf(type, draft.unit);
  const fields = type.fields.flatMap((field) => {
    const found = Object.entries(draft.columns).find(([, use]) => use.field === field.path);
    return found === undefined ? [] : [[field.path.slice(type.name.length + 1), fieldOf(field, found, draft)] as const];
  });
  return unit === null || fields.length === 0 ? [] : [{ type: type.name, unit, fields: Object.fromEntries(fields) }];
}

function fieldOf(field: SchemaField, [column, use]: [string, ColumnUse], { decimalMark }: Draft): object {
  const words = Object.entries(use.words ?? {}).filter(([, code]) => code !== "");
  return {
    column,
    ...(DATED.has(field.type) ? { "date-format": use.dateFormat } : {}),
    ...(WRITTEN_NUMBERS.has(field.type) && decimalMark === "comma" ? { "decimal-mark": "comma" } : {}),
    ...(field.codes !== null && words.length > 0 ? { values: Object.fromEntries(words) } : {}),
    ...(use.isRequired === true ? { required: true } : {}),
  };
}
