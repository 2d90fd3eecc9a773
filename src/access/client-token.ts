// API client tokens: `ubc_<principal id, 32 hex digits>_<secret, 43 base64url characters>`.
import { randomBytes } from "node:crypto";
import type { Token, Uuid } from "../kernel/bytes.ts";
import { idBytes, parseId } from "../kernel/ids.ts";
import type { AuthorityKeys } from "./authority-keys.ts";

const SECRET_SIZE_BYTES = 32;
const TOKEN_PATTERN = /^ubc_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

export interface ClientToken {
  readonly principalId: Uuid;
  readonly secret: string;
}

/** A fresh token. The secret is 256 random bits, so a keyed digest keeps it (no slow password hash is needed). */
export function newClientToken(principalId: Uuid): ClientToken {
  return { principalId, secret: randomBytes(SECRET_SIZE_BYTES).toString("base64url") };
}

/** Null when the text has not the shape of a token. */
export function parseClientToken(text: string): ClientToken | null {
  const parts = TOKEN_PATTERN.exec(text);
  if (parts === null) return null;
  const principalId = parseId(parts.slice(1, 6).join("-"));
  const secret = parts[6];
  return principalId === null || secret === undefined ? null : { principalId, secret };
}

export function printClientToken(token: ClientToken): string {
  return `ubc_${token.principalId.replaceAll("-", "")}_${token.secret}`;
}

/** What is stored. Over the secret's text and not its bytes, since several texts decode to the same 32 bytes. */
export function secretDigest(keys: AuthorityKeys, token: ClientToken): Token {
  return keys.keyedDigest("client-secret", idBytes(token.principalId), token.secret);
}
