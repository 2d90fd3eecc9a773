// Whether a JSON text gives one name to two members of an object, which parsers settle each in its own way (RFC 8259 4, RFC 7493 2.3).

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** `value` is what JSON.parse made of `text`, which kept the last of such members: then the text has more colons than the value has members. */
export function hasRepeatedName(text: string, value: unknown): boolean {
  const members = countMembers(value);
  // There are no more colons outside strings than in all, and no fewer than members.
  return countAllColons(text) !== members && countColons(text) !== members;
}

function countAllColons(text: string): number {
  let colons = 0;
  for (let at = text.indexOf(":"); at !== -1; at = text.indexOf(":", at + 1)) colons += 1;
  return colons;
}

/** Those outside strings: one a member. */
function countColons(text: string): number {
  let colons = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString && code === BACKSLASH) at += 1;
    else if (code === QUOTE) inString = !inString;
    else if (code === COLON && !inString) colons += 1;
  }
  return colons;
}

/** Without recursion: a document may nest deeper than the stack is. */
function countMembers(root: unknown): number {
  let members = 0;
  const left: unknown[] = [root];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== "object" || value === null) continue;
    const inner: unknown[] = Object.values(value);
    if (!Array.isArray(value)) members += inner.length;
    for (const each of inner) left.push(each);
  }
  return members;
}
