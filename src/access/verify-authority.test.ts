// `verify data` over authority: silent when all is as the ledger says, and naming each row that is not.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, test } from "node:test";
import type { Uuid } from "../kernel/bytes.ts";
import { checkLedger } from "../ledger/ledger.ts";
import { sql, type Statement } from "../postgres/sql.ts";
import {
  gatherWrittenRows,
  verifyAuthority,
  type Authenticated,
  type AuthorityFinding,
  type WrittenRows,
} from "./access.ts";
import { administrator, makeClient, openTestAccess, type TestAccess } from "./test-access.ts";

let bench: TestAccess;
let admin: Authenticated;
let dpo: Authenticated;
let clerk: Authenticated;
let customer: Uuid;
beforeEach(async () => {
  bench = await openTestAccess();
  admin = await administrator(bench.access);
  dpo = (await makeClient(bench.access, admin, "dpo")).principal;
  clerk = (await makeClient(bench.access, admin, "csr")).principal;
  customer = await bench.customer();
  await bench.access.activatePolicySet(randomBytes(32));
  await bench.access.createAssignments([call(), { ...call(), kind: "claim" }], admin);
  await bench.access.setFlag({ customerId: customer, kind: "minor", endsAt: null }, dpo);
});
afterEach(() => bench.close());

const call = () =>
  ({ customerId: customer, assigneeId: clerk.principalId, unitId: null, kind: "call", endsAt: null }) as const;
const behindOurBack = (statement: Statement): Promise<unknown> => bench.db.owner.query(statement);

async function walk(): Promise<WrittenRows> {
  const written = gatherWrittenRows();
  const { db, keys, ledger } = bench;
  const check = checkLedger({ database: db.database, keys, origin: ledger.origin, logShard: 1, onEntry: written.note });
  for await (const discrepancy of check) assert.fail(discrepancy.code);
  return written;
}
async function findings(written?: WrittenRows): Promise<AuthorityFinding[]> {
  const { db, keys, ledger } = bench;
  return Array.fromAsync(verifyAuthority({ database: db.database, keys, ledger, written: written ?? (await walk()) }));
}

test("finds nothing after clients, assignments, flags and policies have been made, changed and ended", async () => {
  const { access } = bench;
  const open = (await access.authoritiesOf([customer])).get(customer)!.open!;
  await access.endAssignments([{ customerId: customer, assignmentId: open[0]!.assignmentId }], admin);
  await access.setClientStatus({ principalId: clerk.principalId, action: "client.suspend" }, admin);
  await access.rotateClientSecret(dpo.principalId, admin);
  await access.activatePolicySet(randomBytes(32));
  assert.deepEqual(await findings(), []);
});

test("takes what was written while it ran for what it is", async () => {
  const written = await walk();
  const { access } = bench;
  await access.setClientStatus({ principalId: clerk.principalId, action: "client.suspend" }, admin);
  await access.createAssignments([{ ...call(), kind: "policy" }], admin);
  await makeClient(access, admin, "csr");
  await access.activatePolicySet(randomBytes(32));
  assert.deepEqual(await findings(written), []);
});

test("names a forged principal, assignment, policy set and customer", async () => {
  await behindOurBack(sql`update principal set role = 'dpo' where principal_id = ${clerk.principalId}`);
  await behindOurBack(sql`update assignment set assignee_id = gen_random_uuid() where kind = 'call'`);
  await behindOurBack(sql`update policy_state set digest = sha256('permit all')`);
  const other = await bench.customer();
  await behindOurBack(
    sql`update customer set authority = set_byte(authority, 40, get_byte(authority, 40) # 1) where customer_id = ${other}`,
  );
  const codes = (await findings()).map(({ code, row }) => `${row} ${code}`).sort();
  assert.deepEqual(codes, [
    "assignment forged",
    "customer assignments-differ",
    "customer forged",
    "policy forged",
    "principal forged",
  ]);
});

test("names a revoked principal that was resurrected, which no MAC can show", async () => {
  const { principalId } = clerk;
  await behindOurBack(sql`create table kept as select * from principal where principal_id = ${principalId}`);
  await bench.access.setClientStatus({ principalId, action: "client.revoke" }, admin);
  await behindOurBack(sql`delete from principal where principal_id = ${principalId}`);
  await behindOurBack(sql`insert into principal select * from kept`);
  assert.deepEqual(await findings(), [{ code: "rolled-back", row: "principal", id: principalId }]);
});

test("names a resurrected principal even after the application has written it again", async () => {
  const { principalId } = clerk;
  await behindOurBack(sql`create table kept as select * from principal where principal_id = ${principalId}`);
  await bench.access.setClientStatus({ principalId, action: "client.suspend" }, admin);
  await behindOurBack(sql`delete from principal where principal_id = ${principalId}`);
  await behindOurBack(sql`insert into principal select * from kept`);
  // A process that started since has never seen the suspension.
  await (await bench.another()).rotateClientSecret(principalId, admin);
  assert.deepEqual(await findings(), [{ code: "revision-repeats", row: "principal", id: principalId }]);
});

test("names a customer whose flag and assignments were undone together with its row", async () => {
  await behindOurBack(sql`create table kept as select * from assignment`);
  await behindOurBack(sql`create table kept_customer as select * from customer`);
  const open = (await bench.access.authoritiesOf([customer])).get(customer)!.open!;
  const ended = open.find(({ kind }) => kind === "call")!;
  await bench.access.endAssignments([{ customerId: customer, assignmentId: ended.assignmentId }], admin);
  await bench.access.setFlag({ customerId: customer, kind: "protection-order", endsAt: null }, dpo);
  await behindOurBack(sql`delete from assignment`);
  await behindOurBack(sql`insert into assignment select * from kept`);
  await behindOurBack(
    sql`update customer c set revision = k.revision, act = k.act, authority = k.authority from kept_customer k
        where c.customer_id = k.customer_id`,
  );
  assert.deepEqual(await findings(), [
    { code: "rolled-back", row: "assignment", id: ended.assignmentId },
    { code: "rolled-back", row: "customer", id: customer },
  ]);
});

test("names an older policy set that was put back", async () => {
  await behindOurBack(sql`create table kept as select * from policy_state`);
  await bench.access.activatePolicySet(randomBytes(32));
  await behindOurBack(
    sql`update policy_state p set revision = k.revision, digest = k.digest, act = k.act, mac = k.mac from kept k`,
  );
  assert.deepEqual(await findings(), [{ code: "rolled-back", row: "policy", id: "policy-set" }]);
});

test("names principals, assignments and policy sets that are gone", async () => {
  await behindOurBack(sql`delete from principal where principal_id = ${clerk.principalId}`);
  await behindOurBack(sql`delete from assignment where kind = 'call'`);
  await behindOurBack(sql`delete from policy_state`);
  const codes = (await findings()).map(({ code, row }) => `${row} ${code}`).sort();
  assert.deepEqual(codes, ["assignment missing", "customer assignments-differ", "policy missing", "principal missing"]);
});

test("names a row whose act the ledger does not hold", async () => {
  // A row the application signed, but whose entry never was: as if somebody had made it with a stolen process.
  const { principalParts, verifiedPrincipal } = await import("./principal-row.ts");
  const { selectPrincipal, updatePrincipal } = await import("./principal-store.ts");
  const { newId } = await import("../kernel/ids.ts");
  const row = await selectPrincipal(bench.db.database, clerk.principalId);
  const stored = { ...verifiedPrincipal(bench.keys, row!)!, revision: 2, act: newId() };
  await bench.db.database.transaction((tx) =>
    updatePrincipal(tx, stored, bench.keys.authorityMac(principalParts(stored))),
  );
  assert.deepEqual(await findings(), [{ code: "act-unknown", row: "principal", id: clerk.principalId }]);
});

test("names a row that says something else than its act", async () => {
  const { principalParts, verifiedPrincipal } = await import("./principal-row.ts");
  const { selectPrincipal, updatePrincipal } = await import("./principal-store.ts");
  const row = await selectPrincipal(bench.db.database, clerk.principalId);
  const stored = { ...verifiedPrincipal(bench.keys, row!)!, entities: ["other-co"] };
  await bench.db.database.transaction((tx) =>
    updatePrincipal(tx, stored, bench.keys.authorityMac(principalParts(stored))),
  );
  assert.deepEqual(await findings(), [{ code: "content-differs", row: "principal", id: clerk.principalId }]);
});
