// The shape of the schema: record types, their fields, indexes and retention, as every part of the vault reads them.
import type { DataClass } from "../../kernel/vocabulary.ts";
import type { Origins } from "./origins.ts";
import type {
  IndexKind,
  IndexUse,
  MaskName,
  Others,
  RetentionEvent,
  SubjectKind,
  Transform,
  UnitKind,
  ValueType,
} from "./vocabulary.ts";

export interface FieldType {
  /** "ssn" */
  readonly name: string;
  /** "government-id.ssn" */
  readonly path: string;
  /** The record type's name. */
  readonly record: string;
  readonly label: string;
  readonly type: ValueType;
  readonly dataClass: DataClass;
  readonly index: IndexUse;
  readonly mask: MaskName;
  /** The codes that a field of type `code` may hold, each with its label. */
  readonly codes: Readonly<Record<string, string>> | null;
  /** Whether it names people other than the one whose record it is; free text may, unless the schema says that it does not. */
  readonly others: Others;
  readonly note: string | null;
}

export interface Retention {
  readonly years: number;
  readonly from: RetentionEvent;
  /** Null where the period is the product's own judgement and no law's. */
  readonly citation: string | null;
  readonly confidence: "high" | "medium" | "low";
  /** What was read when the period was written down, as in the fact files. */
  readonly textConfirmed: "statute_or_agency_text" | "secondary" | "none";
  readonly note: string | null;
}

export interface RecordType {
  readonly name: string;
  readonly version: number;
  readonly label: string;
  readonly subjects: readonly SubjectKind[];
  readonly unitKinds: readonly UnitKind[];
  readonly retention: Retention;
  readonly fields: readonly FieldType[];
}

export interface IndexPart {
  /** A field's name within the index's record type. */
  readonly field: string;
  /** Fields of the same type and class that are indexed alike, such as a second telephone number. */
  readonly alternatives: readonly string[];
  readonly transform: Transform;
}

/** How the values of one part, or of a whole index, are spread over a population. */
export interface Spread {
  /** How many different values: a number, or a share of the records. */
  readonly distinct: { readonly count: number } | { readonly share: number };
  /** The commonest value: its share of the records, or how many hold it. */
  readonly top: { readonly share: number } | { readonly holders: number };
  readonly basis: string;
}

export interface IndexType {
  readonly name: string;
  readonly label: string;
  readonly record: string;
  readonly kind: IndexKind;
  readonly parts: readonly IndexPart[];
  /** Width of a token. */
  readonly bits: number;
  /** How many tokens each value has, of which a record bears one: a power of two. */
  readonly ways: number;
  /** Nearly no two customers share a value, so that tokens may be wide. */
  readonly unique: boolean;
  /** The classes of the parts: whoever searches needs a right to each of them. */
  readonly dataClasses: readonly DataClass[];
  /** Measured for the whole index, where its parts depend on each other; null means that they are taken as independent. */
  readonly spread: Spread | null;
}

export interface Population {
  readonly customers: number;
  /** Records a customer, by record type. */
  readonly recordsPerCustomer: Readonly<Record<string, number>>;
  /** Spreads of single parts, under "record.field:transform". */
  readonly spreads: Readonly<Record<string, Spread>>;
}

/** Frozen; the same for all of a process's life. */
export interface Registry {
  /** SHA-256 over the whole content, hex: two processes with one digest agree on every field. */
  readonly digest: string;
  readonly population: Population;
  /** Where things may come from, and on which grounds. */
  readonly origins: Origins;
  readonly recordTypes: readonly RecordType[];
  readonly allIndexes: readonly IndexType[];
  /** Null when there is no such record type. */
  recordType(name: string): RecordType | null;
  /** By path "record-type.field"; null when there is no such field. */
  field(path: string): FieldType | null;
  /** The indexes of a record type, none for an unknown one. */
  indexes(recordType: string): readonly IndexType[];
  index(name: string): IndexType | null;
  allFields(): readonly FieldType[];
}
