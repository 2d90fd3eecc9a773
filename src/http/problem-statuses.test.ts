// The OpenAPI document names every status with which a domain may refuse.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { withProblems } from "./problem-statuses.ts";

test("what any domain refuses with is among the answers of an operation that writes", () => {
  const places = [{ in: "path" }, { in: "query" }];
  const writing: { responses?: Record<string, unknown> } = {};
  Object.assign(writing, { security: [{}], parameters: places, requestBody: {} });
  withProblems({ paths: { "/": { post: writing } } });
  const root = join(import.meta.dirname, "..");
  const refused = globSync("**/errors.ts", { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(/[:\s]\[\s*([45]\d\d),/g)].map(([, status = ""]) => status),
  );
  assert.ok(refused.length > 100);
  assert.deepEqual(
    [...new Set(refused)].filter((status) => !(status in (writing.responses ?? {}))),
    [],
  );
});
