// Seals many values, each alone: its own nonce, associated data and tag.
import type { Sealed } from "../kernel/bytes.ts";
import { sealItem, type ToSeal } from "./aead.ts";

export type { ToSeal } from "./aead.ts";

/** In the order given. Throws KeysError "lease-expired", "limit". */
export function sealMany(items: readonly ToSeal[]): Sealed[] {
  return items.map(sealItem);
}
