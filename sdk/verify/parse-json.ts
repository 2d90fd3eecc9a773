// Reads a JSON text that has one reading: a name given twice is settled by each parser in its own way (RFC 8259 4, RFC 7493 2.3).
import { VerifyError } from "./errors.ts";

/**
 * INVARIANT: one reading of one text. With a name twice, a person or another parser could read something else than what was verified. Throws VerifyError
 * "malformed" with `message`, which never quotes the text.
 */
export function parseJson(text: string, message: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new VerifyError("malformed", message);
  }
  // JSON.parse keeps the last of such members: then the text has more names than the value has members.
  if (countNames(text) !== countMembers(value))
    throw new VerifyError("malformed", `${message}: a name stands there twice`);
  return value;
}

/** A colon outside strings follows each name. */
function countNames(text: string): number {
  let names = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString && character === "\\") at += 1;
    else if (character === '"') inString = !inString;
    else if (character === ":" && !inString) names += 1;
  }
  return names;
}

/** Without recursion: a document may nest deeper than the stack is. */
function countMembers(root: unknown): number {
  let members = 0;
  const left: unknown[] = [root];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value !== "object" || value === null) continue;
    const inner: unknown[] = Object.values(value);
    if (!Array.isArray(value)) members += inner.length;
    for (const each of inner) left.push(each);
  }
  return members;
}
