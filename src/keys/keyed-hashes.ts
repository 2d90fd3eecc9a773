// Everything kept as a keyed hash: authority MACs, digests and the two layers of the blind indexes.
import { type Token, asToken, equalConstantTime } from "../kernel/bytes.ts";
import { versionOfMac } from "./aead.ts";
import { type DigestCover, digestCover } from "./digest-cover.ts";
import type { DomainKey, DomainKeys } from "./domain-keys.ts";
import { KeysError } from "./errors.ts";
import { MAC_SIZE_BYTES, type MacKey, macKey, ofParts, subkey } from "./mac.ts";

export type MacParts = readonly (Uint8Array | string)[];

export interface IndexToken {
  readonly token: Token;
  readonly keyVersion: number;
}

export interface KeyedHashes {
  /** u32be key version || HMAC-SHA-256 under the newest authority key. The first part names the kind of row. */
  authorityMac(parts: MacParts): Token;
  /** Whether `mac` was made over these parts under any version that is not destroyed. */
  verifyAuthorityMac(mac: Uint8Array, parts: MacParts): boolean;
  /**
   * HMAC-SHA-256 under a key of the label's own; outlives every rotation. Labels are constants of the code. What somebody with the base key could guess
   * stands in the database under a cover only.
   */
  keyedDigest(label: string, ...parts: MacParts): Token;
  /**
   * To write under: the newest first, then those that another process may think the newest while a rotation is made known. What must be there
   * once only is written under each. To read under: every version that is not destroyed.
   */
  digestCovers(to: "write" | "read"): readonly DigestCover[];
  /** The inner layer of a blind index, 32 bytes, the same for ever: to be kept sealed only. */
  indexInner(indexName: string, parts: readonly string[]): Buffer;
  /** The outer layer under the newest index key, cut to `bits` (1 to 256; spare bits of the last byte are zero). */
  indexToken(indexName: string, inner: Uint8Array, bits: number): IndexToken;
  /** One for each live version, pending ones too, since rows may stand under any of them. */
  indexTokensForSearch(indexName: string, inner: Uint8Array, bits: number): IndexToken[];
}

/** What digests and index tokens need, as plain data that can be sent to a worker thread. */
export interface HashKeys {
  readonly base: Uint8Array;
  readonly index: { readonly version: number; readonly raw: Uint8Array };
}

const VERSION_SIZE_BYTES = 4;
/** Labels and index names are constants of the code and the schema: more of them are a mistake. */
const NAMED_KEYS_MAX = 1000;

/** The part of the domain keys that hashing needs. */
type HashDomains = Pick<DomainKeys, "newest" | "current" | "live" | "version">;

export function keyedHashes(domains: HashDomains): KeyedHashes {
  const layers = hashLayers(() => domains.newest("base").raw);
  const covers = new Map<number, DigestCover>();
  const coverOf = (key: DomainKey): DigestCover => {
    const cover = covers.get(key.version) ?? digestCover(key);
    covers.set(key.version, cover);
    return cover;
  };
  return {
    authorityMac: (parts) => authorityMac(domains.newest("authority"), parts),
    verifyAuthorityMac: (mac, parts) => verifyAuthorityMac(domains, mac, parts),
    keyedDigest: layers.keyedDigest,
    digestCovers: (to) => (to === "write" ? domains.current("tokens") : domains.live("tokens")).map(coverOf),
    indexInner: layers.indexInner,
    indexToken: (name, inner, bits) => layers.token(domains.newest("index"), name, inner, bits),
    indexTokensForSearch: (name, inner, bits) =>
      domains.live("index").map((key) => layers.token(key, name, inner, bits)),
  };
}

export function exportHashKeys(domains: HashDomains): HashKeys {
  const { version, raw } = domains.newest("index");
  return { base: Buffer.from(domains.newest("base").raw), index: { version, raw: Buffer.from(raw) } };
}

/** In a worker thread. Send new keys after a rotation of "index": tokens under an older version are found only until that is retired. */
export function openHashKeys(keys: HashKeys): Pick<KeyedHashes, "keyedDigest" | "indexInner" | "indexToken"> {
  const layers = hashLayers(() => keys.base);
  return {
    keyedDigest: layers.keyedDigest,
    indexInner: layers.indexInner,
    indexToken: (name, inner, bits) => layers.token(keys.index, name, inner, bits),
  };
}

interface HashLayers extends Pick<KeyedHashes, "keyedDigest" | "indexInner"> {
  token(
    key: { readonly version: number; readonly raw: Uint8Array },
    name: string,
    inner: Uint8Array,
    bits: number,
  ): IndexToken;
}

function hashLayers(baseKey: () => Uint8Array): HashLayers {
  // INVARIANT: digests and inner hashes hang on "base", which is never rotated: they cannot be made again. Their outer layers are.
  const digestKeys = rememberedKeys((label) => subkey(baseKey(), "uberrima/keyed-digest/v1", label));
  const innerKeys = rememberedKeys((name) => subkey(baseKey(), "uberrima/index-inner/v1", name));
  const outerKeys = new Map<number, (name: string) => MacKey>();
  return {
    keyedDigest: (label, ...parts) => asToken(ofParts(digestKeys(label), parts)),
    indexInner: (name, parts) => ofParts(innerKeys(name), parts),
    token: (key, name, inner, bits) => {
      const known =
        outerKeys.get(key.version) ?? rememberedKeys((of) => subkey(key.raw, "uberrima/index-outer/v1", of));
      outerKeys.set(key.version, known);
      return { token: truncated(known(name).of(inner), bits), keyVersion: key.version };
    },
  };
}

function authorityMac(key: DomainKey, parts: MacParts): Token {
  const out = Buffer.allocUnsafe(VERSION_SIZE_BYTES + MAC_SIZE_BYTES);
  out.writeUInt32BE(key.version, 0);
  key.mac.ofPartsInto(parts, out, VERSION_SIZE_BYTES);
  return asToken(out);
}

function verifyAuthorityMac(domains: HashDomains, mac: Uint8Array, parts: MacParts): boolean {
  if (mac.length !== VERSION_SIZE_BYTES + MAC_SIZE_BYTES) return false;
  const key = domains.version("authority", versionOfMac(mac));
  return key !== undefined && equalConstantTime(mac, authorityMac(key, parts));
}

function truncated(mac: Buffer, bits: number): Token {
  if (!Number.isInteger(bits) || bits < 1 || bits > 8 * MAC_SIZE_BYTES) throw new KeysError("limit");
  const out = mac.subarray(0, Math.ceil(bits / 8));
  const spareBits = out.length * 8 - bits;
  const last = out.length - 1;
  out[last] = (out[last] ?? 0) & (0xff << spareBits);
  return asToken(out);
}

function rememberedKeys(derive: (name: string) => Buffer): (name: string) => MacKey {
  const known = new Map<string, MacKey>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    if (known.size >= NAMED_KEYS_MAX) throw new KeysError("limit");
    const key = macKey(derive(name));
    known.set(name, key);
    return key;
  };
}
