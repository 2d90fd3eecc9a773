// Tokens in place of values, for those who only need to match: random, keyed and deterministic, or of the value's own format. Unlinkable between recipients.
import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import type { Uuid } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import { inFormat } from "./in-format.ts";

export { type Issued, issue, trace, type Traced } from "./issued.ts";
export { countIssued, deleteIssued, type Giving, type IssuedCount } from "./issued-store.ts";

/** `deterministic`: the same value gives the same token; `random`: never the same twice; `format-preserving`: FF1, the same again, in the value's format. */
export const TOKEN_STYLES = ["deterministic", "random", "format-preserving"] as const;
export type TokenStyle = (typeof TOKEN_STYLES)[number];

export interface TokenScope {
  /** Who gets the token: the recipient, or the asker where there is none. */
  readonly receiver: Uuid;
  readonly styleOf: (fieldPath: string) => TokenStyle;
}

const TOKEN_SIZE_BYTES = 16;

export function tokenFor(
  keys: Pick<Keys, "keyedDigest">,
  { receiver, styleOf }: TokenScope,
  fieldPath: string,
  normalised: string,
): string {
  const style = styleOf(fieldPath);
  if (style === "random") return printed(randomBytes(TOKEN_SIZE_BYTES));
  // Where the value's format has too few values, a token in it could be tried out: then it has none.
  const formatted = style === "format-preserving" ? inFormat(keys, receiver, fieldPath, normalised) : null;
  return formatted ?? printed(keys.keyedDigest("field-token", receiver, fieldPath, normalised));
}

function printed(bytes: Uint8Array): string {
  return `tok_${Buffer.from(bytes.subarray(0, TOKEN_SIZE_BYTES)).toString("base64url")}`;
}
