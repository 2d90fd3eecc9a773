// A customer's records as somebody sees them who may see masked forms only.
import type { Uuid } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import { KeysError } from "../keys/keys.ts";
import { VaultError } from "./errors.ts";
import type { DecisionReader, RecordFilter } from "./load-for-decision.ts";
import { RECORDS_PAGE_MAX, type StoredRecord } from "./stored-record.ts";
import { openMasks } from "./masked.ts";
import type { Registry } from "./schema/registry.ts";
import type { UnitHeader } from "./unit-header.ts";

export interface MaskedRecord {
  readonly recordId: Uuid;
  readonly recordType: string;
  readonly revision: number;
  readonly unit: UnitHeader;
  /** Masked forms by field name. Null once the unit is erased. */
  readonly fields: ReadonlyMap<string, string> | null;
}

export interface MaskedPage {
  readonly records: readonly MaskedRecord[];
  /** Pass as `after` for the next page; null on the last. */
  readonly next: Uuid | null;
}

/** A page of the customer's records, of one record type when the filter names one. Throws VaultError "forged", "malformed", "does-not-open". */
export async function maskedView(
  parts: { readonly reader: DecisionReader; readonly keys: Pick<Keys, "openUnitKeys">; readonly registry: Registry },
  customerId: Uuid,
  filter: Omit<RecordFilter, "recordTypes"> & { readonly recordType?: string } = {},
): Promise<MaskedPage> {
  const { recordType, ...rest } = filter;
  const stored = await parts.reader.loadRecords(
    [customerId],
    recordType === undefined ? rest : { ...rest, recordTypes: [recordType] },
  );
  const records = await Promise.all(stored.map((one) => maskedRecord(parts, one)));
  const last = stored.at(-1);
  return { records, next: stored.length < RECORDS_PAGE_MAX || last === undefined ? null : last.record.recordId };
}

async function maskedRecord(
  parts: { readonly keys: Pick<Keys, "openUnitKeys">; readonly registry: Registry },
  { record, unit }: StoredRecord,
): Promise<MaskedRecord> {
  const { recordId, recordType, revision } = record;
  const fields = await openMasks(parts.keys, parts.registry, { record, unitKey: unit.unitKey, fields: null }).catch(
    nullWhenErased,
  );
  return { recordId, recordType, revision, unit: unit.header, fields };
}

function nullWhenErased(error: unknown): null {
  if ((error instanceof VaultError || error instanceof KeysError) && error.code === "erased") return null;
  throw error;
}
