// A loss told of on the telephone: claim and assignment are one act, done once, and never put into the hands of whoever took it down.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Client, connect } from "../../../sdk/client.ts";
import { startTestServer, type TestClient, type TestServer } from "../../test-server.ts";

const TEAM = "first notices";
const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;
const CLAIM = { status: "received", "loss-date": "2026-11-20", narrative: "hail broke the skylight" };

let server: TestServer;
let admin: Client;
let agent: Hired;
let customerId: string;
before(async () => {
  server = await startTestServer();
  admin = connect({ url: server.url, token: server.admin.token });
  agent = await hire({ role: "csr", purposes: ["claim-handling"] });
  customerId = (await agent.client.customers.create({ kind: "person", units: [policy()] })).customerId;
  await admin.assignments.create({ customerId, clientId: agent.clientId, kind: "call" });
});
after(() => server.stop());

interface Hired {
  readonly client: Client;
  readonly clientId: string;
}
async function hire(request: TestClient): Promise<Hired> {
  const { token, principalId } = await server.createClient({ lines: ["auto"], ...request });
  return { client: connect({ url: server.url, token }), clientId: principalId };
}

function policy() {
  return { ...PLACE, kind: "policy" as const, records: [{ type: "policy", fields: { number: "P-1" } }] };
}

const join = (principalId: string) =>
  admin.teams.change({ team: TEAM, principalId, change: "add" }).catch(async () => {
    await admin.teams.create({ name: TEAM });
    await admin.teams.change({ team: TEAM, principalId, change: "add" });
  });

test("the claim is in the team's hands from the same entry on, and not in the agent's", async () => {
  const adjuster = await hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
  await join(adjuster.clientId);
  const taken = await agent.client.customers.takeFirstNotice(customerId, { ...PLACE, claim: CLAIM });
  assert.equal(taken.team, TEAM);
  const { assignments } = await adjuster.client.work.list({});
  assert.deepEqual(
    assignments.map(({ assignmentId, unitId, kind }) => ({ assignmentId, unitId, kind })),
    [{ assignmentId: taken.assignmentId, unitId: taken.unitId, kind: "claim" }],
  );
  const opening = await server.app.domains.ledger.opening(taken.entryId as never, "cleared");
  const said = JSON.stringify(opening?.detail);
  for (const id of [taken.unitId, taken.recordId, taken.assignmentId]) assert.ok(said.includes(id), said);
});

test("what is sent again with its key is done once, and answers the same", async () => {
  const key = { idempotencyKey: "hail-1" };
  const body = { ...PLACE, claim: CLAIM };
  const first = await agent.client.customers.takeFirstNotice(customerId, body, key);
  assert.deepEqual(await agent.client.customers.takeFirstNotice(customerId, body, key), first);
  await assert.rejects(
    agent.client.customers.takeFirstNotice(customerId, { ...body, claim: { ...CLAIM, cause: "hail" } }, key),
    { code: "idempotency-key-reused" },
  );
});

test("nobody takes a loss down into the hands of a team of their own", async () => {
  const insider = await hire({ role: "csr", purposes: ["claim-handling"] });
  await admin.assignments.create({ customerId, clientId: insider.clientId, kind: "call" });
  await join(insider.clientId);
  const former = (await insider.client.customers.maskedView(customerId, "claim-handling")).units.length;
  await assert.rejects(insider.client.customers.takeFirstNotice(customerId, { ...PLACE, claim: CLAIM }), {
    code: "own-authority",
  });
  const { units } = await insider.client.customers.maskedView(customerId, "claim-handling");
  assert.equal(units.length, former, "nothing of it was written");
});

test("whoever may not, or does not have the customer in hand, takes nothing down", async () => {
  const adjuster = await hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
  await admin.assignments.create({ customerId, clientId: adjuster.clientId, kind: "claim" });
  const stranger = await hire({ role: "csr", purposes: ["claim-handling"] });
  const body = { ...PLACE, claim: CLAIM };
  await assert.rejects(adjuster.client.customers.takeFirstNotice(customerId, body), { code: "not-permitted" });
  await assert.rejects(stranger.client.customers.takeFirstNotice(customerId, body), { code: "not-found" });
});

test("the rows are those that the ledger speaks of", async () => {
  const auditor = await hire({ role: "security-admin", purposes: ["incident-response"], rowScope: "none" });
  const { findings } = await auditor.client.operations.verify();
  assert.deepEqual(findings, []);
});
