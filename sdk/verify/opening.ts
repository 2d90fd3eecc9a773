// Openings: showing what a leaf says, by the blinding value and the detail.
import { canonicalJson } from "./canonical-json.ts";
import type { Json } from "./canonical-json.ts";
import { fromBase64 } from "./encoding.ts";
import { VerifyError } from "./errors.ts";
import { commitmentOf, parseLeaf } from "./leaf.ts";
import { parseJson } from "./parse-json.ts";

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
  const text = typeof detail === "string" ? detail : canonicalText(detail);
  if (!commitmentOf(fromBase64(r), Buffer.from(text, "utf8")).equals(commitment)) {
    throw new VerifyError("not-committed", "the leaf does not commit to this detail");
  }
  const parsed = parseDetail(text);
  const { at, entryId } = parsed;
  if (at !== time) throw new VerifyError("not-committed", "the detail gives another time than the leaf");
  if (typeof entryId !== "string") throw new VerifyError("malformed", "the detail names no entry");
  return { time, entryId, detail: parsed };
}

function parseDetail(text: string): { readonly [key: string]: Json | undefined } {
  const value = parseJson(text, "the detail is not JSON") as Json;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new VerifyError("malformed", "the detail is not a JSON object");
  }
  // INVARIANT: one reading of one text. With a name twice, or in another spelling, two readers could be shown two things by one commitment.
  if (canonicalText(value) !== text) throw new VerifyError("malformed", "the detail is not in its canonical form");
  return value as { readonly [key: string]: Json | undefined };
}

function canonicalText(value: Json): string {
  try {
    return canonicalJson(value);
  } catch {
    // Nested deeper than the stack is: nothing that a ledger writes.
    throw new VerifyError("malformed", "the detail is nested too deeply");
  }
}
