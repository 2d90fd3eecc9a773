// What access reads on hostile input: its governance files load whole or are refused by file and line, and a token is read in one form.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { damagedText, nastyText, runs, tried } from "../../test/support/test-hostile.ts";
import { newId } from "../kernel/ids.ts";
import { loadAdministration } from "./administration.ts";
import { newClientToken, parseClientToken, printClientToken } from "./client-token.ts";
import { AccessError } from "./errors.ts";
import { loadRoles } from "./roles.ts";

const SHIPPED = join(import.meta.dirname, "../../governance/access");
const folder = mkdtempSync(join(tmpdir(), "uberrima-fuzz-"));
cpSync(SHIPPED, folder, { recursive: true });
after(() => rmSync(folder, { recursive: true }));

test("a damaged roles or administration file is loaded whole or refused by file and line", () => {
  const files = ["roles.yaml", "administration.yaml"].map((name) => ({
    name,
    text: readFileSync(join(SHIPPED, name), "utf8"),
  }));
  const damaged = fc
    .constantFrom(...files)
    .chain((file) => fc.tuple(fc.constant(file), fc.oneof(damagedText(fc.constant(file.text)), nastyText)));
  fc.assert(
    fc.property(damaged, ([{ name, text }, changed]) => {
      writeFileSync(join(folder, name), changed);
      tried(() => loadAdministration(folder, loadRoles(folder)), { error: AccessError, mayQuote: true });
      writeFileSync(join(folder, name), text);
    }),
    runs(20),
  );
});

test("a token is read in one form, and nothing else is read as one", () => {
  const token = printClientToken(newClientToken(newId()));
  fc.assert(
    fc.property(fc.oneof(damagedText(fc.constant(token)), nastyText), (text) => {
      const read = parseClientToken(text);
      if (read !== null) assert.equal(printClientToken(read), text);
    }),
    runs(1000),
  );
});
