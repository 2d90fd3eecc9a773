// Every text of the pages is there in every language, with the same places to fill in; and every page's path is one that the server serves.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, test } from "node:test";
import { STAFF_PATHS } from "../src/http/pages/paths.ts";

const ROOT = import.meta.dirname;
const LANGUAGES = ["en", "es", "de"];
const TOPICS = globSync("messages/en/*.json", { cwd: ROOT }).map((path) => basename(path, ".json"));

type Texts = { readonly [key: string]: string | Texts };

function textsOf(language: string, topic: string): Map<string, string> {
  const read = JSON.parse(readFileSync(join(ROOT, "messages", language, `${topic}.json`), "utf8")) as Texts;
  return new Map(flat(read, ""));
}

function flat(texts: Texts, path: string): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string" ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
  );
}

/** Names in braces and tags, in any order. */
function places(text: string): string[] {
  const isPlural = /, (plural|select),/.test(text);
  // Within a plural, a word in braces alone is what is said, and the places are those of its own form.
  const pattern = isPlural ? /\{(\w+),|<(\w+)>/g : /\{(\w+)[,}]|<(\w+)>/g;
  return [...text.matchAll(pattern)].map(([, name, tag]) => name ?? tag ?? "").sort();
}

describe("texts", () => {
  for (const topic of TOPICS) {
    for (const language of LANGUAGES) {
      test(`${topic} in ${language} says all that it says in English, with the same places to fill in`, () => {
        const [english, theirs] = [textsOf("en", topic), textsOf(language, topic)];
        assert.deepEqual([...theirs.keys()].sort(), [...english.keys()].sort());
        for (const [key, text] of theirs) {
          assert.ok(text.trim() !== "", `${key} is empty`);
          assert.deepEqual([...new Set(places(text))], [...new Set(places(english.get(key)!))], key);
        }
      });
    }
  }

  test("every topic that is written is one that pages can ask for, and the other way round", () => {
    const declared = readFileSync(join(ROOT, "shared/messages.d.ts"), "utf8");
    const asked = [...declared.matchAll(/messages\/en\/([\w-]+)\.json/g)].map(([, topic]) => topic);
    assert.deepEqual(asked.toSorted(), TOPICS.toSorted());
  });
});

test("the server serves the pages' paths, those and no others", () => {
  const sources = globSync("staff/**/routes.{ts,tsx}", { cwd: ROOT }).map((path) =>
    readFileSync(join(ROOT, path), "utf8"),
  );
  const paths = sources.flatMap((text) => [...text.matchAll(/\bpath: "\/([\w-]+)/g)].map(([, first]) => first ?? ""));
  assert.deepEqual([...new Set(paths)].sort(), STAFF_PATHS.toSorted());
});
