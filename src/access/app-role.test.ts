// What the application's own database role cannot do, even if somebody got hold of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql, type Statement } from "../postgres/sql.ts";
import { newId } from "../kernel/ids.ts";
import { administrator, makeClient, openTestAccess, type TestAccess } from "./test-access.ts";

let bench: TestAccess;
before(async () => {
  bench = await openTestAccess();
  const admin = await administrator(bench.access);
  const { principal } = await makeClient(bench.access, admin, "csr");
  const customerId = await bench.customer();
  await bench.access.createAssignments(
    [{ customerId, assigneeId: principal.principalId, unitId: null, kind: "call", endsAt: null }],
    admin,
  );
  await bench.access.activatePolicySet(new Uint8Array(32));
});
after(() => bench.close());

const DENIED: readonly (readonly [what: string, statement: Statement])[] = [
  ["delete principals", sql`delete from principal`],
  ["delete assignments", sql`delete from assignment`],
  ["delete the policy set", sql`delete from policy_state`],
  ["delete customers", sql`delete from customer`],
  ["truncate assignments", sql`truncate assignment`],
  ["change a principal's role", sql`update principal set role = 'dpo'`],
  ["change a principal's kind", sql`update principal set kind = 'system'`],
  ["change whose row a principal is", sql`update principal set principal_id = gen_random_uuid()`],
  ["move an assignment to another customer", sql`update assignment set customer_id = gen_random_uuid()`],
  ["move an assignment to another assignee", sql`update assignment set assignee_id = gen_random_uuid()`],
  ["widen an assignment", sql`update assignment set unit_id = null`],
];
for (const [what, statement] of DENIED) {
  test(`the application's role cannot ${what}`, async () => {
    // SQLSTATE 42501: insufficient_privilege.
    await assert.rejects(bench.db.database.query(statement), { code: "42501" });
  });
}

test("a second system principal is refused by the database", async () => {
  const insert = sql`insert into principal select ${newId()}, kind, role, name, purposes, row_scope, groups, entities, lines, class_ceiling,
    secret, status, expires_at, revision, act, mac from principal where kind = 'system'`;
  // SQLSTATE 23505: unique_violation.
  await assert.rejects(bench.db.database.query(insert), { code: "23505" });
});
