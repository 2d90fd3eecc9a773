// Nobody serves themselves: who may administer what, shown on the running thing, and every refusal in the ledger.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { ROLES, type Role } from "../kernel/vocabulary.ts";
import type { Action, Authenticated } from "./access.ts";
import { ACTIONS } from "./actions.ts";
import { administrator, codeOf, makeClient, openTestAccess, requestFor, type TestAccess } from "./test-access.ts";

let bench: TestAccess;
let admin: Authenticated;
const clients = new Map<Role, Authenticated>();
before(async () => {
  bench = await openTestAccess();
  admin = await administrator(bench.access);
  for (const role of ROLES) {
    const purposes = role === "service-account" ? { purposes: ["claim-handling"] as const } : {};
    if (bench.access.roles[role].daysMax > 0)
      clients.set(role, (await makeClient(bench.access, admin, role, purposes)).principal);
  }
});
after(() => bench.close());

/** Tries the action as each role, and returns the roles that were not refused for want of a right. */
async function rolesThatMay(attempt: (actor: Authenticated) => Promise<unknown>): Promise<Role[]> {
  const may: Role[] = [];
  for (const [role, actor] of clients) {
    const code = await attempt(actor).then(
      () => "done",
      (error: { code: string }) => error.code,
    );
    if (code !== "not-permitted") may.push(role);
  }
  return may.sort();
}

test("only access administrators make, change and resume clients", async () => {
  const { access } = bench;
  const target = (await makeClient(access, admin, "csr")).principal.principalId;
  assert.deepEqual(await rolesThatMay((actor) => access.createClient(requestFor(access, "csr"), actor)), [
    "access-admin",
  ]);
  assert.deepEqual(await rolesThatMay((actor) => access.changeClient({ principalId: target, scope: {} }, actor)), [
    "access-admin",
  ]);
  assert.deepEqual(await rolesThatMay((actor) => access.rotateClientSecret(target, actor)), ["access-admin"]);
  const set = (action: "client.suspend" | "client.resume" | "client.revoke") => (actor: Authenticated) =>
    access.setClientStatus({ principalId: target, action }, actor);
  assert.deepEqual(await rolesThatMay(set("client.suspend")), ["access-admin", "compliance", "security-admin"]);
  assert.deepEqual(await rolesThatMay(set("client.resume")), ["access-admin"]);
  assert.deepEqual(await rolesThatMay(set("client.revoke")), ["access-admin", "security-admin"]);
});

test("only the granting side assigns, only the privacy side flags", async () => {
  const { access } = bench;
  const customerId = await bench.customer();
  const assignment = { customerId, assigneeId: newId(), unitId: null, kind: "claim", endsAt: null } as const;
  assert.deepEqual(await rolesThatMay((actor) => access.createAssignments([assignment], actor)), ["access-admin"]);
  const flag = { customerId, kind: "vip", endsAt: null } as const;
  assert.deepEqual(await rolesThatMay((actor) => access.setFlag(flag, actor)), ["compliance", "dpo"]);
  const target = { customerId, flagId: newId() };
  assert.deepEqual(await rolesThatMay((actor) => access.endFlag(target, actor)), ["compliance", "dpo"]);
  const feed = (await makeClient(access, admin, "service-account", { purposes: ["administration"], classCeiling: [] }))
    .principal;
  assert.equal((await access.createAssignments([{ ...assignment, assigneeId: newId() }], feed)).length, 1);
});

test("nobody assigns to itself or to a group of its own", async () => {
  const { access } = bench;
  const group = newId();
  const feed = (
    await makeClient(access, admin, "service-account", {
      purposes: ["administration"],
      classCeiling: [],
      rowScope: "groups",
      groups: [group],
      entities: ["life-co"],
      lines: ["life"],
    })
  ).principal;
  const customerId = await bench.customer();
  const to = (assigneeId: Uuid, actor: Authenticated): Promise<string> =>
    codeOf(() =>
      access.createAssignments([{ customerId, assigneeId, unitId: null, kind: "book", endsAt: null }], actor),
    );
  assert.equal(await to(admin.principalId, admin), "own-authority");
  assert.equal(await to(feed.principalId, feed), "own-authority");
  assert.equal(await to(group, feed), "own-authority");
  assert.deepEqual((await access.assignmentsFor([customerId])).get(customerId), []);
});

test("an administrator changes nothing about itself but its secret", async () => {
  const { access } = bench;
  const { principal } = await makeClient(access, admin, "access-admin");
  const { principalId } = principal;
  assert.equal(await codeOf(() => access.changeClient({ principalId, scope: {} }, principal)), "own-authority");
  const suspend = { principalId, action: "client.suspend" } as const;
  assert.equal(await codeOf(() => access.setClientStatus(suspend, principal)), "own-authority");
});

test("the system principal is nobody's to change", async () => {
  const { access } = bench;
  const { principalId } = access.system;
  assert.equal(await codeOf(() => access.rotateClientSecret(principalId, admin)), "unknown-client");
  const revoke = { principalId, action: "client.revoke" } as const;
  assert.equal(await codeOf(() => access.setClientStatus(revoke, admin)), "unknown-client");
});

test("every refused attempt is an entry that names its actor, what it tried and why it was refused", async () => {
  const { access, ledger } = bench;
  const csr = clients.get("csr")!;
  const customerId = await bench.customer();
  const target = (await makeClient(access, admin, "csr")).principal.principalId;
  await codeOf(() => access.setFlag({ customerId, kind: "vip", endsAt: null }, csr));
  await codeOf(() => access.setClientStatus({ principalId: target, action: "client.revoke" }, csr));
  const page = await ledger.list({ actorId: csr.principalId, outcomes: ["denied"] }, { limit: 2 });
  const details = await Promise.all(page.items.map(async ({ entryId }) => (await ledger.opening(entryId))?.detail));
  assert.deepEqual(
    details.map((detail) => [detail?.["action"], detail?.["refused"], detail?.["targets"], detail?.["authority"]]),
    [
      ["client.revoke", "not-permitted", [target], []],
      ["flag.set", "not-permitted", [customerId], []],
    ],
  );
});

test("administrators of any kind may not touch or be told of customers' data", () => {
  const about: readonly Action[] = [
    "customer.create",
    "customer.correct",
    "customer.link",
    "unit.change",
    "match.decide",
    "accounting.read",
    "opening.read",
    "erasure.request",
  ];
  for (const role of ["access-admin", "it-admin", "security-admin"] as const) {
    for (const action of about) assert.equal(bench.access.may(clients.get(role)!, action), false, `${role} ${action}`);
  }
});

test("an internal auditor may read and run checks, and do nothing that alters anything", () => {
  const auditor = clients.get("internal-auditor")!;
  const held = ACTIONS.filter((action) => bench.access.may(auditor, action));
  // In the order of the alphabet: where an action stands in the list says nothing.
  const expected = [
    "client.list",
    "finding.list",
    "staff.list",
    "team.list",
    "grant.list",
    "attestation.list",
    "policy.rehearse",
    "assignment.list",
    "authorization.read",
    "demand.read",
    "disposal.read",
    "choice.read",
    "notice.read",
    "import.read",
    "hold.read",
    "data-copy.read",
    "letter.read",
    "telling.read",
    "policy.read",
    "ledger.read",
    "opening.read",
    "accounting.read",
    "viewers.read",
    "statistics.read",
    "key.read",
    "verification.run",
    "watch.read",
    "catastrophe.list",
    "webhook.list",
    "recipient.read",
    "package.oversee",
    "review.read",
  ];
  assert.deepEqual(held.toSorted(), expected.toSorted());
});

test("a right that hangs on a purpose needs a client registered for it, and a request that states it", () => {
  const { access } = bench;
  const account = clients.get("service-account")!;
  assert.equal(access.may(account, "customer.create"), true);
  assert.equal(access.may(account, "customer.create", "claim-handling"), true);
  assert.equal(access.may(account, "customer.create", "quote"), false);
  assert.equal(access.may(account, "import.run"), false);
  assert.equal(access.may({ ...account, purposes: ["administration"] }, "import.run"), true);
  assert.equal(access.may({ ...account, purposes: ["administration"] }, "customer.create"), false);
  assert.equal(access.may(clients.get("dpo")!, "erasure.request", "marketing"), false);
});

test("what the server does by itself nobody else may do, and the other way round", () => {
  const { access } = bench;
  const system = { ...access.system };
  for (const action of ["policy.activate", "erasure.finish"] as const) {
    assert.equal(access.may(system, action), true);
    for (const actor of clients.values()) assert.equal(access.may(actor, action), false);
  }
  for (const action of ["client.create", "assignment.create", "flag.set", "erasure.request", "import.run"] as const) {
    assert.equal(access.may(system, action), false);
  }
});
