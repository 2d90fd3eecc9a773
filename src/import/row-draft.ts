// What one row of a feed says, in the vault's words: whose it is, which units it speaks of, and the records with their values.
//
// A draft is made from the row and the mapping alone. It names everything by the source's own keys; the import run turns those into ids
// (through keyed digests), so the same row always leads to the same customer, unit and record, and importing it twice changes nothing.
import type { LineOfBusiness } from "../kernel/vocabulary.ts";
import type { SubjectKind, UnitKind, WarningCode } from "../vault/vault.ts";

/** A key of another system. `kind` says what it names: "customer", a unit's kind, "book", or "record:" and a record type. */
export interface SourceKey {
  readonly system: string;
  readonly kind: string;
  readonly key: string;
}

/** By the source's number of the customer, or as the customer who holds a unit that an earlier feed brought (a claim joins its policy). */
export type CustomerReference =
  | { readonly by: "key"; readonly key: SourceKey; readonly kind: SubjectKind }
  | { readonly by: "unit"; readonly unit: SourceKey };

export interface UnitDraft {
  readonly kind: UnitKind;
  /** Null for the relationship, of which a customer has one for each entity and line. */
  readonly key: SourceKey | null;
  readonly entity: string;
  readonly brand: string;
  readonly line: LineOfBusiness;
  /** The producer's book or the contracted block; its group is named by this key. */
  readonly book: SourceKey | null;
  readonly status: "open" | "closed";
}

export interface FieldDraft {
  readonly normalised: string;
  /** As the source gave it; equal to `normalised` where the mapping says that the given word must not be kept. */
  readonly given: string;
  /** Kept, although it can hardly be right. */
  readonly warning?: WarningCode;
}

export interface RecordDraft {
  readonly type: string;
  readonly key: SourceKey;
  /** Which of the row's units holds the record. */
  readonly unit: UnitKind;
  /** By field name within the record type; never empty, and without the fields that the row leaves empty. */
  readonly fields: Readonly<Record<string, FieldDraft>>;
}

export interface RowDraft {
  /** The line of the file at which the row begins, counted from 1, the header included. */
  readonly line: number;
  readonly customer: CustomerReference;
  /** One a kind. */
  readonly units: readonly UnitDraft[];
  readonly records: readonly RecordDraft[];
  /** When the source last changed what it says, local ISO 8601, to tell an older file from a newer. */
  readonly updatedAt?: string;
  /**
   * The day on which the person comes of age (ISO date, excluded), present when they were a minor on the mapping's day of reference: the end of
   * a flag "minor". It may lie in the past by now.
   */
  readonly minorUntil?: string;
}

/** Why a row was left out. `field` is "record.field", or "row", "customer", "unit", "record" for what is no field. */
export interface Reject {
  readonly line: number;
  readonly field: string;
  readonly code: string;
}
