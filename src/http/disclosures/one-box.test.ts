// Guarantee: what staff type into the one box finds the customer whom they have in hand, by every kind of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect } from "../../../sdk/client.ts";
import { readOneBox } from "../../../contract/one-box.ts";
import { startTestServer, type TestServer } from "../../test-server.ts";

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;

test("policy and claim number, telephone, e-mail, name with birth year, and last four digits with name", async () => {
  const maker = await server.createClient({ role: "underwriter", purposes: ["underwriting"] });
  const holder = await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const name = { "first-name": "Mara", "last-name": "Holloway" };
  const { customerId } = await connect({ url: server.url, token: maker.token }).customers.create({
    kind: "person",
    units: [
      {
        kind: "relationship",
        ...PLACE,
        records: [
          { type: "person", fields: { ...name, "birth-date": "1971-03-09" } },
          { type: "contact", fields: { email: "mara@example.org", phone: "+17015550142" } },
          { type: "government-id", fields: { ssn: "900-12-3456", "holder-last-name": "Holloway" } },
        ],
      },
      { kind: "policy", ...PLACE, records: [{ type: "policy", fields: { number: "P-2031-77" } }] },
      { kind: "claim", ...PLACE, records: [{ type: "claim", fields: { number: "CL-2031" } }] },
    ],
  });
  const admin = connect({ url: server.url, token: server.admin.token });
  await admin.assignments.create({ customerId, clientId: holder.principalId, kind: "claim" });
  const desk = connect({ url: server.url, token: holder.token });
  const typed = [
    "P-2031-77",
    "p 2031 77",
    "CL-2031",
    "(701) 555-0142",
    "MARA@example.org",
    "Mara Holloway 1971",
    "holloway, mara 9.3.1971",
    "Holloway 1971",
    "Holloway 3456",
  ];
  for (const text of typed) {
    const [likeliest] = readOneBox(text, "US").searches;
    assert.ok(likeliest !== undefined, text);
    const { hits } = await desk.search({ ...likeliest, values: { ...likeliest.values }, purpose: "claim-handling" });
    assert.deepEqual([...new Set(hits.map((hit) => hit.customerId))], [customerId], text);
  }
});
