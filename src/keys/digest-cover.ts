// Covers digests: what stands in the database in place of a lasting digest, and is changed by a rotation without knowing what was digested.
import { createCipheriv, createDecipheriv } from "node:crypto";
import { type Token, asToken } from "../kernel/bytes.ts";
import { KeysError } from "./errors.ts";
import { MAC_SIZE_BYTES, subkey } from "./mac.ts";

export interface DigestCover {
  readonly version: number;
  /** 32 bytes for 32 bytes, always the same: what stands in the database is found by covering what is looked for. */
  cover(digest: Token): Token;
  /** Each by itself, in the order given. */
  coverMany(digests: readonly Token[]): Token[];
  /** Gives some digest for any 32 bytes: whether it is the right one is for the row's MAC to say. */
  uncover(covered: Uint8Array): Token;
}

// FIPS 197: the bare permutation, block by block. A digest is two blocks that HMAC made pseudorandom, so that no two blocks are alike but those of equal
// digests, which a lookup needs to tell. See docs/decisions/0011.
const PERMUTATION = "aes-256-ecb";

export function digestCover(key: { readonly version: number; readonly raw: Uint8Array }): DigestCover {
  const secret = subkey(key.raw, "uberrima/digest-cover/v1");
  // Without padding there is no state between two uses, so one of each serves for all.
  const cipher = createCipheriv(PERMUTATION, secret, null).setAutoPadding(false);
  const decipher = createDecipheriv(PERMUTATION, secret, null).setAutoPadding(false);
  secret.fill(0);
  const permute = (by: { update(bytes: Uint8Array): Buffer }, bytes: Uint8Array): Token => {
    if (bytes.length !== MAC_SIZE_BYTES) throw new KeysError("limit");
    return asToken(by.update(bytes));
  };
  return {
    version: key.version,
    cover: (digest) => permute(cipher, digest),
    coverMany: (digests) => {
      if (digests.some(({ length }) => length !== MAC_SIZE_BYTES)) throw new KeysError("limit");
      // Block by block: many together give what each gives alone, in one call.
      const covered = cipher.update(Buffer.concat(digests));
      return digests.map((_, at) => asToken(covered.subarray(at * MAC_SIZE_BYTES, (at + 1) * MAC_SIZE_BYTES)));
    },
    uncover: (covered) => permute(decipher, covered),
  };
}
