// Guarantee: the rules are data that a person can read and change, and a slip of the pen stops the server with its file and line.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { loadWatchRules, RULE_CODES } from "./rules.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "governance", "watch");
const TEXT = readFileSync(join(FOLDER, "rules.yaml"), "utf8");

function withText(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "watch-rules-"));
  writeFileSync(join(folder, "rules.yaml"), text);
  return folder;
}

test("every rule says in plain words what it is and why", () => {
  const rules = loadWatchRules(FOLDER);
  const all = { ...rules.relations, ...rules.behaviour };
  assert.deepEqual(Object.keys(all).toSorted(), RULE_CODES.toSorted());
  for (const rule of Object.values(all)) assert.ok(rule.says.length > 5 && rule.why.length > 10);
});

const SLIPS: readonly (readonly [what: string, from: RegExp, to: string, fault: RegExp])[] = [
  ["an unknown rule", /^ {2}own-file:/m, "  own-fyle:", /rules\.yaml:\d+:\d+: /],
  [
    "a threshold that is no number",
    /customersAMinute: 12/,
    "customersAMinute: many",
    /rules\.yaml:\d+:\d+: .*customersAMinute/,
  ],
  ["outcomes out of order", /step-up: 65/, "step-up: 45", /rules\.yaml:\d+:\d+: must be more than the milder outcome/],
  [
    "a surname that would stop",
    /points: 5\n {4}inHand: 0\n {2}colleague/,
    "points: 60\n    inHand: 0\n  colleague",
    /rules\.yaml:\d+:\d+: a shared surname alone/,
  ],
  ["everything an alert", /alert: 45/, "alert: 0", /would make everything an alert/],
  ["suspension before narrowing", /suspendAtPoints: 400/, "suspendAtPoints: 100", /must be more than narrowAtPoints/],
];

for (const [what, from, to, fault] of SLIPS) {
  test(`${what} is refused, with its place`, () => {
    assert.match(TEXT, from);
    assert.throws(() => loadWatchRules(withText(TEXT.replace(from, to))), fault);
  });
}

test("nobody changes the rules at run time", () => {
  const rules = loadWatchRules(FOLDER);
  assert.ok(Object.isFrozen(rules) && Object.isFrozen(rules.behaviour.speed) && Object.isFrozen(rules.outcomes));
});
