// Canonical JSON after RFC 8785 (JCS): one byte sequence for one value, so that it can be committed to and signed.
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Serialises with sorted keys and no white space. Members that are undefined are left out. Throws TypeError on NaN and infinities. */
export function canonicalJson(value: Json): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object" || value === null) {
    // RFC 8785 3.2.2.3: numbers as ECMAScript prints them; NaN and infinities have no form.
    if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError("not a finite number");
    return JSON.stringify(value);
  }
  return isList(value) ? `[${value.map(canonicalJson).join(",")}]` : canonicalObject(value);
}

const texts = new WeakMap<object, string>();

/** Freezes a value and remembers its canonical text: for one that becomes part of many documents. Its members must hold no objects. */
export function interned<Value extends { readonly [key: string]: null | boolean | number | string }>(
  value: Value,
): Value {
  texts.set(Object.freeze(value), canonicalObject(value));
  return value;
}

function canonicalObject(value: { readonly [key: string]: Json | undefined }): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const keys = Object.keys(value);
  // RFC 8785 3.2.3: sorted by UTF-16 code units, as JavaScript compares strings. Most are written down in that order.
  if (!isAscending(keys)) keys.sort();
  let members = "";
  for (const key of keys) {
    const member = value[key];
    if (member === undefined) continue;
    members += `${members === "" ? "" : ","}${quoted(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** Nothing in it that RFC 8785 3.2.2.2 escapes. */
const UNESCAPED = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  return UNESCAPED.test(text) ? `"${text}"` : JSON.stringify(text);
}

function isAscending(keys: readonly string[]): boolean {
  for (let at = 1; at < keys.length; at += 1) if (keys[at - 1]! > keys[at]!) return false;
  return true;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
