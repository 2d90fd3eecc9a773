// After a correction was refused: what the customer says of the field is kept with it, told of wherever it is shown, and gone with the record.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { openTestAccounting, type TestAccounting } from "../accounting/test-accounting.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";

const CALIFORNIA = { country: "US", state: "CA" };
const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;
const WORDS = "I braked before the crossing; the report has it the wrong way round.";

let accounting: TestAccounting;
let dpo: Client;
let maker: Client;
let adjuster: Client;
let stranger: Client;
let adjusterId: string;
before(async () => {
  accounting = await openTestAccounting();
  const { server } = accounting.bench;
  const hired = async (asked: Parameters<typeof server.createClient>[0]) => {
    const { token, principalId } = await server.createClient(asked);
    return { client: accounting.bench.as(token), principalId };
  };
  dpo = (await hired({ role: "dpo", purposes: ["data-subject-request"] })).client;
  maker = (await hired({ role: "underwriter", purposes: ["underwriting"] })).client;
  const holder = await hired({ role: "claims-adjuster", purposes: ["claim-handling"] });
  [adjuster, adjusterId] = [holder.client, holder.principalId];
  stranger = (await hired({ role: "claims-adjuster", purposes: ["claim-handling"] })).client;
});
after(() => accounting?.bench.close());

async function somebody() {
  const person = { type: "person", fields: { "first-name": "Iris", "last-name": "Quill", "birth-date": "1980-05-04" } };
  const claim = { type: "claim", fields: { number: "CL-9", narrative: "Did not brake before the crossing." } };
  const made = await maker.customers.create({
    kind: "person",
    units: [
      { kind: "relationship", ...PLACE, records: [person] },
      { kind: "claim", ...PLACE, records: [claim] },
    ],
  });
  const customerId = asId(made.customerId);
  const admin = accounting.bench.as(accounting.bench.server.admin.token);
  await admin.assignments.create({ customerId, clientId: adjusterId, kind: "claim" });
  return {
    customerId,
    claimId: made.units[1]!.unitId,
    recordId: made.records[1]!.recordId,
    self: await accounting.sessionOf(customerId),
  };
}

type Somebody = Awaited<ReturnType<typeof somebody>>;

async function refused({ self }: Somebody): Promise<string> {
  const { requestId } = await self.portal.rights.open({ kind: "correction", place: CALIFORNIA, words: "I did brake" });
  const { grounds } = await dpo.rights.read(requestId, { words: "left" });
  const ground = grounds[0]?.code ?? null;
  await dpo.rights.decide(requestId, { outcome: "refused", ground, reason: "the witness says otherwise" });
  return requestId;
}

const stating = ({ recordId }: Somebody) => ({
  do: "file-statement" as const,
  recordId,
  fields: ["narrative"],
  words: WORDS,
});
const asking = ({ customerId }: Somebody, fields = ["claim.narrative", "claim.number"]) => ({
  customerId,
  purpose: "claim-handling" as const,
  fields,
});
const entriesOf = (customerId: Uuid) =>
  accounting.bench.server.app.domains.ledger.list({ customerId }, { limit: 50 }, "cleared");

test("a disputed field says so wherever it is shown, and its words are shown to whoever is shown the field in clear", async () => {
  const one = await somebody();
  const requestId = await refused(one);
  const first = await adjuster.disclose(asking(one));
  assert.ok(first.fields.every((field) => !("disputed" in field)));
  await one.self.portal.rights.step(requestId, stating(one));
  const shown = await adjuster.disclose(asking(one));
  const [narrative, number] = shown.fields;
  assert.ok(narrative?.disputed !== undefined);
  assert.equal(number?.disputed, undefined, "no more is marked than what is disputed");
  const masked = await adjuster.disclose({ ...asking(one), form: "masked" });
  assert.equal(masked.fields[0]?.disputed?.statementId, narrative.disputed.statementId);
  const asked = await adjuster.previewDisclosure(asking(one));
  assert.equal(asked.fields[0]?.disputed?.statementId, narrative.disputed.statementId);
  const { items, disclosureId } = await adjuster.disputedStatements(asking(one));
  assert.deepEqual(
    items.map(({ statementId, fields, words }) => [statementId, fields, words]),
    [[narrative.disputed.statementId, ["claim.narrative"], WORDS]],
  );
  const entry = (await entriesOf(one.customerId)).items.find(({ entryId }) => entryId === disclosureId);
  assert.deepEqual([entry?.kind, entry?.outcome], ["disclosure", "allowed"]);
  assert.deepEqual((await adjuster.disputedStatements(asking(one, ["claim.number"]))).items, []);
});

test("a mask, a stranger and somebody else's file show nothing of the words, and the refusal is recorded", async () => {
  const [one, other] = [await somebody(), await somebody()];
  const requestId = await refused(one);
  await one.self.portal.rights.step(requestId, stating(one));
  assert.deepEqual((await adjuster.disputedStatements({ ...asking(one), form: "masked" })).items, []);
  assert.deepEqual((await adjuster.disputedStatements(asking(other))).items, []);
  const { items, disclosureId } = await stranger.disputedStatements(asking(one));
  assert.deepEqual(items, []);
  const entry = (await entriesOf(one.customerId)).items.find(({ entryId }) => entryId === disclosureId);
  assert.equal(entry?.outcome, "denied");
  const looked = await stranger.disclose(asking(one));
  assert.ok(looked.fields.every((field) => field.disputed === undefined));
  await assert.rejects(other.self.portal.rights.step(requestId, stating(one)), { code: "unknown-request" });
});

test("is filed only after a refusal, about what a record of the customer holds, by the customer or for them", async () => {
  const [one, other] = [await somebody(), await somebody()];
  const opened = await one.self.portal.rights.open({ kind: "correction", place: CALIFORNIA });
  await assert.rejects(one.self.portal.rights.step(opened.requestId, stating(one)), { code: "wrong-state" });
  const requestId = await refused(one);
  const { rights } = one.self.portal;
  await assert.rejects(rights.step(requestId, stating(other)), { code: "unknown-record" });
  const absent = { ...stating(one), fields: ["loss-date"] };
  await assert.rejects(rights.step(requestId, absent), { code: "unknown-record" });
  await assert.rejects(rights.step(requestId, { ...stating(one), words: "x".repeat(2001) }), { status: 400 });
  const key = "statement-0001";
  await dpo.rights.step(requestId, stating(one), { idempotencyKey: key });
  await dpo.rights.step(requestId, stating(one), { idempotencyKey: key });
  const { statements } = await rights.read(requestId);
  assert.deepEqual(
    statements.map(({ fields, words }) => [fields, words]),
    [[["narrative"], WORDS]],
  );
  await rights.step(requestId, stating(one));
  await rights.step(requestId, stating(one));
  await assert.rejects(rights.step(requestId, stating(one)), { code: "too-much" });
});

test("whoever was given the field within the years of the law is told, each with a proof, though the request is answered", async () => {
  const one = await somebody();
  const fields = [{ form: "clear", input: 0, path: "claim.narrative", record: one.recordId, revision: 1 }];
  const more = { customers: [{ customer: one.customerId, fields, unit: null }] };
  await accounting.write({ customerId: one.customerId, recipientType: "reinsurer", purpose: "reinsurance", more });
  const requestId = await refused(one);
  await one.self.portal.rights.step(requestId, stating(one));
  const { deeds, state } = await dpo.rights.read(requestId, { words: "left" });
  assert.equal(state, "decided");
  assert.deepEqual(
    deeds.map((deed) => [deed.do, deed.recipient?.type, deed.state]),
    [["tell-statement", "reinsurer", "waits"]],
  );
  const told = { do: "told", deedId: deeds[0]!.deedId, channel: "letter", reference: "L-7" } as const;
  await dpo.rights.step(requestId, told);
  await assert.rejects(dpo.rights.step(requestId, told), { code: "wrong-state" });
  const [done] = (await dpo.rights.read(requestId, { words: "left" })).deeds;
  assert.deepEqual([done?.state, done?.told?.reference], ["done", "L-7"]);
});

test("erasing the unit erases the words, for the office and for the customer", async () => {
  const one = await somebody();
  const requestId = await refused(one);
  await one.self.portal.rights.step(requestId, stating(one));
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  const at = { customerId: one.customerId, unitId: asId(one.claimId) };
  await accounting.bench.server.app.domains.vault.changeUnit({ ...at, status: "closed" }, actor);
  const erasing = await one.self.portal.rights.open({ kind: "erasure", place: { country: "DE", state: null } });
  const partly = { outcome: "partly", ground: "legal-claims", reason: "the relationship stays" } as const;
  await dpo.rights.decide(erasing.requestId, { ...partly, unitIds: [one.claimId] });
  assert.equal((await dpo.rights.read(erasing.requestId, { words: "left" })).deeds[0]?.state, "done");
  for (const read of [dpo.rights.read(requestId), one.self.portal.rights.read(requestId)])
    assert.deepEqual(
      (await read).statements.map(({ words }) => words),
      [null],
    );
  assert.deepEqual((await adjuster.disputedStatements(asking(one))).items, []);
});
