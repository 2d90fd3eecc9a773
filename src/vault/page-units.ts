// Retention units page by page, every one of a customer together: for jobs that go through all of them. Reads no record's content.
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import type { VaultParts } from "./parts.ts";
import { hasGoodUnitMac, type UnitHeader } from "./unit-header.ts";
import { countUnits, readRecordTypes, readUnitsOfNext, type UnitTypes } from "./page-units-store.ts";

export interface PagedUnit {
  readonly header: UnitHeader;
  /** Whether the vault wrote it: what another wrote selects no law, so that nothing may be judged by it. */
  readonly isBelieved: boolean;
  /** The types of its records, as they stand unsealed, each with the entry that wrote one of them last. */
  readonly records: readonly { readonly recordType: string; readonly act: Uuid }[];
}

export interface UnitsPage {
  /** By customer; erased units are among them. */
  readonly customers: ReadonlyMap<Uuid, readonly PagedUnit[]>;
  readonly next: Uuid | null;
}

export interface UnitPaging {
  /** Units of the next `limit` customers after this one in the order of ids. */
  unitsAfter(customerId: Uuid | null, limit: number): Promise<UnitsPage>;
  unitsOf(customerId: Uuid): Promise<readonly PagedUnit[]>;
  /** Those not yet erased. */
  countUnits(): Promise<number>;
}

export function openUnitPaging({ database, keys }: Pick<VaultParts, "database" | "keys">): UnitPaging {
  return {
    unitsAfter: async (after, limit) => {
      const rows = await readUnitsOfNext(database, { after, limit });
      const customers = await withTypes(database, keys, rows);
      const ids = [...customers.keys()];
      return { customers, next: ids.length < limit ? null : (ids.at(-1) ?? null) };
    },
    unitsOf: async (customerId) => {
      const rows = await readUnitsOfNext(database, { only: customerId });
      return (await withTypes(database, keys, rows)).get(customerId) ?? [];
    },
    countUnits: () => countUnits(database),
  };
}

async function withTypes(
  on: Querier,
  keys: VaultParts["keys"],
  rows: Awaited<ReturnType<typeof readUnitsOfNext>>,
): Promise<Map<Uuid, PagedUnit[]>> {
  const types = await readRecordTypes(on, [...new Set(rows.map(({ customerId }) => customerId))]);
  const byUnit = Map.groupBy(types, ({ unitId }) => unitId);
  const customers = new Map<Uuid, PagedUnit[]>();
  for (const row of rows) {
    const own: readonly UnitTypes[] = byUnit.get(row.unitId) ?? [];
    const unit = {
      header: row,
      isBelieved: hasGoodUnitMac(keys, row),
      records: own.map(({ recordType, act }) => ({ recordType, act })),
    };
    const before = customers.get(row.customerId);
    if (before === undefined) customers.set(row.customerId, [unit]);
    else before.push(unit);
  }
  return customers;
}
