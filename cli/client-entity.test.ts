// What `client create` says of a legal entity that is probably a slip of the pen.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startTestServer } from "../src/test-server.ts";
import { runCli } from "./test-cli.ts";

test("a legal entity that no feed is mapped to is pointed out, and one that has a feed is not", async (context) => {
  const server = await startTestServer();
  context.after(() => server.stop());
  const folder = await mkdtemp(join(tmpdir(), "uberrima-entity-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const create = (entity: string) => {
    const what = ["--name", entity, "--role", "csr", "--purpose", "policy-servicing", "--line", "all"];
    const args = ["client", "create", ...what, "--entity", entity, "--token-out", join(folder, entity)];
    return runCli(args, { UBERRIMA_URL: server.url, UBERRIMA_TOKEN: server.admin.token });
  };
  const slip = await create("sample-mutaul");
  assert.equal(slip.code, 0, slip.errors);
  assert.match(slip.errors, /"sample-mutaul"/);
  const right = await create("sample-mutual");
  assert.equal(right.code, 0, right.errors);
  assert.ok(!right.errors.includes("sample-mutual"), right.errors);
});
