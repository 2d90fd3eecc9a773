// Idempotency keys: a write that is sent again is answered with the same ids and not done again, however it is repeated.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { connect, type Client } from "../../sdk/client.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

let server: TestServer;
let clerk: Client;
let clerkId: string;
let auditor: Client;

before(async () => {
  server = await startTestServer();
  const made = await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] });
  clerk = connect({ url: server.url, token: made.token });
  clerkId = made.principalId;
  const { token } = await server.createClient({ role: "internal-auditor", purposes: ["audit"] });
  auditor = connect({ url: server.url, token });
});
after(() => server.stop());

const person = {
  kind: "person" as const,
  units: [
    {
      kind: "relationship" as const,
      entity: "acme",
      brand: "acme",
      line: "auto" as const,
      records: [
        {
          type: "person",
          fields: {
            "first-name": "Ada",
            "last-name": "Marlowe",
            "birth-date": "1980-02-01",
          },
        },
      ],
    },
    { kind: "claim" as const, entity: "acme", brand: "acme", line: "auto" as const, records: [] },
  ],
};

async function countEntries(kind: "customer-create" | "principal" | "disclosure"): Promise<number> {
  return (await auditor.ledger.entries({ kind, limit: 200 })).items.length;
}

test("a customer is created once, whether the repetition comes after or at the same moment", async () => {
  const entriesBefore = await countEntries("customer-create");
  const idempotencyKey = randomUUID();
  const together = await Promise.all(
    Array.from({ length: 5 }, () => clerk.customers.create(person, { idempotencyKey })),
  );
  const later = await clerk.customers.create(person, { idempotencyKey });
  for (const answer of together) assert.deepEqual(answer, later);
  assert.equal(later.units.length, 2);
  assert.equal(later.records.length, 1);
  assert.equal(await countEntries("customer-create"), entriesBefore + 1);
});

test("without a key, or with another one, it is another customer", async () => {
  const first = await clerk.customers.create(person);
  const second = await clerk.customers.create(person, { idempotencyKey: randomUUID() });
  assert.notEqual(first.customerId, second.customerId);
});

test("keys belong to their client: another one's same key is another write", async () => {
  const { token } = await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const other = connect({ url: server.url, token });
  const idempotencyKey = randomUUID();
  const mine = await clerk.customers.create(person, { idempotencyKey });
  const theirs = await other.customers.create(person, { idempotencyKey });
  assert.notEqual(mine.customerId, theirs.customerId);
});

test("a refused write leaves its key free", async () => {
  const idempotencyKey = randomUUID();
  const [relationship] = person.units;
  assert.ok(relationship);
  const wrong = { ...relationship, records: [{ type: "person", fields: { "birth-date": "not a day" } }] };
  await assert.rejects(clerk.customers.create({ ...person, units: [wrong] }, { idempotencyKey }), {
    code: "invalid-field",
  });
  assert.equal((await clerk.customers.create(person, { idempotencyKey })).units.length, 2);
});

test("a client's token is shown once, and a repetition names the same client without it", async () => {
  const admin = connect({ url: server.url, token: server.admin.token });
  const draft = {
    name: "desk",
    role: "csr" as const,
    purposes: ["policy-servicing" as const],
    entities: ["acme"],
    lines: ["life" as const],
  };
  const idempotencyKey = randomUUID();
  const first = await admin.clients.create(draft, { idempotencyKey });
  const again = await admin.clients.create(draft, { idempotencyKey });
  assert.deepEqual(again.client, first.client);
  assert.notEqual(first.token, null);
  assert.equal(again.token, null);
});

test("a correction, a link, a flag, an assignment and an erasure repeat their answers too", async () => {
  const admin = connect({ url: server.url, token: server.admin.token });
  const dpoMade = await server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  const dpo = connect({ url: server.url, token: dpoMade.token });
  const { customerId, units, records } = await clerk.customers.create(person);
  const other = await clerk.customers.create(person);
  const unitId = units[1]?.unitId ?? "";
  const recordId = records[0]?.recordId ?? "";
  const twice = async <Answer>(write: (options: { idempotencyKey: string }) => Promise<Answer>): Promise<Answer> => {
    const options = { idempotencyKey: randomUUID() };
    const first = await write(options);
    assert.deepEqual(await write(options), first);
    return first;
  };
  await twice((options) => admin.assignments.create({ customerId, clientId: clerkId, kind: "claim", unitId }, options));
  await twice((options) =>
    admin.assignments.create({ customerId: other.customerId, clientId: clerkId, kind: "claim" }, options),
  );
  const fields = { "first-name": "Ada", "last-name": "Marlowe-Kraft", "birth-date": "1980-02-01" };
  const correction = { expectedRevision: 1, fields, reason: "married name" };
  const corrected = await twice((options) => clerk.customers.correct({ customerId, recordId }, correction, options));
  assert.equal(corrected.records[0]?.revision, 2);
  await twice((options) =>
    clerk.links.create(customerId, { otherCustomerId: other.customerId, kind: "household" }, options),
  );
  assert.equal((await clerk.links.list(customerId)).items.length, 1);
  await twice((options) => dpo.flags.set(customerId, { kind: "restricted", reason: "request 17" }, options));
  assert.equal((await dpo.flags.list(customerId)).items.length, 1);
  await clerk.customers.changeUnit({ customerId, unitId }, { status: "closed" });
  const erased = await twice((options) => dpo.erasures.request({ customerId, reason: "request 18" }, options));
  assert.equal(erased.customerId, customerId);
});

test("a repeated disclosure is decided and recorded anew", async () => {
  const { customerId } = await clerk.customers.create(person);
  const entriesBefore = await countEntries("disclosure");
  const idempotencyKey = randomUUID();
  const question = { customerId, fields: ["person.last-name"], purpose: "claim-handling" as const };
  const first = await clerk.disclose(question, { idempotencyKey });
  const second = await clerk.disclose(question, { idempotencyKey });
  assert.notEqual(first.disclosureId, second.disclosureId);
  assert.equal(await countEntries("disclosure"), entriesBefore + 2);
  await assert.rejects(clerk.disclose({ ...question, fields: ["person.first-name"] }, { idempotencyKey }), {
    code: "idempotency-key-reused",
  });
});
