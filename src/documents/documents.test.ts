// Papers: taken in with their record, shown through the gate alone and whole or not at all, gone with their unit.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import pg from "pg";
import { newId } from "../kernel/ids.ts";
import type { Client } from "../../sdk/client.ts";
import { openTestAccounting, type TestAccounting } from "../accounting/test-accounting.ts";

const PLACE = { entity: "acme", brand: "acme", line: "health" } as const;
const SCAN = { kind: "form", mediaType: "application/pdf" } as const;
const ASKED = { purpose: "claim-handling", basis: "role-duty", justification: "the claim is settled by it" } as const;

let accounting: TestAccounting;
let adjuster: Client;
let stranger: Client;
let officer: Client;
let operator: pg.Client;
let assign: (customerId: string, unitId: string) => Promise<void>;
before(async () => {
  accounting = await openTestAccounting();
  const { server, as } = accounting.bench;
  const clerk = { role: "claims-adjuster", purposes: ["claim-handling"] } as const;
  const hired = await server.createClient(clerk);
  adjuster = as(hired.token);
  assign = async (customerId, unitId) =>
    void (await as(server.admin.token).assignments.create({
      customerId,
      clientId: hired.principalId,
      kind: "claim",
      unitId,
    }));
  stranger = as((await server.createClient(clerk)).token);
  officer = as((await server.createClient({ role: "dpo", purposes: ["data-subject-request"] })).token);
  operator = new pg.Client({ connectionString: server.database.superuserUrl });
  await operator.connect();
});
after(async () => {
  await operator?.end();
  await accounting?.bench.close();
});

async function somebody() {
  const claim = { type: "claim", fields: { number: "C-72", narrative: "hail" } };
  const units = [
    { ...PLACE, kind: "relationship" as const, records: [{ type: "person", fields: { "last-name": "Quokka" } }] },
    { ...PLACE, kind: "claim" as const, records: [claim] },
  ];
  const made = await adjuster.customers.create({ kind: "person", units });
  const [relationshipId = "", claimId = ""] = made.units.map((unit) => unit.unitId);
  const place = { customerId: made.customerId, claimId, relationshipId };
  await assign(place.customerId, place.claimId);
  return place;
}

const bytesOf = async (answer: Promise<Response>): Promise<Buffer> => Buffer.from(await (await answer).arrayBuffer());

test("a paper of several parts comes back to the byte, to be saved and never to be shown as what it says it is", async () => {
  const { customerId, claimId: unitId } = await somebody();
  const paper = randomBytes(1_700_000);
  const { recordId, sha256 } = await adjuster.documents.file(customerId, { unitId, ...SCAN }, paper);
  assert.match(sha256, /^[0-9a-f]{64}$/);
  const answer = await adjuster.documents.read({ customerId, recordId }, ASKED);
  assert.equal(answer.headers.get("content-type"), "application/octet-stream");
  assert.equal(answer.headers.get("content-disposition"), `attachment; filename="document-${recordId}.pdf"`);
  assert.ok(Buffer.from(await answer.arrayBuffer()).equals(paper));
});

test("the same file under the same key is one paper; under another file or for another place the key is refused; nothing is no paper", async () => {
  const { customerId, claimId: unitId, relationshipId } = await somebody();
  const options = { idempotencyKey: "scan-1" };
  const [one, again] = [
    await adjuster.documents.file(customerId, { unitId, ...SCAN }, Buffer.from("one"), options),
    await adjuster.documents.file(customerId, { unitId, ...SCAN }, Buffer.from("one"), options),
  ];
  assert.deepEqual(again, one);
  await assert.rejects(adjuster.documents.file(customerId, { unitId, ...SCAN }, Buffer.from("two"), options), {
    code: "idempotency-key-reused",
  });
  const elsewhere = { unitId: relationshipId, ...SCAN };
  await assert.rejects(adjuster.documents.file(customerId, elsewhere, Buffer.from("one"), options), {
    code: "idempotency-key-reused",
  });
  await assert.rejects(adjuster.documents.file(customerId, { unitId, ...SCAN }, Buffer.alloc(0)), {
    code: "empty-file",
  });
  await assert.rejects(adjuster.documents.file(customerId, { unitId, ...SCAN }, Buffer.alloc(10_000_001)), {
    status: 413,
  });
});

test("nobody is shown a paper, or adds one, without the file in hand and a purpose; refusals are entries", async () => {
  const { customerId, claimId: unitId } = await somebody();
  const { recordId } = await adjuster.documents.file(customerId, { unitId, ...SCAN }, Buffer.from("words"));
  await assert.rejects(stranger.documents.read({ customerId, recordId }, ASKED), { code: "not-shown" });
  await assert.rejects(adjuster.documents.read({ customerId, recordId }, { ...ASKED, purpose: "marketing" }), {
    code: "not-shown",
  });
  await assert.rejects(stranger.documents.file(customerId, { unitId, ...SCAN }, Buffer.from("x")), {
    code: "not-found",
  });
  const { rows } = await operator.query(
    "select count(*)::int as n from ledger_entry where kind = 'disclosure' and outcome = 'denied'",
  );
  assert.ok(rows[0].n >= 2);
});

test("the privacy side takes in the paper that a demand rests on, and is not shown it by that", async () => {
  const { customerId } = await somebody();
  const filed = await officer.documents.file(customerId, { ...SCAN, kind: "letter" }, Buffer.from("subpoena"));
  await assert.rejects(officer.documents.file(newId(), SCAN, Buffer.from("subpoena")), { code: "not-found" });
  await assert.rejects(officer.documents.read({ customerId, recordId: filed.recordId }, ASKED), { code: "not-shown" });
});

test("a part that an operator removes or exchanges makes the paper unreadable, and nothing of it lies there in clear", async () => {
  const { customerId, claimId: unitId } = await somebody();
  const words = "canary in a scanned letter ".repeat(60_000);
  const file = () => adjuster.documents.file(customerId, { unitId, ...SCAN }, Buffer.from(words));
  const [{ recordId }, { recordId: other }] = [await file(), await file()];
  const { rows } = await operator.query("select sealed from document_part where record_id = $1", [recordId]);
  const coded = Buffer.from("canary in a scanned letter").toString("base64").slice(0, 30);
  assert.equal(rows.length > 1, true);
  for (const { sealed } of rows) assert.ok(!sealed.includes("canary") && !sealed.includes(coded));
  await operator.query(
    "update document_part p set sealed = q.sealed from document_part q where p.record_id = $1 and q.record_id = $2 and p.part = 0 and q.part = 0",
    [recordId, other],
  );
  await assert.rejects(adjuster.documents.read({ customerId, recordId }, ASKED), { status: 500 });
  await operator.query("delete from document_part where record_id = $1 and part = 1", [other]);
  await assert.rejects(adjuster.documents.read({ customerId, recordId: other }, ASKED), { status: 500 });
});

test("a paper goes with its unit", async () => {
  const { customerId, claimId: unitId } = await somebody();
  const { recordId } = await adjuster.documents.file(customerId, { unitId, ...SCAN }, Buffer.from("words"));
  await adjuster.customers.changeUnit({ customerId, unitId }, { status: "closed" });
  await officer.erasures.request({ customerId, unitId, reason: "asked for by the customer" });
  await assert.rejects(bytesOf(adjuster.documents.read({ customerId, recordId }, ASKED)), { code: "not-shown" });
});
