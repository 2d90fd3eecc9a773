// Limits on how often: a client and an address that ask too much are told to wait, and nobody else is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { problem } from "../../contract/common.ts";
import { startTestServer } from "../test-server.ts";

const ask = (url: string, token: string) =>
  fetch(`${url}/v1/schema`, { headers: { authorization: `Bearer ${token}` } });

test("a client that asks too often is told how long to wait; another client of the same address is not", async (context) => {
  const server = await startTestServer({ settings: { UBERRIMA_REQUESTS_PER_MINUTE_CLIENT: "5" } });
  context.after(() => server.stop());
  const busy = await server.createClient({ role: "csr", purposes: ["policy-servicing"] });
  const calm = await server.createClient({ role: "csr", purposes: ["policy-servicing"] });
  for (let asked = 0; asked < 5; asked += 1) assert.equal((await ask(server.url, busy.token)).status, 200);
  const refused = await ask(server.url, busy.token);
  assert.equal(refused.status, 429);
  assert.match(refused.headers.get("retry-after") ?? "", /^[1-9]\d?$/);
  assert.equal(problem.parse(await refused.json()).code, "rate-limited");
  assert.equal((await ask(server.url, calm.token)).status, 200);
});

test("an address that asks too often is refused before its token is looked at, and unknown URLs count", async (context) => {
  const server = await startTestServer({ settings: { UBERRIMA_REQUESTS_PER_MINUTE_ADDRESS: "8" } });
  context.after(() => server.stop());
  for (let asked = 0; asked < 8; asked += 1) await fetch(`${server.url}/nowhere`);
  const refused = await ask(server.url, server.admin.token);
  assert.equal(refused.status, 429);
  assert.equal((await fetch(`${server.url}/nowhere`)).status, 429);
});
