// What is said of a faulty governance file, and where.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { z } from "zod";
import { type GovernedRead, readGovernedYaml, strictYaml } from "./governed-yaml.ts";

const folder = mkdtempSync(join(tmpdir(), "uberrima-yaml-"));
after(() => rmSync(folder, { recursive: true }));

const SCHEMA = strictYaml({
  name: z.string(),
  kind: z.enum(["red", "green"]),
  inner: strictYaml({ size: z.int() }).optional(),
  list: z.array(strictYaml({ one: z.string() })).optional(),
});

function read(text: string): GovernedRead<z.infer<typeof SCHEMA>> {
  const path = join(folder, "file.yaml");
  writeFileSync(path, text);
  return readGovernedYaml(path, "folder/file.yaml", SCHEMA);
}

function faultsOf(text: string): readonly string[] {
  const result = read(text);
  assert.equal(result.ok, false);
  return result.ok ? [] : result.faults;
}

test("an unknown key is refused where it stands, with what is allowed", () => {
  assert.deepEqual(faultsOf("name: a\nkind: red\ninner:\n  size: 1\n  colour: 2\n"), [
    'folder/file.yaml:5:3: "colour" is not known here; allowed: size',
  ]);
});

test("a word outside a closed list is refused where it stands, with what is allowed", () => {
  assert.deepEqual(faultsOf("name: a\nkind: blue\n"), [
    'folder/file.yaml:2:1: kind: "blue" is not allowed; allowed: red, green',
  ]);
});

test("a missing member is named at its parent", () => {
  assert.deepEqual(faultsOf("name: a\nkind: red\nlist:\n  - { one: x }\n  - {}\n"), [
    "folder/file.yaml:5:5: list.1.one: is missing",
  ]);
});

test("a key that stands twice is refused", () => {
  assert.match(faultsOf("name: a\nkind: red\nname: b\n")[0] ?? "", /^folder\/file\.yaml:3:1: .*duplicate/i);
});

test("text that is no YAML is refused with its place", () => {
  assert.match(faultsOf("name: [a\nkind: red\n")[0] ?? "", /^folder\/file\.yaml:\d+:\d+: /);
});

test("aliases are refused, since a few lines of them become a huge document", () => {
  assert.notEqual(faultsOf("name: &a x\nkind: *a\n").length, 0);
});

test("all faults are named at once", () => {
  assert.equal(faultsOf("name: 1\nkind: blue\nother: 1\n").length, 3);
});

test("a file that is absent is a fault, not an exception", () => {
  const result = readGovernedYaml(join(folder, "absent.yaml"), "folder/absent.yaml", SCHEMA);
  assert.deepEqual(result, { ok: false, faults: ["folder/absent.yaml:1:1: the file cannot be read, or is too large"] });
});

test("later checks can name the place of any member", () => {
  const result = read("name: a\nkind: red\nlist:\n  - one: x\n  - one: y\n");
  assert.equal(result.ok && result.file.faultAt(["list", 1, "one"], "wrong"), "folder/file.yaml:5:5: wrong");
  assert.equal(result.ok && result.file.faultAt(["inner", "size"], "wrong"), "folder/file.yaml:1:1: wrong");
});
