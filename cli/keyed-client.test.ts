// A client with a key of its own, from making the key to asking with it: nobody but its holder ever sees what proves it.
import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startTestServer, type TestServer } from "../src/test-server.ts";
import { runCli } from "./test-cli.ts";

let server: TestServer;
let folder: string;
before(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), "uberrima-keyed-"));
});
after(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test("a key is made, registered, used, listed and removed", async () => {
  const [keyFile, jwks] = [join(folder, "desk.key"), join(folder, "desk.jwks.json")];
  const admin = { UBERRIMA_URL: server.url, UBERRIMA_TOKEN: server.admin.token };
  const made = await runCli(["client", "keygen", "--out", keyFile, "--jwks", jwks]);
  assert.equal(made.code, 0, made.errors);
  assert.ok(!(await readFile(jwks, "utf8")).includes('"d"'));
  const asked = [
    "--name",
    "auditor",
    "--role",
    "internal-auditor",
    "--purpose",
    "audit",
    "--entity",
    "acme",
    "--line",
    "life",
  ];
  const created = await runCli(["--json", "client", "create", ...asked, "--jwks", jwks], admin);
  assert.equal(created.code, 0, created.errors);
  const { clientId } = JSON.parse(created.output) as { clientId: string };
  const held = JSON.parse(await readFile(keyFile, "utf8")) as object;
  await writeFile(keyFile, JSON.stringify({ ...held, clientId }));
  const own = { UBERRIMA_URL: server.url, UBERRIMA_KEY_FILE: keyFile };
  const findings = await runCli(["finding", "list"], own);
  assert.equal(findings.code, 0, findings.errors);
  assert.match(findings.output, /static-secret /);
  const token = await runCli(["token"], own);
  assert.match(token.output, /^uba_/);
  const listed = await runCli(["--json", "client", "key", "list", clientId], own);
  const [{ keyId }] = (JSON.parse(listed.output) as { items: [{ keyId: string }] }).items;
  assert.match((await runCli(["client", "list"], admin)).output, new RegExp(`${clientId}.*keys`));
  assert.equal((await runCli(["client", "key", "remove", clientId, keyId], admin)).code, 0);
  const later = await runCli(["finding", "list"], own);
  assert.equal(later.code, 1);
  await chmod(keyFile, 0o644);
  assert.match((await runCli(["finding", "list"], own)).errors, /can be read by others/);
});
