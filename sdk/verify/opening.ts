// Openings: showing what a leaf says, by the blinding value and the detail.
import { canonicalJson } from "./canonical-json.ts";
import type { Json } from "./canonical-json.ts";
import { fromBase64 } from "./encoding.ts";
import { VerifyError } from "./errors.ts";
import { commitmentOf, parseLeaf } from "./leaf.ts";

export interface VerifiedOpening {
  /** Whole seconds since the Unix epoch, the same in leaf and detail. */
  readonly time: number;
  readonly entryId: string;
  readonly detail: { readonly [key: string]: Json | undefined };
}

/**
 * Checks that `leaf` (taken from a verified receipt or promise) commits to `detail` under the blinding value `r` (base64). A detail given as text must be the
 * exact canonical JSON; one given as a value is put into that form first. Throws VerifyError.
 */
export function verifyOpening(leaf: Uint8Array, r: string, detail: Json): VerifiedOpening {
  const { time, commitment } = parseLeaf(leaf);
  const text = typeof detail === "string" ? detail : canonicalJson(detail);
  if (!commitmentOf(fromBase64(r), Buffer.from(text, "utf8")).equals(commitment)) {
    throw new VerifyError("not-committed", "the leaf does not commit to this detail");
  }
  const parsed = parseDetail(text);
  if (parsed.at !== time) throw new VerifyError("not-committed", "the detail gives another time than the leaf");
  return { time, entryId: String(parsed.entryId), detail: parsed };
}

function parseDetail(text: string): { readonly [key: string]: Json | undefined } {
  try {
    const value = JSON.parse(text) as Json;
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as { readonly [key: string]: Json | undefined };
  } catch {
    // The parser's message would quote the detail.
  }
  throw new VerifyError("malformed", "the detail is not a JSON object");
}
