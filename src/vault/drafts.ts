// What is to be written: customers, their retention units, and the records in them, new or added to what exists.
import type { Uuid } from "../kernel/bytes.ts";
import type { LineOfBusiness } from "../kernel/vocabulary.ts";
import type { AuthorityFlag } from "../keys/keys.ts";
import { VaultError } from "./errors.ts";
import type { PreparedRecord } from "./prepare-record.ts";
import type { SubjectKind, UnitKind } from "./schema/vocabulary.ts";
import type { SourceKey } from "./source-key.ts";
import { AUTHORITY_WRITES_MAX, WRITES_MAX } from "./written.ts";

export interface NewUnit {
  readonly kind: UnitKind;
  /** Codes of the legal entity and brand. */
  readonly entity: string;
  readonly brand: string;
  readonly line: LineOfBusiness;
  /** The producer's or block's group id. */
  readonly book: Uuid | null;
  /** Open, when left out. */
  readonly status?: "open" | "closed";
}

export interface RecordDraft {
  readonly recordId: Uuid;
  readonly record: PreparedRecord;
  /** The key by which the record's source knows it. */
  readonly source: SourceKey | null;
}

export interface UnitDraft {
  readonly unitId: Uuid;
  /** Null when the unit exists. */
  readonly create: NewUnit | null;
  readonly sources: readonly SourceKey[];
  readonly records: readonly RecordDraft[];
}

export interface CustomerDraft {
  readonly customerId: Uuid;
  /** Null when the customer exists. */
  readonly create: { readonly kind: SubjectKind; readonly flags?: readonly AuthorityFlag[] } | null;
  readonly sources: readonly SourceKey[];
  readonly units: readonly UnitDraft[];
}

/** Each customer once, and no more rows than one ledger entry can speak of. Throws VaultError "too-many". */
export function assertDrafts(drafts: readonly CustomerDraft[]): void {
  const units = drafts.flatMap((draft) => draft.units);
  const records = units.flatMap((unit) => unit.records);
  const authorityRows = drafts.length + units.length;
  if (records.length > WRITES_MAX || authorityRows > AUTHORITY_WRITES_MAX) {
    throw new VaultError(
      "too-many",
      `at most ${WRITES_MAX} records and ${AUTHORITY_WRITES_MAX} customers and units at once`,
    );
  }
  if (new Set(drafts.map((draft) => draft.customerId)).size !== drafts.length) {
    throw new TypeError("a customer stands in two drafts of one batch");
  }
}
