// HMAC-SHA-256 (RFC 2104) under a key that is used many times, and subkeys by HKDF (RFC 5869).
import { createHmac, createSecretKey, getFips, hash, hkdfSync } from "node:crypto";
import { lengthPrefixed } from "../kernel/bytes.ts";
import { KEY_SIZE_BYTES } from "./aead.ts";

export const MAC_SIZE_BYTES = 32;

type Parts = readonly (Uint8Array | string)[];

export interface MacKey {
  /** HMAC-SHA-256 of `message`. */
  of(message: Uint8Array): Buffer;
  /** HMAC-SHA-256 of lengthPrefixed(...parts), written into `out` from `at` on. */
  ofPartsInto(parts: Parts, out: Buffer, at: number): void;
}

/** A key for one purpose out of a longer-lived one. Domain separation is in the length-prefixed `purpose`. */
export function subkey(key: Uint8Array, ...purpose: Parts): Buffer {
  return Buffer.from(hkdfSync("sha256", key, new Uint8Array(0), lengthPrefixed(...purpose), KEY_SIZE_BYTES));
}

export function ofParts(key: MacKey, parts: Parts): Buffer {
  const out = Buffer.allocUnsafe(MAC_SIZE_BYTES);
  key.ofPartsInto(parts, out, 0);
  return out;
}

/** The key is copied. With a FIPS provider in force, its own HMAC is used, since ours is outside its validated boundary. */
export function macKey(key: Uint8Array): MacKey {
  return getFips() === 1 ? providerMacKey(key) : preparedMacKey(key);
}

function providerMacKey(key: Uint8Array): MacKey {
  const secret = createSecretKey(Buffer.from(key));
  const of = (message: Uint8Array): Buffer => createHmac("sha256", secret).update(message).digest();
  return { of, ofPartsInto: (parts, out, at) => void out.set(of(lengthPrefixed(...parts)), at) };
}

const BLOCK_SIZE_BYTES = 64;
const MESSAGE_SIZE_BYTES_MAX = 2048;
/** UTF-8 takes at most three bytes for one UTF-16 code unit. */
const BYTES_PER_UNIT_MAX = 3;

/**
 * HMAC as two one-shot hashes over a buffer that already begins with the padded key: half the time of createHmac, of which most goes into
 * making objects. The digests come as Latin-1 strings for the same reason.
 */
function preparedMacKey(key: Uint8Array): MacKey {
  const inner = paddedKey(key, 0x36, MESSAGE_SIZE_BYTES_MAX);
  const outer = paddedKey(key, 0x5c, MAC_SIZE_BYTES);
  const secret = createSecretKey(Buffer.from(key));
  const finish = (messageSizeBytes: number): string => {
    outer.write(
      hash("sha256", inner.subarray(0, BLOCK_SIZE_BYTES + messageSizeBytes), "latin1"),
      BLOCK_SIZE_BYTES,
      "latin1",
    );
    return hash("sha256", outer, "latin1");
  };
  const of = (message: Uint8Array): Buffer => {
    if (message.length > MESSAGE_SIZE_BYTES_MAX) return createHmac("sha256", secret).update(message).digest();
    inner.set(message, BLOCK_SIZE_BYTES);
    return Buffer.from(finish(message.length), "latin1");
  };
  const ofPartsInto = (parts: Parts, out: Buffer, at: number): void => {
    const end = writeParts(inner, parts);
    if (end === null) out.set(of(lengthPrefixed(...parts)), at);
    else out.write(finish(end - BLOCK_SIZE_BYTES), at, "latin1");
  };
  return { of, ofPartsInto };
}

function paddedKey(key: Uint8Array, pad: number, sizeBytes: number): Buffer {
  // RFC 2104 section 2: a key longer than a block is hashed first.
  const block = key.length > BLOCK_SIZE_BYTES ? hash("sha256", key, "buffer") : key;
  const out = Buffer.alloc(BLOCK_SIZE_BYTES + sizeBytes);
  for (let at = 0; at < BLOCK_SIZE_BYTES; at += 1) out[at] = (block[at] ?? 0) ^ pad;
  return out;
}

/** Writes lengthPrefixed(...parts) after the padded key; its end, or null when it may not fit. */
function writeParts(into: Buffer, parts: Parts): number | null {
  let at = BLOCK_SIZE_BYTES;
  for (const part of parts) {
    const text = typeof part === "string";
    const sizeBytesMax = text ? part.length * BYTES_PER_UNIT_MAX : part.length;
    if (at + 4 + sizeBytesMax > into.length) return null;
    if (text) {
      const sizeBytes = into.write(part, at + 4, "utf8");
      at = into.writeUInt32BE(sizeBytes, at) + sizeBytes;
    } else {
      at = into.writeUInt32BE(part.length, at);
      into.set(part, at);
      at += part.length;
    }
  }
  return at;
}
