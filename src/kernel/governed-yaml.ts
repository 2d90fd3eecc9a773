// Reads one YAML file that a compliance officer edits, and names file, line and column of whatever is wrong with it.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { placeInYaml, readYamlText, type YamlPath } from "./yaml-text.ts";

const FILE_SIZE_CHARACTERS_MAX = 1_000_000;
const FAULTS_MAX = 20;
const REMEMBERED_MAX = 256;

/** What the files read last say: each is understood once a process, however many servers start in it. Frozen, since it is everybody's. */
const remembered = new Map<string, unknown>();

export type { YamlPath };

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
  const read = plain === undefined ? readYamlText(text) : ({ ok: true, said: plain } as const);
  if (!read.ok) return { ok: false, faults: [`${shownAs}:${read.place.line}:${read.place.column}: ${read.reason}`] };
  const { said } = read;
  // The text is read again for a fault's place: few have one.
  const faultAt = (path: YamlPath, message: string): string => {
    const { line, column } = placeInYaml(text, path);
    return `${shownAs}:${line}:${column}: ${message}`;
  };
  const parsed = schema.safeParse(said);
  if (parsed.success) return { ok: true, file: { content: parsed.data, faultAt }, plain: said };
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(said, issue, faultAt));
  return { ok: false, faults: faults.slice(0, FAULTS_MAX) };
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

type FaultAt = GovernedFile<unknown>["faultAt"];

function faultsOf(said: unknown, issue: z.core.$ZodIssue, faultAt: FaultAt): string[] {
  const path = issue.path as YamlPath;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => faultAt([...path, key], `"${key}" ${issue.message}`));
  }
  const where = path.length === 0 ? "" : `${path.join(".")}: `;
  return [faultAt(path, `${where}${wordsOf(memberAt(said, path), issue)}`)];
}

function wordsOf(member: unknown, issue: z.core.$ZodIssue): string {
  if (member === undefined) return "is missing";
  if (issue.code === "invalid_value")
    return `${JSON.stringify(member)} is not allowed; allowed: ${issue.values.join(", ")}`;
  // Of a name, what is wrong with it.
  return issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}

function memberAt(said: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (within, step) =>
      typeof within === "object" && within !== null && Object.hasOwn(within, step)
        ? (within as Record<string | number, unknown>)[step]
        : undefined,
    said,
  );
}
