// What a YAML 1.2 text says, as plain objects, and where each of its members stands.
import {
  constructFromEvents,
  CORE_SCHEMA,
  defineMappingTag,
  type Event,
  EVENT_ID,
  getScalarValue,
  mapTag,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from "js-yaml";

export type YamlPath = readonly (string | number)[];

export type YamlText =
  | { readonly ok: true; readonly said: unknown }
  | { readonly ok: false; readonly place: YamlPlace; readonly reason: string };

/** Both count from 1. */
export interface YamlPlace {
  readonly line: number;
  readonly column: number;
}

/** Collections within collections: no file of ours goes beyond a dozen. */
const DEPTH_MAX = 100;
const FIRST: YamlPlace = { line: 1, column: 1 };

/** A key that is no text (a number, a truth value) would be made one without a word. */
const SCHEMA = CORE_SCHEMA.withTags(
  defineMappingTag<Record<string, unknown>>("tag:yaml.org,2002:map", {
    ...mapTag,
    addPair: (members, key, value) =>
      typeof key === "string" ? mapTag.addPair(members, key, value) : "a key must be text: put it in quotes",
  }),
);

/** Of a text that says nothing it is null. */
export function readYamlText(text: string): YamlText {
  try {
    const events = parseEvents(text, { maxDepth: DEPTH_MAX });
    const alias = events.find(({ type }) => type === EVENT_ID.ALIAS);
    // They let a small text become a huge document.
    if (alias) return { ok: false, place: placeAt(text, startOf(text, alias)), reason: "aliases are not allowed" };
    const documents = constructFromEvents(events, { source: text, schema: SCHEMA });
    if (documents.length > 1) return { ok: false, place: FIRST, reason: "more than one document stands in it" };
    return { ok: true, said: documents[0] ?? null };
  } catch (error) {
    // The library says of texts that are not its own to expect anything, such as a stack that is full.
    if (!(error instanceof YAMLException)) return { ok: false, place: FIRST, reason: "cannot be read" };
    const { mark, reason } = error;
    return { ok: false, place: mark ? { line: mark.line + 1, column: mark.column + 1 } : FIRST, reason };
  }
}

/** Where the key, or the item, of the deepest existing member on the way to `path` begins, in a text that was read. */
export function placeInYaml(text: string, path: YamlPath): YamlPlace {
  const events = parseEvents(text, { maxDepth: DEPTH_MAX });
  // The first event opens the document.
  let [node, begins] = [1, Math.max(0, startOf(text, events[1]))];
  for (const step of path) {
    const member = memberOf(text, events, { node, step });
    if (member === null) break;
    const start = startOf(text, events[member.name]);
    // An item that is left empty stands nowhere.
    if (start >= 0) begins = start;
    node = member.node;
  }
  return placeAt(text, begins);
}

function placeAt(text: string, offset: number): YamlPlace {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

interface Member {
  /** The event by which it is found: a mapping's key, or the item of a sequence itself. */
  readonly name: number;
  readonly node: number;
}

function memberOf(
  text: string,
  events: readonly Event[],
  { node, step }: { readonly node: number; readonly step: string | number },
): Member | null {
  const collection = events[node];
  const isMapping = collection?.type === EVENT_ID.MAPPING;
  if (!isMapping && collection?.type !== EVENT_ID.SEQUENCE) return null;
  let at = node + 1;
  for (let nth = 0; events[at] !== undefined && events[at]?.type !== EVENT_ID.POP; nth += 1) {
    const name = at;
    const key = events[name];
    if (isMapping) at = endOf(events, at);
    const isIt = isMapping
      ? key?.type === EVENT_ID.SCALAR && getScalarValue(text, key) === String(step)
      : nth === Number(step);
    if (isIt) return { name, node: at };
    at = endOf(events, at);
  }
  return null;
}

/** The event after a node and all that is in it. */
function endOf(events: readonly Event[], node: number): number {
  let [at, depth] = [node, 0];
  do {
    const type = events[at]?.type;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth += 1;
    if (type === EVENT_ID.POP) depth -= 1;
    at += 1;
  } while (depth > 0);
  return at;
}

function startOf(text: string, event: Event | undefined): number {
  if (event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE) return event.start;
  // The star stands before the name.
  if (event?.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  if (event?.type !== EVENT_ID.SCALAR) return 0;
  if (event.valueStart < 0) return event.valueStart;
  switch (event.style) {
    case SCALAR_STYLE.PLAIN:
      return event.valueStart;
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return event.valueStart - 1;
    default:
      // A block's value begins on the line after its sign.
      return text.lastIndexOf(event.style === SCALAR_STYLE.LITERAL_BLOCK ? "|" : ">", event.valueStart - 1);
  }
}
