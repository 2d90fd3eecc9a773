// Every code that the contract's closed lists have is called by a plain name.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import type { z } from "zod";
import * as vocabulary from "../contract/vocabulary.ts";

const LISTS: Readonly<Record<string, z.ZodEnum>> = {
  purposes: vocabulary.purpose,
  bases: vocabulary.basis,
  classes: vocabulary.dataClass,
  entryKinds: vocabulary.entryKind,
  outcomes: vocabulary.entryOutcome,
  forms: vocabulary.form,
  lines: vocabulary.line,
  unitKinds: vocabulary.unitKind,
  flags: vocabulary.flagKind,
  linkKinds: vocabulary.linkKind,
  assignmentKinds: vocabulary.assignmentKind,
  rowScopes: vocabulary.rowScope,
  recipients: vocabulary.recipientType,
  keyDomains: vocabulary.keyDomain,
};

const read = (topic: string): Record<string, Record<string, string>> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `messages/en/${topic}.json`), "utf8")) as never;

for (const [name, list] of Object.entries(LISTS)) {
  test(`${name} have plain names, each and no others`, () => {
    assert.deepEqual(Object.keys(read("words")[name] ?? {}).sort(), [...list.options].sort());
  });
}

test("roles have plain names, each and no others", () => {
  assert.deepEqual(Object.keys(read("common")["roles"] ?? {}).sort(), [...vocabulary.role.options].sort());
});

const FLOWS = join(import.meta.dirname, "../governance/flows");

test("flows, their checks and what is attested are called as governance words them, each and no others", () => {
  const files = readdirSync(FLOWS).map((name) => parse(readFileSync(join(FLOWS, name), "utf8")) as FlowFile);
  const checks = files.flatMap((flow) => flow.checks);
  const attested = checks.flatMap(({ attest, text }) => (attest === undefined ? [] : [[attest, text] as const]));
  const texts = read("flows");
  assert.deepEqual(texts["titles"], Object.fromEntries(files.map(({ flow, title }) => [flow, title])));
  assert.deepEqual(texts["attested"], Object.fromEntries(attested.toSorted()));
  const told = Object.keys(texts["checks"] ?? {});
  for (const { check } of checks) assert.ok(check === "attested" || told.includes(check), check);
  const unless = checks.flatMap((check) => check.unless ?? []);
  assert.deepEqual(Object.keys(texts["unless"] ?? {}), [...new Set(unless)].toSorted());
});

interface FlowFile {
  readonly flow: string;
  readonly title: string;
  readonly checks: readonly {
    readonly check: string;
    readonly attest?: string;
    readonly text?: string;
    readonly unless?: string;
  }[];
}
