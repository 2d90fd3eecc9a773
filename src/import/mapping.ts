// A mapping: how the columns of a feed become records, in the form that rows are read with.
import type { LineOfBusiness } from "../kernel/vocabulary.ts";
import type { FieldType, SubjectKind, UnitKind, ValueContext } from "../vault/vault.ts";

/** A column whose words are translated; an unlisted word is refused unless `otherwise` says what it means. */
export interface CodedColumn<Word extends string = string> {
  readonly column: string;
  readonly values: ReadonlyMap<string, Word>;
  readonly otherwise: Word | null;
}

export interface MappedField {
  readonly field: FieldType;
  readonly column: string;
  readonly values: ReadonlyMap<string, string> | null;
  readonly otherwise: string | null;
  readonly required: boolean;
  /** False where the source's word would say more than the field's class allows. */
  readonly keepGiven: boolean;
  readonly context: ValueContext;
}

export interface MappedUnit {
  readonly kind: UnitKind;
  readonly keyColumn: string | null;
  readonly bookColumn: string | null;
  readonly status: CodedColumn<"open" | "closed"> | null;
}

export interface MappedRecord {
  readonly type: string;
  readonly unit: UnitKind;
  readonly keyColumns: readonly string[];
  readonly fields: readonly MappedField[];
}

export interface MappedTotal {
  readonly name: string;
  /** The field "record.field" whose values are added up. */
  readonly sum: string;
}

export interface Mapping {
  readonly name: string;
  readonly label: string;
  /** SHA-256 of the whole mapping, hex: the same file under a changed mapping is another import. */
  readonly digest: string;
  readonly format: {
    readonly type: "csv" | "ndjson" | "fhir";
    readonly delimiter: string;
    /** Of FHIR; null for other formats. */
    readonly resource: string | null;
  };
  readonly limits: { readonly rowBytes: number; readonly fieldCharacters: number; readonly rejects: number };
  /** Every column or member that the feed has, in any order. */
  readonly columns: readonly string[];
  /** Words that mean "nothing". */
  readonly empty: ReadonlySet<string>;
  readonly system: { readonly name: string } | CodedColumn;
  /** Where it all comes from, and on which ground, as it is sealed with each record; null: each file says it. */
  readonly origin: string | null;
  readonly place: {
    readonly entity: string;
    readonly brand: string;
    readonly line: LineOfBusiness | CodedColumn<LineOfBusiness>;
  };
  readonly countryColumn: string | null;
  readonly customer:
    | { readonly by: "key"; readonly column: string; readonly kind: SubjectKind | CodedColumn<SubjectKind> }
    | { readonly by: "unit"; readonly unit: UnitKind; readonly column: string };
  readonly updated: { readonly column: string; readonly context: ValueContext } | null;
  readonly units: readonly MappedUnit[];
  readonly records: readonly MappedRecord[];
  readonly minor: { readonly birthDate: string; readonly on: string; readonly years: number } | null;
  readonly totals: readonly MappedTotal[];
  /** Columns that are left out on purpose, each with its reason. */
  readonly dropped: ReadonlyMap<string, string>;
}
