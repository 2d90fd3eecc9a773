// Tokens: one null for everything that is wrong, and no use of a token after its client's end.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { newId } from "../kernel/ids.ts";
import type { Authenticated } from "./access.ts";
import { newClientToken, parseClientToken, printClientToken } from "./client-token.ts";
import { administrator, DAY_MS, makeClient, openTestAccess, signedIn, type TestAccess } from "./test-access.ts";
import { anyText } from "../../test/support/test-text.ts";

let bench: TestAccess;
let admin: Authenticated;
before(async () => {
  bench = await openTestAccess();
  admin = await administrator(bench.access);
});
after(() => bench.close());

test("a printed token parses to what it was", () => {
  for (let round = 0; round < 100; round += 1) {
    const token = newClientToken(newId());
    assert.deepEqual(parseClientToken(printClientToken(token)), token);
  }
});

test("text that is no token is refused without a query and without throwing", async () => {
  await fc.assert(
    fc.asyncProperty(anyText({ maxLength: 200 }), async (text) => (await bench.access.authenticate(text)) === null),
    { numRuns: 200 },
  );
});

test("a token mistyped in any one place does not sign in", async () => {
  const { token } = await makeClient(bench.access, admin, "csr");
  for (let at = 0; at < token.length; at += 1) {
    const other = token[at] === "A" ? "B" : "A";
    assert.equal(await bench.access.authenticate(token.slice(0, at) + other + token.slice(at + 1)), null);
  }
  assert.equal(await bench.access.authenticate(`${token} `), null);
  assert.equal(await bench.access.authenticate(token.slice(0, -1)), null);
  assert.notEqual(await bench.access.authenticate(token), null);
});

test("the last character of a secret counts in full, though base64url would decode several to the same bytes", async () => {
  const { token } = await makeClient(bench.access, admin, "csr");
  const bytes = Buffer.from(token.slice(-43), "base64url");
  const variants = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"]
    .map((last) => token.slice(0, -1) + last)
    .filter((text) => text !== token && Buffer.from(text.slice(-43), "base64url").equals(bytes));
  assert.equal(variants.length, 3);
  for (const text of variants) assert.equal(await bench.access.authenticate(text), null);
});

test("a right secret under another client's id, and a wrong secret under a right id, are refused alike", async () => {
  const { access } = bench;
  const one = await makeClient(access, admin, "csr");
  const two = await makeClient(access, admin, "csr");
  const id = (token: string): string => token.slice(0, 37);
  const secret = (token: string): string => token.slice(37);
  assert.equal(await access.authenticate(id(one.token) + secret(two.token)), null);
  assert.equal(await access.authenticate(printClientToken(newClientToken(one.principal.principalId))), null);
  assert.equal(await access.authenticate(printClientToken(newClientToken(newId()))), null);
  assert.deepEqual(bench.anomalies, []);
});

test("no token can stand for the system principal", async () => {
  const { access } = bench;
  assert.equal(await access.authenticate(printClientToken(newClientToken(access.system.principalId))), null);
});

test("an expired client does not sign in, not even from what is remembered", async () => {
  const { access } = bench;
  const expiresAt = new Date(bench.now().getTime() + 1000);
  const { token, principal } = await makeClient(access, admin, "csr", { expiresAt });
  bench.pass(1000);
  assert.equal(await access.authenticate(token), null);
  assert.equal(await access.reread(principal.principalId), null);
  const renewed = new Date(bench.now().getTime() + DAY_MS);
  await access.changeClient({ principalId: principal.principalId, scope: { expiresAt: renewed } }, admin);
  assert.deepEqual((await signedIn(access, token)).expiresAt, renewed);
});

test("another process believes what it remembers for two seconds and no longer", async () => {
  const { access } = bench;
  const other = await bench.another();
  const { token, principal } = await makeClient(access, admin, "csr");
  await signedIn(other, token);
  await access.setClientStatus({ principalId: principal.principalId, action: "client.revoke" }, admin);
  // The ledger's guard refuses this revision; reread is what the gate then asks for.
  assert.equal((await signedIn(other, token)).revision, 1);
  assert.equal(await other.reread(principal.principalId), null);
  assert.equal(await other.authenticate(token), null);
  bench.pass(2000);
  assert.equal(await access.authenticate(token), null);
});

test("concurrent requests with one token share one reading", async () => {
  const { access } = bench;
  const { token, principal } = await makeClient(access, admin, "csr");
  bench.pass(2000);
  const all = await Promise.all(Array.from({ length: 64 }, () => access.authenticate(token)));
  assert.deepEqual(new Set(all.map((each) => each?.principalId)), new Set([principal.principalId]));
});
