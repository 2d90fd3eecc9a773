// Session tokens: `ubs_<43 base64url characters>`, 256 random bits of which only a keyed digest is kept.
import { randomBytes } from "node:crypto";
import type { Token } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";

const SECRET_SIZE_BYTES = 32;
const TOKEN_PATTERN = /^ubs_([A-Za-z0-9_-]{43})$/;

export function newSessionToken(): string {
  return `ubs_${randomBytes(SECRET_SIZE_BYTES).toString("base64url")}`;
}

/** What is stored, and found by; null when the text has not the shape of a session's token. */
export function sessionDigest(keys: Pick<Keys, "keyedDigest">, text: string): Token | null {
  const secret = TOKEN_PATTERN.exec(text)?.[1];
  return secret === undefined ? null : keys.keyedDigest("session", secret);
}
