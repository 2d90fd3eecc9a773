// What a disclosure is decided on and opened from: customers' units and their records of named types, in two statements however many are asked for.
import { asCode, type Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { readKeyedUnits, readKeyedUnitsAt, readTypedRecords, type KeyedUnitRow } from "./customer-store.ts";
import { VaultError } from "./errors.ts";
import { withFurtherUnits } from "./further-units.ts";
import type { ReadRecord } from "./record-store.ts";
import { decisionUnit, RECORDS_PAGE_MAX, UNITS_MAX, type DecisionUnit, type StoredRecord } from "./stored-record.ts";

export interface FileRequest {
  readonly customerId: Uuid;
  readonly recordTypes: readonly string[];
}

export interface CustomerFile {
  /** All, in order of id. */
  readonly units: readonly DecisionUnit[];
  /** Up to 200 of each type asked for, in order of id. */
  readonly records: readonly StoredRecord[];
}

const READINGS_MAX = 1000;

/** One request a customer. Throws VaultError "too-many", so that nobody who is read with them fails over it. */
export function fileRequests(customerIds: readonly Uuid[], recordTypes: readonly string[]): FileRequest[] {
  if (customerIds.length * Math.max(1, recordTypes.length) > READINGS_MAX)
    throw new VaultError("too-many", `at most ${READINGS_MAX} readings at once`);
  return customerIds.map((customerId) => ({ customerId, recordTypes }));
}

/** In the order asked; null where a unit's row was not written by the vault: nothing may be decided on any of them. */
export async function loadFiles(
  on: Querier,
  believed: (row: KeyedUnitRow) => boolean,
  asked: readonly FileRequest[],
): Promise<(CustomerFile | null)[]> {
  const wanted = asked.flatMap(({ customerId, recordTypes }, at) =>
    recordTypes.map((type) => ({ at, customerId, recordType: asCode(type) })),
  );
  const [unitRows, recordRows] = await Promise.all([
    readKeyedUnits(
      on,
      asked.map(({ customerId }) => customerId),
      UNITS_MAX,
    ),
    wanted.length === 0 ? [] : readTypedRecords(on, wanted, RECORDS_PAGE_MAX),
  ]);
  const units = grouped(unitRows, asked.length, (ordinal) => ordinal - 1);
  const records = grouped(recordRows, asked.length, (ordinal) => wanted[ordinal - 1]!.at);
  return Promise.all(units.map((rows, at) => fileOf(on, believed, rows, records[at]!)));
}

/** Rows that name their request by its place, from 1. */
function grouped<Row extends { readonly ordinal: number }>(
  rows: readonly Row[],
  count: number,
  placeOf: (ordinal: number) => number,
): Row[][] {
  const groups = Array.from({ length: count }, (): Row[] => []);
  for (const row of rows) groups[placeOf(row.ordinal)]!.push(row);
  return groups;
}

async function fileOf(
  on: Querier,
  believed: (row: KeyedUnitRow) => boolean,
  first: readonly KeyedUnitRow[],
  records: readonly ReadRecord[],
): Promise<CustomerFile | null> {
  const rows = await withFurtherUnits(on, first);
  if (!rows.every(believed)) return null;
  const units = rows.map(decisionUnit);
  const byId = unitFinder(units);
  const elsewhere = records.filter(({ unitId }) => byId(unitId) === undefined);
  // Made a moment later than those were read.
  const more = elsewhere.length === 0 ? [] : (await readKeyedUnitsAt(on, elsewhere)).filter(believed).map(decisionUnit);
  const inMore = unitFinder(more);
  const stored = records.flatMap((record) => {
    const unit = byId(record.unitId) ?? inMore(record.unitId);
    return unit === undefined ? [] : [{ record, unit }];
  });
  return { units, records: stored };
}

/** Most customers have a few units. */
const FEW_UNITS = 8;

function unitFinder(units: readonly DecisionUnit[]): (unitId: Uuid) => DecisionUnit | undefined {
  if (units.length <= FEW_UNITS) return (unitId) => units.find(({ header }) => header.unitId === unitId);
  const byId = new Map(units.map((unit) => [unit.header.unitId, unit]));
  return (unitId) => byId.get(unitId);
}
