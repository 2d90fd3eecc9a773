// Assignments: made and ended by those who may, in force for their time, complete or none at all.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { sql } from "../postgres/sql.ts";
import type { AssignmentRequest, Authenticated } from "./access.ts";
import { assignmentsDigest, type StoredAssignment } from "./assignment-row.ts";
import { administrator, codeOf, DAY_MS, makeClient, openTestAccess, type TestAccess } from "./test-access.ts";

let bench: TestAccess;
let admin: Authenticated;
let adjuster: Authenticated;
before(async () => {
  bench = await openTestAccess();
  admin = await administrator(bench.access);
  adjuster = (await makeClient(bench.access, admin, "claims-adjuster")).principal;
});
after(() => bench.close());

const claimOf = (customerId: Uuid, changes: Partial<AssignmentRequest> = {}): AssignmentRequest => ({
  customerId,
  assigneeId: adjuster.principalId,
  unitId: newId(),
  kind: "claim",
  endsAt: null,
  ...changes,
});
const inForce = async (customerId: Uuid): Promise<string[]> =>
  ((await bench.access.assignmentsFor([customerId])).get(customerId) ?? [])
    .map(({ assignmentId }) => assignmentId)
    .sort();
const later = (ms: number): Date => new Date(bench.now().getTime() + ms);

test("an assignment is in force from its start to its end, and not a moment longer", async () => {
  const { access } = bench;
  const customer = await bench.customer();
  const [id] = await access.createAssignments(
    [claimOf(customer, { startsAt: later(1000), endsAt: later(2000) })],
    admin,
  );
  assert.deepEqual(await inForce(customer), []);
  bench.pass(1000);
  assert.deepEqual(await inForce(customer), [id]);
  bench.pass(1000);
  assert.deepEqual(await inForce(customer), []);
});

test("each change moves the customer one revision further, under the act that the ledger holds", async () => {
  const { access } = bench;
  const customer = await bench.customer();
  const [id] = await access.createAssignments([claimOf(customer)], admin);
  const made = (await access.authoritiesOf([customer])).get(customer);
  assert.equal(made?.revision, 2);
  const opening = await bench.ledger.opening(made.act);
  assert.equal(opening?.detail["kind"], "assignment");
  assert.equal(opening?.detail["actor"], admin.principalId);
  await access.endAssignments([{ customerId: customer, assignmentId: id! }], admin);
  assert.equal((await access.authoritiesOf([customer])).get(customer)?.revision, 3);
  assert.deepEqual(await inForce(customer), []);
});

test("a feed that repeats itself changes nothing", async () => {
  const { access } = bench;
  const customers = await Promise.all([bench.customer(), bench.customer()]);
  const feed = customers.map((customer) => claimOf(customer));
  const first = await access.createAssignments([...feed, ...feed], admin);
  assert.deepEqual(first.slice(0, 2), first.slice(2));
  assert.deepEqual(await access.createAssignments(feed, admin), first.slice(0, 2));
  for (const customer of customers) assert.equal((await access.authoritiesOf([customer])).get(customer)?.revision, 2);
});

test("a batch names every customer it is about in the ledger, once", async () => {
  const { access } = bench;
  const customers = await Promise.all(Array.from({ length: 20 }, () => bench.customer()));
  await access.createAssignments(
    customers.flatMap((customer) => [claimOf(customer), claimOf(customer)]),
    admin,
  );
  const found = await access.authoritiesOf(customers);
  assert.deepEqual(new Set([...found.values()].map(({ act }) => act)).size, 1);
  for (const customer of customers) {
    assert.equal((await inForce(customer)).length, 2);
    const page = await bench.ledger.accounting(customer, { kinds: ["assignment"] }, {});
    assert.equal(page.items.length, 1);
  }
});

test("the largest batch fits one act", async () => {
  const customer = await bench.customer();
  const ids = await bench.access.createAssignments(
    Array.from({ length: 500 }, () => claimOf(customer)),
    admin,
  );
  assert.equal(new Set(ids).size, 500);
  assert.deepEqual(await inForce(customer), [...ids].sort());
});

test("an assignment that lapsed leaves the digest at the next change and never counts again", async () => {
  const { access, db } = bench;
  const customer = await bench.customer();
  const [lapsing] = await access.createAssignments([claimOf(customer, { endsAt: later(1000) })], admin);
  bench.pass(1000);
  const [next] = await access.createAssignments([claimOf(customer)], admin);
  assert.deepEqual(await inForce(customer), [next]);
  const rows = await db.owner.query(sql`select state, revision from assignment where assignment_id = ${lapsing!}`);
  assert.deepEqual(rows, [{ state: "ended", revision: 2 }]);
});

test("a group's assignment is listed for its members, page by page, and only while it is in force", async () => {
  const { access } = bench;
  const group = newId();
  const customers = await Promise.all(Array.from({ length: 5 }, () => bench.customer()));
  const ids = await access.createAssignments(
    customers.map((customer) => claimOf(customer, { assigneeId: group, endsAt: later(1000) })),
    admin,
  );
  const listed: string[] = [];
  for (
    let page = await access.listAssigned([group], { after: null, limit: 2 });
    ;
    page = await access.listAssigned([group], { after: page.next, limit: 2 })
  ) {
    listed.push(...page.assignments.map(({ assignmentId }) => assignmentId));
    if (page.next === null) break;
  }
  assert.deepEqual(listed.sort(), ids.sort());
  bench.pass(1000);
  assert.deepEqual((await access.listAssigned([group], { after: null, limit: 10 })).assignments, []);
});

test("investigations are withheld in the ledger, and made and ended apart from other assignments", async () => {
  const { access } = bench;
  const customer = await bench.customer();
  const investigation = claimOf(customer, { kind: "investigation" });
  assert.equal(await codeOf(() => access.createAssignments([claimOf(customer), investigation], admin)), "mixed-kinds");
  const [secret] = await access.createAssignments([investigation], admin);
  const [plain] = await access.createAssignments([claimOf(customer)], admin);
  const page = await bench.ledger.accounting(customer, { kinds: ["assignment"] }, {});
  assert.equal(page.items.length, 1);
  const both = [secret, plain].map((assignmentId) => ({ customerId: customer, assignmentId: assignmentId! }));
  assert.equal(await codeOf(() => access.endAssignments(both, admin)), "mixed-kinds");
});

test("assignments that make no sense are refused", async () => {
  const { access } = bench;
  const customer = await bench.customer();
  const refused = (changes: Partial<AssignmentRequest>): Promise<string> =>
    codeOf(() => access.createAssignments([claimOf(customer, changes)], admin));
  assert.equal(await refused({ endsAt: later(-1) }), "bad-period");
  for (const at of ["1970-01-01T00:00:00+00:01", "9999-12-31T23:59:59-23:59"])
    assert.equal(await refused({ startsAt: new Date(at) }), "bad-period");
  assert.equal(await refused({ endsAt: new Date("9999-12-31T23:59:59-23:59") }), "bad-period");
  const tomorrow = later(DAY_MS);
  assert.equal(await refused({ startsAt: tomorrow, endsAt: tomorrow }), "bad-period");
  assert.equal(await refused({ customerId: newId() }), "unknown-customer");
  assert.equal(await refused({ assigneeId: access.system.principalId }), "wrong-status");
  const gone = (await makeClient(access, admin, "csr")).principal.principalId;
  await access.setClientStatus({ principalId: gone, action: "client.revoke" }, admin);
  assert.equal(await refused({ assigneeId: gone }), "wrong-status");
  assert.equal(await codeOf(() => access.createAssignments([], admin)), "too-many");
  const many = Array.from({ length: 501 }, () => claimOf(customer));
  assert.equal(await codeOf(() => access.createAssignments(many, admin)), "too-many");
  const unknown = { customerId: customer, assignmentId: newId() };
  assert.equal(await codeOf(() => access.endAssignments([unknown], admin)), "unknown-assignment");
  assert.equal((await access.authoritiesOf([customer])).get(customer)?.revision, 1);
});

test("an ended assignment cannot be ended again", async () => {
  const { access } = bench;
  const customerId = await bench.customer();
  const [assignmentId] = await access.createAssignments([claimOf(customerId)], admin);
  const key = { customerId, assignmentId: assignmentId! };
  await access.endAssignments([key], admin);
  assert.equal(await codeOf(() => access.endAssignments([key], admin)), "unknown-assignment");
});

test("writers of the same customers follow each other, and none of their work is lost", async () => {
  const { access } = bench;
  const customers = await Promise.all([bench.customer(), bench.customer(), bench.customer()]);
  const writers = Array.from({ length: 8 }, (_, at) =>
    access.createAssignments(
      (at % 2 === 0 ? customers : customers.toReversed()).map((customer) => claimOf(customer)),
      admin,
    ),
  );
  await Promise.all(writers);
  for (const customer of customers) {
    assert.equal((await inForce(customer)).length, 8);
    assert.equal((await access.authoritiesOf([customer])).get(customer)?.revision, 9);
  }
  assert.deepEqual(bench.anomalies, []);
});

test("readers beside a writer never take a change for a forgery", async () => {
  const { access } = bench;
  const customer = await bench.customer();
  const writing = new AbortController();
  const writer = (async () => {
    for (let round = 0; round < 20; round += 1) await access.createAssignments([claimOf(customer)], admin);
    writing.abort();
  })();
  let least = 0;
  while (!writing.signal.aborted) {
    const counts = await Promise.all(Array.from({ length: 4 }, async () => (await inForce(customer)).length));
    assert.ok(Math.max(...counts) >= least);
    least = Math.min(...counts);
  }
  await writer;
  assert.deepEqual(bench.anomalies, []);
});

test("the digest does not depend on the order of rows and changes with any of their content", () => {
  const id = fc.uuid().map((text) => text as Uuid);
  const row: fc.Arbitrary<StoredAssignment> = fc.record({
    customerId: id,
    assignmentId: id,
    assigneeId: id,
    unitId: fc.option(id),
    kind: fc.constantFrom("claim", "policy", "book"),
    state: fc.constant("open"),
    startsAt: fc.date({ noInvalidDate: true, min: new Date(0) }),
    endsAt: fc.option(fc.date({ noInvalidDate: true, min: new Date(0) })),
    revision: fc.integer({ min: 1 }),
    act: id,
  });
  const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 6, selector: (each) => each.assignmentId });
  fc.assert(
    fc.property(rows, row, fc.nat(), (some, other, at) => {
      const digest = assignmentsDigest(some);
      assert.equal(assignmentsDigest(some.toReversed()), digest);
      assert.notEqual(assignmentsDigest(some.slice(1)), digest);
      const changed = some.map((each, place) =>
        place === at % some.length ? { ...each, assigneeId: other.assigneeId } : each,
      );
      if (other.assigneeId !== some[at % some.length]?.assigneeId) assert.notEqual(assignmentsDigest(changed), digest);
    }),
  );
});
