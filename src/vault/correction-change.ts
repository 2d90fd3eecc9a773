// Works out what a correction changes, from sealed digests and hashes alone: no value of the record is opened.
import { type Checks, type IndexCheck, isOlder } from "./checks.ts";
import { VaultError } from "./errors.ts";
import { fieldValueText } from "./field-value.ts";
import type { PackedField } from "./pack.ts";
import { FIELDS_MAX, parsePack } from "./pack.ts";
import type { PreparedRecord } from "./prepare-record.ts";
import type { RecordRow } from "./record-store.ts";
import type { IndexType } from "./schema/registry.ts";
import type { FieldValues, SealTools } from "./seal-record.ts";
import { fieldDigest, fieldDigestKey, indexCheck } from "./seal-record.ts";

export interface Change {
  /** Under which all fields of the record stand afterwards. */
  readonly schemaVersion: number;
  readonly kept: readonly PackedField[];
  /** To be sealed anew. */
  readonly changed: FieldValues;
  /** What is kept beside the pack afterwards. */
  readonly checks: Checks;
  readonly isNothing: boolean;
  /** Nothing is changed, since the source said this before what it said last. */
  readonly isOlder: boolean;
}

interface Given {
  readonly record: PreparedRecord;
  readonly remove: readonly string[];
  readonly evenIfSame?: boolean;
}

/** Throws VaultError "fields-needed", "invalid-field", "malformed". */
export function changeOf(tools: SealTools, before: RecordRow, given: Given, checks: Checks): Change {
  if (given.record.recordType !== before.recordType) {
    throw new VaultError("invalid-field", "a record keeps its type", [
      { field: before.recordType, reason: "other-record-type" },
    ]);
  }
  const packed = parsePack(before.pack);
  const known = new Map(packed.map((field, at) => [field.name, checks.digests[at]]));
  const fresh = freshDigests(tools, before, given.record.fields);
  const removed = new Set(given.remove.filter((name) => known.has(name) && !given.record.fields.has(name)));
  const remaining = packed.filter((field) => !removed.has(field.name));
  // A later version of the record type is taken over once all fields are given under it, since version and field are sealed together.
  const allGiven = remaining.every((field) => given.record.fields.has(field.name));
  const schemaVersion = allGiven ? given.record.schemaVersion : before.schemaVersion;
  const changed = new Map(
    [...given.record.fields].filter(
      ([name]) =>
        given.evenIfSame === true || schemaVersion !== before.schemaVersion || !same(known.get(name), fresh.get(name)),
    ),
  );
  const kept = remaining.filter((field) => !changed.has(field.name));
  const names = new Set([...kept.map((field) => field.name), ...changed.keys()]);
  if (names.size === 0 || names.size > FIELDS_MAX)
    throw new VaultError("too-many", `a record holds 1 to ${FIELDS_MAX} fields`);
  const digests = [...names].toSorted().map((name) => digestOf(fresh.get(name) ?? known.get(name)));
  const touched = new Set([...changed.keys(), ...removed]);
  const older = isOlder(given.record.asOf, checks.asOf);
  const asOf = given.record.asOf ?? checks.asOf;
  // Who changes a record without saying where that is from does not change where the record is from.
  const origin = given.record.origin ?? checks.origin;
  const indexes = indexesAfter(tools, checks, { type: before.recordType, names, touched, fields: given.record.fields });
  const after = {
    indexes,
    digests,
    ...(asOf === undefined ? {} : { asOf }),
    ...(origin === undefined ? {} : { origin }),
  };
  return { schemaVersion, kept, changed, checks: after, isNothing: touched.size === 0 || older, isOlder: older };
}

function freshDigests(tools: SealTools, before: RecordRow, fields: FieldValues): Map<string, Buffer> {
  const digestKey = fieldDigestKey(tools.keys, before);
  return new Map([...fields].map(([name, value]) => [name, fieldDigest(digestKey, name, fieldValueText(value))]));
}

function same(known: Uint8Array | undefined, fresh: Uint8Array | undefined): boolean {
  return known !== undefined && fresh !== undefined && Buffer.compare(known, fresh) === 0;
}

function digestOf(digest: Uint8Array | undefined): Uint8Array {
  if (digest === undefined) throw new VaultError("malformed", "a record's checks do not fit its pack");
  return digest;
}

interface After {
  readonly type: string;
  /** Fields that the record has afterwards. */
  readonly names: ReadonlySet<string>;
  readonly touched: ReadonlySet<string>;
  readonly fields: FieldValues;
}

function indexesAfter(tools: SealTools, checks: Checks, after: After): IndexCheck[] {
  const stored = new Map(checks.indexes.map((index) => [index.name, index]));
  const needed = new Set<string>();
  const indexes = tools.registry.indexes(after.type).flatMap((index) => {
    const parts = fieldsOf(index);
    const old = stored.get(index.name);
    const missing = parts.filter((name) => after.names.has(name) && !after.fields.has(name));
    if (!parts.some((name) => after.touched.has(name)) && (old !== undefined || missing.length > 0))
      return old === undefined ? [] : [old];
    for (const name of missing) needed.add(`${after.type}.${name}`);
    const values = parts.flatMap((name): [string, string][] => {
      const value = after.fields.get(name);
      return value === undefined ? [] : [[name, value.normalised]];
    });
    return [indexCheck(tools.keys, index, Object.fromEntries(values))];
  });
  if (needed.size > 0) {
    const issues = [...needed].map((field) => ({ field, reason: "needed-for-index" }));
    throw new VaultError("fields-needed", "an index combines a changed field with others: give these too", issues);
  }
  return indexes;
}

function fieldsOf(index: IndexType): string[] {
  return index.parts.flatMap((part) => [part.field, ...part.alternatives]);
}
