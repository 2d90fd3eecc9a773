// The layers, the doors and the one door for plaintext, held on every file.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PLAINTEXT_DOOR, PLAINTEXT_USER, judgeImport, layerOf } from "./support/judge-import.ts";
import { LAYERS } from "./support/layers.ts";
import { type SourceFile, importsOf, isTest, readSources } from "./support/source-files.ts";

const FILES = readSources("{src,sdk,cli,contract}/**/*.ts");
const PRODUCTION = FILES.filter(({ path }) => !isTest(path));

function none(problems: readonly string[]): void {
  if (problems.length > 0) assert.fail(`\n${problems.join("\n")}`);
}

/** A file that does not exist, to show that the rules would catch it. */
function imagine(path: string, text: string): SourceFile {
  return { path, text, lines: text.split("\n"), imports: importsOf(path, text) };
}

function problemsOf(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    file.imports.flatMap((one) => {
      const problem = judgeImport(file, one);
      return problem === null ? [] : [`${file.path}:${one.line} imports ${one.target}: ${problem}`];
    }),
  );
}

test("sees the files, and every folder of src belongs to a layer", () => {
  for (const layer of ["src/kernel", "src/postgres", "src/keys", "src/ledger", "src/vault", "src/access", "src/http"]) {
    assert.ok(FILES.filter(({ path }) => layerOf(path) === layer).length > 3, `saw too few files of ${layer}`);
  }
  assert.ok(FILES.flatMap(({ imports }) => imports).length > FILES.length, "saw too few imports");
  none(
    FILES.filter(({ path }) => /^src\/[^/]+\//.test(path) && layerOf(path) === "src").map(
      ({ path }) => `${path}:1 no layer`,
    ),
  );
});

test("every import follows the table of layers, through the door", () => none(problemsOf(FILES)));

test("nothing but the gate imports the file that opens plaintext", () => {
  const users = PRODUCTION.filter(({ imports }) => imports.some(({ target }) => target === PLAINTEXT_DOOR));
  none(
    users.filter(({ path }) => !path.startsWith(`${PLAINTEXT_USER}/`)).map(({ path }) => `${path}:1 opens plaintext`),
  );
  assert.ok(users.length > 0, `nothing imports ${PLAINTEXT_DOOR}: has it moved?`);
});

test("the rules would catch what they forbid", () => {
  const forbidden: readonly (readonly [path: string, text: string])[] = [
    ["src/vault/vault.ts", 'export { openFields } from "./open.ts";'],
    ["src/http/route.ts", 'import { openFields } from "../vault/open.ts";'],
    ["src/http/route.ts", 'const { openFields } = await import("../vault/open.ts");'],
    ["src/kernel/bytes.ts", 'import type { Database } from "../postgres/database.ts";'],
    ["src/ledger/ledger.ts", 'import { openKeys } from "../keys/keys.ts";'],
    ["src/access/access.ts", 'import {\n  a,\n  b,\n} from "../vault/vault.ts";'],
    ["src/vault/vault.ts", 'import "../ledger/store.ts";'],
    ["src/disclosure/disclosure.ts", 'import type { App } from "../http/http.ts";'],
    ["src/vault/vault.ts", 'import { openTestDatabase } from "../postgres/test-database.ts";'],
    ["src/ledger/ledger.ts", 'import { Client } from "pg";'],
    ["sdk/client.ts", 'import { asCode } from "../src/kernel/bytes.ts";'],
    ["contract/common.ts", 'import { asCode } from "../src/kernel/bytes.ts";'],
    ["src/letters/letters.ts", 'import PdfKit from "pdfkit";'],
    ["cli/main.ts", 'import { openApp } from "../src/app.ts";'],
  ];
  for (const [path, text] of forbidden) {
    assert.equal(problemsOf([imagine(path, text)]).length, 1, `${path}: ${text}`);
  }
});

test("no files import each other in a circle", () => {
  const targets = new Map(
    FILES.map(({ path, imports }) => [path, imports.filter((one) => one.ours).map((one) => one.target)]),
  );
  none(findCycles(targets).map((cycle) => cycle.join(" -> ")));
  assert.equal(findCycles(new Map(Object.entries({ a: ["b"], b: ["c"], c: ["a"], d: ["a"] }))).length, 1);
});

test("no part is imported by what it imports", () => {
  const targets = new Map(Object.entries(LAYERS).map(([layer, { mayImport }]) => [layer, mayImport]));
  none(findCycles(targets).map((cycle) => cycle.join(" -> ")));
});

test("only main.ts reads the environment", () => {
  const readers = PRODUCTION.filter(
    ({ path, text }) => path.startsWith("src/") && /\bprocess\s*(\.|\[")env\b/.test(text),
  );
  none(readers.filter(({ path }) => path !== "src/main.ts").map(({ path }) => `${path}:1 reads process.env`));
  const imports = PRODUCTION.filter((file) =>
    file.imports.some(({ target, names }) => target.endsWith("process") && /\benv\b/.test(names)),
  );
  none(imports.map(({ path }) => `${path}:1 imports the environment`));
  assert.equal(readers.length, 1, "nothing reads the environment: has the way to read it changed?");
});

test("SQL is written only in store files", () => {
  const writers = PRODUCTION.filter(({ path, text }) => layerOf(path) !== "src/postgres" && /\bsql`/.test(text));
  none(writers.filter(({ path }) => !isStore(path)).map(({ path }) => `${path}:1 writes SQL outside a store file`));
  assert.ok(writers.length > 3, "saw too few store files");
  const scripts = PRODUCTION.flatMap(({ path, imports }) =>
    imports.filter(({ target, names }) => target === "src/postgres/sql.ts" && /\bscript\b/.test(names)).map(() => path),
  );
  none(scripts.filter((path) => layerOf(path) !== "src/postgres").map((path) => `${path}:1 runs unparsed SQL`));
});

function isStore(path: string): boolean {
  return /(^|\/|-)store(-[a-z-]+)?\.ts$/.test(path);
}

/** Cycles of a graph, each once, by depth-first search. */
function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (node: string, path: readonly string[]): void => {
    const from = path.indexOf(node);
    if (from !== -1) cycles.push([...path.slice(from), node]);
    if (from !== -1 || done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...path, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return cycles;
}
