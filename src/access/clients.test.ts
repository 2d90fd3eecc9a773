// API clients: made within their role, changed, suspended, revoked, and each time one revision further.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { ROLES } from "../kernel/vocabulary.ts";
import { sql } from "../postgres/sql.ts";
import type { Authenticated } from "./access.ts";
import {
  administrator,
  codeOf,
  DAY_MS,
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

test("a client signs in with what it was registered for and nothing else", async () => {
  const { access } = bench;
  const group = newId();
  const request = requestFor(access, "agent", {
    groups: [group, group],
    purposes: ["quote"],
    entities: ["b-co", "a-co"],
  });
  const { token, principalId } = await access.createClient(request, admin);
  const principal = await signedIn(access, token);
  assert.equal(principal.principalId, principalId);
  assert.equal(principal.role, "agent");
  assert.deepEqual(principal.purposes, ["quote"]);
  assert.deepEqual(principal.groups, [group]);
  assert.deepEqual(principal.entities, ["a-co", "b-co"]);
  assert.equal(principal.revision, 1);
  assert.equal("secret" in principal || "name" in principal, false);
});

test("every role gets a client exactly where the table allows one", async () => {
  const { access } = bench;
  for (const role of ROLES) {
    if (access.roles[role].daysMax === 0) {
      assert.equal(await codeOf(() => access.createClient(requestFor(access, role), admin)), "role-not-for-clients");
    } else {
      assert.equal((await makeClient(access, admin, role)).principal.role, role);
    }
  }
});

test("a client never gets more than its role", async () => {
  const { access } = bench;
  const refused = async (role: (typeof ROLES)[number], changes: object): Promise<string> =>
    codeOf(() => access.createClient(requestFor(access, role, changes), admin));
  assert.equal(await refused("claims-adjuster", { purposes: ["claim-handling", "marketing"] }), "purpose-not-for-role");
  assert.equal(await refused("claims-adjuster", { purposes: [] }), "purpose-not-for-role");
  assert.equal(
    await refused("access-admin", { purposes: ["administration", "claim-handling"] }),
    "purpose-not-for-role",
  );
  assert.equal(await refused("service-account", { purposes: ["billing", "quote"] }), "too-many-purposes");
  assert.equal(await refused("service-account", { classCeiling: null }), "scope-incomplete");
  assert.equal(await refused("service-account", { rowScope: "everything-masked" }), "scope-not-for-role");
  assert.equal(await refused("claims-adjuster", { rowScope: "everything-masked" }), "scope-not-for-role");
  assert.equal(await refused("agent", { groups: [] }), "scope-incomplete");
  assert.equal(await refused("claims-adjuster", { entities: [] }), "scope-incomplete");
  assert.equal(await refused("claims-adjuster", { lines: [] }), "scope-incomplete");
  assert.equal(await refused("claims-adjuster", { entities: ["Not A Code"] }), "scope-incomplete");
  assert.equal(await refused("access-admin", { entities: ["life-co"] }), "scope-incomplete");
  assert.equal(await refused("csr", { name: "  " }), "bad-name");
  assert.equal(await refused("csr", { expiresAt: new Date(bench.now().getTime() - 1) }), "bad-expiry");
  assert.equal(await refused("csr", { expiresAt: new Date(bench.now().getTime() + 401 * DAY_MS) }), "bad-expiry");
  assert.equal(await refused("csr", { expiresAt: new Date(Number.NaN) }), "bad-expiry");
});

test("a change takes effect at once in this process, one revision further", async () => {
  const { access } = bench;
  const { principal, token } = await makeClient(access, admin, "underwriter");
  const revision = await access.changeClient(
    { principalId: principal.principalId, scope: { purposes: ["quote"] } },
    admin,
  );
  assert.equal(revision, 2);
  const changed = await signedIn(access, token);
  assert.deepEqual(changed.purposes, ["quote"]);
  assert.deepEqual(changed.entities, principal.entities);
  assert.equal(changed.revision, 2);
  assert.notEqual(changed.act, principal.act);
});

test("a change cannot widen a client beyond its role", async () => {
  const { access } = bench;
  const { principal } = await makeClient(access, admin, "billing");
  const widen = { principalId: principal.principalId, scope: { purposes: ["billing", "audit"] as const } };
  assert.equal(await codeOf(() => access.changeClient(widen, admin)), "purpose-not-for-role");
});

test("a suspended client does not sign in until it is resumed, a revoked one never again", async () => {
  const { access } = bench;
  const { principal, token } = await makeClient(access, admin, "csr");
  const { principalId } = principal;
  const set = (action: "client.suspend" | "client.resume" | "client.revoke"): Promise<number> =>
    access.setClientStatus({ principalId, action }, admin);
  await set("client.suspend");
  assert.equal(await access.authenticate(token), null);
  assert.equal(await codeOf(() => set("client.suspend")), "wrong-status");
  await set("client.resume");
  assert.equal((await signedIn(access, token)).revision, 3);
  await set("client.revoke");
  assert.equal(await access.authenticate(token), null);
  assert.equal(await codeOf(() => set("client.resume")), "wrong-status");
  assert.equal(await codeOf(() => access.rotateClientSecret(principalId, admin)), "wrong-status");
  assert.equal(await codeOf(() => access.changeClient({ principalId, scope: {} }, admin)), "wrong-status");
});

test("a rotated secret replaces the former one at once", async () => {
  const { access } = bench;
  const { principal, token } = await makeClient(access, admin, "csr");
  const rotated = await access.rotateClientSecret(principal.principalId, admin);
  assert.equal(await access.authenticate(token), null);
  assert.equal((await signedIn(access, rotated.token)).principalId, principal.principalId);
});

test("a client may replace its own secret, and nothing else of itself", async () => {
  const { access } = bench;
  const { principal } = await makeClient(access, admin, "csr");
  const rotated = await access.rotateClientSecret(principal.principalId, principal);
  assert.equal((await signedIn(access, rotated.token)).revision, 2);
  assert.equal(await codeOf(() => access.rotateClientSecret(principal.principalId, principal)), "stale-actor");
});

test("the names of clients stand nowhere in clear", async () => {
  const { access, db } = bench;
  const name = "Zebulon Quartermain";
  const { principal } = await makeClient(access, admin, "csr", { name });
  assert.equal((await access.describePrincipal(principal.principalId))?.name, name);
  const rows = await db.owner.query<{ found: boolean }>(
    sql`with marker as (select encode(convert_to('Zebulon', 'UTF8'), 'hex') as hex)
        select exists (select from principal p, marker where p::text ~ ('Zebulon|' || hex))
          or exists (select from ledger_entry e, marker where e::text ~ ('Zebulon|' || hex)) as found`,
  );
  assert.equal(rows[0]?.found, false);
});

test("the list pages through every client once", async () => {
  const { access, db } = bench;
  const seen: string[] = [];
  for (
    let page = await access.listPrincipals({ after: null, limit: 7 });
    ;
    page = await access.listPrincipals({ after: page.next, limit: 7 })
  ) {
    seen.push(...page.principals.map(({ principalId }) => principalId));
    assert.deepEqual(page.unverified, []);
    if (page.next === null) break;
  }
  const [row] = await db.owner.query<{ count: number }>(sql`select count(*) as count from principal`);
  assert.equal(new Set(seen).size, seen.length);
  assert.equal(seen.length, row?.count);
});

test("a client changed meanwhile cannot act on what it was", async () => {
  const { access } = bench;
  const { principal: other } = await makeClient(access, admin, "access-admin");
  await access.setClientStatus({ principalId: other.principalId, action: "client.suspend" }, admin);
  assert.equal(await codeOf(() => access.createClient(requestFor(access, "csr"), other)), "stale-actor");
});

test("further writes of the caller happen in the same transaction or not at all", async () => {
  const { access, db } = bench;
  const marker = newId();
  const fails = access.createClient(requestFor(access, "csr"), admin, async (tx, [principalId]) => {
    assert.ok(principalId);
    await tx.query(sql`insert into idempotency_key (principal_id, key_token, body_token, route, result, created_at)
      select ${marker}, sha256('key'), sha256('body'), 'clients', array[${principalId}]::uuid[], now()`);
    throw new Error("the caller's write failed");
  });
  await assert.rejects(fails, /the caller's write failed/);
  const rows = await db.owner.query(sql`select 1 from idempotency_key where principal_id = ${marker}`);
  assert.equal(rows.length, 0);
});
