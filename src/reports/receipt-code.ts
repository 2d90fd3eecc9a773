// The code by which a reporter comes back: 130 random bits in Crockford's base 32, for people to write down.
import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 26;
const GROUP = /.{1,5}/g;

export function newReceiptCode(): string {
  const code = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte & 31]).join("");
  return code.match(GROUP)?.join("-") ?? code;
}

/** As it was made, however it was typed; null for what can be none. */
export function normalizedCode(text: string): string | null {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return code.length === LENGTH && [...code].every((each) => ALPHABET.includes(each)) ? code : null;
}
