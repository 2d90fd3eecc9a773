// The one door for plaintext. Only disclosure/ may import this file (test/architecture.test.ts): nothing else in the vault opens a value.
import type { Keys, UnitKeyRow } from "../keys/keys.ts";
import { VaultError } from "./errors.ts";
import type { FieldValue } from "./field-value.ts";
import { parseFieldValue } from "./field-value.ts";
import { FIELDS_MAX, parsePack } from "./pack.ts";
import { fieldAadEnd, fieldAadStart, placeBytes } from "./record-place.ts";
import type { ReadRecord } from "./record-store.ts";
import type { Registry } from "./schema/registry.ts";
import { keyOfClass, openFieldsInPlace, openInPlace, withUnitKeys } from "./unit-keys.ts";
import { WAITING_CLASS, waitingAad, type WaitingPlace } from "./waiting.ts";

export interface OpenRequest {
  /** A record as stored, or one of its earlier revisions. */
  readonly record: ReadRecord;
  /** The wrapped keys of the record's unit; null when they are erased. */
  readonly unitKey: UnitKeyRow | null;
  /** Names within the record type. */
  readonly fields: readonly string[];
}

/**
 * Opens just these fields. Fields that the record has not are absent from the answer. Throws VaultError "erased" and "too-many";
 * "forged", "malformed" or "does-not-open" when anything stored was changed or put in another place.
 */
export async function openFields(
  keys: Pick<Keys, "openUnitKeys">,
  registry: Registry,
  request: OpenRequest,
): Promise<Map<string, FieldValue>> {
  const { record, fields } = request;
  if (fields.length > FIELDS_MAX) throw new VaultError("too-many", `at most ${FIELDS_MAX} fields at once`);
  const packed = parsePack(record.pack, new Set(fields));
  const place = placeBytes(record);
  const sealed = packed.map(({ name, revision, value }) => {
    // A field sealed for a later revision than the row's was put there from elsewhere.
    if (revision > record.revision) throw new VaultError("does-not-open", "a field is newer than its record");
    return { name, sealed: value, aad: [fieldAadStart("value"), place, fieldAadEnd(name, revision)] };
  });
  const plaintexts = await withUnitKeys(keys, record, request.unitKey, (unitKeys) =>
    openFieldsInPlace(registry, unitKeys, record.recordType, sealed),
  );
  return new Map(packed.map(({ name }) => [name, parseFieldValue(plaintexts.get(name)!)]));
}

export interface OpenWaitingRequest {
  readonly place: WaitingPlace;
  /** The wrapped keys of the unit; null when they are erased. */
  readonly unitKey: UnitKeyRow | null;
  /** As `sealWaiting` made it. */
  readonly sealed: string;
}

/** The JSON text of what waits. Throws VaultError "erased"; "forged", "does-not-open" when it was changed or put in another place. */
export async function openWaiting(keys: Pick<Keys, "openUnitKeys">, request: OpenWaitingRequest): Promise<string> {
  const { place, unitKey, sealed } = request;
  return withUnitKeys(keys, place, unitKey, (unitKeys) => {
    const key = keyOfClass(unitKeys, WAITING_CLASS);
    return openInPlace(key, Buffer.from(sealed, "base64url"), waitingAad(place)).toString("utf8");
  });
}
