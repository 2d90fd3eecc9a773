// Principals written behind the application's back, by somebody who holds the database as its owner.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { asToken, type Uuid } from "../kernel/bytes.ts";
import { sql, type Statement } from "../postgres/sql.ts";
import type { Authenticated } from "./access.ts";
import { newClientToken, printClientToken, secretDigest } from "./client-token.ts";
import {
  administrator,
  codeOf,
  makeClient,
  openTestAccess,
  requestFor,
  signedIn,
  type TestAccess,
} from "./test-access.ts";

let bench: TestAccess;
let admin: Authenticated;
before(async () => {
  bench = await openTestAccess();
  admin = await administrator(bench.access);
});
after(() => bench.close());

const behindOurBack = (statement: Statement): Promise<unknown> => bench.db.owner.query(statement);
const reported = (code: string, id: Uuid): boolean =>
  bench.anomalies.some((anomaly) => anomaly.code === code && anomaly.row === "principal" && anomaly.id === id);

const CHANGES: readonly (readonly [what: string, set: Statement])[] = [
  ["a raised role", sql`role = 'dpo'`],
  ["more purposes", sql`purposes = purposes || '{fraud-investigation}'`],
  ["purposes in another order", sql`purposes = array(select unnest(purposes) order by 1 desc)`],
  ["a wider row scope", sql`row_scope = 'everything-masked'`],
  ["another group", sql`groups = array[gen_random_uuid()]`],
  ["another entity", sql`entities = entities || '{other-co}'`],
  ["another line", sql`lines = lines || '{health}'`],
  ["a lifted class ceiling", sql`class_ceiling = 32767`],
  ["a later expiry", sql`expires_at = expires_at + interval '1 year'`],
  ["no role of ours", sql`role = 'root'`],
  ["another revision", sql`revision = revision + 1`],
  ["another act", sql`act = gen_random_uuid()`],
  ["another name", sql`name = set_byte(name, 20, get_byte(name, 20) # 1)`],
  ["a MAC under an unknown key version", sql`mac = set_byte(mac, 3, 77)`],
  ["a MAC of zeros", sql`mac = decode(repeat('00', 36), 'hex')`],
];

for (const [what, set] of CHANGES) {
  test(`a principal with ${what} grants nothing and is reported`, async () => {
    const { token, principal } = await makeClient(bench.access, admin, "csr");
    await behindOurBack(sql`update principal set ${set} where principal_id = ${principal.principalId}`);
    const other = await bench.another();
    assert.equal(await other.authenticate(token), null);
    assert.equal(await other.reread(principal.principalId), null);
    assert.ok(reported("forged", principal.principalId));
  });
}

test("a suspended or revoked principal set active again grants nothing", async () => {
  const { access } = bench;
  for (const action of ["client.suspend", "client.revoke"] as const) {
    const { token, principal } = await makeClient(access, admin, "csr");
    await access.setClientStatus({ principalId: principal.principalId, action }, admin);
    await behindOurBack(sql`update principal set status = 'active' where principal_id = ${principal.principalId}`);
    assert.equal(await (await bench.another()).authenticate(token), null);
    assert.ok(reported("forged", principal.principalId));
  }
});

test("an inserted principal grants nothing, even with a secret digest of the intruder's own making", async () => {
  const { principal } = await makeClient(bench.access, admin, "claims-adjuster");
  const token = newClientToken(newId());
  // The strongest case: the digest key has leaked too, but not the MAC key.
  const digest = secretDigest(bench.keys, token);
  await behindOurBack(
    sql`insert into principal select ${token.principalId}, kind, role, name, purposes, row_scope, groups, entities, lines, class_ceiling,
          ${digest}, status, expires_at, revision, act, mac from principal where principal_id = ${principal.principalId}`,
  );
  assert.equal(await bench.access.authenticate(printClientToken(token)), null);
  assert.ok(reported("forged", token.principalId));
});

test("a secret digest copied from another client's row does not let its holder in", async () => {
  const weak = await makeClient(bench.access, admin, "repair-shop");
  const strong = await makeClient(bench.access, admin, "access-admin");
  await behindOurBack(
    sql`update principal set secret = (select secret from principal where principal_id = ${weak.principal.principalId})
        where principal_id = ${strong.principal.principalId}`,
  );
  const other = await bench.another();
  assert.equal(await other.authenticate(strong.token), null);
  assert.equal(await other.authenticate(strong.token.slice(0, 37) + weak.token.slice(37)), null);
  assert.ok(reported("forged", strong.principal.principalId));
});

test("a row put back to an older state is refused by every process that has seen the newer one", async () => {
  const { access } = bench;
  const { token, principal } = await makeClient(access, admin, "csr");
  const { principalId } = principal;
  await behindOurBack(sql`create table kept as select * from principal where principal_id = ${principalId}`);
  await access.setClientStatus({ principalId, action: "client.revoke" }, admin);
  await behindOurBack(sql`delete from principal where principal_id = ${principalId}`);
  await behindOurBack(sql`insert into principal select * from kept`);
  bench.pass(2000);
  assert.equal(await access.authenticate(token), null);
  assert.equal(await codeOf(() => access.rotateClientSecret(principalId, admin)), "forged-authority");
  assert.ok(reported("rolled-back", principalId));
});

test("a forged principal cannot be laundered by changing it through the application", async () => {
  const { access } = bench;
  const { principal } = await makeClient(access, admin, "csr");
  const { principalId } = principal;
  await behindOurBack(sql`update principal set role = 'dpo' where principal_id = ${principalId}`);
  assert.equal(await codeOf(() => access.rotateClientSecret(principalId, admin)), "forged-authority");
  assert.equal(await codeOf(() => access.changeClient({ principalId, scope: {} }, admin)), "forged-authority");
  const suspend = { principalId, action: "client.suspend" } as const;
  assert.equal(await codeOf(() => access.setClientStatus(suspend, admin)), "forged-authority");
});

test("a reviewer's list names rows that do not verify", async () => {
  const { principal } = await makeClient(bench.access, admin, "csr");
  await behindOurBack(sql`update principal set role = 'dpo' where principal_id = ${principal.principalId}`);
  const page = await bench.access.listPrincipals({ after: null, limit: 200 });
  assert.ok(page.unverified.includes(principal.principalId));
  assert.ok(page.principals.every(({ principalId }) => principalId !== principal.principalId));
});

test("unforged principals go on working beside a forged one", async () => {
  const { access } = bench;
  const forged = await makeClient(access, admin, "csr");
  const sound = await makeClient(access, admin, "csr");
  await behindOurBack(
    sql`update principal set mac = ${asToken(new Uint8Array(36))} where principal_id = ${forged.principal.principalId}`,
  );
  const other = await bench.another();
  assert.equal((await signedIn(other, sound.token)).principalId, sound.principal.principalId);
  assert.ok((await other.createClient(requestFor(other, "csr"), admin)).token);
});
