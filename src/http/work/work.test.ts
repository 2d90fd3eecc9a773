// Guarantee: everybody's list of work holds what they may act on and nothing else, and whom they saw lately is their own.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, test } from "node:test";
import { connect, type Client } from "../../../sdk/client.ts";
import { startTestServer, type TestServer } from "../../test-server.ts";

let server: TestServer;
before(async () => {
  server = await startTestServer({ settings: { UBERRIMA_CLIENT_APPROVAL: "required" } });
});
after(() => server.stop());

interface Person {
  readonly id: string;
  readonly client: Client;
}

async function hire(request: Parameters<TestServer["createClient"]>[0]): Promise<Person> {
  const { principalId, token } = await server.createClient(request);
  return { id: principalId, client: connect({ url: server.url, token }) };
}

const adjuster = () => hire({ role: "claims-adjuster", purposes: ["claim-handling", "emergency"] });
const officer = (role: "compliance" | "dpo") =>
  role === "dpo"
    ? hire({ role, purposes: ["data-subject-request"] })
    : hire({ role, purposes: ["audit"], rowScope: "everything-masked" });
const administrator = () =>
  hire({ role: "access-admin", purposes: ["administration"], rowScope: "none", entities: [], lines: [] });

async function waitingOf({ client }: Person, kind: string): Promise<readonly (string | null)[]> {
  const { waiting } = await client.work.list();
  return waiting.filter((item) => item.kind === kind).map(({ id }) => id);
}

const PLACE = { entity: "acme", brand: "acme", line: "life" } as const;
const REASON = "the file has to be read today";

async function newCustomer(): Promise<{ readonly customerId: string; readonly claimId: string }> {
  const maker = await hire({ role: "underwriter", purposes: ["underwriting"] });
  const person = { type: "person", fields: { "first-name": "Mara", "last-name": "Holloway" } };
  const claim = { type: "claim", fields: { number: "C-1", narrative: "slipped on ice" } };
  const { customerId, units } = await maker.client.customers.create({
    kind: "person",
    units: [
      { kind: "relationship", ...PLACE, records: [person] },
      { kind: "claim", ...PLACE, records: [claim] },
    ],
  });
  return { customerId, claimId: units[1]!.unitId };
}

test("an elevation waits for whoever may approve it, not for who asked, and for nobody once it is decided", async () => {
  const [asker, compliance, admin, dpo] = [
    await adjuster(),
    await officer("compliance"),
    await administrator(),
    await officer("dpo"),
  ];
  const request = { form: "elevation", role: "medical-reviewer", reason: REASON, hours: 2 } as const;
  const { grantId } = await asker.client.grants.request({ ...request, purposes: ["medical-review"] });
  assert.deepEqual(await waitingOf(compliance, "grant"), [grantId]);
  assert.deepEqual(await waitingOf(admin, "grant"), [grantId]);
  for (const other of [asker, dpo]) assert.deepEqual(await waitingOf(other, "grant"), []);
  await compliance.client.grants.decide(grantId, { approves: true });
  assert.deepEqual(await waitingOf(admin, "grant"), []);
});

test("what two must approve waits for the second and no longer for the first", async () => {
  const [asker, compliance, dpo, admin] = [
    await adjuster(),
    await officer("compliance"),
    await officer("dpo"),
    await administrator(),
  ];
  const { customerId } = await newCustomer();
  const about = { form: "two-person", customerId, purpose: "claim-handling" } as const;
  const { grantId } = await asker.client.grants.request({ ...about, classes: ["genetic"], reason: REASON, hours: 2 });
  const { waiting } = await dpo.client.work.list();
  const item = waiting.find(({ id }) => id === grantId);
  assert.deepEqual([item?.what, item?.customerId, item?.principalId], ["two-person", customerId, asker.id]);
  assert.ok(item?.dueAt !== null);
  await compliance.client.grants.decide(grantId, { approves: true });
  assert.ok(!(await waitingOf(compliance, "grant")).includes(grantId));
  assert.ok((await waitingOf(dpo, "grant")).includes(grantId));
  assert.ok(!(await waitingOf(admin, "grant")).includes(grantId));
});

test("an emergency access waits for its review once it is over, with the day by which", async () => {
  const [asker, compliance] = [await adjuster(), await officer("compliance")];
  const { grantId } = await asker.client.grants.breakGlass({ reason: REASON, minutes: 30 });
  assert.ok(!(await waitingOf(compliance, "break-glass")).includes(grantId));
  await asker.client.grants.end(grantId);
  const { waiting } = await compliance.client.work.list();
  const item = waiting.find(({ id }) => id === grantId);
  assert.ok(item?.dueAt !== undefined && item.dueAt !== null);
  assert.deepEqual(await waitingOf(asker, "break-glass"), []);
});

test("a powerful client waits for another administrator than the one who asked", async () => {
  const [first, second] = [connect({ url: server.url, token: server.admin.token }), await administrator()];
  const draft = { role: "actuary", rowScope: "everything-masked" } as const;
  const { client } = await first.clients.create({
    ...draft,
    ...SCOPE,
    purposes: ["actuarial"],
    name: "models",
    proofs: { jwks: { keys: [PUBLIC_KEY] } },
    withSecondPerson: true,
  });
  assert.deepEqual(await waitingOf(second, "client"), [client.clientId]);
  const own = (await first.work.list()).waiting.filter(({ kind }) => kind === "client");
  assert.deepEqual(own, []);
  await second.client.clientKeys.approve(client.clientId);
  assert.deepEqual(await waitingOf(second, "client"), []);
});

const PUBLIC_KEY = { ...generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" }) } as Record<string, string>;
const SCOPE = { entities: ["acme"], lines: ["life" as const], groups: [] };

test("review lines wait for their reviewer, counted", async () => {
  const [starter, reviewer, subject] = [await officer("compliance"), await adjuster(), await adjuster()];
  const { review } = await starter.client.reviews.create({
    name: "quarter",
    scope: { subjects: ["client"], principals: [subject.id] },
    reviewers: [reviewer.id],
    escalation: (await officer("dpo")).id,
    dueAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  });
  assert.deepEqual(await waitingOf(reviewer, "review"), []);
  await starter.client.reviews.start(review.reviewId);
  const { waiting } = await reviewer.client.work.list();
  assert.deepEqual(
    waiting.map(({ kind, id, count }) => [kind, id, count]),
    [["review", review.reviewId, 1]],
  );
  assert.deepEqual(await waitingOf(subject, "review"), []);
});

test("assignments come a page at a time, and what waits on the first page only", async () => {
  const worker = await adjuster();
  const admin = connect({ url: server.url, token: server.admin.token });
  const given: string[] = [];
  for (let nth = 0; nth < 3; nth += 1) {
    const { customerId, claimId } = await newCustomer();
    await admin.assignments.create({ customerId, unitId: claimId, clientId: worker.id, kind: "claim" });
    given.push(customerId);
  }
  const first = await worker.client.work.list({ limit: 2 });
  const second = await worker.client.work.list({ limit: 2, cursor: first.next ?? "" });
  assert.deepEqual(
    [...first.assignments, ...second.assignments].map(({ customerId }) => customerId),
    given.toSorted(),
  );
  assert.deepEqual([second.waiting, second.next], [[], null]);
});

test("recent customers are those one was shown, the last first; a preview and a refusal show nothing", async () => {
  const [worker, other] = [await adjuster(), await adjuster()];
  const admin = connect({ url: server.url, token: server.admin.token });
  const customers = [await newCustomer(), await newCustomer(), await newCustomer()];
  for (const { customerId, claimId } of customers)
    await admin.assignments.create({ customerId, unitId: claimId, clientId: worker.id, kind: "claim" });
  const [one, two, three] = customers;
  const asked = (customer: typeof one) => ({
    customerId: customer!.customerId,
    workContext: { unitId: customer!.claimId },
    purpose: "claim-handling" as const,
  });
  await worker.client.disclose(asked(one));
  await worker.client.previewDisclosure(asked(two));
  await worker.client.customers.maskedView(three!.customerId, "claim-handling");
  await other.client.disclose(asked(one));
  const { items } = await worker.client.work.recent();
  assert.deepEqual(
    items.map(({ customerId }) => customerId).toSorted(),
    [one!.customerId, three!.customerId].toSorted(),
  );
  assert.deepEqual(new Set(items.map(({ purpose }) => purpose)), new Set(["claim-handling"]));
  assert.deepEqual((await other.client.work.recent()).items, []);
  const [last] = (await worker.client.work.recent(1)).items;
  assert.ok(items.every(({ lastAt }) => lastAt <= last!.lastAt));
});
