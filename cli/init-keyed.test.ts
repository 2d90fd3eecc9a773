// `uberrima init --jwks`: the first administrator is whoever holds a private key, and no secret is ever made.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openTestDatabase } from "../src/postgres/test-database.ts";
import { startTestProcess } from "../src/test-process.ts";
import { runCli } from "./test-cli.ts";

test("registers the first administrator's public key in place of a secret, once; whoever holds the key administers", async (context) => {
  const database = await openTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), "uberrima-init-"));
  context.after(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });
  const { url } = await startTestProcess(context, {
    UBERRIMA_DATA: folder,
    UBERRIMA_DATABASE_URL: database.url,
    UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl,
  });
  const [key, jwks] = [join(folder, "admin.key"), join(folder, "admin.jwks.json")];
  assert.equal((await runCli(["client", "keygen", "--out", key, "--jwks", jwks])).code, 0);
  const init = ["init", "--data", folder, "--jwks", jwks, "--json"];
  assert.equal((await runCli([...init, "--show"])).code, 2, "there is no token to show");
  const made = await runCli(init);
  assert.equal(made.code, 0, made.errors);
  const { clientId } = JSON.parse(made.output) as { readonly clientId: string };
  const held = JSON.parse(await readFile(key, "utf8")) as object;
  await writeFile(key, JSON.stringify({ ...held, clientId }));
  const own = { UBERRIMA_URL: url, UBERRIMA_KEY_FILE: key };
  const listed = await runCli(["client", "list"], own);
  assert.match(listed.output, new RegExp(`${clientId}.*keys`), listed.errors);
  assert.notEqual((await runCli(init)).code, 0, "nobody is made first twice");
});
