// Flags on customers: set and ended by the privacy side, active for their time, readable nowhere without keys.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { FLAGS, type Flag } from "../kernel/vocabulary.ts";
import { sql } from "../postgres/sql.ts";
import { activeFlags, type Authenticated } from "./access.ts";
import { administrator, codeOf, makeClient, openTestAccess, type TestAccess } from "./test-access.ts";

let bench: TestAccess;
let admin: Authenticated;
let dpo: Authenticated;
before(async () => {
  bench = await openTestAccess();
  admin = await administrator(bench.access);
  dpo = (await makeClient(bench.access, admin, "dpo")).principal;
});
after(() => bench.close());

const later = (ms: number): Date => new Date(bench.now().getTime() + ms);
async function active(customerId: Uuid): Promise<Flag[]> {
  const state = (await bench.access.authoritiesOf([customerId])).get(customerId)?.state;
  assert.ok(state);
  return activeFlags(state, bench.now()).sort();
}

test("every kind of flag is active once set, and over once ended", async () => {
  const { access } = bench;
  const customerId = await bench.customer();
  const ids: Uuid[] = [];
  for (const kind of FLAGS) ids.push(await access.setFlag({ customerId, kind, endsAt: null }, dpo));
  assert.deepEqual(await active(customerId), [...FLAGS].sort());
  for (const flagId of ids) await access.endFlag({ customerId, flagId }, dpo);
  assert.deepEqual(await active(customerId), []);
  assert.equal((await access.authoritiesOf([customerId])).get(customerId)?.revision, 1 + 2 * FLAGS.length);
});

test("a flag is active from its start to its end, and not a moment longer", async () => {
  const customerId = await bench.customer();
  await bench.access.setFlag({ customerId, kind: "restricted", startsAt: later(1000), endsAt: later(2000) }, dpo);
  assert.deepEqual(await active(customerId), []);
  bench.pass(1000);
  assert.deepEqual(await active(customerId), ["restricted"]);
  bench.pass(1000);
  assert.deepEqual(await active(customerId), []);
});

test("a time that cannot be kept is refused, and the customer's state opens as before", async () => {
  const { access } = bench;
  const customerId = await bench.customer();
  const set = (period: object) =>
    codeOf(() => access.setFlag({ customerId, kind: "vip", endsAt: null, ...period }, dpo));
  // In UTC these lie in the years 10000, 1969 and -1.
  assert.equal(await set({ endsAt: new Date("9999-12-31T23:59:59-23:59") }), "bad-period");
  assert.equal(await set({ startsAt: new Date("9999-12-31T23:59:59-23:59") }), "bad-period");
  assert.equal(await set({ startsAt: new Date("1970-01-01T00:00:00+00:01") }), "bad-period");
  assert.equal(await set({ startsAt: new Date("0000-01-01T00:00:00+23:59") }), "bad-period");
  await access.setFlag({ customerId, kind: "vip", endsAt: new Date("9999-12-31T23:59:59Z") }, dpo);
  assert.deepEqual(await active(customerId), ["vip"]);
});

test("ending one of two protection orders leaves the other in force", async () => {
  const customerId = await bench.customer();
  const order = { customerId, kind: "protection-order", endsAt: null } as const;
  const flagId = await bench.access.setFlag(order, dpo);
  await bench.access.setFlag(order, dpo);
  await bench.access.endFlag({ customerId, flagId }, dpo);
  assert.deepEqual(await active(customerId), ["protection-order"]);
  assert.equal(await codeOf(() => bench.access.endFlag({ customerId, flagId }, dpo)), "unknown-flag");
});

test("flags and assignments of one customer do not undo each other", async () => {
  const { access } = bench;
  const customerId = await bench.customer();
  const assignment = { customerId, assigneeId: newId(), unitId: null, kind: "claim", endsAt: null } as const;
  await Promise.all([
    access.setFlag({ customerId, kind: "vip", endsAt: null }, dpo),
    access.createAssignments([assignment], admin),
    access.setFlag({ customerId, kind: "employee", endsAt: null }, dpo),
  ]);
  assert.deepEqual(await active(customerId), ["employee", "vip"]);
  assert.equal((await access.assignmentsFor([customerId])).get(customerId)?.length, 1);
});

test("flags that make no sense are refused", async () => {
  const { access } = bench;
  const customerId = await bench.customer();
  const refused = (request: object): Promise<string> =>
    codeOf(() => access.setFlag({ customerId, kind: "vip", endsAt: null, ...request }, dpo));
  assert.equal(await refused({ endsAt: later(-1) }), "bad-period");
  const instant = later(1000);
  assert.equal(await refused({ startsAt: instant, endsAt: instant }), "bad-period");
  assert.equal(await refused({ customerId: newId() }), "unknown-customer");
  assert.equal(await codeOf(() => access.endFlag({ customerId, flagId: newId() }, dpo)), "unknown-flag");
});

test("flags that are over make room, and what they were stands in the ledger", async () => {
  const { access } = bench;
  const customerId = await bench.customer();
  for (let round = 0; round < 32; round += 1)
    await access.setFlag({ customerId, kind: "vip", endsAt: later(60_000) }, dpo);
  const oneMore = { customerId, kind: "vip", endsAt: null } as const;
  assert.equal(await codeOf(() => access.setFlag(oneMore, dpo)), "too-many-flags");
  bench.pass(60_000);
  await access.setFlag(oneMore, dpo);
  const authority = (await access.authoritiesOf([customerId])).get(customerId);
  assert.equal(authority?.state?.flags.length, 1);
  const opening = await bench.ledger.opening(authority!.act);
  assert.equal((opening!.detail["flag"] as { kind?: string }).kind, "vip");
});

test("the stored size of a customer's state does not tell whether it has flags", async () => {
  const [plain, flagged] = [await bench.customer(), await bench.customer()];
  for (const kind of ["protection-order", "minor", "vip"] as const) {
    await bench.access.setFlag({ customerId: flagged, kind, endsAt: null }, dpo);
  }
  const rows = await bench.db.owner.query<{ size: number }>(
    sql`select octet_length(authority) as size from customer where customer_id = any(${[plain, flagged]}::uuid[])`,
  );
  assert.equal(new Set(rows.map(({ size }) => size)).size, 1);
});

test("an erased customer gets neither flags nor assignments", async () => {
  const { access, db, keys } = bench;
  const { sealCustomerState } = await import("./customer-state.ts");
  const customerId = await bench.customer();
  const place = { customerId, revision: 2, act: newId() };
  const state = (await access.authoritiesOf([customerId])).get(customerId)!.state!;
  const authority = sealCustomerState(keys, place, { ...state, status: "erased" });
  await db.database.query(
    sql`update customer set revision = 2, act = ${place.act}, authority = ${authority} where customer_id = ${customerId}`,
  );
  assert.equal(await codeOf(() => access.setFlag({ customerId, kind: "vip", endsAt: null }, dpo)), "erased");
  const assignment = { customerId, assigneeId: newId(), unitId: null, kind: "claim", endsAt: null } as const;
  assert.equal(await codeOf(() => access.createAssignments([assignment], admin)), "erased");
});
