// Bytes and the brands that say what a value is allowed to be used for.
import { timingSafeEqual } from "node:crypto";

declare const brand: unique symbol;
type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Ciphertext with its authentication tag: safe to store, never readable without its key. */
export type Sealed = Brand<Uint8Array, "sealed">;
/** A keyed hash (blind-index token, MAC, keyed digest): safe to store, not guessable without its key. */
export type Token = Brand<Uint8Array, "token">;
/** Public bytes of the ledger or of a key wrap's envelope: hashes of commitments, tree nodes, signatures. */
export type PublicBytes = Brand<Uint8Array, "public">;
/** A value of a closed vocabulary (purpose, class, role, outcome ...): never free text, never personal. */
export type Code = Brand<string, "code">;
/** A random identifier made by the application, lower-case with dashes. */
export type Uuid = Brand<string, "uuid">;

export const asSealed = (bytes: Uint8Array): Sealed => bytes as Sealed;
export const asToken = (bytes: Uint8Array): Token => bytes as Token;
export const asPublicBytes = (bytes: Uint8Array): PublicBytes => bytes as PublicBytes;

const CODE_PATTERN = /^[a-z0-9][a-z0-9._:/-]{0,63}$/;

/** Brands a word of a closed vocabulary. Throws RangeError when it does not look like one (it may be personal data). */
export function asCode(word: string): Code {
  if (!CODE_PATTERN.test(word))
    throw new RangeError("not a code: lower-case letters, digits and ._:/- only, 64 at most");
  return word as Code;
}

export function utf8(text: string): Buffer {
  return Buffer.from(text, "utf8");
}

export function u32be(value: number): Buffer {
  const out = Buffer.allocUnsafe(4);
  out.writeUInt32BE(value);
  return out;
}

export function u64be(value: number | bigint): Buffer {
  const out = Buffer.allocUnsafe(8);
  out.writeBigUInt64BE(BigInt(value));
  return out;
}

/** Unambiguous encoding of a tuple: each part preceded by its length in four big-endian bytes. */
export function lengthPrefixed(...parts: readonly (Uint8Array | string)[]): Buffer {
  let sizeBytes = 0;
  for (const part of parts) sizeBytes += 4 + Buffer.byteLength(part);
  const out = Buffer.allocUnsafe(sizeBytes);
  let at = 0;
  for (const part of parts) {
    const start = at + 4;
    if (typeof part === "string") {
      at = start + out.write(part, start, "utf8");
    } else {
      out.set(part, start);
      at = start + part.length;
    }
    out.writeUInt32BE(at - start, start - 4);
  }
  return out;
}

/** Compares in time that depends on the lengths alone. */
export function equalConstantTime(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
