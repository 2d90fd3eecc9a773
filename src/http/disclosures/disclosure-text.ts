// Writes the answer to a disclosure without holding it against its schema again: for the hottest route, whose tests do so instead.
import type { Answer } from "../../../contract/route.ts";
import type { disclosureRoutes } from "../../../contract/routes/disclosures.ts";

type Shown<Value> = Value extends readonly (infer Item)[]
  ? readonly Shown<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Shown<Value[Key]> }
    : Value;
type Told = Shown<Answer<typeof disclosureRoutes.disclose>>;
type ToldField = Told["fields"][number];

/** By the list itself: remembered decisions hand out their lists again and again, and nobody changes them. */
const known = new WeakMap<object, string>();

/** As the language's own serialisation writes it, in a third of the time: reasons, rules and remedies are most of it, and the same for most answers. */
export function disclosureText({ disclosureId, customerId, outcome, fields, obligations, promise }: Told): string {
  const told = fields.map(fieldText).join(",");
  const head = `{"disclosureId":"${disclosureId}","customerId":"${customerId}","outcome":"${outcome}"`;
  return `${head},"fields":[${told}],"obligations":${JSON.stringify(obligations)},"promise":${promiseText(promise)}}`;
}

function promiseText({ origin, index, leaf, time, position, path, note }: Told["promise"]): string {
  const place = `{"origin":${JSON.stringify(origin)},"index":${index},"leaf":"${leaf}","time":${time}`;
  return `${place},"position":${position},"path":${JSON.stringify(path)},"note":${noteText(note)}}`;
}

/** All entries of a batch have one note, and are answered one after another. */
let newest = { note: "", written: '""' };

function noteText(note: string): string {
  if (newest.note !== note) newest = { note, written: ascii(note) };
  return newest.written;
}

/** Ids, paths of fields and words of closed lists need no escapes; values are anything. */
function fieldText(told: ToldField): string {
  const { field, recordId, unitId, dataClass, form, value, given, disputed } = told;
  const place = `{"field":"${field}","recordId":${orNull(recordId)},"unitId":${orNull(unitId)}`;
  const shown = `,"dataClass":"${dataClass}","form":"${form}"${member("value", value)}${member("given", given)}`;
  const why = `,"reasons":${once(told.reasons)},"policies":${once(told.policies)},"permittedBy":${once(told.permittedBy)}`;
  return `${place}${shown}${why}${member("disputed", disputed)}}`;
}

function orNull(id: string | null): string {
  return id === null ? "null" : `"${id}"`;
}

function member(name: string, value: string | object | undefined): string {
  return value === undefined ? "" : `,"${name}":${JSON.stringify(value)}`;
}

function once(list: readonly object[]): string {
  if (list.length === 0) return "[]";
  const said = known.get(list);
  if (said !== undefined) return said;
  const written = ascii(list);
  known.set(list, written);
  return written;
}

/** JSON with escapes for all but ASCII: one dash beyond Latin-1, as a signed note has, would make the whole answer twice as large in memory and as slow to write. */
function ascii(value: string | readonly object[]): string {
  return JSON.stringify(value).replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
