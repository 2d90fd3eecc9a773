// Reads one YAML file that a compliance officer edits, and names file, line and column of whatever is wrong with it.
import { readFileSync } from "node:fs";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { z } from "zod";

const FILE_SIZE_CHARACTERS_MAX = 1_000_000;
const FAULTS_MAX = 20;
const REMEMBERED_MAX = 256;

/** What the files read last say: each is understood once a process, however many servers start in it. Frozen, since it is everybody's. */
const remembered = new Map<string, unknown>();

export type YamlPath = readonly (string | number)[];

export interface GovernedFile<Content> {
  readonly content: Content;
  /** `file:line:column: message`, for checks that a schema cannot express. A path that is absent gives its nearest parent's place. */
  faultAt(path: YamlPath, message: string): string;
}

export type GovernedRead<Content> =
  | { readonly ok: true; readonly file: GovernedFile<Content> }
  | { readonly ok: false; readonly faults: readonly string[] };

/** An object that refuses members it does not know, and then says which ones it does know. */
export function strictYaml<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? `is not known here; allowed: ${known}` : undefined),
  });
}

/** `shownAs` is how messages name the file. Faults hold at most 20 lines `file:line:column: what`; a file that cannot be read is one. */
export function readGovernedYaml<Content>(
  path: string,
  shownAs: string,
  schema: z.ZodType<Content>,
): GovernedRead<Content> {
  const text = readText(path);
  if (text === null) return { ok: false, faults: [`${shownAs}:1:1: the file cannot be read, or is too large`] };
  const read = understand(text, shownAs, { schema, plain: remembered.get(text) });
  if (read.ok) remember(text, read.plain);
  return read;
}

/** The same for a text that was read already, or that somebody sent. */
export function parseGovernedYaml<Content>(
  text: string,
  shownAs: string,
  schema: z.ZodType<Content>,
): GovernedRead<Content> {
  return understand(text, shownAs, { schema });
}

interface Given<Content> {
  readonly schema: z.ZodType<Content>;
  /** What the text says, where that is known. */
  readonly plain?: unknown;
}

type Understood<Content> = GovernedRead<Content> & { readonly plain?: unknown };

function understand<Content>(text: string, shownAs: string, { schema, plain }: Given<Content>): Understood<Content> {
  let tree = plain === undefined ? parseText(text) : null;
  if (plain === undefined && tree === null) return { ok: false, faults: [`${shownAs}:1:1: is nested too deeply`] };
  // Parsed again for a fault's place rather than kept: it is many times as large as what it says.
  const placed = (): Tree => (tree ??= parseAgain(text));
  const at = (offset: number): string => {
    const { line, col } = placed().lines.linePos(offset);
    return `${shownAs}:${line}:${col}`;
  };
  const broken = tree?.document.errors ?? [];
  if (broken.length > 0) {
    return { ok: false, faults: broken.slice(0, FAULTS_MAX).map((error) => `${at(error.pos[0])}: ${error.message}`) };
  }
  // Aliases are refused, since they let a small file become a huge document.
  const said = tree === null ? plain : toPlain(tree.document);
  const parsed = schema.safeParse(said);
  if (parsed.success) {
    tree = null;
    const faultAt = (of: YamlPath, message: string): string => `${at(offsetOf(placed().document, of))}: ${message}`;
    return { ok: true, file: { content: parsed.data, faultAt }, plain: said };
  }
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(placed().document, issue, at));
  return { ok: false, faults: faults.slice(0, FAULTS_MAX) };
}

interface Tree {
  readonly document: Document;
  readonly lines: LineCounter;
}

/** Null where the text nests deeper than the stack is. */
function parseText(text: string): Tree | null {
  const lines = new LineCounter();
  try {
    // Keys that are no text would be made one by the library, which prints a warning that quotes them.
    const options = { lineCounter: lines, uniqueKeys: true, prettyErrors: false, stringKeys: true };
    return { document: parseDocument(text, options), lines };
  } catch {
    return null;
  }
}

function parseAgain(text: string): Tree {
  const tree = parseText(text);
  if (tree === null) throw new Error("a text that was read nests too deeply to be read again");
  return tree;
}

function remember(text: string, plain: unknown): void {
  if (remembered.has(text)) return;
  const [oldest] = remembered.size < REMEMBERED_MAX ? [] : remembered.keys();
  if (oldest !== undefined) remembered.delete(oldest);
  remembered.set(text, deepFreeze(plain));
}

function deepFreeze(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}

function readText(path: string): string | null {
  try {
    const text = readFileSync(path, "utf8");
    return text.length > FILE_SIZE_CHARACTERS_MAX ? null : text;
  } catch {
    return null;
  }
}

function toPlain(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return null;
  }
}

function faultsOf(document: Document, issue: z.core.$ZodIssue, at: (offset: number) => string): string[] {
  const path = issue.path as YamlPath;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `${at(offsetOf(document, [...path, key]))}: "${key}" ${issue.message}`);
  }
  const where = path.length === 0 ? "" : `${path.join(".")}: `;
  return [`${at(offsetOf(document, path))}: ${where}${wordsOf(document, issue, path)}`];
}

function wordsOf(document: Document, issue: z.core.$ZodIssue, path: YamlPath): string {
  const node = path.length === 0 ? undefined : document.getIn(path, false);
  if (node === undefined) return "is missing";
  if (issue.code === "invalid_value")
    return `${JSON.stringify(node)} is not allowed; allowed: ${issue.values.join(", ")}`;
  // Of a name, what is wrong with it.
  return issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}

/** Where the key of the deepest existing member on the way to `path` begins. */
function offsetOf(document: Document, path: YamlPath): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair !== undefined && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return isNode(document.contents) && document.contents.range ? document.contents.range[0] : 0;
}
