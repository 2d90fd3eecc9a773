// Assignments and flags written behind the application's back, by somebody who holds the database as its owner.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { sql, type Statement } from "../postgres/sql.ts";
import type { Authenticated, AuthorityAnomaly } from "./access.ts";
import { administrator, codeOf, makeClient, openTestAccess, type TestAccess } from "./test-access.ts";

let bench: TestAccess;
let admin: Authenticated;
let dpo: Authenticated;
let adjuster: Authenticated;
let mine: Uuid;
let foreign: Uuid;
before(async () => {
  bench = await openTestAccess();
  admin = await administrator(bench.access);
  dpo = (await makeClient(bench.access, admin, "dpo")).principal;
  adjuster = (await makeClient(bench.access, admin, "claims-adjuster")).principal;
});
after(() => bench.close());
beforeEach(async () => {
  bench.anomalies.length = 0;
  await behindOurBack(sql`drop table if exists kept, kept_customer`);
  [mine, foreign] = [await bench.customer(), await bench.customer()];
  await bench.access.createAssignments([claim(mine)], admin);
});

const claim = (customerId: Uuid) =>
  ({ customerId, assigneeId: adjuster.principalId, unitId: null, kind: "claim", endsAt: null }) as const;
const behindOurBack = (statement: Statement): Promise<unknown> => bench.db.owner.query(statement);
const held = async (customerId: Uuid): Promise<number> =>
  (await (await bench.another()).assignmentsFor([customerId])).get(customerId)?.length ?? -1;
const reported = (code: AuthorityAnomaly["code"], id?: Uuid): boolean =>
  bench.anomalies.some((anomaly) => anomaly.code === code && (id === undefined || anomaly.id === id));

const CHANGES: readonly (readonly [what: string, set: Statement])[] = [
  ["another assignee", sql`assignee_id = gen_random_uuid()`],
  ["a wider unit", sql`unit_id = gen_random_uuid()`],
  ["another kind", sql`kind = 'investigation'`],
  ["an earlier start", sql`starts_at = starts_at - interval '1 year'`],
  ["an end of its own", sql`ends_at = now() + interval '1 year'`],
  ["another revision", sql`revision = revision + 1`],
  ["another act", sql`act = gen_random_uuid()`],
  ["a MAC of zeros", sql`mac = decode(repeat('00', 36), 'hex')`],
];

for (const [what, set] of CHANGES) {
  test(`an assignment with ${what} grants nothing and is reported`, async () => {
    assert.equal(await held(mine), 1);
    await behindOurBack(sql`update assignment set ${set} where customer_id = ${mine}`);
    assert.equal(await held(mine), 0);
    assert.ok(reported("forged") && reported("assignments-differ", mine));
  });
}

test("an assignment copied to another customer grants nothing there, and nothing else counts there either", async () => {
  const [own] = await bench.access.createAssignments([claim(foreign)], admin);
  assert.ok(own);
  await behindOurBack(
    sql`insert into assignment select ${foreign}, gen_random_uuid(), assignee_id, unit_id, kind, state, starts_at, ends_at, revision, act, mac
        from assignment where customer_id = ${mine}`,
  );
  assert.equal(await held(foreign), 0);
  assert.ok(reported("assignments-differ", foreign));
  assert.equal(await held(mine), 1);
});

test("a row copied under its own id to another customer grants nothing there", async () => {
  await behindOurBack(
    sql`insert into assignment select ${foreign}, assignment_id, assignee_id, unit_id, kind, state, starts_at, ends_at, revision, act, mac
        from assignment where customer_id = ${mine}`,
  );
  assert.equal(await held(foreign), 0);
  assert.ok(reported("assignments-differ", foreign));
});

test("a customer's whole state copied to another customer opens nothing there", async () => {
  await behindOurBack(
    sql`update customer c set authority = o.authority, revision = o.revision, act = o.act from customer o
        where c.customer_id = ${foreign} and o.customer_id = ${mine}`,
  );
  const authority = (await (await bench.another()).authoritiesOf([foreign])).get(foreign);
  assert.equal(authority?.state, null);
  assert.equal(authority?.open, null);
  assert.ok(reported("forged", foreign));
});

test("a removed assignment is noticed", async () => {
  await bench.access.createAssignments([{ ...claim(mine), kind: "policy" }], admin);
  await behindOurBack(sql`delete from assignment where customer_id = ${mine} and kind = 'policy'`);
  assert.equal(await held(mine), 0);
  assert.ok(reported("assignments-differ", mine));
});

test("an ended assignment put back as it was grants nothing", async () => {
  await behindOurBack(sql`create table kept as select * from assignment where customer_id = ${mine}`);
  const open = (await bench.access.authoritiesOf([mine])).get(mine)?.open?.[0];
  await bench.access.endAssignments([{ customerId: mine, assignmentId: open!.assignmentId }], admin);
  await behindOurBack(sql`delete from assignment where customer_id = ${mine}`);
  await behindOurBack(sql`insert into assignment select * from kept`);
  assert.equal(await held(mine), 0);
  assert.ok(reported("assignments-differ", mine));
});

test("an ended assignment put back together with its customer's row is refused by a process that saw the end", async () => {
  const { access } = bench;
  await behindOurBack(sql`create table kept as select * from assignment where customer_id = ${mine}`);
  await behindOurBack(sql`create table kept_customer as select * from customer where customer_id = ${mine}`);
  const open = (await access.authoritiesOf([mine])).get(mine)?.open?.[0];
  await access.endAssignments([{ customerId: mine, assignmentId: open!.assignmentId }], admin);
  assert.equal((await access.assignmentsFor([mine])).get(mine)?.length, 0);
  await behindOurBack(sql`delete from assignment where customer_id = ${mine}`);
  await behindOurBack(sql`insert into assignment select * from kept`);
  await behindOurBack(
    sql`update customer c set revision = k.revision, act = k.act, authority = k.authority from kept_customer k
        where c.customer_id = k.customer_id`,
  );
  const authority = (await access.authoritiesOf([mine])).get(mine);
  assert.equal(authority?.state, null);
  assert.deepEqual((await access.assignmentsFor([mine])).get(mine), []);
  assert.ok(reported("rolled-back", mine));
});

test("forged assignments cannot be laundered by changing others through the application", async () => {
  const { access } = bench;
  await behindOurBack(
    sql`insert into assignment select ${foreign}, gen_random_uuid(), assignee_id, unit_id, kind, state, starts_at, ends_at, revision, act, mac
        from assignment where customer_id = ${mine}`,
  );
  assert.equal(await codeOf(() => access.createAssignments([claim(foreign)], admin)), "forged-authority");
  // Protecting somebody must go on working, and does not sign what was forged.
  await access.setFlag({ customerId: foreign, kind: "protection-order", endsAt: null }, dpo);
  assert.equal(await held(foreign), 0);
});

test("a process that has verified a customer notices when any byte of its rows changes afterwards", async () => {
  const { access } = bench;
  const now = async (): Promise<number> => (await access.assignmentsFor([mine])).get(mine)?.length ?? -1;
  const flips = [
    sql`update assignment set mac = set_byte(mac, 35, get_byte(mac, 35) # 1) where customer_id = ${mine}`,
    sql`update assignment set starts_at = starts_at + interval '1 second' where customer_id = ${mine}`,
    sql`update customer set authority = set_byte(authority, 50, get_byte(authority, 50) # 1) where customer_id = ${mine}`,
  ];
  await behindOurBack(sql`create table kept as select * from assignment where customer_id = ${mine}`);
  await behindOurBack(sql`create table kept_customer as select * from customer where customer_id = ${mine}`);
  for (const flip of flips) {
    assert.equal(await now(), 1);
    await behindOurBack(flip);
    assert.equal(await now(), 0);
    await behindOurBack(
      sql`update assignment a set mac = k.mac, starts_at = k.starts_at from kept k where a.customer_id = k.customer_id`,
    );
    await behindOurBack(
      sql`update customer c set authority = k.authority from kept_customer k where c.customer_id = k.customer_id`,
    );
  }
  assert.equal(await now(), 1);
});

test("one customer's forged rows do not touch another customer of the same reading", async () => {
  await behindOurBack(sql`update assignment set assignee_id = gen_random_uuid() where customer_id = ${mine}`);
  await bench.access.createAssignments([claim(foreign)], admin);
  const found = await (await bench.another()).assignmentsFor([mine, foreign, newId()]);
  assert.deepEqual(
    [...found.values()].map((each) => each.length),
    [0, 1, 0],
  );
});

test("an assignee's list leaves out what does not verify", async () => {
  await behindOurBack(
    sql`insert into assignment select ${foreign}, gen_random_uuid(), assignee_id, unit_id, kind, state, starts_at, ends_at, revision, act, mac
        from assignment where customer_id = ${mine}`,
  );
  const page = await bench.access.listAssigned([adjuster.principalId], { after: null, limit: 200 });
  const customers = page.assignments.map(({ customerId }) => customerId);
  assert.deepEqual([customers.includes(mine), customers.includes(foreign)], [true, false]);
});

test("a flag removed by putting the customer's state back is refused by a process that saw it", async () => {
  const { access } = bench;
  await behindOurBack(sql`create table kept as select * from customer where customer_id = ${mine}`);
  await access.setFlag({ customerId: mine, kind: "protection-order", endsAt: null }, dpo);
  assert.equal((await access.authoritiesOf([mine])).get(mine)?.state?.flags.length, 1);
  await behindOurBack(
    sql`update customer c set revision = k.revision, act = k.act, authority = k.authority from kept k where c.customer_id = k.customer_id`,
  );
  assert.equal((await access.authoritiesOf([mine])).get(mine)?.state, null);
  assert.ok(reported("rolled-back", mine));
});

test("a sealed state does not open at another revision, under another act, or with any byte changed", async () => {
  const sets = [
    sql`revision = revision + 1`,
    sql`act = gen_random_uuid()`,
    sql`authority = set_byte(authority, 30, get_byte(authority, 30) # 1)`,
    sql`authority = set_byte(authority, 2, 99)`,
    sql`authority = substring(authority for 600)`,
    sql`authority = '\\x'`,
  ];
  for (const set of sets) {
    const customer = await bench.customer();
    await behindOurBack(sql`update customer set ${set} where customer_id = ${customer}`);
    assert.equal((await (await bench.another()).authoritiesOf([customer])).get(customer)?.state, null);
    assert.ok(reported("forged", customer));
    const flag = { customerId: customer, kind: "vip", endsAt: null } as const;
    assert.equal(await codeOf(() => bench.access.setFlag(flag, dpo)), "forged-authority");
  }
});
