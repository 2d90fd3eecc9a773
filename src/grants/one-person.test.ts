// Guarantee: whoever has two principals is one person to every rule that asks for two, and to every rule against serving oneself.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { codeOf } from "../access/test-access.ts";
import type { Authenticated } from "../access/access.ts";
import type { ReviewRequest } from "../reviews/reviews.ts";
import { parseKeys } from "../systems/systems.ts";
import { makeKey } from "../systems/test-assertion.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Purpose, Role } from "../kernel/vocabulary.ts";
import { openTestPortal, type TestCustomer, type TestPortal } from "../portal/test-portal.ts";

let bench: TestPortal;
let admin: Authenticated;
let customer: TestCustomer;
const PURPOSES = {
  "access-admin": "administration",
  "security-admin": "incident-response",
  compliance: "complaint",
  csr: "complaint",
  dpo: "complaint",
  "claims-adjuster": "claim-handling",
} as const satisfies Partial<Record<Role, Purpose>>;
type Worker = keyof typeof PURPOSES;
let people = 0;

before(async () => {
  bench = await openTestPortal({ settings: { UBERRIMA_CLIENT_APPROVAL: "required" } });
  admin = await fresh(bench.server.admin.principalId);
  customer = await bench.customer({ email: "whoever@mailbox.example" });
});
after(() => bench.close());

const domains = () => bench.server.app.domains;

/** As a session would have them, a factor shown just now. */
async function fresh(principalId: Uuid): Promise<Authenticated> {
  const found = await domains().access.reread(principalId);
  assert.ok(found !== null);
  const at = domains().clock.now();
  const methods = ["passkey"] as const;
  return {
    ...found,
    signIn: { sessionId: principalId, methods, at, strongAt: at, phishingResistantAt: at },
  };
}

async function hire(role: Worker): Promise<Uuid> {
  const { access } = domains();
  const rowScope = access.roles[role].rowScopes.find((each) => each !== "groups") ?? "none";
  const reach = rowScope === "none" ? { entities: [], lines: [] } : { entities: ["acme"], lines: ["auto"] as const };
  const scope = { purposes: [PURPOSES[role]], rowScope, groups: [], classCeiling: null, expiresAt: null, ...reach };
  return access.createStaff({ role, name: "Robin Vale", ...scope }, await fresh(admin.principalId));
}

/** Two principals of one person, as personnel says. */
async function twins(one: Worker, other: Worker): Promise<readonly [Authenticated, Authenticated]> {
  people += 1;
  const ids = [await hire(one), await hire(other)] as const;
  for (const principalId of ids)
    await domains().grants.identifyPerson({ principalId, personnelNumber: `N-${people}` }, await self());
  return [await fresh(ids[0]), await fresh(ids[1])];
}

const self = () => fresh(admin.principalId);
const refusedFor = (work: () => Promise<unknown>) => codeOf(work);

describe("one person with two principals", () => {
  test("gives the other neither customers, rights, a team, nor a way back from leave, and says of the other who it is no more", async () => {
    const [granting, using] = await twins("access-admin", "claims-adjuster");
    const { access, grants, systems } = domains();
    const principalId = using.principalId;
    const assignment = { customerId: customer.customerId, assigneeId: principalId, unitId: null, endsAt: null };
    await grants.createTeam("night desk", granting);
    const attempts: Readonly<Record<string, () => Promise<unknown>>> = {
      assign: () => access.createAssignments([{ ...assignment, kind: "claim" }], granting),
      widen: () => access.changeClient({ principalId, scope: { purposes: ["subrogation"] } }, granting),
      leave: () => access.setClientStatus({ principalId, action: "staff.leave" }, granting),
      team: () => grants.changeTeam({ team: "night desk", principalId, change: "add" }, granting),
      identify: () => grants.identifyPerson({ principalId, personnelNumber: "somebody else" }, granting),
    };
    for (const [what, attempt] of Object.entries(attempts))
      assert.equal(await refusedFor(attempt), "own-authority", what);
    assert.equal((await access.createAssignments([{ ...assignment, kind: "claim" }], await self())).length, 1);
    const client = await bench.server.createClient({
      role: "service-account",
      purposes: ["claim-handling"],
      classCeiling: ["identity"],
    });
    await grants.identifyPerson({ principalId: client.principalId, personnelNumber: `N-${people}` }, await self());
    const terms = () => systems.setTerms(client.principalId, { actsFor: "staff" }, granting);
    assert.equal(await refusedFor(terms), "needs-second-person");
  });

  test("approves no staff and no client that the other asked for", async () => {
    const [asking, approving] = await twins("access-admin", "access-admin");
    const { signIns, systems } = domains();
    const scope = {
      purposes: ["claim-handling"],
      rowScope: "assignments",
      groups: [],
      entities: ["acme"],
      lines: ["auto"],
    } as const;
    const adjuster = { ...scope, role: "claims-adjuster", name: "Eve", classCeiling: null, expiresAt: null } as const;
    const made = await signIns.staff.make({ ...adjuster, email: "eve@insurer.example", supervisorId: null }, asking);
    assert.ok(made.isPending);
    assert.equal(await refusedFor(() => signIns.staff.approve(made.principalId, approving)), "own-authority");
    await signIns.staff.approve(made.principalId, await self());
    const [key] = parseKeys({ keys: [makeKey("ES256").publicJwk] });
    const registering = { proofs: [{ type: "key", key: key! } as const], terms: {} };
    const robot = { ...adjuster, role: "dpo", purposes: ["complaint"], name: "a robot", expiresAt: null } as const;
    const { clientId, isPending } = await systems.register(robot, registering, { actor: asking });
    assert.ok(isPending);
    assert.equal(await refusedFor(() => systems.approve(clientId, approving)), "own-authority");
    await systems.approve(clientId, await self());
    await systems.setTerms(clientId, { actsFor: "staff" }, asking);
    assert.equal(await refusedFor(() => systems.approve(clientId, approving)), "own-authority");
    await systems.approve(clientId, await self());
  });

  test("resets nothing of the other's, nor what the other asked to reset, and is not named by the other to vouch", async () => {
    const { signIns } = domains();
    const { staff } = signIns;
    const [asking, approving] = await twins("access-admin", "security-admin");
    const person = await invited("lost@insurer.example");
    const callBack = { calledAt: domains().clock.now().toISOString(), reference: "INC-77" };
    const asked = { principalId: person, path: "two-people", callBack } as const;
    const { resetId } = await staff.askForReset(asked, asking);
    const at = { principalId: person, resetId };
    assert.equal(await refusedFor(() => staff.approveReset(at, approving)), "same-person");
    const third = await fresh(await hire("security-admin"));
    assert.ok((await staff.approveReset(at, third)).token.length > 20);
    const account = await invited("twin@insurer.example");
    for (const principalId of [account, asking.principalId])
      await domains().grants.identifyPerson({ principalId, personnelNumber: "N-twin" }, await self());
    assert.equal(await refusedFor(() => staff.askForReset({ ...asked, principalId: account }, asking)), "own-reset");
    const other = await staff.askForReset({ ...asked, principalId: account }, third);
    const own = { principalId: account, resetId: other.resetId };
    assert.equal(await refusedFor(() => staff.approveReset(own, asking)), "own-reset");
    assert.equal(await refusedFor(() => staff.nameSupervisor(person, account, asking)), "bad-supervisor");
    assert.equal(await refusedFor(() => staff.nameSupervisor(account, person, asking)), "bad-supervisor");
  });

  test("approves no representative that the other asked for, confirms no call-back of the other's, and gives no more tries to the other's callers", async () => {
    const { representations, callers, access } = domains();
    const [asking, approving] = await twins("dpo", "compliance");
    const representative = await bench.customer({ email: "acting@mailbox.example" });
    const draft = { kind: "power-of-attorney", unitIds: null, classes: null, startsAt: null, endsAt: null } as const;
    const named = { customerId: customer.customerId, representativeId: representative.customerId };
    const documentId = customer.recordIds.get("document")!;
    const representationId = await representations.request({ ...draft, ...named, documentId }, asking);
    const at = { customerId: customer.customerId, representationId };
    assert.equal(await refusedFor(() => representations.approve(at, approving)), "own-request");
    await representations.approve(at, await fresh(await hire("compliance")));

    const [agent, watching] = await twins("csr", "compliance");
    const line = { customerId: customer.customerId, assigneeId: agent.principalId, unitId: null, endsAt: null };
    await access.createAssignments([{ ...line, kind: "call" }], await self());
    const call = { caller: "customer", representativeId: null, interpreter: null, purpose: "complaint" } as const;
    const started = await callers.start(
      { ...call, customerId: customer.customerId } as never,
      await fresh(agent.principalId),
    );
    const of = { customerId: customer.customerId, callId: started.callId };
    const [contact] = started.contacts;
    await callers.callBack(of, contact!, await fresh(agent.principalId));
    assert.equal(await refusedFor(() => callers.confirmCallBack(of, watching)), "own-call");
    for (let tried = 0; tried < 3; tried += 1)
      await callers.answer(of, { code: "00000000" }, await fresh(agent.principalId));
    assert.equal(await refusedFor(() => callers.unlock(customer.customerId, watching)), "own-call");
    await callers.unlock(customer.customerId, await fresh(await hire("compliance")));
    await callers.confirmCallBack(of, await fresh(await hire("compliance")));
  });

  test("decides no alert about the other, widens no ceilings that the other asked to widen, and writes no profile of the other", async () => {
    const { watch } = domains();
    const [asking, approving] = await twins("security-admin", "dpo");
    const endsAt = new Date(domains().clock.now().getTime() + 86_400_000);
    const storm = { reason: "a storm on the coast", roles: ["claims-adjuster"] as const, endsAt };
    const { catastropheId } = await watch.catastrophes.request(storm, asking);
    assert.equal(await refusedFor(() => watch.catastrophes.approve(catastropheId, approving)), "own-authority");
    assert.notEqual((await watch.catastrophes.approve(catastropheId, await fresh(await hire("dpo")))).approvedBy, null);
    const [writing, subject] = await twins("access-admin", "claims-adjuster");
    const profile = { firstName: null, lastName: "Vale", birthDate: null, street: null, postcode: null, country: "US" };
    const of = { principalId: subject.principalId, profile: { ...profile, phones: [], emails: [], customerId: null } };
    assert.equal(await refusedFor(() => watch.setProfile(of, writing)), "own-authority");
    await watch.setProfile(of, await self());
    const [looking, reviewing] = await twins("claims-adjuster", "dpo");
    const alertId = await alertAbout(looking);
    const decision = { alertId, decision: "false-alarm", reason: "nothing in it" } as const;
    assert.equal(await refusedFor(() => watch.alerts.decide(decision, reviewing)), "own-authority");
    const decided = await watch.alerts.decide(decision, await fresh(await hire("dpo")));
    assert.equal(decided.decided?.decision, "false-alarm");
  });

  test("is given no line of a review about the other or about whom the other let in, and decides none that came to it", async () => {
    const { reviews } = domains();
    const [reviewing, subject] = await twins("compliance", "claims-adjuster");
    const second = await fresh(await hire("compliance"));
    const asked = {
      name: "Spring",
      scope: { subjects: ["staff" as const], roles: [], entities: [], principals: [subject.principalId] },
      reviewers: [reviewing.principalId],
      escalation: second.principalId,
      dueAt: new Date(domains().clock.now().getTime() + 30 * 86_400_000),
      overdue: "revoke" as const,
    } satisfies ReviewRequest;
    const starting = await fresh(await hire("compliance"));
    const reviewId = await reviews.create(asked, starting);
    await reviews.start(reviewId, starting);
    const lines = await reviews.lines(reviewId, starting);
    assert.deepEqual(
      lines.map(({ content }) => content.reviewer),
      [second.principalId],
    );
    const decision = { reviewId, lineIds: lines.map(({ rowId }) => rowId), reason: "fine", narrowTo: null } as const;
    assert.equal(await refusedFor(() => reviews.decide({ ...decision, decision: "approve" }, reviewing)), "own-line");
    const alone = await reviews.create({ ...asked, escalation: reviewing.principalId }, starting);
    assert.equal(await refusedFor(() => reviews.start(alone, starting)), "no-reviewer");
    await reviews.decide({ ...decision, decision: "approve" }, second);
  });

  test("is nobody in the directory for it: what personnel says of a principal is no person that SCIM lists", async () => {
    assert.deepEqual(await domains().federated.people.page(null, 100), { people: [], next: null });
    assert.ok(!bench.server.logged.some((line) => line.includes("does not verify")));
  });
});

async function invited(email: string): Promise<Uuid> {
  const { signIns } = domains();
  const scope = {
    purposes: ["complaint"],
    rowScope: "assignments",
    groups: [],
    entities: ["acme"],
    lines: ["auto"],
  } as const;
  const request = { ...scope, role: "csr", name: "Lost Key", classCeiling: null, expiresAt: null } as const;
  return (await signIns.staff.make({ ...request, email, supervisorId: null }, await self())).principalId;
}

/** Somebody asks for many ids that are nobody's. */
async function alertAbout(asker: Authenticated): Promise<Uuid> {
  const { gate, watch } = domains();
  for (let count = 0; count < 40; count += 1) {
    const view = gate.maskedView(asker, { customerId: crypto.randomUUID() as Uuid, purpose: "claim-handling" });
    assert.equal(await codeOf(() => view), "not-found");
  }
  await watch.settled();
  const { items } = await watch.alerts.list({ state: "open", after: null, limit: 100 });
  const about = items.find(({ principalId }) => principalId === asker.principalId);
  assert.ok(about !== undefined);
  return about.alertId;
}
