// Names for secrets in the memory of this process: what is remembered of a token is found again without the token, or a digest that stands anywhere.
import { hash, randomBytes } from "node:crypto";

const SALT_SIZE_BYTES = 32;

/** SHA-256 of a salt of the process's own and the secret. For secrets of 256 random bits; a keyed digest of the same costs four times as much. */
export function secretNames(): (secret: string) => string {
  const salt = randomBytes(SALT_SIZE_BYTES).toString("latin1");
  return (secret) => hash("sha256", salt + secret, "latin1");
}
