// Up to when a record's source has spoken, so that what an older file says of it is known as older. Opens keyed hashes and a time, no value.
import type { Uuid } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import type { DecisionReader } from "./load-for-decision.ts";
import type { Querier } from "../postgres/database.ts";
import { openChecks } from "./open-checks.ts";
import { readChecked } from "./record-store.ts";

/** Local ISO 8601; null when the source never told, or there is no such record (any more). */
export async function lastSaid(
  reader: Pick<DecisionReader, "loadRecords">,
  { database, keys }: { readonly database: Querier; readonly keys: Pick<Keys, "openUnitKeys"> },
  record: { readonly customerId: Uuid; readonly recordId: Uuid },
): Promise<string | null> {
  const [stored] = await reader.loadRecords([record.customerId], { recordId: record.recordId });
  const checked = await readChecked(database, record);
  if (stored === undefined || stored.unit.unitKey === null || checked === null) return null;
  const { asOf = null } = await openChecks(keys, checked, stored.unit.unitKey);
  return asOf;
}
