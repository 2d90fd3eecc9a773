// The data keys of a record's unit, and that they are indeed its unit's.
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { AeadKey, Keys, UnitKeyRow, UnitKeys } from "../keys/keys.ts";
import { KeysError, openWith } from "../keys/keys.ts";
import { VaultError } from "./errors.ts";
import type { Registry } from "./schema/registry.ts";

interface InUnit {
  readonly customerId: Uuid;
  readonly unitId: Uuid;
}

/** Throws VaultError "erased" without wrapped keys, "forged" with those of another unit. */
export async function unitKeysFor(
  keys: Pick<Keys, "openUnitKeys">,
  record: InUnit,
  row: UnitKeyRow | null,
): Promise<UnitKeys> {
  if (row === null) throw new VaultError("erased", "this information has been erased");
  if (row.customerId !== record.customerId || row.unitId !== record.unitId) {
    throw new VaultError("forged", "wrapped keys of another retention unit were put beside a record");
  }
  return keys.openUnitKeys(row);
}

const READS_MAX = 3;

/**
 * The keys for what is done with them at once. They are leased for seconds, and where a lease ends between the taking and the using they are taken anew: from
 * the store, where what was erased is gone. Throws as `unitKeysFor` and `use`.
 */
export async function withUnitKeys<Result>(
  keys: Pick<Keys, "openUnitKeys">,
  record: InUnit,
  row: UnitKeyRow | null,
  use: (unitKeys: UnitKeys) => Result,
): Promise<Result> {
  for (let reads = 1; ; reads += 1) {
    try {
      return use(await unitKeysFor(keys, record, row));
    } catch (error) {
      if (!(error instanceof KeysError && error.code === "lease-expired") || reads === READS_MAX) throw error;
    }
  }
}

/** Throws VaultError "does-not-open" when the unit has no key of the class, or its wrapped keys were changed. */
export function keyOfClass(unitKeys: UnitKeys, dataClass: DataClass): AeadKey {
  return inPlace(() => unitKeys.get(dataClass)) ?? noKey();
}

function noKey(): never {
  throw new VaultError("does-not-open", "a retention unit has no key for one of the data classes");
}

/** Throws VaultError "does-not-open". */
export function openInPlace(key: AeadKey, sealed: Uint8Array, ...aad: readonly Uint8Array[]): Buffer {
  return inPlace(() => openWith(key, sealed, ...aad));
}

export interface SealedField {
  readonly name: string;
  readonly sealed: Uint8Array;
  /** Together the associated data. */
  readonly aad: readonly Uint8Array[];
}

/** Opens fields of one record, by name. Throws VaultError "does-not-open". */
export function openFieldsInPlace(
  registry: Registry,
  unitKeys: UnitKeys,
  recordType: string,
  fields: readonly SealedField[],
): Map<string, Buffer> {
  const opened = new Map<string, Buffer>();
  const keys = new Map<DataClass, AeadKey>();
  for (const { name, sealed, aad } of fields) {
    const dataClass = classOf(registry, recordType, name);
    const key = keys.get(dataClass) ?? keyOfClass(unitKeys, dataClass);
    keys.set(dataClass, key);
    opened.set(name, openInPlace(key, sealed, ...aad));
  }
  return opened;
}

function classOf(registry: Registry, recordType: string, name: string): DataClass {
  const field = registry.field(`${recordType}.${name}`);
  if (field === null) throw new VaultError("does-not-open", "a stored field is not declared in the schema");
  return field.dataClass;
}

/** Failures that mean tampering become one of ours; "lease-expired", after which reading anew helps, passes. */
function inPlace<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof KeysError) || error.code !== "does-not-open") throw error;
    throw new VaultError("does-not-open", "what is stored does not open in its place");
  }
}
