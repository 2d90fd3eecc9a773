// What is asked for when a record is to say something else.
import type { Uuid } from "../kernel/bytes.ts";
import type { PreparedRecord } from "./prepare-record.ts";
import type { SourceKey } from "./source-key.ts";
import type { UnitReach } from "./unit-header.ts";

export interface Correction {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
  /** The revision that the correction was made on; null for a system of record, which overrules. */
  readonly expectedRevision: number | null;
  /** Fields given; those that say nothing new are recognised and left as they are. */
  readonly record: PreparedRecord;
  /**
   * All fields given are written, also those that say what is there already. For people: whether a value is new would tell whoever may not see it that
   * a guess was right.
   */
  readonly evenIfSame?: boolean;
  /** Names of fields to take out. */
  readonly remove: readonly string[];
  /** The source key under which the source said so, when an import did. */
  readonly source?: SourceKey;
  /** Units that the writer may write to; all, when left out. */
  readonly within?: UnitReach;
}
