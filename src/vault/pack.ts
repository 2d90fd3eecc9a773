// The bytes of a record: its fields, each sealed alone, in one column. Parsing is strict, since what is stored may have been tampered with.
import type { Sealed } from "../kernel/bytes.ts";
import { asSealed } from "../kernel/bytes.ts";
import { VaultError } from "./errors.ts";

export interface PackedField {
  readonly name: string;
  /** The record's revision at which this field was last sealed. */
  readonly revision: number;
  readonly value: Sealed;
  /** Null when the field's masked form says nothing about the value and so needs no sealing. */
  readonly mask: Sealed | null;
}

const FORMAT = 1;
const HEADER_BYTES = 3;
const FIELD_OVERHEAD_BYTES = 1 + 4 + 4 + 4;
export const FIELDS_MAX = 200;

/** u8 format, u16 count, then per field: u8 name length, name, u32 revision, u32 length, value envelope, u32 length, mask envelope. */
export function encodePack(fields: readonly PackedField[]): Sealed {
  if (fields.length > FIELDS_MAX) throw new VaultError("too-many", `a record holds at most ${FIELDS_MAX} fields`);
  const sorted = inOrder(fields) ? fields : fields.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const out = Buffer.allocUnsafe(sorted.reduce((size, field) => size + fieldBytes(field), HEADER_BYTES));
  let at = out.writeUInt8(FORMAT, 0);
  at = out.writeUInt16BE(sorted.length, at);
  for (const field of sorted) {
    at = out.writeUInt8(field.name.length, at);
    at += out.write(field.name, at, "latin1");
    at = out.writeUInt32BE(field.revision, at);
    at = writeEnvelope(out, at, field.value);
    at = field.mask === null ? out.writeUInt32BE(0, at) : writeEnvelope(out, at, field.mask);
  }
  return asSealed(out);
}

function inOrder(fields: readonly PackedField[]): boolean {
  return fields.every(({ name }, at) => at === 0 || (fields[at - 1]?.name ?? "") < name);
}

function fieldBytes(field: PackedField): number {
  return FIELD_OVERHEAD_BYTES + field.name.length + field.value.length + (field.mask?.length ?? 0);
}

function writeEnvelope(out: Buffer, at: number, envelope: Uint8Array): number {
  const body = out.writeUInt32BE(envelope.length, at);
  out.set(envelope, body);
  return body + envelope.length;
}

/** The pack's fields in ascending order of name; only those in `wanted` when given. Throws VaultError "malformed". */
export function parsePack(pack: Uint8Array, wanted?: ReadonlySet<string>): PackedField[] {
  const bytes = Buffer.from(pack.buffer, pack.byteOffset, pack.byteLength);
  const fields: PackedField[] = [];
  try {
    if (bytes.readUInt8(0) !== FORMAT) throw malformed();
    const count = bytes.readUInt16BE(1);
    if (count > FIELDS_MAX) throw malformed();
    let at = HEADER_BYTES;
    let previous = "";
    for (let ordinal = 0; ordinal < count; ordinal += 1) {
      const nameEnd = at + 1 + bytes.readUInt8(at);
      const name = bytes.toString("latin1", at + 1, nameEnd);
      // INVARIANT: names ascend strictly, so a pack has one encoding and no field twice.
      if (name <= previous) throw malformed();
      const valueEnd = envelopeEnd(bytes, nameEnd + 4);
      const maskEnd = envelopeEnd(bytes, valueEnd);
      if (wanted === undefined || wanted.has(name)) {
        const mask = valueEnd + 4 === maskEnd ? null : asSealed(bytes.subarray(valueEnd + 4, maskEnd));
        const value = asSealed(bytes.subarray(nameEnd + 8, valueEnd));
        fields.push({ name, revision: bytes.readUInt32BE(nameEnd), value, mask });
      }
      previous = name;
      at = maskEnd;
    }
    if (at !== bytes.length) throw malformed();
  } catch (error) {
    // Buffer's own range checks end up here; their messages are of no use to anybody.
    throw error instanceof VaultError ? error : malformed();
  }
  return fields;
}

/** The names of the fields that a pack holds, which are not secret. Throws VaultError "malformed". */
/** At which revision of the record each field was last sealed. */
export function packedRevisions(pack: Uint8Array): ReadonlyMap<string, number> {
  return new Map(parsePack(pack).map(({ name, revision }) => [name, revision]));
}

export function packedNames(pack: Uint8Array): ReadonlySet<string> {
  return new Set(parsePack(pack).map(({ name }) => name));
}

function envelopeEnd(bytes: Buffer, at: number): number {
  const end = at + 4 + bytes.readUInt32BE(at);
  if (end > bytes.length) throw malformed();
  return end;
}

function malformed(): VaultError {
  return new VaultError("malformed", "a stored record is not in the format that the vault writes");
}
