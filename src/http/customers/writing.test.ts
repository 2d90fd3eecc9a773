// Writing customers over HTTP: within one's rights and rows only, and never into one's own hands.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Client, connect } from "../../../sdk/client.ts";
import { startTestServer, type TestClient, type TestServer } from "../../test-server.ts";
import { groupId } from "../shell.ts";

let server: TestServer;
let admin: Client;

before(async () => {
  server = await startTestServer();
  admin = connect({ url: server.url, token: server.admin.token });
});
after(() => server.stop());

async function hire(request: TestClient): Promise<{ readonly client: Client; readonly clientId: string }> {
  const { token, principalId } = await server.createClient(request);
  return { client: connect({ url: server.url, token }), clientId: principalId };
}

const adjuster = { role: "claims-adjuster", purposes: ["claim-handling"] } as const;
const place = { entity: "acme", brand: "acme", line: "auto" } as const;
const person = { type: "person", fields: { "first-name": "Ada", "last-name": "Marlowe", "birth-date": "1980-02-01" } };
const draft = {
  kind: "person" as const,
  units: [
    { ...place, kind: "relationship" as const, records: [person] },
    { ...place, kind: "claim" as const, records: [] },
  ],
};

test("who has a customer in hand adds, corrects and closes; what was written is shown masked only", async () => {
  const { client, clientId } = await hire(adjuster);
  const { customerId, units, records } = await client.customers.create(draft);
  const [relationship, claim] = units.map(({ unitId }) => unitId);
  assert.ok(relationship !== undefined && claim !== undefined);
  await admin.assignments.create({ customerId, clientId, kind: "claim", unitId: claim });
  const note = await client.customers.addRecord(customerId, {
    unitId: claim,
    type: "note",
    fields: { text: "called Marlowe" },
  });
  assert.equal(note.records.length, 1);
  const recordId = records[0]?.recordId ?? "";
  const correction = {
    expectedRevision: 1,
    fields: { ...person.fields, "first-name": "Adele" },
    reason: "as in the passport",
  };
  const corrected = await client.customers.correct({ customerId, recordId }, correction);
  assert.equal(corrected.records[0]?.revision, 2);
  await assert.rejects(client.customers.correct({ customerId, recordId }, correction), { code: "stale", status: 409 });
  const view = JSON.stringify(await client.customers.maskedView(customerId, "claim-handling"));
  assert.ok(!view.includes("Marlowe"));
  await client.customers.changeUnit({ customerId, unitId: claim }, { status: "closed" });
});

test("a customer outside one's rows cannot be written to, and looks like one that is not there", async () => {
  const [owner, stranger] = [await hire(adjuster), await hire(adjuster)];
  const { customerId, units } = await owner.client.customers.create(draft);
  const unitId = units[1]?.unitId ?? "";
  const notFound = { code: "not-found", status: 404 };
  await assert.rejects(
    stranger.client.customers.addRecord(customerId, { unitId, type: "note", fields: { text: "x" } }),
    notFound,
  );
  await assert.rejects(stranger.client.customers.addUnit(customerId, { ...place, kind: "claim" }), notFound);
  await assert.rejects(stranger.client.customers.changeUnit({ customerId, unitId }, { status: "closed" }), notFound);
  await assert.rejects(stranger.client.links.list(customerId), notFound);
});

test("a unit outside the entities and lines of the client is refused", async () => {
  const { client } = await hire(adjuster);
  for (const other of [{ entity: "elsewhere" }, { line: "commercial" as const }]) {
    const units = draft.units.map((unit) => ({ ...unit, ...other }));
    await assert.rejects(client.customers.create({ ...draft, units }), { code: "not-permitted" });
  }
});

test("nobody puts a file into their own hands by naming their own team as its book", async () => {
  const { keys } = server.app.domains;
  const { client } = await hire({ ...adjuster, groups: [groupId(keys, "team-7")] });
  const units = draft.units.map((unit) => ({ ...unit, book: "team-7" }));
  await assert.rejects(client.customers.create({ ...draft, units }), { code: "not-permitted" });
  const producer = {
    role: "agent",
    purposes: ["policy-servicing"],
    rowScope: "groups",
    groups: [groupId(keys, "P77")],
  } as const;
  const agent = await hire(producer);
  const own = draft.units.slice(0, 1).map((unit) => ({ ...unit, book: "P77" }));
  assert.equal((await agent.client.customers.create({ ...draft, units: own })).units.length, 1);
});

test("the source's own key leads to the customer it named before, for those who may reach it", async () => {
  const { client, clientId } = await hire(adjuster);
  const source = { system: "legacy", key: "K-1" };
  const first = await client.customers.create({ ...draft, source });
  await assert.rejects(client.customers.create({ ...draft, source }), { code: "not-found" });
  await admin.assignments.create({ customerId: first.customerId, clientId, kind: "claim" });
  const second = await client.customers.create({ ...draft, source });
  assert.equal(second.customerId, first.customerId);
  assert.notEqual(second.units[0]?.unitId, first.units[0]?.unitId);
});

test("an erased customer takes nothing any more", async () => {
  const { client, clientId } = await hire(adjuster);
  const officer = await hire({ role: "dpo", purposes: ["data-subject-request"] });
  const { customerId, units } = await client.customers.create(draft);
  const unitId = units[1]?.unitId ?? "";
  await admin.assignments.create({ customerId, clientId, kind: "claim" });
  await client.customers.changeUnit({ customerId, unitId }, { status: "closed" });
  await officer.client.erasures.request({ customerId, reason: "request 1" });
  const write = client.customers.addRecord(customerId, { unitId, type: "note", fields: { text: "late" } });
  await assert.rejects(write, (error: { status: number }) => error.status === 404 || error.status === 410);
  await assert.rejects(officer.client.erasures.request({ customerId, reason: "request 2" }), {
    code: "erased",
    status: 410,
  });
});

test("a file of more records than one view holds is read to its end, each record once, whatever lies beyond reach between", async () => {
  const [owner, reader, other] = [await hire(adjuster), await hire(adjuster), await hire(adjuster)];
  const { customerId } = await owner.client.customers.create(draft);
  await admin.assignments.create({ customerId, clientId: owner.clientId, kind: "claim" });
  let readable = "";
  for (let made = 0; made < 5; made += 1) {
    const records = Array.from({ length: 50 }, (_each, at) => ({ type: "note", fields: { text: `note ${at}` } }));
    const { units: added } = await owner.client.customers.addUnit(customerId, { ...place, kind: "claim", records });
    readable = added[0]!.unitId;
  }
  for (const { clientId } of [reader, other])
    await admin.assignments.create({ customerId, clientId, kind: "claim", unitId: readable });
  const { client } = reader;
  const first = await client.customers.maskedView(customerId, "claim-handling");
  const pages = [first];
  for (let next = first.next; next !== null;) {
    const page = await client.customers.moreOfMaskedView(customerId, { purpose: "claim-handling", cursor: next });
    pages.push(page);
    next = page.next;
  }
  const records = pages.flatMap((page) => page.units.flatMap((unit) => unit.records.map(({ recordId }) => recordId)));
  assert.ok(pages.length > 1);
  assert.equal(new Set(records).size, records.length);
  const notes = pages
    .flatMap((page) => page.units.filter(({ unitId }) => unitId === readable))
    .flatMap((u) => u.records);
  assert.equal(notes.length, 50);
  const cursor = first.next!;
  await assert.rejects(other.client.customers.moreOfMaskedView(customerId, { purpose: "claim-handling", cursor }), {
    code: "invalid-cursor",
  });
});
