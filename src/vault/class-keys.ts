// The keys that one record needs, taken out of its unit's: plain data, so that sealing can happen in a worker. To be used at once, before the lease ends.
import type { DataClass } from "../kernel/vocabulary.ts";
import type { UnitKeys } from "../keys/keys.ts";
import type { ClassKeys } from "./seal-record.ts";
import { keyOfClass } from "./unit-keys.ts";

/** Throws VaultError "does-not-open" when the unit has none of a class. */
export function classKeys(unitKeys: UnitKeys, classes: Iterable<DataClass>): ClassKeys {
  return new Map([...classes].map((dataClass) => [dataClass, keyOfClass(unitKeys, dataClass)]));
}

/**
 * The same as copies of their own, for a batch that takes longer than a lease. To seal only: what is sealed under a key that was erased meanwhile is
 * unreadable from the start, so an erasure need not wait for it.
 */
export function sealingKeys(unitKeys: UnitKeys, classes: Iterable<DataClass>): ClassKeys {
  const leased = classKeys(unitKeys, classes);
  return new Map([...leased].map(([dataClass, key]) => [dataClass, { ...key, key: Uint8Array.from(key.key) }]));
}
