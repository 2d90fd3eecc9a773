// A correction on its way: proposed by one, granted by another, applied once, and told to everybody who was given what was wrong.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { openTestAccounting, type TestAccounting } from "../accounting/test-accounting.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { grantProposed } from "./test-grant.ts";

const CALIFORNIA = { country: "US", state: "CA" };
const GERMANY = { country: "DE", state: null };
const YEAR_MS = 366 * 86_400_000;

let accounting: TestAccounting;
let dpo: Client;
let second: Client;
let maker: Client;
let officers: readonly [Uuid, Uuid];
before(async () => {
  accounting = await openTestAccounting();
  const { server } = accounting.bench;
  maker = accounting.bench.as((await server.createClient({ role: "underwriter", purposes: ["underwriting"] })).token);
  officers = [await hire("First"), await hire("Second")];
  await signIn();
});
after(() => accounting?.bench.close());

async function hire(name: string): Promise<Uuid> {
  const { admin, app } = accounting.bench.server;
  const actor = await app.domains.access.authenticate(admin.token, true);
  assert.ok(actor !== null);
  const scope = { groups: [], entities: ["acme"], lines: ["auto"], classCeiling: null } as const;
  const asked = { role: "dpo", name, purposes: ["data-subject-request"], expiresAt: null, ...scope } as const;
  return app.domains.access.createStaff({ ...asked, rowScope: "assignments" }, actor);
}

/** Anew where years go by. */
async function signIn(): Promise<void> {
  const { bench } = accounting;
  const { sessions } = bench.server.app.domains.signIns;
  const strength = { methods: ["passkey"], isStrong: true, isPhishingResistant: true } as const;
  const lasting = { lifetimeSeconds: 86_400, idleSeconds: 86_400, device: "test", address: "127.0.0.1" };
  const [one, other] = await Promise.all(
    officers.map((principalId) => sessions.start({ principalId, ...strength, ...lasting })),
  );
  [dpo, second] = [bench.as(one?.token ?? ""), bench.as(other?.token ?? "")];
}

async function somebody() {
  const person = { type: "person", fields: { "first-name": "Iris", "last-name": "Quil", "birth-date": "1980-05-04" } };
  const unit = { kind: "relationship" as const, entity: "acme", brand: "acme", line: "auto" as const };
  const made = await maker.customers.create({ kind: "person", units: [{ ...unit, records: [person] }] });
  const customerId = asId(made.customerId);
  return { customerId, recordId: asId(made.records[0]?.recordId ?? ""), self: await accounting.sessionOf(customerId) };
}

const left = (requestId: string) => dpo.rights.read(requestId, { words: "left" });
const FIXED = { "last-name": "Quill", "first-name": "Iris", "birth-date": "1980-05-04" };

/** As the gate writes it when a recipient is given the surname. */
function gave(customerId: Uuid, recordId: Uuid, recipientType: string, withheld = false) {
  const fields = [{ form: "clear", input: 0, path: "person.last-name", record: recordId, revision: 1 }];
  const more = { customers: [{ customer: customerId, fields, unit: null }] };
  return accounting.write({ customerId, recipientType, withheld, purpose: "reinsurance", more });
}

test("goes back where the record says something else by then, and is done at once where nobody was given it", async () => {
  const one = await somebody();
  const { requestId } = await one.self.portal.rights.open({ kind: "correction", place: GERMANY });
  const propose = { do: "propose", recordId: one.recordId, fields: FIXED } as const;
  const half = { ...propose, fields: { "last-name": "Quill" } };
  await assert.rejects(dpo.rights.step(requestId, half), { code: "fields-needed" });
  await dpo.rights.step(requestId, propose);
  const { vault } = accounting.bench.server.app.domains;
  const prepared = vault.prepare({ recordType: "person", fields: { ...FIXED, "last-name": "Quell" } });
  assert.ok(prepared.ok);
  const { customerId, recordId } = one;
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  await vault.correct({ customerId, recordId, expectedRevision: 1, record: prepared.record, remove: [] }, actor);
  const back = await grantProposed(second, requestId);
  assert.equal(back.state, "in-progress");
  const kinds = (await left(requestId)).deeds.map(({ obstacles }) => obstacles[0]?.kind);
  assert.deepEqual(kinds, ["record-changed"]);
  await dpo.rights.step(requestId, propose);
  assert.equal((await grantProposed(second, requestId)).state, "closed");
});

test("names what the customer points at in their own file, sealed, for whoever proposes it", async () => {
  const [one, other] = [await somebody(), await somebody()];
  const correction = { recordId: one.recordId, fields: { "last-name": "Quill" } };
  const draft = { kind: "correction", place: GERMANY, correction } as const;
  await assert.rejects(other.self.portal.rights.open(draft), { code: "unknown-record" });
  const unheld = { ...correction, fields: { occupation: "Baker" } };
  await assert.rejects(one.self.portal.rights.open({ ...draft, correction: unheld }), { code: "unknown-record" });
  await assert.rejects(one.self.portal.rights.open({ ...draft, kind: "access" }), { code: "not-a-correction" });
  const { requestId } = await one.self.portal.rights.open(draft);
  const about = { recordId: one.recordId, recordType: "person", fields: ["last-name"] };
  assert.deepEqual(
    (await left(requestId)).wanted,
    { ...about, values: null },
    "nothing is opened where words are left",
  );
  assert.deepEqual((await dpo.rights.read(requestId)).wanted, { ...about, values: correction.fields });
  assert.deepEqual((await one.self.portal.rights.read(requestId)).wanted?.values, correction.fields);
  await assert.rejects(second.rights.decide(requestId, { outcome: "fulfilled" }), { code: "proposal-needed" });
});

test("is told to whoever was given the old value within the years of the law, each with a proof, and done when the last was", async () => {
  const one = await somebody();
  await gave(one.customerId, one.recordId, "reinsurer");
  await gave(one.customerId, one.recordId, "consumer-reporting-agency");
  accounting.pass(3 * YEAR_MS);
  const [late] = await gave(one.customerId, one.recordId, "medical-provider");
  await gave(one.customerId, one.recordId, "medical-provider", true);
  const self = await accounting.sessionOf(one.customerId);
  await signIn();
  const asked = await self.portal.rights.open({ kind: "correction", place: CALIFORNIA, words: "two l" });
  const { requestId } = asked;
  assert.equal(asked.ruleId, "NAIC670-correct");
  await assert.rejects(second.rights.decide(requestId, { outcome: "fulfilled" }), { code: "proposal-needed" });
  await dpo.rights.step(requestId, { do: "propose", recordId: one.recordId, fields: FIXED });
  await assert.rejects(grantProposed(dpo, requestId), { code: "own-decision" });
  const { proposal } = await second.rights.read(requestId);
  assert.deepEqual(proposal?.values, FIXED, "whoever decides reads what it is to say, by an entry");
  assert.equal((await left(requestId)).proposal?.values, null);
  const granted = await second.rights.decide(requestId, { outcome: "fulfilled", proposedAt: proposal?.at ?? null });
  assert.equal(granted.state, "fulfilling", "it is not done before everybody was told");
  const { deeds } = await left(requestId);
  const tells = deeds.filter((deed) => deed.do === "tell");
  assert.deepEqual(
    tells.map(({ recipient, state }) => [recipient?.type, recipient?.times, state]),
    [
      ["medical-provider", 1, "waits"],
      ["consumer-reporting-agency", 1, "waits"],
    ],
    "two years, seven for those that collect about people; what is withheld is told to nobody",
  );
  assert.equal(tells[0]?.recipient?.entryId, late);
  const [provider, agency] = tells.map(({ deedId }) => deedId);
  await dpo.rights.step(requestId, { do: "told", deedId: provider!, channel: "letter", reference: "L-2029-114" });
  const again = { do: "told", deedId: provider!, channel: "letter", reference: "L-2" } as const;
  await assert.rejects(dpo.rights.step(requestId, again), { code: "wrong-state" });
  const done = { do: "told", deedId: agency!, channel: "webhook", reference: "msg-7" } as const;
  assert.equal((await dpo.rights.step(requestId, done)).state, "closed");
  const { vault, ledger } = accounting.bench.server.app.domains;
  const [stored] = await vault.loadRecords([one.customerId], { recordId: one.recordId });
  assert.equal(stored?.record.revision, 2, "applied once, and the history kept");
  const filter = { kinds: ["record-correct"], customerId: one.customerId } as const;
  assert.equal((await ledger.list(filter, { limit: 5 }, "cleared")).items.length, 1);
});
