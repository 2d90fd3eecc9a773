// A record as it was read, with its unit and that unit's wrapped keys.
import type { Uuid } from "../kernel/bytes.ts";
import type { UnitKeyRow } from "../keys/keys.ts";
import type { KeyColumns, KeyedUnitRow } from "./customer-store.ts";
import type { ReadRecord } from "./record-store.ts";
import type { UnitHeader } from "./unit-header.ts";

export const UNITS_MAX = 200;
export const RECORDS_PAGE_MAX = 200;

export interface DecisionUnit {
  readonly header: UnitHeader;
  /** Null once the unit's keys are erased. */
  readonly unitKey: UnitKeyRow | null;
}

export interface StoredRecord {
  readonly record: ReadRecord;
  readonly unit: DecisionUnit;
}

export function decisionUnit(row: KeyedUnitRow): DecisionUnit {
  return { header: row, unitKey: unitKeyOf(row, row) };
}

export function unitKeyOf(
  unit: { readonly customerId: Uuid; readonly unitId: Uuid },
  columns: KeyColumns,
): UnitKeyRow | null {
  const { bucket, bucketVersion, keyPack } = columns;
  if (bucket === null || bucketVersion === null || keyPack === null) return null;
  return { customerId: unit.customerId, unitId: unit.unitId, bucket, bucketVersion, pack: keyPack };
}
