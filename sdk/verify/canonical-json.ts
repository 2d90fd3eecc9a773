// Canonical JSON (RFC 8785): what commitments are computed over.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * Keys sorted by UTF-16 code units (RFC 8785 3.2.3), no white space, numbers and strings as ECMAScript prints them. Members that are
 * undefined are left out, as JSON.stringify does.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).flatMap(([key, item]: [string, Json | undefined]) =>
      item === undefined ? [] : [{ key, text: canonicalJson(item) }],
    );
    members.sort((left, right) => (left.key < right.key ? -1 : 1));
    return `{${members.map(({ key, text }) => `${JSON.stringify(key)}:${text}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
