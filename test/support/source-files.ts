// The project's source files and what they import, for the tests that hold the architecture and the tidiness.
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");

export interface Import {
  readonly line: number;
  /** A path from the project's root for our own files, a package's name or `node:` module otherwise. */
  readonly target: string;
  readonly ours: boolean;
  /** What stands between `import` and `from`: `{ a, type B }`. */
  readonly names: string;
}

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly imports: readonly Import[];
}

/** Reads the files that match, sorted by path. */
export function readSources(pattern: string): SourceFile[] {
  return globSync(pattern, { cwd: ROOT })
    .map((path) => path.replaceAll("\\", "/"))
    .sort()
    .map((path) => {
      const text = readFileSync(join(ROOT, path), "utf8");
      return { path, text, lines: text.split("\n"), imports: importsOf(path, text) };
    });
}

// oxfmt leaves one way to write each: `import ... from "x"`, `export ... from "x"`, `import "x"`, `import("x")`.
const FROM = /^[ \t]*(?:import|export)\b([^;"'`]*?)\bfrom\s*"([^"\n]+)"/gm;
const BARE = /^[ \t]*import\s*()"([^"\n]+)"/gm;
const DYNAMIC = /\b(?:import|require)\s*\(\s*()"([^"\n]+)"/g;

export function importsOf(path: string, text: string): Import[] {
  return [FROM, BARE, DYNAMIC].flatMap((form) =>
    [...text.matchAll(form)].map((match) => {
      const [whole, names = "", specifier = ""] = match;
      const ours = specifier.startsWith(".");
      const target = ours ? normalize(join(dirname(path), specifier)).replaceAll("\\", "/") : specifier;
      const line = text.slice(0, (match.index ?? 0) + whole.length).split("\n").length;
      return { line, target, ours, names: names.trim() };
    }),
  );
}

export function isTest(path: string): boolean {
  return path.endsWith(".test.ts") || isTestSupport(path);
}

/** `test-*.ts` beside the source helps tests and nothing else. */
export function isTestSupport(path: string): boolean {
  return path.split("/").at(-1)?.startsWith("test-") === true;
}
