// AES-256 in counter mode (NIST SP 800-38A), then HMAC-SHA-256 (RFC 2104) over associated data and ciphertext: many seals in one pass of the cipher.
//
// The composition is encrypt-then-MAC with two keys, as in Tink's AES256_CTR_HMAC_SHA256; docs/decisions/0015 says why it is here.
import { createCipheriv, createDecipheriv, createHmac, getFips, hash } from "node:crypto";
import { equalConstantTime, u32be } from "../kernel/bytes.ts";
import { randomFromPool } from "../kernel/ids.ts";

const AES_BLOCK_SIZE_BYTES = 16;
const IV_SIZE_BYTES = AES_BLOCK_SIZE_BYTES;
/** Where in a counter block the part that counts begins. */
const COUNTER_AT = 12;
const TAG_SIZE_BYTES = 16;
const LENGTH_SIZE_BYTES = 4;

/** The pieces of a message, one after the other. */
export type Pieces = readonly Uint8Array[];

/** Subkeys of one key. To be wiped by whoever derived them. */
export interface CtrHmacKeys {
  readonly encryption: Buffer;
  readonly mac: Buffer;
}

const LABEL = Buffer.from("uberrima/aes-256-ctr-hmac-sha-256/v1");

/** HKDF-Expand (RFC 5869 section 2.3; 3.3 lets a key that is random already go without Extract): T(1) encrypts, T(2) authenticates. */
export function deriveCtrHmacKeys(key: Uint8Array): CtrHmacKeys {
  const encryption = hmac(key, [LABEL, Uint8Array.of(1)]);
  return { encryption, mac: hmac(key, [encryption, LABEL, Uint8Array.of(2)]) };
}

/** T(3): for initial counters alone, which only whoever seals needs. */
function counterKey(key: Uint8Array, { mac }: CtrHmacKeys): Buffer {
  return hmac(key, [mac, LABEL, Uint8Array.of(3)]);
}

export function wipeKeys({ encryption, mac }: CtrHmacKeys): void {
  encryption.fill(0);
  mac.fill(0);
}

/**
 * The counter block that a pass starts with: HMAC-SHA-256 of 16 random bytes, what is sealed, and `place`, so that a generator that repeats itself
 * (a machine copied while it runs) repeats no key stream, unless all that is sealed is the same too. The last four bytes count, from a start
 * below 2^31, so that no pass runs over: SP 800-38A appendix B.
 */
function startingCounter(key: Uint8Array, keys: CtrHmacKeys, plaintext: Uint8Array, place: Pieces): Buffer {
  const derived = counterKey(key, keys);
  const block = hmac(derived, [randomFromPool(16), hash("sha256", plaintext, "buffer"), ...place]);
  derived.fill(0);
  block[COUNTER_AT] = (block[COUNTER_AT] ?? 0) & 0x7f;
  return block.subarray(0, IV_SIZE_BYTES);
}

export interface Pass {
  readonly key: Uint8Array;
  /** Goes before each counter block, and is authenticated. */
  readonly header: Uint8Array;
  /** The plaintexts, each from a whole block on; `sizes` says how much of those blocks is theirs. */
  readonly blocks: Uint8Array;
  readonly sizes: readonly number[];
  readonly aads: readonly Pieces[];
}

export function alignToBlock(sizeBytes: number): number {
  return Math.ceil(sizeBytes / AES_BLOCK_SIZE_BYTES) * AES_BLOCK_SIZE_BYTES;
}

/** Each: header || counter block || ciphertext || tag. The counter block that each begins with is its own, so each opens without the others. */
export function sealCtrHmac({ key, header, blocks, sizes, aads }: Pass): Buffer[] {
  const keys = deriveCtrHmacKeys(key);
  const counter = startingCounter(key, keys, blocks, aads[0] ?? []);
  const ciphertext = createCipheriv("aes-256-ctr", keys.encryption, counter).update(blocks);
  const first = counter.readUInt32BE(COUNTER_AT);
  const overhead = header.length + IV_SIZE_BYTES + TAG_SIZE_BYTES;
  const out = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + size + overhead, 0));
  let at = 0;
  let from = 0;
  const envelopes = sizes.map((size, nth) => {
    const envelope = out.subarray(at, at + size + overhead);
    envelope.set(header);
    envelope.set(counter, header.length);
    envelope.writeUInt32BE(first + from / AES_BLOCK_SIZE_BYTES, header.length + COUNTER_AT);
    ciphertext.copy(envelope, header.length + IV_SIZE_BYTES, from, from + size);
    writeTag(keys, aads[nth] ?? [], envelope);
    at += envelope.length;
    from += alignToBlock(size);
    return envelope;
  });
  wipeKeys(keys);
  return envelopes;
}

/** Over the associated data, preceded by their length, and the whole envelope but its last bytes, which it is written to. */
function writeTag(keys: CtrHmacKeys, aad: Pieces, envelope: Buffer): void {
  envelope.write(tagText(keys, aad, envelope), envelope.length - TAG_SIZE_BYTES, TAG_SIZE_BYTES, "latin1");
}

function tagText({ mac }: CtrHmacKeys, aad: Pieces, envelope: Buffer): string {
  let aadSizeBytes = 0;
  for (const piece of aad) aadSizeBytes += piece.length;
  const sizeBytes = BLOCK_SIZE_BYTES + LENGTH_SIZE_BYTES + aadSizeBytes + envelope.length;
  if (sizeBytes > inner.length || ofProvider) {
    return hmacOfProvider(mac, [u32be(aadSizeBytes), ...aad, envelope.subarray(0, -TAG_SIZE_BYTES)]);
  }
  padKey(mac);
  let at = inner.writeUInt32BE(aadSizeBytes, BLOCK_SIZE_BYTES);
  for (const piece of aad) {
    inner.set(piece, at);
    at += piece.length;
  }
  envelope.copy(inner, at);
  return finishHmac(sizeBytes - TAG_SIZE_BYTES);
}

export interface Envelope {
  readonly sealed: Buffer;
  /** The pieces that it was sealed with, or the same bytes in other pieces. */
  readonly aad: Pieces;
}

/** Opens what `sealCtrHmac` made under one key, after headers of this size; null when one of them was not sealed so. */
export function openCtrHmac(
  keys: CtrHmacKeys,
  envelopes: readonly Envelope[],
  headerSizeBytes: number,
): Buffer[] | null {
  // INVARIANT: nothing is decrypted before every tag was checked.
  for (const envelope of envelopes) if (!hasGoodTag(keys, envelope, headerSizeBytes)) return null;
  return decryptAll(keys, envelopes, headerSizeBytes);
}

function hasGoodTag(keys: CtrHmacKeys, { sealed, aad }: Envelope, headerSizeBytes: number): boolean {
  const tagAt = sealed.length - TAG_SIZE_BYTES;
  if (tagAt < headerSizeBytes + IV_SIZE_BYTES) return false;
  const tag = Buffer.from(tagText(keys, aad, sealed), "latin1").subarray(0, TAG_SIZE_BYTES);
  return equalConstantTime(tag, sealed.subarray(tagAt));
}

/** How many blocks between two envelopes of one pass are worth less than another pass. */
const GAP_BLOCKS_MAX = 256;

/** Neighbours of the pass that sealed them are decrypted in one pass as well, over whatever lay between them. */
function decryptAll(keys: CtrHmacKeys, envelopes: readonly Envelope[], headerSizeBytes: number): Buffer[] {
  const ciphertextAt = headerSizeBytes + IV_SIZE_BYTES;
  const opened: Buffer[] = [];
  for (let from = 0; from < envelopes.length;) {
    const counter = envelopes[from]!.sealed.subarray(headerSizeBytes, ciphertextAt);
    const places: number[] = [];
    let end = 0;
    for (const { sealed } of envelopes.slice(from)) {
      const at = placeAfter(counter, sealed.subarray(headerSizeBytes, ciphertextAt));
      if (at < end || at > end + GAP_BLOCKS_MAX * AES_BLOCK_SIZE_BYTES) break;
      places.push(at);
      end = alignToBlock(at + sealed.length - ciphertextAt - TAG_SIZE_BYTES);
    }
    const blocks = Buffer.alloc(end);
    places.forEach((at, nth) => {
      const { sealed } = envelopes[from + nth]!;
      sealed.copy(blocks, at, ciphertextAt, sealed.length - TAG_SIZE_BYTES);
    });
    const plain = createDecipheriv("aes-256-ctr", keys.encryption, counter).update(blocks);
    places.forEach((at, nth) => {
      const sizeBytes = envelopes[from + nth]!.sealed.length - ciphertextAt - TAG_SIZE_BYTES;
      opened.push(plain.subarray(at, at + sizeBytes));
    });
    from += places.length;
  }
  return opened;
}

/** How far after `first` the key stream of another counter block begins, in bytes; -1 when it is of another pass. */
function placeAfter(first: Buffer, other: Buffer): number {
  if (first.compare(other, 0, COUNTER_AT, 0, COUNTER_AT) !== 0) return -1;
  return (other.readUInt32BE(COUNTER_AT) - first.readUInt32BE(COUNTER_AT)) * AES_BLOCK_SIZE_BYTES;
}

const BLOCK_SIZE_BYTES = 64;
const DIGEST_SIZE_BYTES = 32;
const SCRATCH_SIZE_BYTES = 8192;
/** The mode is the process's, set before it starts; asking each time would cost as much as a hash. */
const ofProvider = getFips() === 1;
const inner = Buffer.alloc(SCRATCH_SIZE_BYTES);
const outer = Buffer.alloc(BLOCK_SIZE_BYTES + DIGEST_SIZE_BYTES);

/** By two one-shot hashes, since these keys are used once or a few times: making objects would cost more than hashing. */
function hmac(key: Uint8Array, pieces: Pieces): Buffer {
  const sizeBytes = pieces.reduce((size, piece) => size + piece.length, BLOCK_SIZE_BYTES);
  if (sizeBytes > inner.length || ofProvider) return Buffer.from(hmacOfProvider(key, pieces), "latin1");
  padKey(key);
  let at = BLOCK_SIZE_BYTES;
  for (const piece of pieces) {
    inner.set(piece, at);
    at += piece.length;
  }
  return Buffer.from(finishHmac(at), "latin1");
}

/** RFC 2104 section 2: the key, no longer than a block, filled up with zeros. */
function padKey(key: Uint8Array): void {
  inner.fill(0x36, 0, BLOCK_SIZE_BYTES);
  outer.fill(0x5c, 0, BLOCK_SIZE_BYTES);
  for (let at = 0; at < key.length; at += 1) {
    const secret = key[at] ?? 0;
    inner[at] = secret ^ 0x36;
    outer[at] = secret ^ 0x5c;
  }
}

/** Of what stands in `inner` up to `end`. */
function finishHmac(end: number): string {
  outer.write(hash("sha256", inner.subarray(0, end), "latin1"), BLOCK_SIZE_BYTES, "latin1");
  const text = hash("sha256", outer, "latin1");
  inner.fill(0, 0, BLOCK_SIZE_BYTES);
  outer.fill(0, 0, BLOCK_SIZE_BYTES);
  return text;
}

/** With a FIPS provider in force its own HMAC is used, since ours is outside its validated boundary. */
function hmacOfProvider(key: Uint8Array, pieces: Pieces): string {
  const mac = createHmac("sha256", key);
  for (const piece of pieces) mac.update(piece);
  return mac.digest("latin1");
}
