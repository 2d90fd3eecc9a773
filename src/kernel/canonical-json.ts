// Canonical JSON after RFC 8785 (JCS): one byte sequence for one value, so that it can be committed to and signed.
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Serialises with sorted keys and no white space. Members that are undefined are left out. Throws TypeError on NaN and infinities. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    // RFC 8785 3.2.2.3: numbers as ECMAScript prints them; NaN and infinities have no form.
    if (!Number.isFinite(value)) throw new TypeError("not a finite number");
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  return canonicalObject(value);
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
  const members: string[] = [];
  // RFC 8785 3.2.3: sorted by UTF-16 code units, which is what JavaScript's default sort does.
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(",")}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
