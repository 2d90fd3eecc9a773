// Guarantee: pictures count what happened, leave withheld entries out for whoever may not know of them, and are for those who oversee.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, type Client } from "../../../sdk/client.ts";
import { startTestServer, type TestServer } from "../../test-server.ts";

let server: TestServer;
let auditor: Client;
let compliance: Client;
let worker: { readonly id: string; readonly client: Client };
let customerId: string;
const DAY_MS = 86_400_000;
const PERIOD = {
  from: new Date(Date.now() - 30 * DAY_MS).toISOString(),
  to: new Date(Date.now() + DAY_MS).toISOString(),
};

async function hire(request: Parameters<TestServer["createClient"]>[0]) {
  const { principalId, token } = await server.createClient(request);
  return { id: principalId, client: connect({ url: server.url, token }) };
}

before(async () => {
  server = await startTestServer();
  ({ client: auditor } = await hire({ role: "internal-auditor", purposes: ["audit"] }));
  ({ client: compliance } = await hire({ role: "compliance", purposes: ["audit"], rowScope: "everything-masked" }));
  worker = await hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const investigator = await hire({ role: "siu-investigator", purposes: ["fraud-investigation"] });
  const maker = await hire({ role: "underwriter", purposes: ["underwriting"] });
  const place = { entity: "acme", brand: "acme", line: "life" } as const;
  const claim = { type: "claim", fields: { number: "C-1", narrative: "slipped on ice" } };
  const made = await maker.client.customers.create({
    kind: "person",
    units: [{ kind: "claim", ...place, records: [claim] }],
  });
  ({ customerId } = made);
  const admin = connect({ url: server.url, token: server.admin.token });
  await admin.assignments.create({ customerId, clientId: worker.id, kind: "claim" });
  await admin.assignments.create({ customerId, clientId: investigator.id, kind: "investigation" });
  const asked = { customerId, workContext: { unitId: made.units[0]!.unitId } };
  await worker.client.disclose({ ...asked, purpose: "claim-handling" });
  await worker.client.disclose({ ...asked, purpose: "claim-handling", fields: ["genetic.test-name"] });
  await investigator.client.disclose({ ...asked, purpose: "fraud-investigation" });
});
after(() => server.stop());

test("looks by purpose and by day, withheld ones for who is cleared alone", async () => {
  const by = async (client: Client) => (await client.statistics.disclosures({ ...PERIOD, by: "purpose" })).items;
  const claims = { day: null, purpose: "claim-handling", shown: 1, denied: 1 };
  assert.deepEqual(await by(compliance), [claims]);
  assert.deepEqual(
    (await by(auditor)).map(({ purpose, shown }) => [purpose, shown]),
    [
      ["claim-handling", 1],
      ["fraud-investigation", 1],
    ],
  );
  const { items } = await compliance.statistics.disclosures(PERIOD);
  assert.equal(
    items.reduce((sum, { shown, denied }) => sum + shown + denied, 0),
    2,
  );
  assert.match(items[0]?.day ?? "", /^\d{4}-\d\d-\d\d$/);
});

test("use by role and class", async () => {
  const { items } = await compliance.statistics.use(PERIOD);
  assert.ok(
    items.some((item) => item.role === "claims-adjuster" && item.dataClass === "claims-narrative" && item.count === 1),
  );
  assert.ok(items.every(({ role }) => role === "claims-adjuster"));
});

test("who saw a customer, and that this was looked at", async () => {
  const { items } = await compliance.statistics.viewers(customerId);
  assert.deepEqual(
    items.map(({ principalId, role, purpose, count }) => [principalId, role, purpose, count]),
    [[worker.id, "claims-adjuster", "claim-handling", 1]],
  );
  assert.equal((await auditor.statistics.viewers(customerId)).items.length, 2);
  const { items: entries } = await auditor.ledger.entries({ kind: "accounting-read", limit: 1 });
  assert.equal(entries[0]?.customerId, customerId);
});

test("how the log grows, and what stands of keys and indexes", async () => {
  const { size, buckets } = await auditor.statistics.log({ ...PERIOD, bucket: "day" });
  const counted = buckets.reduce((sum, { entries }) => sum + entries, 0);
  assert.ok(counted > 5 && counted <= size, `${counted} of ${size}`);
  const { versions, buckets: keys, indexes, erasures } = await auditor.statistics.keys();
  assert.ok(versions.some(({ domain, state }) => domain === "authority" && state === "active"));
  assert.equal(
    keys.reduce((sum, { count }) => sum + count, 0),
    4096,
  );
  assert.ok(indexes.some(({ index, tokens }) => index === "claim-number" && tokens === 1));
  assert.equal(erasures.waiting, 0);
});

test("are refused to whoever does not oversee, and so is a period without end", async () => {
  const { statistics } = worker.client;
  for (const asked of [
    statistics.disclosures(PERIOD),
    statistics.use(PERIOD),
    statistics.log(PERIOD),
    statistics.keys(),
    statistics.viewers(customerId),
  ])
    await assert.rejects(asked, { code: "not-permitted" });
  const endless = { from: "2000-01-01T00:00:00Z", to: PERIOD.to };
  await assert.rejects(auditor.statistics.use(endless), { code: "invalid-request" });
});
