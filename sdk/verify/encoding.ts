// Strict decoding: one text for one value, so that nothing verifies in two spellings.
import { VerifyError } from "./errors.ts";

/** Standard base64 with padding (RFC 4648 section 4), nothing else. Throws VerifyError "malformed". */
export function fromBase64(text: string, sizeBytes?: number): Buffer {
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text || (sizeBytes !== undefined && bytes.length !== sizeBytes)) {
    throw new VerifyError("malformed", "not the base64 expected here");
  }
  return bytes;
}

/** A decimal number without leading zeros, at most 2^53 - 1. Throws VerifyError "malformed". */
export function fromDecimal(text: string): number {
  const value = Number(text);
  if (!/^(0|[1-9][0-9]*)$/.test(text) || !Number.isSafeInteger(value)) {
    throw new VerifyError("malformed", "not a decimal number in its one form");
  }
  return value;
}

function u32be(value: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(value);
  return out;
}

export function u64be(value: number): Buffer {
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(BigInt(value));
  return out;
}

/** Each part after its length in four big-endian bytes. */
export function lengthPrefixed(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat(parts.flatMap((part) => [u32be(part.length), part]));
}
