// Where a sealed field belongs. Everything in it is authenticated with the ciphertext, so that none opens in another place.
import { hash } from "node:crypto";
import type { Sealed, Uuid } from "../kernel/bytes.ts";
import { lengthPrefixed, u32be, utf8 } from "../kernel/bytes.ts";

export interface RecordPlace {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
  readonly unitId: Uuid;
  readonly recordType: string;
  /** The version of the record type under which the record was sealed. */
  readonly schemaVersion: number;
}

export type SealedForm = "value" | "mask";

/** The part of the associated data that all fields of a record share for one form. */
export function aadPrefix(place: RecordPlace, form: SealedForm): Buffer {
  return lengthPrefixed(
    "uberrima/field/v1",
    form,
    place.customerId,
    place.recordId,
    place.unitId,
    place.recordType,
    u32be(place.schemaVersion),
  );
}

/** The associated data of one field: the record's prefix, then the field's name and revision. */
export function fieldAad(prefix: Buffer, field: string, revision: number): Buffer {
  const nameBytes = utf8(field);
  const out = Buffer.allocUnsafe(prefix.length + nameBytes.length + 12);
  let at = prefix.copy(out);
  at = out.writeUInt32BE(nameBytes.length, at);
  at += nameBytes.copy(out, at);
  at = out.writeUInt32BE(4, at);
  out.writeUInt32BE(revision, at);
  return out;
}

export function checksAad(place: RecordPlace, revision: number): Buffer {
  return lengthPrefixed(
    "uberrima/checks/v1",
    place.customerId,
    place.recordId,
    place.unitId,
    place.recordType,
    u32be(place.schemaVersion),
    u32be(revision),
  );
}

export interface StoredState {
  readonly revision: number;
  readonly pack: Sealed;
  readonly checks: Sealed | null;
}

/** What the ledger remembers of a stored record: SHA-256, hex. It covers ciphertext only, so it says nothing about the values. */
export function recordDigest(place: RecordPlace, state: StoredState): string {
  const bytes = lengthPrefixed(
    "uberrima/record/v1",
    place.customerId,
    place.recordId,
    place.unitId,
    place.recordType,
    u32be(place.schemaVersion),
    u32be(state.revision),
    state.pack,
    state.checks ?? "",
  );
  return hash("sha256", bytes, "hex");
}
