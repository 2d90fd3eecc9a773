// Authenticated encryption: one function seals, one opens. XChaCha20-Poly1305 for what stands under unit keys, AES-256-GCM-SIV (RFC 8452) for the rest,
// AES-256-GCM (NIST SP 800-38D) for all where FIPS approval is required.
import { createCipheriv, createDecipheriv } from "node:crypto";
import { type Sealed, asSealed } from "../kernel/bytes.ts";
import { randomFromPool } from "../kernel/ids.ts";
import { KeysError } from "./errors.ts";
import { decryptXChaCha, encryptXChaCha, XCHACHA_NONCE_BYTES } from "./xchacha.ts";

export type AeadAlgorithm = "xchacha20-poly1305" | "aes-256-gcm-siv" | "aes-256-gcm";

export interface AeadKey {
  readonly version: number;
  /** 32 bytes. All zero means that the lease ran out and the key was wiped. */
  readonly key: Uint8Array;
  /** What `seal` uses unless told otherwise; the default is AES-256-GCM-SIV. */
  readonly algorithm?: AeadAlgorithm;
}

export interface ToSeal {
  readonly key: AeadKey;
  /** Text is sealed as UTF-8. */
  readonly plaintext: Uint8Array | string;
  /** To fill up text with spaces to this size, no less than its own. */
  readonly paddedBytes?: number;
  /** Together the associated data: length-prefixed, and beginning with a label of their purpose. */
  readonly aad: readonly Uint8Array[];
}

export const KEY_SIZE_BYTES = 32;
const TAG_SIZE_BYTES = 16;
const AES_NONCE_BYTES = 12;
/** u8 format || u32be key version. */
const HEADER_SIZE_BYTES = 5;
const PLAINTEXT_SIZE_BYTES_MAX = 64 * 1024 * 1024;

export const FORMAT_GCM_SIV = 1;
export const FORMAT_GCM = 2;
export const FORMAT_XCHACHA = 3;
const FORMATS: Readonly<Record<AeadAlgorithm, number>> = {
  "aes-256-gcm-siv": FORMAT_GCM_SIV,
  "aes-256-gcm": FORMAT_GCM,
  "xchacha20-poly1305": FORMAT_XCHACHA,
};

/** What sealing adds to a plaintext. Throws KeysError "does-not-open" on no format of ours. */
export function overheadBytes(format: number): number {
  return HEADER_SIZE_BYTES + nonceBytes(format) + TAG_SIZE_BYTES;
}

/** Of the AES formats; no envelope has less. */
export const ENVELOPE_OVERHEAD_BYTES = overheadBytes(FORMAT_GCM_SIV);

/**
 * Seals `plaintext`: u8 format || u32be key version || nonce || ciphertext || tag. `aad` is length-prefixed and begins with a label of its
 * purpose; format and key version are authenticated before it. Throws KeysError "lease-expired" on a wiped key.
 */
export function seal(key: AeadKey, plaintext: Uint8Array, aad: Uint8Array): Sealed {
  return sealItem({ key, plaintext, aad: [aad] });
}

/** `seal`, without making one buffer of the parts first. */
export function sealItem({ key, plaintext, paddedBytes, aad }: ToSeal): Sealed {
  const format = FORMATS[key.algorithm ?? "aes-256-gcm-siv"];
  const sizeBytes = paddedBytes ?? Buffer.byteLength(plaintext);
  if (sizeBytes > PLAINTEXT_SIZE_BYTES_MAX) throw new KeysError("limit");
  refuseWiped(key.key);
  const out = Buffer.allocUnsafe(sizeBytes + overheadBytes(format));
  out[0] = format;
  out.writeUInt32BE(key.version, 1);
  const nonce = randomFromPool(nonceBytes(format));
  out.set(nonce, HEADER_SIZE_BYTES);
  // The header has a fixed size, so header || aad is unambiguous.
  const by = { format, key: key.key, nonce, aad: [out.subarray(0, HEADER_SIZE_BYTES), ...aad] };
  encryptInto(out.subarray(HEADER_SIZE_BYTES + nonce.length), by, plaintext);
  return asSealed(out);
}

/** Opens what `seal` made; the parts of `aad` are together what it was sealed with. Throws KeysError "does-not-open" alike for another key, place, version or any changed bit. */
export function open(key: AeadKey, sealed: Uint8Array, ...aad: readonly Uint8Array[]): Buffer {
  refuseWiped(key.key);
  if (versionOf(sealed) !== key.version) throw new KeysError("does-not-open");
  const format = sealed[0] ?? 0;
  const ciphertextAt = HEADER_SIZE_BYTES + nonceBytes(format);
  const nonce = sealed.subarray(HEADER_SIZE_BYTES, ciphertextAt);
  const by = { format, key: key.key, nonce, aad: [sealed.subarray(0, HEADER_SIZE_BYTES), ...aad] };
  return decrypt(by, sealed.subarray(ciphertextAt));
}

/** One use of a primitive. Exported for the published test vectors alone. */
export interface AeadUse {
  readonly format: number;
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  /** Together the associated data. */
  readonly aad: readonly Uint8Array[];
}

/** Writes ciphertext || tag; `out` has just their size, and text is filled up with spaces to it. */
export function encryptInto(out: Uint8Array, by: AeadUse, plaintext: Uint8Array | string): void {
  if (by.format === FORMAT_XCHACHA) {
    if (!encryptXChaCha(out, by, plaintext)) throw new KeysError("limit");
    return;
  }
  const sizeBytes = out.length - TAG_SIZE_BYTES;
  const cipher = createCipheriv(algorithmOf(by.format), by.key, by.nonce);
  cipher.setAAD(Buffer.concat(by.aad));
  // RFC 8452 needs the whole plaintext at once: exactly one update.
  out.set(cipher.update(typeof plaintext === "string" ? filledUp(plaintext, sizeBytes) : plaintext), 0);
  cipher.final();
  out.set(cipher.getAuthTag(), sizeBytes);
}

/** Opens ciphertext || tag. */
export function decrypt(by: AeadUse, sealed: Uint8Array): Buffer {
  if (by.format === FORMAT_XCHACHA) {
    const opened = decryptXChaCha(by, sealed);
    if (opened === null) throw new KeysError("does-not-open");
    return opened;
  }
  const tagAt = sealed.length - TAG_SIZE_BYTES;
  const decipher = createDecipheriv(algorithmOf(by.format), by.key, by.nonce);
  decipher.setAuthTag(sealed.subarray(tagAt));
  decipher.setAAD(Buffer.concat(by.aad));
  try {
    const plaintext = decipher.update(sealed.subarray(0, tagAt));
    // INVARIANT: `update` alone gives unauthenticated bytes; nothing is returned before `final` has checked the tag.
    decipher.final();
    return plaintext;
  } catch {
    throw new KeysError("does-not-open");
  }
}

const SPACE = 0x20;

function filledUp(text: string, sizeBytes: number): Buffer {
  const out = Buffer.alloc(sizeBytes, SPACE);
  out.write(text, "utf8");
  return out;
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

function nonceBytes(format: number): number {
  if (format === FORMAT_XCHACHA) return XCHACHA_NONCE_BYTES;
  if (format === FORMAT_GCM_SIV || format === FORMAT_GCM) return AES_NONCE_BYTES;
  throw new KeysError("does-not-open");
}

function readUInt32(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
  );
}
