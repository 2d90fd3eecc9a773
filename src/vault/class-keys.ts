// The keys that one record needs, taken out of its unit's: plain data, so that sealing can happen in a worker. To be used at once, before the lease ends.
import type { DataClass } from "../kernel/vocabulary.ts";
import type { UnitKeys } from "../keys/keys.ts";
import type { ClassKeys } from "./seal-record.ts";
import { keyOfClass } from "./unit-keys.ts";

/** Throws VaultError "does-not-open" when the unit has none of a class. */
export function classKeys(unitKeys: UnitKeys, classes: Iterable<DataClass>): ClassKeys {
  return new Map([...classes].map((dataClass) => [dataClass, keyOfClass(unitKeys, dataClass)]));
}
