// One line of a FHIR feed, a resource of R4 as bulk data has it (application/fhir+ndjson), to the columns of a mapping: its elements by their paths.
import { hasRepeatedName } from "../kernel/json-names.ts";
import { type FhirPath, leadsTo, parseFhirPath, type Trail } from "./fhir-path.ts";
import { parseJson, withNumbersAsWritten } from "./parse-ndjson.ts";

export interface FhirLimits {
  readonly resource: string;
  readonly used: ReadonlyMap<string, FhirPath>;
  /** With whatever stands below. */
  readonly dropped: readonly FhirPath[];
  readonly fieldCharacters: number;
}

export type ParsedResource =
  | ReadonlyMap<string, string>
  | "malformed-json"
  | "not-a-resource"
  | "other-resource"
  | "repeated-member"
  | "unknown-element"
  | "repeated-element"
  | "nested-too-deep"
  | "field-too-long";

const DEPTH_MAX = 24;

/** `columns` and what of them is dropped are checked to be paths when a mapping is read. */
export function fhirLimits(
  resource: string,
  columns: readonly string[],
  dropped: ReadonlySet<string>,
  fieldCharacters: number,
): FhirLimits {
  const paths = columns.map((column) => [column, parseFhirPath(column) ?? []] as const);
  return {
    resource,
    used: new Map(paths.filter(([column]) => !dropped.has(column))),
    dropped: paths.filter(([column]) => dropped.has(column)).map(([, path]) => path),
    fieldCharacters,
  };
}

/** INVARIANT: an element that no column names is no row: what nobody has classified is not half taken in. */
export function parseFhirRow(text: string, limits: FhirLimits): ParsedResource {
  const parsed = parseJson(text);
  if (parsed === undefined) return "malformed-json";
  if (typeof parsed !== "object" || parsed === null || !("resourceType" in parsed)) return "not-a-resource";
  if (hasRepeatedName(text, parsed)) return "repeated-member";
  const { resourceType, ...resource } = withNumbersAsWritten(text) as { readonly resourceType: unknown };
  if (resourceType !== limits.resource) return "other-resource";
  return elementsOf(resource, limits);
}

interface Waiting {
  readonly value: unknown;
  readonly trail: readonly Trail[];
}

/** Without recursion: a document may nest deeper than the stack is. */
function elementsOf(resource: object, limits: FhirLimits): ParsedResource {
  const values = new Map<string, string>();
  const waiting: Waiting[] = [{ value: resource, trail: [] }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, trail } = next;
    if (trail.length > DEPTH_MAX) return "nested-too-deep";
    if (typeof value === "object" && value !== null) {
      for (const [name, inner] of Object.entries(value)) waiting.push(...membersOf(name, inner, trail));
      continue;
    }
    const fault = value === null ? null : take(values, { value: String(value), trail }, limits);
    if (fault !== null) return fault;
  }
  return values;
}

function membersOf(name: string, inner: unknown, trail: readonly Trail[]): Waiting[] {
  const each: readonly unknown[] = Array.isArray(inner) ? inner : [inner];
  return each.map((value, at) => ({ value, trail: [...trail, { name, at, element: value }] }));
}

function take(
  values: Map<string, string>,
  { value, trail }: { readonly value: string; readonly trail: readonly Trail[] },
  { used, dropped, fieldCharacters }: FhirLimits,
): "unknown-element" | "repeated-element" | "field-too-long" | null {
  const columns = [...used].filter(([, path]) => leadsTo(path, trail, true)).map(([column]) => column);
  if (columns.length === 0) return dropped.some((path) => leadsTo(path, trail, false)) ? null : "unknown-element";
  if (value.length > fieldCharacters) return "field-too-long";
  for (const column of columns) {
    // Which of them is meant, nobody can know.
    if (values.has(column)) return "repeated-element";
    values.set(column, trail.at(-1)?.name === "reference" ? idIn(value) : value);
  }
  return null;
}

/** Of the resource that a reference names: relative, absolute or of the same bundle (`urn:uuid:`). */
function idIn(reference: string): string {
  return reference.replace(/^urn:uuid:/, "").replace(/^.*\//, "");
}
