// Every code that the contract's closed lists have is called by a plain name.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
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
