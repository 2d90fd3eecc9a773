// What of an investigation its subject may have is judged by two different people, of whom one knows the matter; and never while it is open.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { asId } from "../kernel/ids.ts";
import { openTestAccounting, type TestAccounting } from "../accounting/test-accounting.ts";

interface Hired {
  readonly client: Client;
  readonly clientId: string;
}

let accounting: TestAccounting;
let maker: Hired;
let officer: Hired;
let lawyer: Hired;
let investigator: Hired;
let compliance: Hired;
let adjuster: Hired;
before(async () => {
  accounting = await openTestAccounting();
  maker = await hire("dpo", "data-subject-request");
  officer = await hire("dpo", "data-subject-request");
  lawyer = await hire("litigation", "litigation");
  investigator = await hire("siu-investigator", "fraud-investigation");
  compliance = await hire("compliance", "complaint");
  adjuster = await hire("claims-adjuster", "claim-handling");
});
after(() => accounting?.bench.close());

type Request = Parameters<TestAccounting["bench"]["server"]["createClient"]>[0];

async function hire(role: Request["role"], purpose: Request["purposes"][number]): Promise<Hired> {
  const rowScope = role === "compliance" ? ("everything-masked" as const) : ("assignments" as const);
  const { token, principalId } = await accounting.bench.server.createClient({ role, purposes: [purpose], rowScope });
  return { client: accounting.bench.as(token), clientId: principalId };
}

const admin = () => accounting.bench.as(accounting.bench.server.admin.token);
const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;
const NOTED = "the damage is older than the policy";

interface Held {
  readonly customerId: string;
  readonly unitId: string;
  readonly recordId: string;
  readonly at: { readonly customerId: string; readonly copyId: string };
  readonly self: Client;
}

/** A copy that was made of somebody who was investigated. */
async function investigated(isOpen: boolean, more: Readonly<Record<string, string>> = {}): Promise<Held> {
  const person = { type: "person", fields: { "first-name": "Zoë", "last-name": "Quokka" } };
  const fields = { "fraud-referral": "none", "file-narrative": NOTED, ...more };
  const units = [
    { ...PLACE, kind: "relationship" as const, records: [person] },
    { ...PLACE, kind: "claim" as const, records: [{ type: "investigation", fields }] },
  ];
  const made = await adjuster.client.customers.create({ kind: "person", units });
  const { customerId } = made;
  const unitId = made.units[1]?.unitId ?? "";
  const recordId = made.records.find(({ type }) => type === "investigation")?.recordId ?? "";
  await admin().assignments.create({ customerId, clientId: adjuster.clientId, kind: "claim" });
  if (!isOpen) await adjuster.client.customers.changeUnit({ customerId, unitId }, { status: "closed" });
  for (const { clientId } of [maker, officer]) await admin().assignments.create({ customerId, clientId, kind: "case" });
  const { copyId } = await maker.client.dataCopies.make(customerId);
  return { customerId, unitId, recordId, at: { customerId, copyId }, self: await strongly(customerId) };
}

async function strongly(customerId: string): Promise<Client> {
  const { access, signIns } = accounting.bench.server.app.domains;
  const principalId = await access.enrolCustomer(asId(customerId), access.system);
  const strength = { methods: ["passkey"], isStrong: true, isPhishingResistant: true } as const;
  const lasting = { lifetimeSeconds: 86_400, idleSeconds: 86_400, device: "test", address: "127.0.0.1" };
  return accounting.bench.as((await signIns.sessions.start({ principalId, ...strength, ...lasting })).token);
}

const release = (unitId: string) => ({ unitId, release: true }) as const;
const copyOf = async ({ self, at }: Held): Promise<string> =>
  (await self.portal.dataCopies.fetch(at.copyId, "json")).text();

test("what counsel has judged and the privacy officer releases lands in the copy, and what was kept does not", async () => {
  const released = await investigated(false);
  await lawyer.client.dataCopies.judge(released.at, release(released.unitId));
  await assert.rejects(copyOf(released), { code: "unknown-package" });
  const decided = await officer.client.dataCopies.decide(released.at, release(released.unitId));
  assert.deepEqual(
    decided.held.map(({ judged, decision }) => [judged?.by, decision?.by, decision?.ground]),
    [[lawyer.clientId, officer.clientId, null]],
  );
  assert.ok((await copyOf(released)).includes(NOTED));
  const kept = await investigated(false);
  await lawyer.client.dataCopies.judge(kept.at, { unitId: kept.unitId, release: false, ground: "others-rights" });
  await assert.rejects(officer.client.dataCopies.decide(kept.at, release(kept.unitId)), { code: "judgement-needed" });
  await officer.client.dataCopies.decide(kept.at, { unitId: kept.unitId, release: false, ground: "others-rights" });
  const text = await copyOf(kept);
  assert.ok(!text.includes(NOTED));
  assert.match(text, /GDPR Art\. 15\(4\)/, "the ground that may be told stands in the answer");
});

test("nobody releases alone, nor the same two ways, nor whoever made the copy", async () => {
  const one = await investigated(false);
  const releasing = release(one.unitId);
  await assert.rejects(officer.client.dataCopies.decide(one.at, releasing), { code: "judgement-needed", status: 409 });
  await assert.rejects(officer.client.dataCopies.judge(one.at, releasing), { status: 403 });
  await assert.rejects(compliance.client.dataCopies.judge(one.at, releasing), { status: 403 });
  await assert.rejects(lawyer.client.dataCopies.decide(one.at, releasing), { status: 403 });
  await investigator.client.dataCopies.judge(one.at, releasing);
  await assert.rejects(investigator.client.dataCopies.decide(one.at, releasing), { status: 403 });
  await assert.rejects(maker.client.dataCopies.decide(one.at, releasing), { code: "own-package", status: 403 });
  // The gate shows it to the privacy officer who answers the request, and to nobody else.
  await assert.rejects(compliance.client.dataCopies.decide(one.at, releasing), { code: "not-released", status: 409 });
  assert.equal((await officer.client.dataCopies.decide(one.at, releasing)).state, "ready");
});

test("whoever runs the case does not judge it, and what is privileged is judged by counsel alone", async () => {
  const one = await investigated(false);
  const { customerId } = one;
  await admin().assignments.create({ customerId, clientId: investigator.clientId, kind: "investigation" });
  await assert.rejects(investigator.client.dataCopies.judge(one.at, release(one.unitId)), {
    code: "own-case",
    status: 403,
  });
  const privileged = await investigated(false, { "counsel-advice": "settle it quietly" });
  await assert.rejects(investigator.client.dataCopies.judge(privileged.at, release(privileged.unitId)), {
    code: "counsel-needed",
    status: 403,
  });
  await lawyer.client.dataCopies.judge(privileged.at, release(privileged.unitId));
});

test("an open investigation is released by nobody, its seal is told by no ground, and opening it again undoes what was judged", async () => {
  const open = await investigated(true);
  await assert.rejects(lawyer.client.dataCopies.judge(open.at, release(open.unitId)), { code: "still-open" });
  const telling = { unitId: open.unitId, release: false, ground: "others-rights" } as const;
  await assert.rejects(officer.client.dataCopies.decide(open.at, telling), { code: "would-tell", status: 409 });
  await officer.client.dataCopies.decide(open.at, { ...telling, ground: "tipping-off" });
  const text = await copyOf(open);
  for (const word of [NOTED, "investigation", 'withheld":[{', "2015/849"]) assert.ok(!text.includes(word), word);
  const again = await investigated(false);
  await lawyer.client.dataCopies.judge(again.at, release(again.unitId));
  await adjuster.client.customers.changeUnit(again, { status: "open" });
  await assert.rejects(officer.client.dataCopies.decide(again.at, release(again.unitId)), { code: "still-open" });
});

test("what came or changed after it was judged has not been judged", async () => {
  const one = await investigated(false);
  await lawyer.client.dataCopies.judge(one.at, release(one.unitId));
  const record = { type: "investigation", fields: { "fraud-referral": "none" } };
  await adjuster.client.customers.addRecord(one.customerId, { unitId: one.unitId, ...record });
  await assert.rejects(officer.client.dataCopies.decide(one.at, release(one.unitId)), { code: "judgement-needed" });
  await lawyer.client.dataCopies.judge(one.at, release(one.unitId));
  assert.equal((await officer.client.dataCopies.decide(one.at, release(one.unitId))).state, "ready");
});

test("that a suspicious activity was reported is in no copy, whoever has judged it", async () => {
  const one = await investigated(false, { "bureau-referral": "reported to the bureau" });
  await lawyer.client.dataCopies.judge(one.at, release(one.unitId));
  await officer.client.dataCopies.decide(one.at, release(one.unitId));
  const text = await copyOf(one);
  assert.ok(text.includes(NOTED) && !text.includes("reported to the bureau"));
});

test("a judgement lends nothing to another question, and each step is an entry that the customer is not told of", async () => {
  const one = await investigated(false);
  const { customerId } = one;
  await lawyer.client.dataCopies.judge(one.at, release(one.unitId));
  const asked = { customerId, fields: ["investigation.file-narrative"], justification: "to read it" } as const;
  for (const [by, purpose, basis] of [
    [officer, "data-subject-request", "role-duty"],
    [compliance, "complaint", "rights-request"],
  ] as const) {
    const { fields } = await by.client.disclose({ ...asked, fields: [...asked.fields], purpose, basis });
    assert.ok(
      fields.every(({ form }) => form === "denied"),
      `${purpose} ${basis}`,
    );
  }
  const { ledger } = accounting.bench.server.app.domains;
  const filter = { kinds: ["fulfilment"], customerId: asId(customerId) } as const;
  const [cleared, told] = await Promise.all([
    ledger.list(filter, { limit: 20 }, "cleared"),
    ledger.list(filter, { limit: 20 }, "ordinary"),
  ]);
  assert.equal(cleared.items.length - told.items.length, 1);
});
