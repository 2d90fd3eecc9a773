// Seals a record: pure and synchronous, so that an import can run it in worker threads, one core each.
import { hash } from "node:crypto";
import type { Sealed, Uuid } from "../kernel/bytes.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { AeadKey, Keys } from "../keys/keys.ts";
import { sealMany, type ToSeal } from "../keys/keys.ts";
import type { IndexCheck } from "./checks.ts";
import { DIGEST_BYTES, encodeChecks } from "./checks.ts";
import { VaultError } from "./errors.ts";
import type { FieldValue } from "./field-value.ts";
import { fieldValueText, paddedLength } from "./field-value.ts";
import type { PackedField } from "./pack.ts";
import { tokenOf } from "./index-tokens.ts";
import { encodePack } from "./pack.ts";
import type { RecordPlace } from "./record-place.ts";
import { checksAadParts, fieldAadEnd, fieldAadStart, placeBytes } from "./record-place.ts";
import { indexInputs } from "./schema/index-inputs.ts";
import { isConstantMask, maskValue } from "./schema/masks.ts";
import type { FieldType, IndexType, RecordType, Registry } from "./schema/registry.ts";
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
  readonly asOf?: string;
  readonly origin?: string;
}

export interface SealedRecord {
  readonly pack: Sealed;
  readonly checks: Sealed;
  readonly tokens: readonly TokenRow[];
}

/** The class whose unit key seals a record's checks. Every unit has it. */
export const CHECKS_CLASS: DataClass = "identity";

/** Seals new records, each as its revision 1. Throws VaultError "invalid-field" when a field is not declared. */
export function sealRecords(tools: SealTools, jobs: readonly SealJob[]): SealedRecord[] {
  const drafts = jobs.map((job) => draftOf(tools, job));
  const sealed = sealMany(drafts.flatMap(({ items }) => items));
  let at = 0;
  return drafts.map(({ fields, items, tokens }) => {
    const envelopes = sealed.slice(at, at + items.length);
    at += items.length;
    const checks = envelopes.at(-1);
    if (checks === undefined) throw new TypeError("a record without checks");
    return { pack: encodePack(packFields(fields, 1, envelopes)), checks, tokens };
  });
}

interface RecordToSeal {
  readonly fields: readonly FieldToSeal[];
  /** Of each field the value, then the mask where it has one; the checks come last. */
  readonly items: readonly ToSeal[];
  readonly tokens: readonly TokenRow[];
}

function draftOf(tools: SealTools, { place, fields: given, keys, asOf, origin }: SealJob): RecordToSeal {
  const fields = fieldsToSeal(tools.registry, place.recordType, given);
  const values: Record<string, string> = {};
  for (const { name, value } of fields) values[name] = value.normalised;
  const indexes = tools.registry.indexes(place.recordType).map((index) => indexCheck(tools.keys, index, values));
  const digestKey = fieldDigestKey(tools.keys, place);
  const digests = fields.map(({ name, text }) => fieldDigest(digestKey, name, text));
  const bytes = placeBytes(place);
  const items = fieldItems(bytes, 1, fields, keys);
  const checks = encodeChecks({
    indexes,
    digests,
    ...(asOf === undefined ? {} : { asOf }),
    ...(origin === undefined ? {} : { origin }),
  });
  items.push(checksItem(bytes, 1, keyOf(keys, CHECKS_CLASS), checks));
  return { fields, items, tokens: tokensOf(tools, place, indexes) };
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
  const toSeal: FieldToSeal[] = [];
  for (const type of fieldsInOrder(registry, recordType)) {
    const value = fields.get(type.name);
    if (value !== undefined) toSeal.push({ name: type.name, type, value, text: fieldValueText(value) });
  }
  if (toSeal.length === fields.size) return toSeal;
  throw new VaultError("invalid-field", "a field is not declared", [{ field: recordType, reason: "unknown-field" }]);
}

const ordered = new WeakMap<RecordType, readonly FieldType[]>();

function fieldsInOrder(registry: Registry, recordType: string): readonly FieldType[] {
  const type = registry.recordType(recordType);
  if (type === null) return [];
  const known = ordered.get(type) ?? type.fields.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  ordered.set(type, known);
  return known;
}

/** Seals value and masked form of each field apart, so that a masked view never touches a value. */
export function sealFields(
  place: RecordPlace,
  revision: number,
  fields: readonly FieldToSeal[],
  keys: ClassKeys,
): PackedField[] {
  return packFields(fields, revision, sealMany(fieldItems(placeBytes(place), revision, fields, keys)));
}

function fieldItems(place: Buffer, revision: number, fields: readonly FieldToSeal[], keys: ClassKeys): ToSeal[] {
  const items: ToSeal[] = [];
  for (const { name, type, value, text } of fields) {
    const key = keyOf(keys, type.dataClass);
    const end = fieldAadEnd(name, revision);
    items.push(paddedItem(key, text, [fieldAadStart("value"), place, end]));
    if (isConstantMask(type.mask)) continue;
    items.push(paddedItem(key, maskValue(type, value.normalised), [fieldAadStart("mask"), place, end]));
  }
  return items;
}

function paddedItem(key: AeadKey, plaintext: string, aad: ToSeal["aad"]): ToSeal {
  return { key, plaintext, paddedBytes: paddedLength(Buffer.byteLength(plaintext)), aad };
}

/** Puts the envelopes of `fieldItems` back beside their fields. */
function packFields(fields: readonly FieldToSeal[], revision: number, envelopes: readonly Sealed[]): PackedField[] {
  let at = 0;
  const next = (): Sealed => {
    const envelope = envelopes[at++];
    if (envelope === undefined) throw new TypeError("not every field was sealed");
    return envelope;
  };
  return fields.map(({ name, type }) => {
    const value = next();
    return { name, revision, value, mask: isConstantMask(type.mask) ? null : next() };
  });
}

export function sealChecks(keys: ClassKeys, place: RecordPlace, revision: number, plaintext: Buffer): Sealed {
  const [sealed] = sealMany([checksItem(placeBytes(place), revision, keyOf(keys, CHECKS_CLASS), plaintext)]);
  if (sealed === undefined) throw new TypeError("the checks were not sealed");
  return sealed;
}

function checksItem(place: Buffer, revision: number, key: AeadKey, plaintext: Buffer): ToSeal {
  return { key, plaintext, aad: checksAadParts(place, revision) };
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
      ...tokenOf(tools.keys, index, record.recordId, inner),
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
