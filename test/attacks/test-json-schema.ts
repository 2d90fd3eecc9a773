// For fuzz tests: generators of values that a JSON schema allows, as far as this project's OpenAPI document uses them.
import fc from "fast-check";
import type { JsonValue } from "../support/test-hostile.ts";

export interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly minProperties?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

const ITEMS_MAX = 3;
const LENGTH_SHOWN = 80;

/** Words that mean something to the stage's server, by the member they stand under: without them hardly a request would get past the first look. */
const MEANINGFUL: Readonly<Record<string, readonly string[]>> = {
  entity: ["acme"],
  brand: ["acme"],
  line: ["life"],
  type: ["person", "claim", "government-id"],
  index: ["ssn", "claim-number", "person-name-birth-year"],
  mapping: ["life-policy", "customer-master"],
  purpose: ["claim-handling", "underwriting", "audit"],
  fields: ["person.last-name", "claim.narrative", "government-id.ssn"],
  entities: ["acme"],
  status: ["open", "closed", "active"],
  cursor: [""],
};
/** A JSON schema counts code points, as zod counts code units. Chosen one by one: of whole texts that must be long none would pass. */
const ONE_UNIT = fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }).filter((text) => text.length === 1);
const NAMES = [
  "first-name",
  "last-name",
  "birth-date",
  "ssn",
  "number",
  "narrative",
  "loss-date",
  "person.last-name",
  "claim.number",
];
const INSTANTS = [
  "2026-01-31T09:00:00Z",
  "2099-12-31T23:59:59.999999999+14:00",
  "9999-12-31T23:59:59-23:59",
  "0000-01-01T00:00:00+23:59",
  "0001-01-01T00:00:00Z",
  "1969-12-31T23:59:59Z",
];

/** `@name/7` stands for the seventh id that the stage knows by that name; see `resolved`. */
export function valuesOf(schema: JsonSchema, name = ""): fc.Arbitrary<JsonValue> {
  const words = MEANINGFUL[name] ?? [];
  const meaningful = words.filter((word) => schema.enum?.includes(word) !== false);
  const plain = plainValuesOf(schema, name);
  if (meaningful.length === 0 || schema.type !== "string") return plain;
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...meaningful) }, { weight: 1, arbitrary: plain });
}

function plainValuesOf(schema: JsonSchema, name: string): fc.Arbitrary<JsonValue> {
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return fc.oneof(...options.map((option) => valuesOf(option, name)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.type === "string") return textsOf(schema, name);
  if (schema.type === "integer" || schema.type === "number") return numbersOf(schema);
  if (schema.type === "boolean") return fc.boolean();
  if (schema.type === "array") return listsOf(schema, name);
  return schema.type === "object" ? objectsOf(schema, name) : fc.constant(null);
}

function textsOf(schema: JsonSchema, name: string): fc.Arbitrary<string> {
  if (schema.format === "uuid") {
    const known = fc.nat({ max: 40 }).map((at) => `@${name}/${at}`);
    return fc.oneof(
      { weight: 6, arbitrary: known },
      { weight: 1, arbitrary: fc.uuid() },
      { weight: 1, arbitrary: fc.constantFrom("0", "f").map(uniform) },
    );
  }
  if (schema.format === "date-time") {
    const day = fc
      .date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString());
    return fc.oneof(day, fc.constantFrom(...INSTANTS));
  }
  const { pattern = "", minLength = 0, maxLength = LENGTH_SHOWN } = schema;
  if (pattern.startsWith("^")) return fc.stringMatching(new RegExp(pattern));
  const longest = Math.max(minLength, Math.min(maxLength, LENGTH_SHOWN));
  // What is to stand somewhere in it.
  return fc.string({ unit: ONE_UNIT, minLength, maxLength: longest }).filter((text) => new RegExp(pattern).test(text));
}

const uniform = (digit: string): string => [8, 4, 4, 4, 12].map((count) => digit.repeat(count)).join("-");

function numbersOf(schema: JsonSchema): fc.Arbitrary<number> {
  const { exclusiveMinimum, maximum = 2 ** 53 - 1 } = schema;
  const minimum = exclusiveMinimum === undefined ? (schema.minimum ?? -(2 ** 53) + 1) : exclusiveMinimum + 1;
  const small = fc.integer({ min: Math.max(minimum, -3), max: Math.min(maximum, 200) });
  return fc.oneof({ weight: 3, arbitrary: small }, { weight: 1, arbitrary: fc.constantFrom(minimum, maximum) });
}

function listsOf(
  { items = {}, minItems = 0, maxItems = ITEMS_MAX }: JsonSchema,
  name: string,
): fc.Arbitrary<JsonValue> {
  return fc.array(valuesOf(items, name), { minLength: minItems, maxLength: Math.min(maxItems, minItems + ITEMS_MAX) });
}

function objectsOf(schema: JsonSchema, name: string): fc.Arbitrary<JsonValue> {
  const { properties, required = [], additionalProperties, propertyNames, minProperties: minKeys = 0 } = schema;
  if (properties === undefined) {
    const known = NAMES.filter(
      (one) => propertyNames?.pattern === undefined || new RegExp(propertyNames.pattern).test(one),
    );
    const others = propertyNames === undefined ? fc.string() : valuesOf(propertyNames);
    const names = known.length === 0 ? others : fc.oneof(fc.constantFrom(...known), others);
    const values = typeof additionalProperties === "object" ? valuesOf(additionalProperties, name) : fc.string();
    return fc.dictionary(names as fc.Arbitrary<string>, values, { minKeys, maxKeys: ITEMS_MAX, noNullPrototype: true });
  }
  const members = Object.fromEntries(Object.entries(properties).map(([each, inner]) => [each, valuesOf(inner, each)]));
  return fc.record(members, { requiredKeys: [...required], noNullPrototype: true });
}

export type KnownIds = ReadonlyMap<string, readonly string[]>;

/** Puts ids in their places. A name of which none is known gets the first id of all. */
export function resolved<Value>(value: Value, ids: KnownIds): Value {
  const text = JSON.stringify(value);
  if (text === undefined) return value;
  const put = (_: string, name: string, at: string): string => {
    const known = ids.get(name) ?? [...ids.values()][0] ?? [];
    return known[Number(at) % known.length] ?? "";
  };
  return JSON.parse(text.replaceAll(/@([A-Za-z]+)\/(\d+)/g, put)) as Value;
}
