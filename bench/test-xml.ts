// For tests: reads a document strictly enough to tell that it is well-formed XML 1.0, and gives its elements.
import assert from "node:assert/strict";

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Text right inside it, entities resolved. */
  readonly text: string;
}

const TAG = /<(\/?)([a-z]+)((?: [a-zA-Z0-9:-]+="[^"<]*")*)(\/?)>/y;
const TEXT = /[^<]+/y;
const ENTITY = /&(amp|lt|gt|quot);/g;
const RESOLVED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** Throws AssertionError where the document is not well-formed. */
export function parseXml(document: string): XmlElement[] {
  const found: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: (typeof found)[number][] = [];
  // XML 1.0, 2.2: any other control character ends the reading.
  assert.doesNotMatch(document, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  assert.ok(document.isWellFormed(), "a lone surrogate");
  for (let at = 0; at < document.length;) {
    const pattern = document[at] === "<" ? TAG : TEXT;
    pattern.lastIndex = at;
    const match = pattern.exec(document);
    if (match === null) assert.fail(`not well-formed at ${document.slice(at, at + 60)}`);
    at = pattern.lastIndex;
    if (pattern === TEXT) {
      const inside = open.at(-1);
      if (inside === undefined) assert.equal(match[0].trim(), "", "text outside the root");
      else inside.text += resolve(match[0]);
    } else if (match[1] === "/") {
      assert.equal(open.pop()?.name, match[2], "an element is closed that is not open");
    } else {
      const element = { name: match[2] ?? "", attributes: attributesOf(match[3] ?? ""), text: "" };
      assert.ok(found.length === 0 || open.length > 0, "a second root");
      found.push(element);
      if (match[4] !== "/") open.push(element);
    }
  }
  assert.deepEqual(open, [], "an element is left open");
  return found;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/ ([a-zA-Z0-9:-]+)="([^"]*)"/g)].map(
    ([, name = "", value = ""]) => [name, value] as const,
  );
  assert.equal(new Set(pairs.map(([name]) => name)).size, pairs.length, "an attribute stands twice");
  return Object.fromEntries(pairs.map(([name, value]) => [name, resolve(value)]));
}

function resolve(text: string): string {
  if (text.replaceAll(ENTITY, "").includes("&")) assert.fail("an ampersand that is no entity");
  return text.replaceAll(ENTITY, (_, name: string) => RESOLVED[name] ?? "");
}
