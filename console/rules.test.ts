// Every rule, reason, remedy and duty that the server tells of is translated, and the translations are of what it says.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { REMEDY_CODES } from "../src/disclosure/policy/remedy-codes.ts";

const ROOT = import.meta.dirname;
type Topic = Readonly<Record<string, Readonly<Record<string, string>>>>;
const read = (topic: string): Topic =>
  JSON.parse(readFileSync(join(ROOT, "messages/en", `${topic}.json`), "utf8")) as Topic;
const sources = (pattern: string): string =>
  globSync(pattern, { cwd: join(ROOT, "..") })
    .map((path) => readFileSync(join(ROOT, "..", path), "utf8"))
    .join("\n");

test("the English titles are the policies' own, each and no others", () => {
  const cedar = sources("governance/policies/*.cedar");
  const own = [...cedar.matchAll(/@id\("([^"]+)"\)\n@title\("([^"]+)"\)/g)].map(
    ([, id, title]) => [id!, title!] as const,
  );
  const yaml = readFileSync(join(ROOT, "../governance/policies/defaults.yaml"), "utf8");
  const defaults = [...yaml.matchAll(/ {2}id: (\S+)\n {2}title: (.+)\n/g)].map(
    ([, id, title]) => [`default/${id}`, title!] as const,
  );
  const titles = Object.entries(read("policies")).flatMap(([group, names]) =>
    Object.entries(names).map(([name, title]) => [`${group}/${name}`, title] as const),
  );
  assert.ok(own.length > 100 && defaults.length === 2);
  assert.deepEqual(new Map(titles.toSorted()), new Map([...own, ...defaults].toSorted()));
});

test("every remedy has its words, each and no others", () => {
  assert.deepEqual(Object.keys(read("reasons")["helps"] ?? {}).sort(), [...REMEDY_CODES].sort());
});

test("every reason and duty that is no policy's text has its words, each and no others", () => {
  const coded = (text: string): string[] =>
    [...text.matchAll(/\bcode: ["`]([\w${}-]+)["`],\s+message:/g)].map(([, code]) => code!);
  const { because = {}, bound = {} } = read("reasons");
  const judged = sources("src/disclosure/{release,watching}.ts") + sources("src/disclosure/policy/wording.ts");
  const reasons = coded(judged).flatMap((code) =>
    code.includes("${") ? ["watch-ask-reason", "watch-step-up", "watch-second-person", "watch-hold"] : [code],
  );
  assert.deepEqual(Object.keys(because).sort(), [...new Set(reasons)].sort());
  const duties = [...sources("src/disclosure/obligations.ts").matchAll(/\bcode: "([\w-]+)"/g)].map(([, code]) => code);
  assert.deepEqual(Object.keys(bound).sort(), duties.toSorted());
});
