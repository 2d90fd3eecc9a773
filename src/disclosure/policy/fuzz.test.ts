// Policy files on hostile input: a damaged folder is loaded whole or refused by file and line, and the parser behind it stays whole.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { damagedBytes, nastyBytes, REFUSED, runs, tried } from "../../../test/support/test-hostile.ts";
import { loadPolicySet } from "./policy.ts";
import { PolicyError } from "./errors.ts";
import { FIELD_CLASSES } from "./test-policies.ts";

const SHIPPED = join(import.meta.dirname, "../../../governance/policies");
const folder = mkdtempSync(join(tmpdir(), "uberrima-fuzz-"));
cpSync(SHIPPED, folder, { recursive: true });
after(() => rmSync(folder, { recursive: true }));
const load = () => loadPolicySet({ folder, fieldPaths: [...FIELD_CLASSES.keys()] });
const files = readdirSync(SHIPPED)
  .filter((name) => name !== "README.md")
  .map((name) => ({ name, bytes: readFileSync(join(SHIPPED, name)) }));

test("a damaged policy file is loaded as a whole or refused by file and line", () => {
  const damaged = fc
    .constantFrom(...files)
    .chain((file) =>
      fc.tuple(
        fc.constant(file),
        fc.oneof({ weight: 5, arbitrary: damagedBytes(fc.constant(file.bytes)) }, { weight: 1, arbitrary: nastyBytes }),
      ),
    );
  const before = load().digest;
  fc.assert(
    fc.property(damaged, ([{ name, bytes }, changed]) => {
      writeFileSync(join(folder, name), changed);
      const set = tried(load, { error: PolicyError, mayQuote: true });
      writeFileSync(join(folder, name), bytes);
      if (set !== REFUSED) assert.equal(set.digest === before, changed.equals(bytes));
    }),
    runs(5),
  );
  // The compiled parser is one for the process: had anything broken it, nothing would load any more.
  assert.equal(load().digest, before);
});
