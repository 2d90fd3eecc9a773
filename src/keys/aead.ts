// Authenticated encryption: one function seals, one opens. AES-256-GCM-SIV (RFC 8452), or AES-256-GCM (NIST SP 800-38D) where FIPS approval is required.
import { createCipheriv, createDecipheriv } from "node:crypto";
import { type Sealed, asSealed } from "../kernel/bytes.ts";
import { randomFromPool } from "../kernel/ids.ts";
import { KeysError } from "./errors.ts";

export type AeadAlgorithm = "aes-256-gcm-siv" | "aes-256-gcm";

export interface AeadKey {
  readonly version: number;
  /** 32 bytes. All zero means that the lease ran out and the key was wiped. */
  readonly key: Uint8Array;
  /** What `seal` uses unless told otherwise; the default is AES-256-GCM-SIV. */
  readonly algorithm?: AeadAlgorithm;
}

export const KEY_SIZE_BYTES = 32;
const NONCE_SIZE_BYTES = 12;
const TAG_SIZE_BYTES = 16;
/** u8 format || u32be key version. */
const HEADER_SIZE_BYTES = 5;
const CIPHERTEXT_AT = HEADER_SIZE_BYTES + NONCE_SIZE_BYTES;
export const ENVELOPE_OVERHEAD_BYTES = CIPHERTEXT_AT + TAG_SIZE_BYTES;
const PLAINTEXT_SIZE_BYTES_MAX = 64 * 1024 * 1024;

export const FORMAT_GCM_SIV = 1;
export const FORMAT_GCM = 2;

/**
 * Seals `plaintext`: u8 format || u32be key version || nonce || ciphertext || tag. `aad` is length-prefixed and begins with a label of its
 * purpose; format and key version are authenticated before it. Throws KeysError "lease-expired" on a wiped key.
 */
export function seal(key: AeadKey, plaintext: Uint8Array, aad: Uint8Array, algorithm = key.algorithm): Sealed {
  if (plaintext.length > PLAINTEXT_SIZE_BYTES_MAX) throw new KeysError("limit");
  refuseWiped(key.key);
  const out = Buffer.allocUnsafe(plaintext.length + ENVELOPE_OVERHEAD_BYTES);
  out[0] = algorithm === "aes-256-gcm" ? FORMAT_GCM : FORMAT_GCM_SIV;
  out.writeUInt32BE(key.version, 1);
  const nonce = randomFromPool(NONCE_SIZE_BYTES);
  out.set(nonce, HEADER_SIZE_BYTES);
  const by = { format: out[0], key: key.key, nonce, aad: boundAad(out, aad) };
  encryptInto(out.subarray(CIPHERTEXT_AT), by, plaintext);
  return asSealed(out);
}

/** Opens what `seal` made; throws KeysError "does-not-open" alike for another key, place, version or any changed bit. */
export function open(key: AeadKey, sealed: Uint8Array, aad: Uint8Array): Buffer {
  refuseWiped(key.key);
  if (versionOf(sealed) !== key.version) throw new KeysError("does-not-open");
  const nonce = sealed.subarray(HEADER_SIZE_BYTES, CIPHERTEXT_AT);
  const by = { format: sealed[0] ?? 0, key: key.key, nonce, aad: boundAad(sealed, aad) };
  return decrypt(by, sealed.subarray(CIPHERTEXT_AT));
}

/** One use of the primitive. Exported for the published test vectors alone. */
export interface AeadUse {
  readonly format: number;
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly aad: Uint8Array;
}

/** Writes ciphertext || tag; `out` has just their size. */
export function encryptInto(out: Uint8Array, by: AeadUse, plaintext: Uint8Array): void {
  const cipher = createCipheriv(algorithmOf(by.format), by.key, by.nonce);
  cipher.setAAD(by.aad);
  // RFC 8452 needs the whole plaintext at once: exactly one update.
  out.set(cipher.update(plaintext), 0);
  cipher.final();
  out.set(cipher.getAuthTag(), plaintext.length);
}

/** Opens ciphertext || tag. */
export function decrypt(by: AeadUse, sealed: Uint8Array): Buffer {
  const tagAt = sealed.length - TAG_SIZE_BYTES;
  const decipher = createDecipheriv(algorithmOf(by.format), by.key, by.nonce);
  decipher.setAuthTag(sealed.subarray(tagAt));
  decipher.setAAD(by.aad);
  try {
    const plaintext = decipher.update(sealed.subarray(0, tagAt));
    // INVARIANT: `update` alone gives unauthenticated bytes; nothing is returned before `final` has checked the tag.
    decipher.final();
    return plaintext;
  } catch {
    throw new KeysError("does-not-open");
  }
}

/** The key version an envelope was sealed under, so that owners can find what a rotation left behind. */
export function versionOf(sealed: Uint8Array): number {
  if (sealed.length < ENVELOPE_OVERHEAD_BYTES) throw new KeysError("does-not-open");
  return readUInt32(sealed, 1);
}

/** The key version of an authority MAC. */
export function versionOfMac(mac: Uint8Array): number {
  if (mac.length < 4) throw new KeysError("does-not-open");
  return readUInt32(mac, 0);
}

/** Throws KeysError "lease-expired" on a key that was wiped: sealing under zeros would be no seal at all. */
function refuseWiped(key: Uint8Array): void {
  // A live key begins with a zero byte once in 256; the rest is looked at only then.
  if (key[0] === 0 && key.every((byte) => byte === 0)) throw new KeysError("lease-expired");
}

// Node's type definitions do not know GCM-SIV; its cipher and decipher have the methods of GCM's.
function algorithmOf(format: number): "aes-256-gcm" {
  if (format === FORMAT_GCM_SIV) return "aes-256-gcm-siv" as "aes-256-gcm";
  if (format === FORMAT_GCM) return "aes-256-gcm";
  throw new KeysError("does-not-open");
}

/** The header has a fixed size, so header || aad is unambiguous. */
function boundAad(envelope: Uint8Array, aad: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(HEADER_SIZE_BYTES + aad.length);
  for (let at = 0; at < HEADER_SIZE_BYTES; at += 1) out[at] = envelope[at] ?? 0;
  out.set(aad, HEADER_SIZE_BYTES);
  return out;
}

function readUInt32(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
  );
}
