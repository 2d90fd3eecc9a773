// Seals many values, each alone: its own nonce, associated data and tag.
import type { Sealed } from "../kernel/bytes.ts";
import { type AeadKey, seal } from "./aead.ts";

export interface ToSeal {
  readonly key: AeadKey;
  /** Text is sealed as UTF-8. */
  readonly plaintext: Uint8Array | string;
  /** To fill up text with spaces to this size, no less than its own. */
  readonly paddedBytes?: number;
  /** Together the associated data, as `seal` takes it. */
  readonly aad: readonly Uint8Array[];
}

const SPACE = 0x20;

/** In the order given. Throws KeysError "lease-expired", "limit". */
export function sealMany(items: readonly ToSeal[]): Sealed[] {
  return items.map((item) => seal(item.key, plaintextOf(item), Buffer.concat(item.aad)));
}

function plaintextOf({ plaintext, paddedBytes }: ToSeal): Uint8Array {
  if (typeof plaintext !== "string") return plaintext;
  const out = Buffer.alloc(paddedBytes ?? Buffer.byteLength(plaintext), SPACE);
  out.write(plaintext, "utf8");
  return out;
}
