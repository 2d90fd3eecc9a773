// Bytes in the browser: strict decoding, so that nothing verifies in two spellings.
import { VerifyError } from "./verify-error.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

export function utf8(text: string): Bytes {
  return encoder.encode(text) as Bytes;
}

/** Standard base64 with padding (RFC 4648 section 4), nothing else. Throws VerifyError "malformed". */
export function fromBase64(text: string, sizeBytes?: number): Bytes {
  const bytes = decoded(text);
  if (bytes === null || toBase64(bytes) !== text || (sizeBytes !== undefined && bytes.length !== sizeBytes))
    throw new VerifyError("malformed", "not the base64 expected here");
  return bytes;
}

function decoded(text: string): Bytes | null {
  try {
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  } catch {
    return null;
  }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** A decimal number without leading zeros, at most 2^53 - 1. Throws VerifyError "malformed". */
export function fromDecimal(text: string): number {
  const value = Number(text);
  if (!/^(0|[1-9][0-9]*)$/.test(text) || !Number.isSafeInteger(value))
    throw new VerifyError("malformed", "not a decimal number in its one form");
  return value;
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function u32be(value: number): Bytes {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value);
  return out;
}

export function u64be(value: number): Bytes {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(value));
  return out;
}

/** Each part after its length in four big-endian bytes. */
export function lengthPrefixed(...parts: readonly Uint8Array[]): Bytes {
  return concat(...parts.flatMap((part) => [u32be(part.length), part]));
}

export function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

export async function sha256(...parts: readonly Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", concat(...parts)));
}
