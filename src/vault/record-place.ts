// Where a sealed field belongs. Everything in it is authenticated with the ciphertext, so that none opens in another place.
import { hash } from "node:crypto";
import type { Sealed, Uuid } from "../kernel/bytes.ts";
import { lengthPrefixed, u32be } from "../kernel/bytes.ts";

export interface RecordPlace {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
  readonly unitId: Uuid;
  readonly recordType: string;
  /** The version of the record type under which the record was sealed. */
  readonly schemaVersion: number;
}

export type SealedForm = "value" | "mask";

/** What the associated data of everything sealed for a record have in common. */
export function placeBytes(place: RecordPlace): Buffer {
  const { customerId, recordId, unitId, recordType, schemaVersion } = place;
  return lengthPrefixed(customerId, recordId, unitId, recordType, u32be(schemaVersion));
}

const FIELD_STARTS: Readonly<Record<SealedForm, Buffer>> = {
  value: lengthPrefixed("uberrima/field/v1", "value"),
  mask: lengthPrefixed("uberrima/field/v1", "mask"),
};
const CHECKS_START = lengthPrefixed("uberrima/checks/v1");

/** The associated data of a field are this, the place's bytes, and `fieldAadEnd`. */
export function fieldAadStart(form: SealedForm): Buffer {
  return FIELD_STARTS[form];
}

/** By field; of new records, whose revision is 1. */
const firstEnds = new Map<string, Buffer>();
const FIRST_ENDS_MAX = 10_000;

export function fieldAadEnd(field: string, revision: number): Buffer {
  if (revision !== 1) return lengthPrefixed(field, u32be(revision));
  const known = firstEnds.get(field);
  if (known !== undefined) return known;
  const end = lengthPrefixed(field, u32be(revision));
  if (firstEnds.size < FIRST_ENDS_MAX) firstEnds.set(field, end);
  return end;
}

export function checksAad(place: RecordPlace, revision: number): Buffer {
  return Buffer.concat(checksAadParts(placeBytes(place), revision));
}

export function checksAadParts(place: Buffer, revision: number): Buffer[] {
  return [CHECKS_START, place, lengthPrefixed(u32be(revision))];
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
