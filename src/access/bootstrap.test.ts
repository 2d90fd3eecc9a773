// The first start: one system principal and one first administrator, however many processes try.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { sql } from "../postgres/sql.ts";
import {
  administrator,
  codeOf,
  makeClient,
  openTestAccess,
  openTestStorage,
  signedIn,
  type TestAccess,
} from "./test-access.ts";

let bench: TestAccess;
beforeEach(async () => {
  bench = await openTestAccess();
});
afterEach(() => bench.close());

test("of many that race, exactly one becomes the first administrator", async () => {
  const processes = await Promise.all(Array.from({ length: 6 }, () => bench.another()));
  const outcomes = await Promise.allSettled(processes.map((each) => each.bootstrapAdministrator({ name: "First" })));
  const made = outcomes.filter((outcome) => outcome.status === "fulfilled");
  assert.equal(made.length, 1);
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") assert.equal(outcome.reason.code, "already-initialised");
  }
  const [row] = await bench.db.owner.query<{ count: number }>(
    sql`select count(*) as count from principal where kind = 'client'`,
  );
  assert.equal(row?.count, 1);
});

test("processes that start together share one system principal, made by one act", async () => {
  const storage = await openTestStorage();
  try {
    const all = await Promise.all(Array.from({ length: 6 }, () => storage.another()));
    assert.equal(new Set(all.map((each) => each.system.principalId)).size, 1);
    const acts = await storage.db.owner.query(sql`select 1 from ledger_entry where kind = 'principal'`);
    assert.equal(acts.length, 1);
  } finally {
    await storage.close();
  }
});

test("the first administrator may administer, and nobody becomes the first again", async () => {
  const { token } = await bench.access.bootstrapAdministrator({ name: "First" });
  const admin = await signedIn(bench.access, token);
  assert.equal(admin.role, "access-admin");
  assert.equal(admin.rowScope, "none");
  assert.deepEqual(admin.purposes, ["administration"]);
  await makeClient(bench.access, admin, "csr");
  assert.equal(await codeOf(() => bench.access.bootstrapAdministrator({ name: "Second" })), "already-initialised");
});

test("a forged system principal keeps the server from starting", async () => {
  await bench.db.owner.query(sql`update principal set role = 'access-admin' where kind = 'system'`);
  assert.equal(await codeOf(() => bench.another()), "forged-authority");
});

test("a deleted client's token is refused, and the deletion does not reopen the way of the first administrator", async () => {
  const admin = await administrator(bench.access);
  const { token } = await makeClient(bench.access, admin, "csr");
  await bench.db.owner.query(sql`delete from principal where kind = 'client'`);
  const other = await bench.another();
  assert.equal(await other.authenticate(token), null);
  assert.equal(await codeOf(() => other.bootstrapAdministrator({ name: "Intruder" })), "already-initialised");
});

test("a deleted system principal keeps the server from starting", async () => {
  await bench.db.owner.query(sql`delete from principal`);
  assert.equal(await codeOf(() => bench.another()), "forged-authority");
});
