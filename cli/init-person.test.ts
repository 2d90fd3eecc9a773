// `uberrima init --person`: the first administrator is a person whose invitation lies in an owner-only file, and nowhere else.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openTestDatabase } from "../src/postgres/test-database.ts";
import { startTestProcess } from "../src/test-process.ts";
import { runCli } from "./test-cli.ts";

test("makes the first administrator a person, once; the link is in a file that its owner alone reads, and in no output or log", async (context) => {
  const database = await openTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), "uberrima-init-"));
  context.after(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
  const { url, output } = await startTestProcess(context, {
    UBERRIMA_DATA: folder,
    UBERRIMA_DATABASE_URL: database.url,
    UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl,
    UBERRIMA_LOG_LEVEL: "debug",
  });
  const file = join(folder, "ada.invitation");
  const person = ["--person", "Ada Nightingale", "--email", "ada@insurer.example"];
  const init = ["init", "--data", folder, ...person, "--invitation-out", file, "--json"];
  assert.equal((await runCli(["init", "--data", folder, ...person])).code, 2, "where would the link go?");
  const made = await runCli(init);
  assert.equal(made.code, 0, made.errors);
  assert.equal((await stat(file)).mode & 0o077, 0);
  const link = new URL((await readFile(file, "utf8")).trim());
  const token = link.hash.length > 1 ? link.hash.slice(1) : (link.searchParams.get("token") ?? link.href);
  assert.equal(new URL(url).port, link.port);
  const opened = await fetch(`${url}/v1/invitations/look`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: token.split("=").at(-1) }),
  });
  assert.equal(opened.status, 200, await opened.text());
  for (const said of [made.output, made.errors, ...output]) {
    assert.ok(!said.includes(token), "the link was printed");
    assert.ok(!said.includes("ada@insurer.example") || said === made.output, "and so was the address");
  }
  const again = join(folder, "eve.invitation");
  assert.notEqual((await runCli([...init.slice(0, -2), again])).code, 0, "nobody is made first twice");
});
