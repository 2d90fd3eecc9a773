// The YAML of governance/mappings/ in its strict form.
import { z } from "zod";
import { strictYaml } from "../kernel/governed-yaml.ts";
import { LINES } from "../kernel/vocabulary.ts";
import { DATE_FORMATS, originShape, SUBJECT_KINDS, UNIT_KINDS } from "../vault/vault.ts";

const NAME = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, "must be lower-case words joined by hyphens")
  .max(48);
const COLUMN = z.string().min(1).max(128);
const REASON = z.string().min(1).max(500);
const FIELD_PATH = z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, "must be record.field");
const COUNTRY = z.string().regex(/^[A-Z]{2}$/, "must be an ISO 3166 alpha-2 code");
const CURRENCY = z.string().regex(/^[A-Z]{3}$/, "must be an ISO 4217 code");

function coded<Word extends z.ZodType<string>>(word: Word) {
  return strictYaml({ column: COLUMN, values: z.record(z.string(), word), otherwise: word.optional() });
}

const FIELD = strictYaml({
  column: COLUMN,
  "date-format": z.enum(DATE_FORMATS).optional(),
  country: COUNTRY.optional(),
  currency: CURRENCY.optional(),
  "decimal-mark": z.enum(["point", "comma"]).optional(),
  values: z.record(z.string(), z.string()).optional(),
  otherwise: z.string().optional(),
  required: z.boolean().optional(),
  "keep-given": z.boolean().optional(),
});
export type FieldDocument = z.infer<typeof FIELD>;

const UNIT = strictYaml({
  kind: z.enum(UNIT_KINDS),
  key: COLUMN.optional(),
  book: COLUMN.optional(),
  status: coded(z.enum(["open", "closed"])).optional(),
});

const RECORD = strictYaml({
  type: NAME,
  unit: z.enum(UNIT_KINDS),
  /** The columns that name the record in its source; without it the unit's key, or the customer's in the relationship. */
  key: z.array(COLUMN).min(1).optional(),
  fields: z.record(NAME, FIELD),
});

export const MAPPING = strictYaml({
  mapping: NAME,
  version: z.int().min(1),
  label: z.string().min(1).max(200),
  format: strictYaml({
    /** `fhir`: a resource of R4 a line, whose elements the columns name by their paths. */
    type: z.enum(["csv", "ndjson", "fhir"]),
    resource: z
      .string()
      .regex(/^[A-Z][A-Za-z]{1,63}$/, "must be a type of FHIR's resources, such as Patient")
      .optional(),
    delimiter: z.enum([",", ";", "|", "\t"]).optional(),
    encoding: z.enum(["utf-8"]),
  }),
  limits: strictYaml({
    "row-bytes": z.int().min(256).max(4_194_304).optional(),
    "field-characters": z.int().min(16).max(1_048_576).optional(),
    rejects: z.int().min(0).max(10_000_000).optional(),
  }).optional(),
  columns: z.array(COLUMN).min(1).max(1_000),
  empty: z.array(z.string()).optional(),
  source: z.union([strictYaml({ system: NAME }), coded(NAME)]),
  /** Where the feed's data come from and on which lawful ground they were collected: governance/schema/origins.yaml. `each-file`: said with each file. */
  origin: z.union([
    z.literal("each-file"),
    strictYaml({
      source: originShape.source,
      ground: originShape.ground,
      reference: originShape.reference.optional(),
      institution: originShape.institution.optional(),
    }),
  ]),
  place: strictYaml({ entity: NAME, brand: NAME, line: z.union([z.enum(LINES), coded(z.enum(LINES))]) }),
  defaults: strictYaml({ country: COUNTRY.optional(), currency: CURRENCY.optional() }).optional(),
  "country-column": COLUMN.optional(),
  customer: z.union([
    strictYaml({ kind: z.union([z.enum(SUBJECT_KINDS), coded(z.enum(SUBJECT_KINDS))]), key: COLUMN }),
    strictYaml({ "holder-of": z.enum(UNIT_KINDS), key: COLUMN }),
  ]),
  updated: strictYaml({ column: COLUMN, "date-format": z.enum(DATE_FORMATS) }).optional(),
  units: z.array(UNIT).min(1),
  records: z.array(RECORD).min(1),
  minor: strictYaml({
    "birth-date": FIELD_PATH,
    on: z.union([z.literal("updated"), FIELD_PATH]),
    years: z.int().min(16).max(25),
  }).optional(),
  totals: z.array(strictYaml({ name: NAME, sum: FIELD_PATH })).optional(),
  dropped: z.record(COLUMN, REASON).optional(),
});
export type MappingDocument = z.infer<typeof MAPPING>;
