// Opens a record's sealed checks: keyed hashes of what is indexed, from which no value can be read.
import type { Keys, UnitKeyRow, UnitKeys } from "../keys/keys.ts";
import type { Checks } from "./checks.ts";
import { parseChecks } from "./checks.ts";
import type { RecordRow } from "./record-store.ts";
import { checksAad } from "./record-place.ts";
import { CHECKS_CLASS } from "./seal-record.ts";
import { keyOfClass, openInPlace, withUnitKeys } from "./unit-keys.ts";

export type CheckedRow = Omit<RecordRow, "pack" | "act">;

/** Throws VaultError "erased", "forged", "does-not-open" or "malformed". */
export function openChecks(
  keys: Pick<Keys, "openUnitKeys">,
  row: CheckedRow,
  unitKey: UnitKeyRow | null,
): Promise<Checks> {
  return withUnitKeys(keys, row, unitKey, (unitKeys) => openChecksWith(unitKeys, row));
}

/** With the keys of the record's unit at hand. Throws VaultError "does-not-open" or "malformed". */
export function openChecksWith(unitKeys: UnitKeys, row: CheckedRow): Checks {
  return parseChecks(openInPlace(keyOfClass(unitKeys, CHECKS_CLASS), row.checks, checksAad(row, row.revision)));
}
