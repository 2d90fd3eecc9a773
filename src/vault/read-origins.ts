// Where records come from, out of their sealed checks: the gate reads it, after it has written down that it will.
import type { Uuid } from "../kernel/bytes.ts";
import type { Keys, UnitKeyRow } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import { type CheckedRow, openChecks } from "./open-checks.ts";
import { readCheckedOf } from "./record-store.ts";
import { type Origin, parseOrigin } from "./schema/origins.ts";
import type { StoredRecord } from "./stored-record.ts";

/** Where records come from. Each throws VaultError "erased", "forged", "does-not-open" or "malformed". */
export interface OriginReader {
  /** Of records of one customer as they are now; those that are gone meanwhile are left out, null is not recorded. */
  of(records: readonly StoredRecord[]): Promise<ReadonlyMap<Uuid, Origin | null>>;
  ofRevision(row: CheckedRow, unitKey: UnitKeyRow | null): Promise<Origin | null>;
}

export function originReader(parts: Opening & { readonly database: Querier }): OriginReader {
  return {
    of: (records) => originsOf(parts, records),
    ofRevision: (row, unitKey) => originOf(parts, row, unitKey),
  };
}

type Opening = { readonly keys: Pick<Keys, "openUnitKeys"> };

async function originOf({ keys }: Opening, row: CheckedRow, unitKey: UnitKeyRow | null): Promise<Origin | null> {
  const { origin } = await openChecks(keys, row, unitKey);
  return origin === undefined ? null : parseOrigin(origin);
}

async function originsOf(
  { database, keys }: Opening & { readonly database: Querier },
  records: readonly StoredRecord[],
): Promise<ReadonlyMap<Uuid, Origin | null>> {
  const [first] = records;
  if (first === undefined) return new Map();
  const units = new Map(records.map(({ record, unit }) => [record.recordId, unit]));
  const rows = await readCheckedOf(database, first.record.customerId, [...units.keys()]);
  const found = await Promise.all(
    rows.map(async (row): Promise<[Uuid, Origin | null] | null> => {
      const unit = units.get(row.recordId);
      // Sealed for another unit, it does not open under this one's keys.
      if (unit === undefined || unit.header.unitId !== row.unitId) return null;
      return [row.recordId, await originOf({ keys }, row, unit.unitKey)];
    }),
  );
  return new Map(found.filter((each) => each !== null));
}
