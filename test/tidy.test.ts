// House style that a program can hold. Lengths of functions and counts of parameters are the linter's, whose limits are held here.
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type SourceFile, readSources } from "./support/source-files.ts";

const ROOT = join(import.meta.dirname, "..");
const FILES = readSources("{src,sdk,cli,contract,console,demo,bench,test}/**/*.{ts,tsx}").filter(
  // What is made, and what tells the compiler of modules that are made.
  ({ path }) => !/^console\/dist|\.d\.ts$/.test(path),
);
const TEXTS = readSources(
  "{*.md,*.json,.ci/run,{docs,governance,migrations,src,sdk,cli,contract,console,demo,bench,test}/**/*.{md,sql,yaml,yml,json,cedar,ts,tsx}}",
);

const FILE_LINES_MAX = 300;
const README_LINES_MAX = 20;
const FUNCTION_LINES_MAX = 60;
const COMPONENT_LINES_MAX = 90;
const PARAMETERS_MAX = 4;

/** Fails with one line a problem, each with file and line. */
function none(problems: readonly string[]): void {
  if (problems.length > 0) assert.fail(`\n${problems.join("\n")}`);
}

/** Every line that matches. */
function linesWith(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path, lines }) =>
    lines.flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}: ${line.trim().slice(0, 80)}`] : [])),
  );
}

test("sees the files", () => {
  assert.ok(FILES.length > 50);
  assert.ok(TEXTS.length > FILES.length);
});

test(`a file has at most ${FILE_LINES_MAX} lines`, () => {
  const long = FILES.filter(({ lines }) => lines.length - 1 > FILE_LINES_MAX);
  none(long.map(({ path, lines }) => `${path}:${FILE_LINES_MAX + 1}: has ${lines.length - 1} lines`));
});

test("a file starts with one line that says what it is for", () => {
  const first = ({ lines }: SourceFile): string => (lines[0]?.startsWith("#!") ? lines[1] : lines[0]) ?? "";
  none(FILES.filter((file) => !/^\/\/ \S.{8,}/.test(first(file))).map(({ path }) => `${path}:1: no line of purpose`));
  const migrations = readSources("migrations/*.sql");
  assert.ok(migrations.length > 0);
  none(migrations.filter(({ text }) => !/^-- \S/.test(text)).map(({ path }) => `${path}:1: no line of purpose`));
});

test("names are in kebab case and say what is inside", () => {
  const badNames = FILES.filter(
    ({ path }) => !path.split("/").every((part) => /^[a-z0-9]+(-[a-z0-9]+)*(\.test)?(\.tsx?)?$/.test(part)),
  );
  none(badNames.map(({ path }) => `${path}:1: not in kebab case`));
  const bag = /(^|\/)((utils?|helpers?|misc|lib|index)(\.tsx?|\/)|[^/]*-(service|types|fns|utils?|helpers?)\.tsx?$)/;
  none(FILES.filter(({ path }) => bag.test(path)).map(({ path }) => `${path}:1: a bag, not a concept`));
});

test("nothing is exported by default, and no file only passes on what others export", () => {
  none(linesWith(FILES, /^export default\b|\bas default\b/));
  const barrels = FILES.filter(({ text }) => isBarrel(text));
  none(barrels.map(({ path }) => `${path}:1: a barrel`));
  assert.ok(isBarrel('// All of it.\nexport { a } from "./a.ts";\nexport * from "./b.ts";\n'));
});

function isBarrel(text: string): boolean {
  const code = text.replaceAll(/^\s*(\/\/|\/\*|\*).*$/gm, "");
  const rest = code.replaceAll(/\bexport\s+(type\s+)?(\*|\{[^}]*\})(\s+as \w+)?\s*from\s*"[^"]*";?/g, "").trim();
  return rest === "" && /\bexport\b/.test(code);
}

test("no note to oneself is left behind", () => {
  // Written so that this file does not find itself.
  none(linesWith(TEXTS, /\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b/));
});

test("no type is switched off", () => {
  none(linesWith(FILES, /\bas any\b|@ts-(ignore|nocheck|expect-error)/));
});

test("no text names a place on the machine of whoever wrote it", () => {
  none(linesWith(TEXTS, /(^|[^\w.-])\/(wor[k]|home\/\w+|Users\/\w+)\//));
});

test(`every part has a README of at most ${README_LINES_MAX} lines`, () => {
  const folders = globSync("src/*", { cwd: ROOT, exclude: ["src/kernel"] }).filter((path) =>
    statSync(join(ROOT, path)).isDirectory(),
  );
  assert.ok(folders.length > 5);
  const problems = folders.flatMap((folder) => {
    const readme = join(ROOT, folder, "README.md");
    if (!existsSync(readme)) return [`${folder}/README.md:1: missing`];
    const lines = readFileSync(readme, "utf8").trimEnd().split("\n").length;
    return lines > README_LINES_MAX ? [`${folder}/README.md:${README_LINES_MAX + 1}: has ${lines} lines`] : [];
  });
  none(problems);
});

test("every dependency has one exact version", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<
    string,
    Record<string, string>
  >;
  const all = ["dependencies", "optionalDependencies", "devDependencies"].flatMap((kind) =>
    Object.entries(manifest[kind] ?? {}),
  );
  assert.ok(all.length > 5);
  none(
    all
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `package.json:1: ${name} ${version}`),
  );
});

test("the linter holds the limits of a function", () => {
  const { rules, overrides } = JSON.parse(readFileSync(join(ROOT, ".oxlintrc.json"), "utf8")) as {
    rules: Record<string, unknown>;
    overrides: { files: string[]; rules: Record<string, unknown> }[];
  };
  assert.deepEqual(rules["max-params"], ["error", { max: PARAMETERS_MAX }]);
  assert.deepEqual(rules["max-lines-per-function"], ["error", { max: FUNCTION_LINES_MAX }]);
  const relaxed = overrides.filter((one) => "max-params" in one.rules || "max-lines-per-function" in one.rules);
  // `describe` of a test file is a function too; a component is mostly markup, one attribute a line.
  assert.deepEqual(
    relaxed.flatMap(({ files }) => files),
    ["**/*.test.ts", "console/**/*.tsx"],
  );
  assert.deepEqual(relaxed[1]?.rules["max-lines-per-function"], ["error", { max: COMPONENT_LINES_MAX }]);
});

test("every file that a promise names is there", () => {
  const named = [...readFileSync(join(ROOT, "docs/promises.md"), "utf8").matchAll(/`([a-zA-Z]+\/[\w./-]+)`/g)];
  assert.ok(named.length > 40);
  none(named.flatMap(([, path = ""]) => (existsSync(join(ROOT, path)) ? [] : [`docs/promises.md: no ${path}`])));
});
