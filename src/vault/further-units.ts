// The units of a customer behind the first page: what is decided rests on all of them.
import type { Querier } from "../postgres/database.ts";
import { type KeyedUnitRow, readKeyedUnitsAt, readUnitsAfter } from "./customer-store.ts";
import { UNITS_MAX } from "./stored-record.ts";

/** `first`: a customer's first page, in order of id. Nothing is read where that is not full, as it is of nearly everybody. */
export async function withFurtherUnits(on: Querier, first: readonly KeyedUnitRow[]): Promise<readonly KeyedUnitRow[]> {
  const rows = [...first];
  for (let page = first.length; page === UNITS_MAX;) {
    const last = rows.at(-1);
    if (last === undefined) break;
    const { customerId, unitId: after } = last;
    const places = await readUnitsAfter(on, { customerId, after, limit: UNITS_MAX });
    const further = places.length === 0 ? [] : await readKeyedUnitsAt(on, places);
    rows.push(...further.toSorted((left, right) => (left.unitId < right.unitId ? -1 : 1)));
    page = further.length;
  }
  return rows;
}
