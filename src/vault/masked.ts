// Opens masked forms. They are sealed apart from the values, which are never touched here.
import type { Keys, UnitKeyRow } from "../keys/keys.ts";
import { VaultError } from "./errors.ts";
import { parsePack } from "./pack.ts";
import { fieldAadEnd, fieldAadStart, placeBytes } from "./record-place.ts";
import type { ReadRecord } from "./record-store.ts";
import { HIDDEN } from "./schema/masks.ts";
import type { Registry } from "./schema/registry.ts";
import { openFieldsInPlace, type SealedField, withUnitKeys } from "./unit-keys.ts";

export interface MaskRequest {
  readonly record: ReadRecord;
  /** The wrapped keys of the record's unit; null when they are erased. */
  readonly unitKey: UnitKeyRow | null;
  /** Names within the record type; all that the record has when null. */
  readonly fields: readonly string[] | null;
}

/** The masked form of each field, by name. Throws like `openFields`. */
export async function openMasks(
  keys: Pick<Keys, "openUnitKeys">,
  registry: Registry,
  request: MaskRequest,
): Promise<Map<string, string>> {
  const { record, fields } = request;
  const packed = parsePack(record.pack, fields === null ? undefined : new Set(fields));
  const place = placeBytes(record);
  const sealed = packed.flatMap(({ name, revision, mask }): SealedField[] => {
    if (revision > record.revision) throw new VaultError("does-not-open", "a field is newer than its record");
    return mask === null
      ? []
      : [{ name, sealed: mask, aad: [fieldAadStart("mask"), place, fieldAadEnd(name, revision)] }];
  });
  const plaintexts = await withUnitKeys(keys, record, request.unitKey, (unitKeys) =>
    openFieldsInPlace(registry, unitKeys, record.recordType, sealed),
  );
  // Padding is spaces, and no mask ends in one.
  return new Map(packed.map(({ name }) => [name, plaintexts.get(name)?.toString("utf8").trimEnd() ?? HIDDEN]));
}
