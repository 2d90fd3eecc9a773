// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) from libsodium, built for WebAssembly: for the many short messages of which node:crypto spends most on
// making an object for each (docs/decisions/0025).
import { randomBytes } from "node:crypto";

/** As libsodium's C interface: sizes in two halves of 32 bits, addresses in its own memory. */
interface Sodium {
  readonly HEAPU8: Uint8Array;
  _sodium_init(): number;
  _malloc(sizeBytes: number): number;
  _free(address: number): void;
  _crypto_aead_xchacha20poly1305_ietf_encrypt(...numbers: readonly number[]): number;
  _crypto_aead_xchacha20poly1305_ietf_decrypt(...numbers: readonly number[]): number;
}

/** One use of the cipher. */
export interface XChaChaUse {
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  /** Together the associated data. */
  readonly aad: readonly Uint8Array[];
}

export const XCHACHA_NONCE_BYTES = 24;
const KEY_BYTES = 32;
const TAG_BYTES = 16;
const NO_ADDRESS = 0;
/** For messages with their associated data up to this size there is room for good. */
const ROOM_BYTES = 16 * 1024;

// Resolved and then imported, since it comes without types; its program is in the file, so that nothing is looked for beside it.
type Start = (environment: { getRandomValue(): number }) => Promise<Sodium>;
const { default: start } = (await import(import.meta.resolve("libsodium"))) as { readonly default: Start };
const sodium = await start({ getRandomValue: () => randomBytes(4).readUInt32BE() });
if (sodium._sodium_init() < 0) throw new Error("libsodium does not start");
const keyAt = sodium._malloc(KEY_BYTES);
const nonceAt = sodium._malloc(XCHACHA_NONCE_BYTES);
const roomAt = sodium._malloc(ROOM_BYTES);
const encrypt = sodium._crypto_aead_xchacha20poly1305_ietf_encrypt;
const decrypt = sodium._crypto_aead_xchacha20poly1305_ietf_decrypt;
let memory = Buffer.from(sodium.HEAPU8.buffer);

/** Writes ciphertext || tag into `out`, which has just their size. Text is filled up with spaces to the size of `out`. False when there is no memory. */
export function encryptXChaCha(out: Uint8Array, by: XChaChaUse, plaintext: Uint8Array | string): boolean {
  const sizeBytes = out.length - TAG_BYTES;
  const aadBytes = sizeOf(by.aad);
  const at = takeRoom(out.length + aadBytes);
  if (at === NO_ADDRESS) return false;
  const aadAt = at + out.length;
  if (typeof plaintext === "string") fillText(at, sizeBytes, plaintext);
  else memory.set(plaintext, at);
  put(by, aadAt);
  encrypt(at, NO_ADDRESS, at, sizeBytes, 0, aadAt, aadBytes, 0, NO_ADDRESS, nonceAt, keyAt);
  out.set(memory.subarray(at, aadAt));
  leaveRoom(at);
  return true;
}

/** Opens ciphertext || tag. Null when that does not open, or when there is no memory for it. */
export function decryptXChaCha(by: XChaChaUse, sealed: Uint8Array): Buffer | null {
  const sizeBytes = sealed.length - TAG_BYTES;
  const aadBytes = sizeOf(by.aad);
  const at = sizeBytes < 0 ? NO_ADDRESS : takeRoom(sealed.length + aadBytes);
  if (at === NO_ADDRESS) return null;
  const aadAt = at + sealed.length;
  memory.set(sealed, at);
  put(by, aadAt);
  // INVARIANT: libsodium checks the tag before it writes a byte of plaintext, and answers 0 only when the tag is good.
  const failed = decrypt(at, NO_ADDRESS, NO_ADDRESS, at, sealed.length, 0, aadAt, aadBytes, 0, nonceAt, keyAt);
  const plaintext = failed === 0 ? Buffer.from(memory.subarray(at, at + sizeBytes)) : null;
  memory.fill(0, at, at + sizeBytes);
  leaveRoom(at);
  return plaintext;
}

/** Where so many bytes may stand until `leaveRoom`. */
function takeRoom(sizeBytes: number): number {
  const at = sizeBytes <= ROOM_BYTES ? roomAt : sodium._malloc(sizeBytes);
  // Its memory is another one when it had to grow.
  if (memory.buffer !== sodium.HEAPU8.buffer) memory = Buffer.from(sodium.HEAPU8.buffer);
  return at;
}

function leaveRoom(at: number): void {
  memory.fill(0, keyAt, keyAt + KEY_BYTES);
  if (at !== roomAt) sodium._free(at);
}

function put({ key, nonce, aad }: XChaChaUse, aadAt: number): void {
  memory.set(key, keyAt);
  memory.set(nonce, nonceAt);
  let at = aadAt;
  for (const part of aad) {
    memory.set(part, at);
    at += part.length;
  }
}

function sizeOf(parts: readonly Uint8Array[]): number {
  let sizeBytes = 0;
  for (const part of parts) sizeBytes += part.length;
  return sizeBytes;
}

const SPACE = 0x20;

function fillText(at: number, sizeBytes: number, text: string): void {
  const written = memory.write(text, at, sizeBytes, "utf8");
  memory.fill(SPACE, at + written, at + sizeBytes);
}
