// Changes of payee, bank account, address and contact, over HTTP and a real mail server: nothing before the code and the hours, and nothing by anybody's own word.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { asId } from "../kernel/ids.ts";
import { speltMoment } from "../mail/mail.ts";
import { CHANGE } from "./change-row.ts";
import { startTestServer } from "../test-server.ts";
import { openTestChanges, type TestChanges } from "./test-changes.ts";

let bench: TestChanges;
before(async () => {
  bench = await openTestChanges();
});
after(() => bench.close());

const wrong = (code: string): string => (code === "00000000" ? "00000001" : "00000000");

test("a person's change of bank account takes effect only after the code from the old contact and the hours", async () => {
  const at = await bench.scene();
  const { code, ...change } = await bench.askBank(at);
  await bench.later(100);
  assert.equal(await bench.revision(at, "bank-account"), 1, "the hours alone do nothing");
  const client = await bench.signedIn(at.agent.principalId);
  const [listed] = (await client.changes.list(change.customerId)).items;
  assert.deepEqual([listed?.fields, listed?.confirmed], [["bank-account.holder-name"], false]);
  assert.deepEqual(await client.changes.confirm(change, code), { confirmed: true });
  await assert.rejects(client.changes.confirm(change, code), { code: "already-confirmed", status: 409 });
  await bench.later(0);
  assert.equal(await bench.revision(at, "bank-account"), 2);
  assert.equal((await bench.entries(at, "record-correct"))[0]?.actorId, at.agent.principalId);
  await bench.deliver();
  assert.deepEqual(bench.letters(at), ["Please confirm a change", "A change has taken effect"]);
  await bench.later(0);
  assert.deepEqual((await client.changes.list(change.customerId)).items, []);
  const { authority, database, operations } = bench.server.app.domains;
  const kept = await authority.get(database, CHANGE, { ownerId: change.customerId, rowId: change.changeId });
  assert.deepEqual(
    [kept?.state, kept?.content.values, kept?.content.to],
    ["ended", null, null],
    "no value outlives it",
  );
  const auditor = await bench.server.createClient({ role: "internal-auditor", purposes: ["audit"] });
  const asked = (await bench.server.app.domains.access.authenticate(auditor.token))!;
  const { findings } = await operations.verifyData(asked);
  assert.deepEqual(findings, []);
});

test("the code alone does nothing before the hours are over, and what was stopped never takes effect", async () => {
  const at = await bench.scene();
  const { code, ...change } = await bench.askBank(at);
  await at.agent.client.changes.confirm(change, code);
  await bench.later(71);
  assert.equal(await bench.revision(at, "bank-account"), 1);
  const client = await bench.signedIn(at.agent.principalId);
  await client.changes.stop(change);
  await bench.deliver();
  await bench.later(500);
  assert.equal(await bench.revision(at, "bank-account"), 1);
  assert.deepEqual(bench.letters(at), ["Please confirm a change", "A change was stopped"]);
  await assert.rejects(client.changes.stop(change), { status: 401 }, "the session is over by now");
  await assert.rejects((await bench.signedIn(at.agent.principalId)).changes.stop(change), { code: "unknown-change" });
});

test("of any number of wrong codes at once no more than five are tried, and then not even the right one helps", async () => {
  const at = await bench.scene();
  const { code, ...change } = await bench.askBank(at);
  const tries = await Promise.allSettled(
    Array.from({ length: 8 }, () => at.agent.client.changes.confirm(change, wrong(code))),
  );
  const answered = tries.flatMap((each) => (each.status === "fulfilled" ? [each.value.confirmed] : []));
  assert.ok(answered.length <= 5 && answered.every((confirmed) => !confirmed), JSON.stringify(answered));
  for (let more = answered.length; more < 5; more += 1) await at.agent.client.changes.confirm(change, wrong(code));
  await assert.rejects(at.agent.client.changes.confirm(change, code), { code: "unknown-change", status: 404 });
  await bench.later(100);
  assert.equal(await bench.revision(at, "bank-account"), 1);
});

test("a change is dropped when its asker is not in force any more, when the record moved on, or when nobody confirmed", async () => {
  const [left, moved, silent] = [await bench.scene(), await bench.scene(), await bench.scene()];
  for (const at of [left, moved]) {
    const { code, ...change } = await bench.askBank(at);
    await at.agent.client.changes.confirm(change, code);
  }
  await bench.askBank(silent);
  await bench.as(bench.server.admin.token).staff.change(left.agent.principalId, { status: "suspended" });
  const recordId = moved.customer.recordIds.get("bank-account")!;
  const { vault } = bench.server.app.domains;
  const prepared = vault.prepare({ recordType: "bank-account", fields: { "bank-name": "Second Bank" } });
  assert.ok(prepared.ok);
  const at = { customerId: moved.customer.customerId, recordId, expectedRevision: 1, evenIfSame: true, remove: [] };
  await vault.correct({ ...at, record: prepared.record }, SYSTEM);
  await bench.later(73);
  await bench.later(100);
  assert.deepEqual(
    [
      await bench.revision(left, "bank-account"),
      await bench.revision(moved, "bank-account"),
      await bench.revision(silent, "bank-account"),
    ],
    [1, 2, 1],
  );
  const { changes } = bench.server.app.domains;
  for (const each of [left, moved, silent]) assert.deepEqual(await changes.list(each.customer.customerId), []);
});

test("what else is corrected does not wait; a contact is confirmed at the one before, and where there is none nothing is changed", async () => {
  const at = await bench.scene();
  const told = await bench.correct(at, "person", { occupation: "Miller" });
  assert.deepEqual([told.pending, told.records[0]?.revision], [undefined, 2]);
  const { pending, records } = await bench.correct(at, "contact", { email: "thief@mailbox.example" });
  assert.deepEqual([pending?.confirmed, records], [false, []]);
  await bench.deliver();
  assert.equal(bench.codeTo("thief@mailbox.example"), null);
  const customer = await bench.customer();
  const principalId = await bench.hire(customer);
  const nobody = { customer, address: "", agent: { principalId, client: await bench.signedIn(principalId) } };
  await assert.rejects(bench.correct(nobody, "address", { city: "Albany" }), { code: "no-contact", status: 409 });
  await assert.rejects(bench.correct(at, "address", { city: "Albany" }, 7), { status: 409 });
});

test("the first contact of somebody who has none rests on a document, a second person, and twice three days", async () => {
  const at = await bench.scene({}, "policy");
  const { customerId, relationshipId: unitId, recordIds } = at.customer;
  const documentId = recordIds.get("document")!;
  const first = { unitId, type: "contact", fields: { email: "first.contact@mailbox.example" } };
  const ask = (more: object) => at.agent.client.customers.addRecord(customerId, { ...first, ...more });
  await assert.rejects(ask({}), { code: "no-contact" });
  await assert.rejects(ask({ documentId: recordIds.get("person")! }), { code: "no-contact" }, "that is no document");
  const strangers = await bench.customer();
  await assert.rejects(ask({ documentId: strangers.recordIds.get("document")! }), { code: "no-contact" });
  await assert.rejects(
    at.agent.client.customers.addRecord(customerId, {
      ...first,
      type: "bank-account",
      fields: { "holder-name": "Eve", "account-number": "4711" },
      documentId,
    }),
    { code: "no-contact" },
    "nothing but a contact",
  );
  const { pending } = await ask({ documentId });
  const change = { customerId, changeId: pending!.changeId };
  const asHired = async (role: "compliance" | "dpo") => {
    const rowScope = role === "compliance" ? "everything-masked" : "assignments";
    const { principalId, token } = await bench.server.createClient({ role, purposes: ["complaint"], rowScope });
    return { principalId, client: bench.as(token) };
  };
  const [officer, twin] = [await asHired("compliance"), await asHired("compliance")];
  const { access, grants } = bench.server.app.domains;
  for (const principalId of [at.agent.principalId, twin.principalId])
    await grants.identifyPerson(
      { principalId, personnelNumber: "N-9" },
      (await access.authenticate(bench.server.admin.token, true))!,
    );
  const told = async (by: typeof officer) =>
    (await by.client.work.list()).waiting.filter(({ kind, id }) => kind === "change" && id === change.changeId);
  assert.deepEqual(
    (await told(officer)).map(({ what, customerId: of }) => [what, of]),
    [["awaits-vouching", customerId]],
  );
  assert.equal((await officer.client.changes.list(customerId)).items[0]?.documentId, documentId);
  assert.deepEqual(await told(await asHired("dpo")), [], "whose file is in other hands");
  await assert.rejects(at.agent.client.changes.vouch(change), { status: 403 });
  await assert.rejects(twin.client.changes.vouch(change), { code: "own-change" }, "the asker as another principal");
  await assert.rejects(at.agent.client.changes.confirm(change, "12345678"), { code: "unknown-change" }, "by no code");
  await bench.later(73);
  assert.equal(await bench.count(at, "contact"), 0, "nobody has vouched");
  await officer.client.changes.vouch(change);
  assert.deepEqual(await told(officer), []);
  await assert.rejects(officer.client.changes.vouch(change), { code: "already-confirmed" });
  const agent = await bench.signedIn(at.agent.principalId);
  await bench.later(0);
  assert.equal(await bench.count(at, "contact"), 1);
  const bank = { expectedRevision: 1, fields: { "holder-name": "Eve" }, reason: "the caller says so" };
  const recordId = recordIds.get("bank-account")!;
  await assert.rejects(
    agent.customers.correct({ customerId, recordId }, bank),
    { code: "no-contact" },
    "it is too new",
  );
  await bench.later(73);
  const later = await bench.signedIn(at.agent.principalId);
  assert.ok((await later.customers.correct({ customerId, recordId }, bank)).pending !== undefined);
  const second = { ...first, fields: { email: "second@mailbox.example" }, documentId };
  const waits = await later.customers.addRecord(customerId, second);
  const listed = (await later.changes.list(customerId)).items.find(
    ({ changeId }) => changeId === waits.pending?.changeId,
  );
  assert.equal(listed?.documentId, null, "whoever has a contact is asked there");
});

test("whoever can write the database hastens, confirms and alters no change", async () => {
  const at = await bench.scene();
  const { code, ...change } = await bench.askBank(at);
  const intruder = new pg.Client({ connectionString: bench.server.database.superuserUrl });
  await intruder.connect();
  try {
    await intruder.query("create table kept_change as select * from authority_row where row_id = $1", [
      change.changeId,
    ]);
    await at.agent.client.changes.confirm(change, wrong(code));
    // The try that was spent is put back.
    await intruder.query(
      `update authority_row a set content = k.content, revision = k.revision, act = k.act
       from kept_change k where a.row_id = k.row_id`,
    );
    await assert.rejects(at.agent.client.changes.confirm(change, code), { status: 500 });
    assert.ok(bench.server.logged.some((line) => line.includes("does not verify")));
    await bench.later(100);
    assert.equal(await bench.revision(at, "bank-account"), 1);
  } finally {
    await intruder.end();
  }
});

test("a change that is asked for again under one key is one change; its values are emptied when the customer is erased", async () => {
  const at = await bench.scene();
  const place = { customerId: at.customer.customerId, recordId: at.customer.recordIds.get("address")! };
  const body = { expectedRevision: 1, fields: { city: "Albany" }, reason: "moved" };
  const ask = () => at.agent.client.customers.correct(place, body, { idempotencyKey: "one-key" });
  assert.deepEqual(await ask(), await ask());
  const { authority, changes, database } = bench.server.app.domains;
  const [waiting, ...others] = await changes.list(place.customerId);
  assert.ok(waiting !== undefined && others.length === 0);
  await bench.server.app.domains.vault.erase({ customerId: place.customerId, unitId: null }, SYSTEM);
  await bench.later(0);
  const kept = await authority.get(database, CHANGE, { ownerId: place.customerId, rowId: waiting.rowId });
  assert.deepEqual([kept?.content.values, kept?.content.to], [null, null]);
});
const SYSTEM = { actorId: null, actorRevision: null, purpose: null, basis: null };

test("a server without mail takes no such change", async () => {
  const server = await startTestServer();
  try {
    const { access, changes } = server.app.domains;
    const [customerId, unitId, recordId] = [asId(NOBODY), asId(NOBODY), asId(NOBODY)];
    const record = {
      customerId,
      unitId,
      recordType: "address",
      stored: { recordId, revision: 1 },
      expectedRevision: 1,
    };
    const asked = { ...record, fields: { city: "Albany" }, reason: "moved", language: "en" } as const;
    const system = { ...access.system, customerId: null };
    await assert.rejects(changes.ask(asked, system), { code: "not-configured" });
  } finally {
    await server.stop();
  }
});
const NOBODY = "0198c0de-0000-7000-8000-000000000000";

test("the letter says that the code is to be read out on the telephone, and both days as the customer's pages have them", async () => {
  const at = await bench.scene();
  const { code, ...change } = await bench.askBank(at);
  const client = await bench.signedIn(at.agent.principalId);
  const [waiting] = (await client.changes.list(change.customerId)).items;
  const sent = bench.smtp.letters.find(({ to }) => JSON.stringify(to).includes(at.address));
  const text = (sent?.text ?? "").replaceAll(/\s+/g, " ");
  assert.match(text, /call us by the number on your policy and read this code to us/);
  const said = [waiting?.confirmBy, waiting?.effectiveAt].map((moment) =>
    speltMoment(new Date(moment ?? ""), "en", "UTC"),
  );
  assert.deepEqual(
    [code, ...said].map((each) => text.includes(each)),
    [true, true, true],
    text,
  );
  assert.doesNotMatch(text, /\d{4}-\d\d-\d\dT/);
});
