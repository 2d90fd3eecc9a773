// Format-preserving tokens: FF1 of NIST SP 800-38G over the letters and digits of a value, whose separators stay where they are.
import { FF1 } from "@noble/ciphers/ff1.js";
import type { Uuid } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";

/** SP 800-38G Rev. 1: radix to the power of the length is at least a million, or tokens can be tried out one by one. */
const DOMAIN_MIN = 1_000_000;
/** What the library takes, and more than any identifier has. */
const LENGTH_MAX = 64;
const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
const SEPARATOR = /[\s./_-]/;

/** Null where the value is of no format that FF1 may be used on. The same value of the same field gives the same token to the same receiver. */
export function inFormat(
  keys: Pick<Keys, "keyedDigest">,
  receiver: Uuid,
  fieldPath: string,
  value: string,
): string | null {
  const signs = [...value];
  const kept = signs.filter((sign) => !SEPARATOR.test(sign));
  const radix = radixOf(kept);
  if (radix === null || kept.length > LENGTH_MAX || radix ** kept.length < DOMAIN_MIN) return null;
  // One key a receiver and field, so that nothing of one tells anything of another; 256 bits, as AES-256 takes them.
  const key = keys.keyedDigest("field-token-ff1", receiver, fieldPath);
  const encrypted = FF1(radix, key).encrypt(kept.map((sign) => ALPHABET.indexOf(sign.toLowerCase())));
  const isUpper = value === value.toUpperCase();
  let at = 0;
  return signs
    .map((sign) => {
      if (SEPARATOR.test(sign)) return sign;
      const made = ALPHABET[encrypted[at++] ?? 0] ?? "";
      return isUpper ? made.toUpperCase() : made;
    })
    .join("");
}

function radixOf(signs: readonly string[]): 10 | 36 | null {
  if (signs.every((sign) => /[0-9]/.test(sign))) return 10;
  const hasOneCase = signs.every((sign) => /[0-9a-z]/.test(sign)) || signs.every((sign) => /[0-9A-Z]/.test(sign));
  return hasOneCase ? 36 : null;
}
