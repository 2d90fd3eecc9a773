// For tests: holds an event against the classes and objects of the published schema (vectors/ocsf-1.7.0.json).
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Attribute {
  readonly type: string;
  readonly object?: string;
  readonly array?: boolean;
  readonly required?: boolean;
  readonly enum?: readonly number[];
}

interface Shape {
  readonly constraints: { readonly at_least_one?: readonly string[]; readonly just_one?: readonly string[] };
  readonly attributes: Readonly<Record<string, Attribute>>;
}

interface Schema {
  readonly version: string;
  readonly classes: Readonly<Record<string, Shape & { readonly category: number; readonly name: string }>>;
  readonly objects: Readonly<Record<string, Shape>>;
  readonly profiles: Readonly<Record<string, Readonly<Record<string, Attribute>>>>;
}

type Members = Readonly<Record<string, unknown>>;

const SCHEMA = JSON.parse(readFileSync(join(import.meta.dirname, "../../vectors/ocsf-1.7.0.json"), "utf8")) as Schema;

/** What is wrong with it; nothing when it follows the schema. */
export function schemaFaults(event: Members): string[] {
  const shape = SCHEMA.classes[String(event["class_uid"])];
  if (shape === undefined) return [`no class ${String(event["class_uid"])}`];
  const metadata = event["metadata"] as Members;
  const profiles = (metadata["profiles"] as string[]).map((name) => SCHEMA.profiles[name] ?? {});
  const attributes = Object.assign({ unmapped: { type: "any" } }, ...profiles, shape.attributes) as Shape["attributes"];
  const faults = faultsOf(event, { ...shape, attributes }, "");
  if (metadata["version"] !== SCHEMA.version) faults.push("another version");
  if (event["category_uid"] !== shape.category) faults.push("another category");
  if (event["type_uid"] !== Number(event["class_uid"]) * 100 + Number(event["activity_id"])) faults.push("type_uid");
  return faults;
}

export function className(event: Members): string {
  return SCHEMA.classes[String(event["class_uid"])]?.name ?? "";
}

function faultsOf(value: Members, { attributes, constraints }: Shape, at: string): string[] {
  const faults = Object.keys(value)
    .filter((name) => attributes[name] === undefined)
    .map((name) => `${at}.${name} is not in the schema`);
  for (const [name, attribute] of Object.entries(attributes)) {
    const member = value[name];
    if (member === undefined) {
      if (attribute.required === true) faults.push(`${at}.${name} is missing`);
    } else faults.push(...faultsOfMember(member, attribute, `${at}.${name}`));
  }
  const oneOf = constraints.at_least_one;
  if (oneOf !== undefined && !oneOf.some((name) => value[name] !== undefined))
    faults.push(`${at} has none of ${oneOf}`);
  return faults;
}

function faultsOfMember(member: unknown, attribute: Attribute, at: string): string[] {
  if (attribute.array === true) {
    if (!Array.isArray(member)) return [`${at} is no array`];
    return member.flatMap((each, place) => faultsOfMember(each, { ...attribute, array: false }, `${at}[${place}]`));
  }
  const { type, object, enum: known } = attribute;
  if (type === "any") return [];
  if (type === "object") {
    const shape = SCHEMA.objects[object ?? ""];
    return shape === undefined ? [`${at} is of an object not kept`] : faultsOf(member as Members, shape, at);
  }
  if (known !== undefined) return known.includes(member as number) ? [] : [`${at} is ${String(member)}`];
  return typeof member === scalarOf(type) ? [] : [`${at} is a ${typeof member}, not ${type}`];
}

function scalarOf(type: string): string {
  if (["integer_t", "long_t", "timestamp_t", "port_t", "float_t"].includes(type)) return "number";
  return type === "boolean_t" ? "boolean" : "string";
}
