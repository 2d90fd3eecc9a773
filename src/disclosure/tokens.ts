// Tokens in place of values, for those who only need to match: keyed and deterministic within one recipient, unlinkable between two.
import { Buffer } from "node:buffer";
import type { Uuid } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";

/** Who gets the token: the recipient, or the asker where there is none. */
export type TokenScope = Uuid;

const TOKEN_SIZE_BYTES = 16;

/** The same value of the same field gives the same token to the same receiver, and another one to every other. */
export function tokenFor(
  keys: Pick<Keys, "keyedDigest">,
  scope: TokenScope,
  fieldPath: string,
  normalised: string,
): string {
  const digest = keys.keyedDigest("field-token", scope, fieldPath, normalised);
  return `tok_${Buffer.from(digest.subarray(0, TOKEN_SIZE_BYTES)).toString("base64url")}`;
}
