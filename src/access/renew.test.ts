// Rotation of the authority key: everything stays in force, under its old revision, until the old key is gone.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { sql } from "../postgres/sql.ts";
import { isAuthorityVersionUsed, type Access, type Authenticated, type RenewalCursor } from "./access.ts";
import { administrator, makeClient, openTestAccess, signedIn, type TestAccess } from "./test-access.ts";

let bench: TestAccess;
let admin: Authenticated;
let dpo: Authenticated;
beforeEach(async () => {
  bench = await openTestAccess();
  admin = await administrator(bench.access);
  dpo = (await makeClient(bench.access, admin, "dpo")).principal;
});
afterEach(() => bench.close());

async function renewAll(access: Access): Promise<{ renewed: number; unverified: number }> {
  const sum = { renewed: 0, unverified: 0 };
  for (let cursor: RenewalCursor | null = null; ;) {
    const batch = await access.renewBatch(cursor);
    sum.renewed += batch.renewed;
    sum.unverified += batch.unverified;
    if (batch.next === null) return sum;
    cursor = batch.next;
  }
}

test("after a rotation and renewal all authority stands under the new key, as it was", async () => {
  const { access, keys, db } = bench;
  const { token, principal } = await makeClient(access, admin, "csr", { name: "Counter four" });
  const customerId = await bench.customer();
  const [assignmentId] = await access.createAssignments(
    [{ customerId, assigneeId: principal.principalId, unitId: newId(), kind: "call", endsAt: null }],
    admin,
  );
  await access.setFlag({ customerId, kind: "minor", endsAt: null }, dpo);
  const set = await access.activatePolicySet(new Uint8Array(32));
  const authority = (await access.authoritiesOf([customerId])).get(customerId);

  await keys.rotateDomain("authority");
  assert.equal(await isAuthorityVersionUsed(db.database, 1), true);
  assert.deepEqual(await renewAll(access), { renewed: 4 + 1 + 1 + 1, unverified: 0 });
  assert.deepEqual(await renewAll(access), { renewed: 0, unverified: 0 });
  assert.equal(await isAuthorityVersionUsed(db.database, 1), false);
  await keys.retireVersion("authority", 1, () => isAuthorityVersionUsed(db.database, 1));

  const other = await bench.another();
  assert.deepEqual(await signedIn(other, token), principal);
  assert.equal((await other.describePrincipal(principal.principalId))?.name, "Counter four");
  assert.deepEqual((await other.authoritiesOf([customerId])).get(customerId), authority);
  assert.deepEqual(
    (await other.assignmentsFor([customerId])).get(customerId)?.map((each) => each.assignmentId),
    [assignmentId],
  );
  assert.deepEqual(await other.currentPolicySet(), set);
  assert.deepEqual(bench.anomalies, []);
});

test("renewal signs nothing that was forged, and says that it is there", async () => {
  const { access, keys, db } = bench;
  const { token, principal } = await makeClient(access, admin, "csr");
  const customerId = await bench.customer();
  await access.createAssignments(
    [{ customerId, assigneeId: principal.principalId, unitId: null, kind: "call", endsAt: null }],
    admin,
  );
  await keys.rotateDomain("authority");
  await db.owner.query(sql`update principal set role = 'dpo' where principal_id = ${principal.principalId}`);
  await db.owner.query(sql`update assignment set kind = 'block'`);
  await db.owner.query(sql`update customer set revision = 7`);
  const { unverified } = await renewAll(access);
  assert.equal(unverified, 3);
  assert.equal(await (await bench.another()).authenticate(token), null);
  assert.deepEqual((await access.assignmentsFor([customerId])).get(customerId), []);
  await assert.rejects(
    keys.retireVersion("authority", 1, () => isAuthorityVersionUsed(db.database, 1)),
    { code: "still-used" },
  );
});

test("renewal beside writers loses nothing", async () => {
  const { access, keys } = bench;
  const customers = await Promise.all(Array.from({ length: 4 }, () => bench.customer()));
  const give = () =>
    access.createAssignments(
      customers.map(
        (customerId) => ({ customerId, assigneeId: newId(), unitId: null, kind: "claim", endsAt: null }) as const,
      ),
      admin,
    );
  await give();
  await keys.rotateDomain("authority");
  await Promise.all([renewAll(access), give(), renewAll(access), give()]);
  const found = await access.assignmentsFor(customers);
  assert.deepEqual(
    [...found.values()].map((each) => each.length),
    [3, 3, 3, 3],
  );
  assert.deepEqual(bench.anomalies, []);
});
