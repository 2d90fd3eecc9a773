// The YAML of governance/schema/: its strict form, and what it becomes.
import { z } from "zod";
import { DATA_CLASSES } from "../../kernel/vocabulary.ts";
import { type GovernedFile, readGovernedYaml, strictYaml } from "../../kernel/governed-yaml.ts";
import { RegistryError } from "./errors.ts";
import type { FieldType, IndexType, Population, RecordType, Spread } from "./schema.ts";
import {
  INDEX_KINDS,
  INDEX_USES,
  MASK_NAMES,
  OTHERS,
  RETENTION_EVENTS,
  SUBJECT_KINDS,
  TRANSFORMS,
  UNIT_KINDS,
  VALUE_TYPES,
} from "./vocabulary.ts";

export interface YamlFile {
  readonly path: string;
  /** How messages name it. */
  readonly shownAs: string;
}

const NAME = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, "must be lower-case words joined by hyphens")
  .max(48);
/** Record, dot and field are a code, which has 64 characters at most. */
const RECORD_NAME = NAME.max(31, "must have 31 characters at most");
const FIELD_NAME = NAME.max(32, "must have 32 characters at most");
const LABEL = z.string().min(1).max(120);
const NOTE = z.string().min(1).max(1_000);

const FIELD = strictYaml({
  label: LABEL,
  type: z.enum(VALUE_TYPES),
  class: z.enum(DATA_CLASSES),
  index: z.enum(INDEX_USES),
  mask: z.enum(MASK_NAMES),
  codes: z.record(NAME, LABEL).optional(),
  others: z.enum(OTHERS).optional(),
  note: NOTE.optional(),
});

const RETENTION = strictYaml({
  years: z.int().min(0).max(150),
  from: z.enum(RETENTION_EVENTS),
  citation: NOTE.optional(),
  confidence: z.enum(["high", "medium", "low"]),
  "text-confirmed": z.enum(["statute_or_agency_text", "secondary", "none"]),
  note: NOTE.optional(),
});

const RECORD = strictYaml({
  record: RECORD_NAME,
  version: z.int().min(1).max(1_000_000),
  label: LABEL,
  subjects: z.array(z.enum(SUBJECT_KINDS)).min(1),
  units: z.array(z.enum(UNIT_KINDS)).min(1),
  retention: RETENTION,
  fields: z.record(FIELD_NAME, FIELD),
});
export type RecordDocument = z.infer<typeof RECORD>;

const SPREAD = strictYaml({
  distinct: z.int().min(1).optional(),
  "distinct-share": z.number().gt(0).max(1).optional(),
  top: z.number().gt(0).max(1).optional(),
  "top-holders": z.int().min(1).optional(),
  basis: NOTE,
}).superRefine((spread, context) => {
  if ((spread.distinct === undefined) === (spread["distinct-share"] === undefined)) {
    context.addIssue({ code: "custom", message: "needs one of distinct and distinct-share" });
  }
  if ((spread.top === undefined) === (spread["top-holders"] === undefined)) {
    context.addIssue({ code: "custom", message: "needs one of top and top-holders" });
  }
});

const INDEX = strictYaml({
  label: LABEL,
  record: NAME,
  kind: z.enum(INDEX_KINDS),
  parts: z
    .array(strictYaml({ field: NAME, alternatives: z.array(NAME).optional(), as: z.enum(TRANSFORMS) }))
    .min(1)
    .max(5),
  bits: z.int().min(1).max(256),
  ways: z
    .int()
    .min(1)
    .max(4096)
    .refine((ways) => Number.isInteger(Math.log2(ways)), "must be a power of two")
    .default(1),
  unique: z.boolean(),
  spread: SPREAD.optional(),
});

const INDEXES = strictYaml({
  population: strictYaml({
    customers: z.int().min(100).max(10_000_000_000),
    "records-per-customer": z.record(NAME, z.number().gt(0).max(10_000)),
    spreads: z.record(z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+:[a-z0-9]+$/, "must be record.field:transform"), SPREAD),
  }),
  indexes: z.record(NAME, INDEX),
});
export type IndexesDocument = z.infer<typeof INDEXES>;

export interface ReadRecords {
  readonly types: readonly RecordType[];
  readonly files: readonly GovernedFile<RecordDocument>[];
}

/** Throws RegistryError with the faults of all files. */
export function readRecordTypes(files: readonly YamlFile[]): ReadRecords {
  const reads = files.map((file) => readGovernedYaml(file.path, file.shownAs, RECORD));
  const faults = reads.flatMap((read) => (read.ok ? [] : read.faults));
  if (faults.length > 0) throw new RegistryError(faults);
  const governed = reads.flatMap((read) => (read.ok ? [read.file] : []));
  return { types: governed.map((file) => recordType(file.content)), files: governed };
}

export interface ReadIndexes {
  readonly types: readonly IndexType[];
  readonly population: Population;
  readonly file: GovernedFile<IndexesDocument>;
}

export function readIndexes(file: YamlFile, records: readonly RecordType[]): ReadIndexes {
  const read = readGovernedYaml(file.path, file.shownAs, INDEXES);
  if (!read.ok) throw new RegistryError(read.faults);
  const { population, indexes } = read.file.content;
  const fields = new Map(records.flatMap((record) => record.fields.map((field) => [field.path, field])));
  return {
    types: Object.entries(indexes).map(([name, document]) => indexType(name, document, fields)),
    population: {
      customers: population.customers,
      recordsPerCustomer: population["records-per-customer"],
      spreads: Object.fromEntries(Object.entries(population.spreads).map(([key, value]) => [key, spreadOf(value)])),
    },
    file: read.file,
  };
}

function recordType(document: RecordDocument): RecordType {
  const { retention } = document;
  return {
    name: document.record,
    version: document.version,
    label: document.label,
    subjects: document.subjects,
    unitKinds: document.units,
    retention: {
      years: retention.years,
      from: retention.from,
      citation: retention.citation ?? null,
      confidence: retention.confidence,
      textConfirmed: retention["text-confirmed"],
      note: retention.note ?? null,
    },
    fields: Object.entries(document.fields).map(([name, field]) => ({
      name,
      path: `${document.record}.${name}`,
      record: document.record,
      label: field.label,
      type: field.type,
      dataClass: field.class,
      index: field.index,
      mask: field.mask,
      codes: field.codes ?? null,
      // Nobody knows what stands in free text before they have read it.
      others: field.others ?? (field.type === "narrative" ? "may" : "never"),
      note: field.note ?? null,
    })),
  };
}

function indexType(
  name: string,
  document: IndexesDocument["indexes"][string],
  fields: ReadonlyMap<string, FieldType>,
): IndexType {
  const parts = document.parts.map((part) => ({
    field: part.field,
    alternatives: part.alternatives ?? [],
    transform: part.as,
  }));
  const classes = parts.flatMap((part) => fields.get(`${document.record}.${part.field}`)?.dataClass ?? []);
  return {
    name,
    label: document.label,
    record: document.record,
    kind: document.kind,
    parts,
    bits: document.bits,
    ways: document.ways,
    unique: document.unique,
    dataClasses: [...new Set(classes)],
    spread: document.spread === undefined ? null : spreadOf(document.spread),
  };
}

function spreadOf(document: z.infer<typeof SPREAD>): Spread {
  return {
    distinct:
      document.distinct === undefined ? { share: document["distinct-share"] ?? 1 } : { count: document.distinct },
    top: document.top === undefined ? { holders: document["top-holders"] ?? 1 } : { share: document.top },
    basis: document.basis,
  };
}
