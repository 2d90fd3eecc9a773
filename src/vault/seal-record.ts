// Seals a record: pure and synchronous, so that an import can run it in worker threads, one core each.
import { hash } from "node:crypto";
import type { Sealed, Uuid } from "../kernel/bytes.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { AeadKey, Keys } from "../keys/keys.ts";
import { sealWith } from "../keys/keys.ts";
import type { IndexCheck } from "./checks.ts";
import { DIGEST_BYTES, encodeChecks } from "./checks.ts";
import { VaultError } from "./errors.ts";
import type { FieldValue } from "./field-value.ts";
import { fieldValueText, padded } from "./field-value.ts";
import type { PackedField } from "./pack.ts";
import { encodePack } from "./pack.ts";
import type { RecordPlace } from "./record-place.ts";
import { aadPrefix, checksAad, fieldAad } from "./record-place.ts";
import { indexInputs } from "./schema/index-inputs.ts";
import { isConstantMask, maskValue } from "./schema/masks.ts";
import type { FieldType, IndexType, Registry } from "./schema/registry.ts";
import type { TokenRow } from "./token-store.ts";

/** What sealing needs of the key hierarchy beside the unit's own keys. */
export type SealingKeys = Pick<Keys, "indexInner" | "indexToken" | "keyedDigest">;

export interface SealTools {
  readonly registry: Registry;
  readonly keys: SealingKeys;
}

/** Values by field name within the record type. */
export type FieldValues = ReadonlyMap<string, FieldValue>;

/** The data keys of the record's unit that it needs. */
export type ClassKeys = ReadonlyMap<DataClass, AeadKey>;

/** Everything one record needs; plain data, so that it can be sent to a worker. */
export interface SealJob {
  readonly place: RecordPlace;
  readonly fields: FieldValues;
  readonly keys: ClassKeys;
}

export interface SealedRecord {
  readonly pack: Sealed;
  readonly checks: Sealed;
  readonly tokens: readonly TokenRow[];
}

/** The class whose unit key seals a record's checks. Every unit has it. */
export const CHECKS_CLASS: DataClass = "identity";

/** Seals a new record, as its revision 1. Throws VaultError "invalid-field" when a field is not declared. */
export function sealRecord(tools: SealTools, { place, fields, keys }: SealJob): SealedRecord {
  const revision = 1;
  const toSeal = fieldsToSeal(tools.registry, place.recordType, fields);
  const pack = encodePack(sealFields(place, revision, toSeal, keys));
  const values: Record<string, string> = {};
  for (const { name, value } of toSeal) values[name] = value.normalised;
  const indexes = tools.registry.indexes(place.recordType).map((index) => indexCheck(tools.keys, index, values));
  const digestKey = fieldDigestKey(tools.keys, place);
  const digests = toSeal.map(({ name, text }) => fieldDigest(digestKey, name, text));
  const checks = sealChecks(keys, place, revision, encodeChecks({ indexes, digests }));
  return { pack, checks, tokens: tokensOf(tools, place, indexes) };
}

export interface FieldToSeal {
  readonly name: string;
  readonly type: FieldType;
  readonly value: FieldValue;
  /** The plaintext, not yet padded. */
  readonly text: string;
}

/** In ascending order of name, as a pack has them. Throws VaultError "invalid-field" when a field is not declared. */
export function fieldsToSeal(registry: Registry, recordType: string, fields: FieldValues): FieldToSeal[] {
  return [...fields.keys()].toSorted().map((name) => {
    const type = registry.field(`${recordType}.${name}`);
    const value = fields.get(name);
    if (type === null || value === undefined) {
      throw new VaultError("invalid-field", "a field is not declared", [
        { field: recordType, reason: "unknown-field" },
      ]);
    }
    return { name, type, value, text: fieldValueText(value) };
  });
}

/** Seals value and masked form of each field apart, so that a masked view never touches a value. */
export function sealFields(
  place: RecordPlace,
  revision: number,
  fields: readonly FieldToSeal[],
  keys: ClassKeys,
): PackedField[] {
  const valuePrefix = aadPrefix(place, "value");
  const maskPrefix = aadPrefix(place, "mask");
  return fields.map(({ name, type, value, text }) => {
    const key = keyOf(keys, type.dataClass);
    const mask = isConstantMask(type.mask) ? null : padded(maskValue(type, value.normalised));
    return {
      name,
      revision,
      value: sealWith(key, padded(text), fieldAad(valuePrefix, name, revision)),
      mask: mask === null ? null : sealWith(key, mask, fieldAad(maskPrefix, name, revision)),
    };
  });
}

export function sealChecks(keys: ClassKeys, place: RecordPlace, revision: number, plaintext: Buffer): Sealed {
  return sealWith(keyOf(keys, CHECKS_CLASS), plaintext, checksAad(place, revision));
}

/** The full inner hashes of one index: none when the record has not all its parts. */
export function indexCheck(keys: SealingKeys, index: IndexType, values: Readonly<Record<string, string>>): IndexCheck {
  return { name: index.name, inners: indexInputs(index, values).map((parts) => keys.indexInner(index.name, parts)) };
}

/** The tokens under the newest index key. Indexes that the registry no longer has yield none. */
export function tokensOf(
  tools: SealTools,
  record: { readonly customerId: Uuid; readonly recordId: Uuid },
  indexes: readonly IndexCheck[],
): TokenRow[] {
  return indexes.flatMap(({ name, inners }) => {
    const index = tools.registry.index(name);
    if (index === null) return [];
    return inners.map((inner) => ({
      ...tools.keys.indexToken(name, inner, index.bits),
      customerId: record.customerId,
      recordId: record.recordId,
      indexName: name,
    }));
  });
}

/** A secret of this record alone, so that equal values of two records have different digests. */
export function fieldDigestKey(keys: Pick<Keys, "keyedDigest">, place: RecordPlace): string {
  return Buffer.from(keys.keyedDigest("field-content", place.customerId, place.recordId)).toString("hex");
}

/** Tells whether a field given again says anything new, without opening it. The key is a secret prefix of fixed length, the result is cut short. */
export function fieldDigest(digestKey: string, name: string, text: string): Buffer {
  return Buffer.from(hash("sha256", `${digestKey}${name}\n${text}`, "latin1").slice(0, DIGEST_BYTES), "latin1");
}

function keyOf(keys: ClassKeys, dataClass: DataClass): AeadKey {
  const key = keys.get(dataClass);
  if (key === undefined)
    throw new VaultError("does-not-open", "a retention unit has no key for one of the data classes");
  return key;
}
