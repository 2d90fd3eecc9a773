// Texts say what they say to another parser too, members are found where they stand, and what could mean two things is refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isMap, isNode, isScalar, LineCounter, parseDocument, stringify } from "yaml";
import { placeInYaml, readYamlText, type YamlPath, type YamlPlace } from "./yaml-text.ts";

const said = fc.letrec<{ value: unknown; members: object; items: unknown[] }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string({ unit: "grapheme" }),
    fc.constantFrom(
      "yes",
      "no",
      "null",
      "~",
      "1",
      "0o17",
      "0x1f",
      "1e3",
      ".inf",
      "2026-01-31",
      "<<",
      "a: b",
      "- a",
      "# a",
      "a\nb\n",
      " ",
    ),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
    tie("members"),
    tie("items"),
  ),
  members: fc.dictionary(fc.string({ unit: "grapheme" }), tie("value"), { noNullPrototype: true }),
  items: fc.array(tie("value")),
})).members;

const layouts = fc.record({
  collectionStyle: fc.constantFrom("any" as const, "block" as const, "flow" as const),
  defaultStringType: fc.constantFrom("PLAIN" as const, "QUOTE_DOUBLE" as const, "QUOTE_SINGLE" as const),
  defaultKeyType: fc.constantFrom("PLAIN" as const, "QUOTE_DOUBLE" as const),
  indent: fc.integer({ min: 2, max: 6 }),
  lineWidth: fc.constantFrom(0, 40),
  // It would write an alias for what stands twice.
  aliasDuplicateObjects: fc.constant(false),
});

test("what a text says is what was written, however it is laid out", () => {
  fc.assert(
    fc.property(said, layouts, (value, layout) => {
      const text = stringify(value, layout);
      assert.deepEqual(readYamlText(text), { ok: true, said: value }, text);
    }),
  );
});

test("every member is found where another parser finds it", () => {
  fc.assert(
    fc.property(said, layouts, (value, layout) => {
      const text = `# said first\n${stringify(value, layout)}`;
      for (const path of pathsIn(value)) assert.deepEqual(placeInYaml(text, path), placeByOther(text, path), text);
    }),
  );
});

function pathsIn(value: unknown): YamlPath[] {
  if (typeof value !== "object" || value === null) return [[]];
  const members = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [[], ...members.flatMap(([name, member]) => pathsIn(member).map((path) => [name, ...path]))];
}

function placeByOther(text: string, path: YamlPath): YamlPlace {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const parent = path.length === 0 ? null : document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) && parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
  const node = pair ? pair.key : path.length === 0 ? document.contents : document.getIn(path, true);
  const { line, col } = lineCounter.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0);
  return { line, column: col };
}

for (const [what, text, line, column] of [
  ["a key that is a number", "a: 1\n2: b\n", 2, 1],
  ["a key that is a truth value", "true: b\n", 1, 1],
  ["a key that is a list", "? [a]\n: b\n", 1, 1],
  ["the same key twice, one of them in quotes", 'a: 1\n"a": 2\n', 2, 2],
  ["an alias", "a: &x 1\nb: *x\n", 2, 4],
  ["a tag that nobody knows", "a: !who b\n", 1, 4],
  ["a second document", "a: 1\n---\nb: 2\n", 1, 1],
  ["a tab that indents", "a:\n\tb: 1\n", 2, 1],
  ["a string without an end", 'a: "b\n', 2, 1],
  ["what nests without end", "[".repeat(100_000), 1, 100],
] as const) {
  test(`${what} is refused, and where it stands is told`, () => {
    const read = readYamlText(text);
    assert.ok(!read.ok, "was read");
    assert.deepEqual({ ...read.place }, { line, column }, read.reason);
  });
}

test("of an item that is left empty, and of what is not there, the nearest that is", () => {
  const text = "list:\n  -\n  - one: x\n";
  assert.deepEqual(placeInYaml(text, ["list", 0]), { line: 1, column: 1 });
  assert.deepEqual(placeInYaml(text, ["list", 1, "two"]), { line: 3, column: 5 });
  assert.deepEqual(placeInYaml("", ["list"]), { line: 1, column: 1 });
});

test("a merge key and a prototype are members like any other", () => {
  const read = readYamlText('"<<": { a: 1 }\n__proto__: { b: 2 }\n');
  assert.ok(read.ok);
  assert.deepEqual(Object.entries(read.said as object), [
    ["<<", { a: 1 }],
    ["__proto__", { b: 2 }],
  ]);
  assert.equal(Object.getPrototypeOf(read.said), Object.prototype);
});

test("a text that says nothing says null", () => {
  for (const text of ["", "\n", "# only this\n"]) assert.deepEqual(readYamlText(text), { ok: true, said: null });
});
