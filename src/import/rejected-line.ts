// A rejected line, kept sealed only, and bound to where and why it was refused.
import { lengthPrefixed, type Sealed, u64be } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import type { LinePlace } from "./store-reseal.ts";

export interface Refusal extends LinePlace {
  readonly reason: string;
}

export function sealLine(keys: Pick<Keys, "sealUnder">, refusal: Refusal, line: Uint8Array): Sealed {
  return keys.sealUnder("rejects", line, aadOf(refusal));
}

/** Null when it was changed, moved, or sealed under a version that is destroyed. */
export function openLine(keys: Pick<Keys, "openUnder">, refusal: Refusal, sealed: Uint8Array): Buffer | null {
  try {
    return keys.openUnder("rejects", sealed, aadOf(refusal));
  } catch {
    return null;
  }
}

function aadOf({ importId, line, field, reason }: Refusal): Buffer {
  return lengthPrefixed("uberrima/import-reject/v1", importId, u64be(line), field, reason);
}
