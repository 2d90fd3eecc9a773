// What resources of FHIR R4 are put together from: no value is empty, and a masked one is none.
import type { GivenRecord } from "./gather.ts";

export type Fields = ReadonlyMap<string, string>;
export type Resource = Readonly<Record<string, unknown>>;

/** Which a string of FHIR does not have, but for tabs and line ends. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

/** A masked value is not the value: it is left out, and so is one of blanks alone, for which FHIR has no string. */
export function clearOf({ fields }: GivenRecord): Fields {
  const clear = fields.filter(({ form }) => form === "clear");
  const said = clear.map(({ name, value }) => [name, value.replaceAll(CONTROLS, " ")] as const);
  return new Map(said.filter(([, value]) => value.trim() !== ""));
}

/** No system is claimed for a code: feeds do not say which code book theirs is of. */
export function concept(code: string | undefined, text: string | undefined): Resource | undefined {
  if (code === undefined && text === undefined) return undefined;
  return without({ coding: code === undefined ? undefined : [{ code: codeOf(code) }], text });
}

/** A code of FHIR has single blanks within, and none around. */
function codeOf(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ");
}

export function period(start: string | undefined, end: string | undefined): Resource | undefined {
  const [from, to] = [dateOf(start), dateOf(end)];
  // Invariant per-1: a period that ends before it begins says nothing.
  if (from !== undefined && to !== undefined && to < from) return undefined;
  return from === undefined && to === undefined ? undefined : without({ start: from, end: to });
}

export function dateOf(value: string | undefined): string | undefined {
  return value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}

export function listed(value: string | undefined): string[] | undefined {
  return value === undefined ? undefined : [value];
}

export function without(resource: Readonly<Record<string, unknown>>): Resource {
  return Object.fromEntries(
    Object.entries(resource).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

export function isEmpty(resource: Resource): boolean {
  return Object.keys(resource).length === 0;
}
