// The policy set in force: moved on by the server alone, one revision at a time, and believed only with its MAC.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, test } from "node:test";
import { sql } from "../postgres/sql.ts";
import { codeOf, openTestAccess, openTestStorage, type TestAccess } from "./test-access.ts";

let bench: TestAccess;
beforeEach(async () => {
  bench = await openTestAccess();
});
afterEach(() => bench.close());

test("there is no policy set before the first is activated", async () => {
  assert.equal(await bench.access.currentPolicySet(), null);
});

test("another digest moves the revision on, the same digest changes nothing", async () => {
  const { access, ledger } = bench;
  const [one, two] = [randomBytes(32), randomBytes(32)];
  const first = await access.activatePolicySet(one);
  assert.deepEqual(await access.activatePolicySet(one), first);
  assert.equal(first.revision, 1);
  const second = await access.activatePolicySet(two);
  assert.equal(second.revision, 2);
  const current = await access.currentPolicySet();
  assert.deepEqual(Buffer.from(current!.digest), two);
  assert.equal((await ledger.list({ kinds: ["policy-set"] }, {})).items.length, 2);
  assert.equal((await ledger.opening(second.act))?.detail["policySet"], two.toString("hex"));
  assert.equal((await access.activatePolicySet(one)).revision, 3);
});

test("servers that start together with the same files activate them once", async () => {
  const storage = await openTestStorage();
  try {
    const digest = randomBytes(32);
    const servers = await Promise.all(Array.from({ length: 6 }, () => storage.another()));
    const sets = await Promise.all(servers.map((server) => server.activatePolicySet(digest)));
    assert.deepEqual(new Set(sets.map(({ revision }) => revision)), new Set([1]));
    assert.equal((await storage.ledger.list({ kinds: ["policy-set"] }, {})).items.length, 1);
  } finally {
    await storage.close();
  }
});

for (const [what, set] of [
  ["digest", sql`digest = sha256('permit all')`],
  ["revision", sql`revision = revision + 1`],
  ["act", sql`act = gen_random_uuid()`],
] as const) {
  test(`a policy set whose ${what} was changed behind our back is refused, and cannot be laundered`, async () => {
    await bench.access.activatePolicySet(randomBytes(32));
    await bench.db.owner.query(sql`update policy_state set ${set}`);
    assert.equal(await codeOf(() => bench.access.currentPolicySet()), "forged-authority");
    assert.equal(await codeOf(() => bench.access.activatePolicySet(randomBytes(32))), "forged-authority");
    assert.deepEqual(bench.anomalies[0], { code: "forged", row: "policy", id: "policy-set" });
  });
}

test("an older policy set put back is refused by every process that has seen the newer one", async () => {
  const { access, db } = bench;
  await access.activatePolicySet(randomBytes(32));
  await db.owner.query(sql`create table kept as select * from policy_state`);
  await access.activatePolicySet(randomBytes(32));
  await access.currentPolicySet();
  await db.owner.query(
    sql`update policy_state p set revision = k.revision, digest = k.digest, act = k.act, mac = k.mac from kept k`,
  );
  assert.equal(await codeOf(() => access.currentPolicySet()), "forged-authority");
  assert.ok(bench.anomalies.some(({ code }) => code === "rolled-back"));
});
