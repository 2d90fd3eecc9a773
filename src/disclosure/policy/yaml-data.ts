// Parses one YAML file that a compliance officer edits, and names file and line of whatever is wrong with it.
import { isNode, LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import { PolicyError } from "./errors.ts";
import type { PolicyFile } from "./policy-files.ts";

type Path = readonly (string | number)[];

export interface YamlData<Content> {
  readonly content: Content;
  /** `file:line: message` for the node at `path`, for checks that a schema cannot express. */
  fault(path: Path, message: string): string;
}

/** Throws PolicyError with every fault found. Aliases are refused: they multiply. */
export function parseYaml<Content>(file: PolicyFile, schema: z.ZodType<Content>): YamlData<Content> {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, uniqueKeys: true });
  const broken = document.errors.map((error) => `${file.name}:${lines.linePos(error.pos[0]).line}: ${error.code}`);
  if (broken.length > 0) throw new PolicyError(broken);
  const fault = (path: Path, message: string): string => `${file.name}:${lineOf(document, lines, path)}: ${message}`;
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (!parsed.success) {
    throw new PolicyError(
      parsed.error.issues.map((issue) => fault(issue.path as Path, `${issue.path.join(".")}: ${issue.message}`)),
    );
  }
  return { content: parsed.data, fault };
}

/** The line of the deepest node that exists on the way to `path`, since a missing member has no line of its own. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
