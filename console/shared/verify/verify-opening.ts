// Openings: showing what a leaf says, by the blinding value and the exact detail.
import { type Bytes, equal, fromBase64, utf8 } from "./bytes.ts";
import { commitmentOf, parseLeaf } from "./leaf.ts";
import { VerifyError } from "./verify-error.ts";

export interface VerifiedOpening {
  /** Whole seconds since the Unix epoch, the same in leaf and detail. */
  readonly time: number;
  readonly entryId: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Checks that a leaf, taken from a verified receipt or promise, commits to the detail (its exact canonical JSON, RFC 8785) under the blinding value `r`
 * (base64). Throws VerifyError.
 */
export async function verifyOpening(leaf: Bytes, r: string, detail: string): Promise<VerifiedOpening> {
  const { time, commitment } = parseLeaf(leaf);
  if (!equal(await commitmentOf(fromBase64(r), utf8(detail)), commitment))
    throw new VerifyError("not-committed", "the leaf does not commit to this detail");
  const parsed = parseDetail(detail);
  const { at, entryId } = parsed;
  if (at !== time) throw new VerifyError("not-committed", "the detail gives another time than the leaf");
  if (typeof entryId !== "string") throw new VerifyError("malformed", "the detail names no entry");
  return { time, entryId, detail: parsed };
}

function parseDetail(text: string): Readonly<Record<string, unknown>> {
  const value = jsonOrNull(text);
  // INVARIANT: one reading of one text. With a name twice, or in another spelling, two readers could be shown two things by one commitment.
  if (typeof value !== "object" || value === null || Array.isArray(value) || canonical(value) !== text)
    throw new VerifyError("malformed", "the detail is not a JSON object in its canonical form");
  return value as Readonly<Record<string, unknown>>;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Keys by UTF-16 code units (RFC 8785 3.2.3), no white space, numbers and strings as ECMAScript prints them. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
}
