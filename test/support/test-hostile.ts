// For fuzz tests: how long they run, and generators of what no parser was made for: garbage, and valid input that was damaged a little.
import assert from "node:assert/strict";
import process from "node:process";
import fc from "fast-check";
import { anyText } from "./test-text.ts";

const FULL_TIMES = 60;
/** Bounded input must be parsed in bounded time: that of the processor, since tests share their machine. */
const PARSE_MS_MAX = 5000;

/** The runs of a property: few in `npm test`, many with UBERRIMA_FULL=1. fast-check prints seed and path of what fails, for `fc.assert(…, { seed, path })`. */
export function runs(short: number, full = short * FULL_TIMES): { readonly numRuns: number } {
  return { numRuns: process.env["UBERRIMA_FULL"] === "1" ? full : short };
}

/** Stands in hostile input and so must stand in no message. */
export const MARK = "zqMarlowe0781120";

const NASTY: readonly string[] = [
  MARK,
  `"${MARK}"`,
  "",
  " ",
  "\u0000",
  `${MARK}\u0000`,
  "\ud800",
  "a\udc00b",
  "\ufeff",
  "\ufffd",
  "\u202e\u2066",
  "\r\n\r\n",
  "\n\n",
  "__proto__",
  "constructor",
  "toString",
  '{"__proto__":{"a":1}}',
  "null",
  "NaN",
  "-0",
  "1e400",
  "9".repeat(400),
  "9007199254740993",
  "0x10",
  "true",
  "[".repeat(4000),
  '{"a":'.repeat(4000),
  "(".repeat(4000),
  "%00",
  "%2e%2e%2f",
  "../../etc/passwd",
  "'; drop table customer; --",
  "{{7*7}}${7*7}",
  "\ufb2c".repeat(300),
  "\ufdfa".repeat(300),
  "İıſKÅ",
  "🙂".repeat(50),
  "*a &a [*a]",
  "!!js/function x",
  "9999-12-31T23:59:59-23:59",
  "0000-01-01T00:00:00+23:59",
];

export const nastyText = fc.oneof(
  { weight: 2, arbitrary: fc.constant(MARK) },
  { weight: 4, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 3, arbitrary: anyText({ maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      maxLength: 40,
    }),
  },
);

/** Bytes of no format, and of texts in other encodings than are read. */
export const nastyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  nastyText.map((text) => Buffer.from(text, "utf8")),
  nastyText.map((text) => Buffer.from(`\ufeff${text}`, "utf16le")),
  nastyText.map((text) => Buffer.from(text, "latin1")),
);

const edit = fc.record({
  kind: fc.constantFrom("flip", "cut", "drop", "repeat", "insert", "replace", "swap"),
  at: fc.nat({ max: 2 ** 24 }),
  size: fc.nat({ max: 40 }),
  bit: fc.nat({ max: 7 }),
  text: nastyText,
});
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;
const edits = fc.array(edit, { minLength: 1, maxLength: 3 });

/** Valid bytes after up to three edits: flipped bits, truncation, pieces dropped, repeated, swapped, put in. Now and then the same as before. */
export function damagedBytes(valid: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Buffer> {
  return fc.tuple(valid, edits).map(([bytes, list]) => list.reduce<Buffer>(editBytes, Buffer.from(bytes)));
}

function editBytes(bytes: Buffer, { kind, at, size, bit, text }: Edit): Buffer {
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  const [before, piece, after] = [
    bytes.subarray(0, place),
    bytes.subarray(place, place + size),
    bytes.subarray(place + size),
  ];
  if (kind === "cut") return before;
  if (kind === "drop") return Buffer.concat([before, after]);
  if (kind === "repeat") return Buffer.concat([before, piece, piece, after]);
  if (kind === "swap") return Buffer.concat([after, piece, before]);
  if (kind === "insert") return Buffer.concat([before, Buffer.from(text, "utf8"), piece, after]);
  if (kind === "replace") return Buffer.concat([before, Buffer.from(text, "utf8"), after]);
  const out = Buffer.from(bytes);
  if (out.length > 0) out[place] = (out[place] ?? 0) ^ (1 << bit);
  return out;
}

/** The same for text, by UTF-16 units, so that characters may end up in halves. */
export function damagedText(valid: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(valid, edits).map(([text, list]) => list.reduce(editText, text));
}

function editText(valid: string, { kind, at, size, bit, text }: Edit): string {
  const place = valid.length === 0 ? 0 : at % valid.length;
  const [before, piece, after] = [valid.slice(0, place), valid.slice(place, place + size), valid.slice(place + size)];
  if (kind === "cut") return before;
  if (kind === "drop") return before + after;
  if (kind === "repeat") return before + piece + piece + after;
  if (kind === "swap") return after + piece + before;
  if (kind === "insert") return before + text + piece + after;
  if (kind === "replace") return before + text + after;
  return before + String.fromCharCode(valid.charCodeAt(place) ^ (1 << bit)) + valid.slice(place + 1);
}

export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };

const nastyNumber = fc.oneof(
  fc.constantFrom(0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 5e-324),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
export const nastyJson: fc.Arbitrary<JsonValue> = fc.oneof(
  nastyText,
  nastyNumber,
  fc.constantFrom(null, true, false, [], {}),
  fc.array(nastyText, { maxLength: 3 }),
  fc.dictionary(nastyText, nastyText, { maxKeys: 3 }),
  fc.jsonValue({ maxDepth: 3 }).map((value) => value as JsonValue),
);

const jsonEdit = fc.record({
  kind: fc.constantFrom("replace", "remove", "rename", "add", "double", "wrap"),
  at: fc.nat({ max: 2 ** 24 }),
  name: nastyText,
  value: nastyJson,
});

/** A valid document with one to three of its members replaced, removed, renamed, added or doubled. */
export function damagedJson(valid: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> {
  return fc.tuple(valid, fc.array(jsonEdit, { minLength: 1, maxLength: 3 })).map(([value, list]) => {
    const holder: { [name: string]: JsonValue } = { root: structuredClone(value) };
    for (const each of list) editJson(holder, each);
    return holder["root"] ?? null;
  });
}

type JsonEdit = typeof jsonEdit extends fc.Arbitrary<infer Value> ? Value : never;
type Holder = JsonValue[] | { [name: string]: JsonValue };

function editJson(holder: Holder, { kind, at, name, value }: JsonEdit): void {
  const places = placesOf(holder);
  const [parent, key] = places[at % places.length] ?? [holder, "root"];
  const members = parent as { [name: string]: JsonValue };
  const old = members[key];
  if (old === undefined || kind === "replace") members[key] = value;
  else if (kind === "wrap") members[key] = [old];
  else if (Array.isArray(parent))
    parent.splice(Number(key), kind === "remove" ? 1 : 0, kind === "double" ? structuredClone(old) : value);
  else if (parent === holder) members[key] = value;
  else if (kind === "remove") delete members[key];
  else put(members, name, kind === "add" ? value : old);
}

/** As a parser would: `__proto__` becomes a member of its own. */
function put(members: object, name: string, value: JsonValue): void {
  Object.defineProperty(members, name, { value, enumerable: true, writable: true, configurable: true });
}

function placesOf(parent: Holder): (readonly [Holder, string])[] {
  return Object.entries(parent).flatMap(([key, value]) => {
    const inner = typeof value === "object" && value !== null ? placesOf(value) : [];
    return [[parent, key] as const, ...inner];
  });
}

export interface Refusing {
  /** The one class that may be thrown. */
  readonly error: abstract new (...words: never[]) => Error & { readonly code: string };
  /** Files of the operator's own may be quoted: nothing personal stands in them. */
  readonly mayQuote?: boolean;
}

export const REFUSED = Symbol("refused");

/** What `parse` answers, or REFUSED when it threw the right error; fails when it threw another, quoted the mark or took too long. */
export function tried<Result>(parse: () => Result, refusing: Refusing): Result | typeof REFUSED {
  const before = process.cpuUsage();
  try {
    return parse();
  } catch (error) {
    return judged(error, refusing);
  } finally {
    assertSoon(before);
  }
}

export async function triedAsync<Result>(
  parse: () => Promise<Result>,
  refusing: Refusing,
): Promise<Result | typeof REFUSED> {
  const before = process.cpuUsage();
  try {
    return await parse();
  } catch (error) {
    return judged(error, refusing);
  } finally {
    assertSoon(before);
  }
}

function assertSoon(before: NodeJS.CpuUsage): void {
  const { user, system } = process.cpuUsage(before);
  assert.ok((user + system) / 1000 < PARSE_MS_MAX, "takes too long");
}

function judged(error: unknown, { error: expected, mayQuote = false }: Refusing): typeof REFUSED {
  if (!(error instanceof expected)) throw new Error("threw another error than its domain's", { cause: error });
  assert.match(error.code, /^[a-z][a-zA-Z0-9.-]+$/);
  if (!mayQuote)
    for (let at: unknown = error; at instanceof Error; at = at.cause)
      assert.ok(!at.message.includes(MARK), "quotes its input");
  return REFUSED;
}
