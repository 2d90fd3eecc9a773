// What else waits: further records beside the ones on file, what API clients write, and what a flag stands against; and whom it reaches when it is over.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { asId } from "../kernel/ids.ts";
import { CHANGE } from "./change-row.ts";
import { loadChangeRules, mayImport, mustWait } from "./rules.ts";
import { openTestChanges, type Scene, type TestChanges } from "./test-changes.ts";

let bench: TestChanges;
before(async () => {
  bench = await openTestChanges();
});
after(() => bench.close());

const ACCOUNT = { "account-number": "99887766", "routing-number": "021000021", "holder-name": "Somebody Else" };
const dropped = async (at: Scene): Promise<string | undefined> => {
  const { ledger } = bench.server.app.domains;
  for (const { entryId } of await bench.entries(at, "grant")) {
    const { detail } = (await ledger.opening(entryId)) as unknown as { readonly detail: { readonly dropped?: string } };
    if (detail.dropped !== undefined) return detail.dropped;
  }
  return undefined;
};

test("a second bank account, address, contact or payee of an existing customer waits for the code and the hours like a correction", async () => {
  const at = await bench.scene();
  const { code, ...change } = await bench.asked(at, await bench.add(at, "bank-account", ACCOUNT));
  assert.equal(await bench.count(at, "bank-account"), 1, "nothing is written yet");
  const [listed] = (await at.agent.client.changes.list(change.customerId)).items;
  assert.deepEqual(
    listed?.fields.toSorted(),
    Object.keys(ACCOUNT)
      .map((name) => `bank-account.${name}`)
      .toSorted(),
  );
  assert.deepEqual(await at.agent.client.changes.confirm(change, code), { confirmed: true });
  await bench.later(71);
  assert.equal(await bench.count(at, "bank-account"), 1);
  await bench.later(2);
  assert.equal(await bench.count(at, "bank-account"), 2);
  assert.equal((await bench.entries(at, "record-create"))[0]?.actorId, at.agent.principalId);
  await bench.deliver();
  assert.deepEqual(bench.letters(at), ["Please confirm a change", "A change has taken effect"]);
  const elsewhere = await bench.scene();
  for (const [type, fields] of [
    ["contact", { email: "thief@mailbox.example" }],
    ["address", { city: "Albany" }],
  ] as const)
    assert.ok((await bench.add(elsewhere, type, fields)).pending !== undefined, type);
  const { customerId, claimId: unitId } = elsewhere.customer;
  const claim = { unitId, type: "claim", fields: { number: "CL-9", "payee-name": "Thief" } };
  assert.ok((await elsewhere.agent.client.customers.addRecord(customerId, claim)).pending !== undefined);
  const unit = { kind: "claim", entity: "acme", brand: "acme", line: "auto" } as const;
  const withPayee = { ...unit, records: [{ type: "claim", fields: { number: "CL-8", "payee-name": "Thief" } }] };
  await assert.rejects(elsewhere.agent.client.customers.addUnit(customerId, withPayee), { status: 409 });
  const without = { ...unit, records: [{ type: "claim", fields: { number: "CL-8" } }] };
  assert.equal((await elsewhere.agent.client.customers.addUnit(customerId, without)).records.length, 1);
});

test("customers see what waits of their own, by names and times, and stop it themselves; of others they see and stop nothing", async () => {
  const [at, other] = [await bench.scene(), await bench.scene()];
  const { changeId } = await bench.askBank(at);
  const self = bench.as(await bench.signIn(at.address));
  const [listed, ...more] = (await self.portal.changes()).items;
  assert.deepEqual(
    [listed?.changeId, listed?.fields, listed?.confirmed, more.length],
    [changeId, ["bank-account.holder-name"], false, 0],
  );
  assert.ok(!JSON.stringify(listed).includes("Somebody Else"));
  const stranger = bench.as(await bench.signIn(other.address));
  assert.deepEqual((await stranger.portal.changes()).items, []);
  await assert.rejects(stranger.portal.stopChange(changeId), { code: "unknown-change" });
  await assert.rejects(at.agent.client.portal.stopChange(changeId), { code: "not-permitted" });
  assert.equal((await self.portal.stopChange(changeId)).id, changeId);
  assert.deepEqual((await self.portal.changes()).items, []);
  await bench.later(200);
  assert.equal(await bench.revision(at, "bank-account"), 1, "nothing was written");
});

test("a record that is asked for again under one key is asked for once, and one that cannot be written is refused at once", async () => {
  const at = await bench.scene();
  const { customerId, relationshipId, claimId } = at.customer;
  const { client } = at.agent;
  const ask = () =>
    client.customers.addRecord(
      customerId,
      { unitId: relationshipId, type: "bank-account", fields: ACCOUNT },
      { idempotencyKey: "one" },
    );
  assert.deepEqual(await ask(), await ask());
  assert.equal((await client.changes.list(customerId)).items.length, 1);
  const empty = { unitId: relationshipId, type: "contact", fields: { email: "" } };
  await assert.rejects(client.customers.addRecord(customerId, empty), { status: 422 });
  const misplaced = { unitId: claimId, type: "person", fields: { occupation: "Baker" } };
  await assert.rejects(client.customers.addRecord(customerId, misplaced), { code: "unit-kind" });
});

test("an API client's corrections and records wait like a person's, and its word alone brings none into effect", async () => {
  const at = await bench.scene();
  const { customerId, recordIds, relationshipId: unitId } = at.customer;
  const system = await bench.server.createClient({ role: "csr", purposes: ["policy-servicing"] });
  const given = { customerId, clientId: system.principalId, kind: "call" } as const;
  await bench.as(bench.server.admin.token).assignments.create(given);
  const { customers } = bench.as(system.token);
  const correction = { expectedRevision: 1, fields: { "bank-name": "Second Bank" }, reason: "a system says so" };
  const told = await customers.correct({ customerId, recordId: recordIds.get("bank-account")! }, correction);
  const added = await customers.addRecord(customerId, { unitId, type: "bank-account", fields: ACCOUNT });
  assert.ok(told.pending !== undefined && added.pending !== undefined);
  await bench.later(100);
  assert.deepEqual([await bench.revision(at, "bank-account"), await bench.count(at, "bank-account")], [1, 1]);
});

test("only who is named as stating master data brings these fields at once: feeds by import runs, nobody by the interface", () => {
  const rules = loadChangeRules("governance/access", [
    "bank-account.iban",
    "claim.payee-name",
    "address.city",
    "contact.email",
  ]);
  const feed = { kind: "client", role: "service-account", purposes: ["administration"] } as const;
  const paths = ["person.first-name", "contact.email"];
  assert.ok(mayImport(rules, feed, paths));
  assert.ok(
    mayImport({ ...rules, masterData: [] }, feed, ["person.first-name"]),
    "what does not wait needs no permission",
  );
  assert.ok(!mayImport({ ...rules, masterData: [] }, feed, paths));
  assert.ok(!mayImport(rules, { ...feed, purposes: ["policy-servicing"] }, paths));
  assert.ok(!mayImport(rules, { ...feed, kind: "staff" }, paths), "a person is no feed");
  assert.ok(mustWait(rules, feed, paths), "to import is not to write single records");
  assert.ok(!mustWait({ ...rules, masterData: [{ ...rules.masterData[0]!, by: "interface" }] }, feed, paths));
});

test("a change does not take effect once its asker has not the customer, the entity or the right any more, nor for a client that acts no longer", async () => {
  const { access, changes } = bench.server.app.domains;
  const administrator = (await access.authenticate(bench.server.admin.token))!;
  const admin = bench.as(bench.server.admin.token);
  const [unassigned, narrowed, revoked] = [
    await bench.scene({ email: "a1@mailbox.example" }, "claim"),
    await bench.scene(),
    await bench.scene(),
  ];
  for (const at of [unassigned, narrowed]) {
    const { code, ...change } = await bench.askBank(at);
    await at.agent.client.changes.confirm(change, code);
  }
  const via = await bench.server.createClient({ role: "csr", purposes: ["policy-servicing"] });
  const asker = { ...(await access.reread(revoked.agent.principalId))!, via: via.principalId };
  const { customerId, relationshipId: unitId, recordIds } = revoked.customer;
  const stored = { recordId: recordIds.get("bank-account")!, revision: 1 };
  const record = { customerId, unitId, recordType: "bank-account", stored, expectedRevision: 1 };
  const fields = { "bank-name": "Another Bank" };
  const { changeId } = await changes.ask(
    { ...record, fields, reason: "asked through a client", language: "en" },
    asker,
  );
  await bench.deliver();
  await revoked.agent.client.changes.confirm({ customerId, changeId }, bench.codeTo(revoked.address)!);
  const [assignment] = (await admin.assignments.list({ clientId: unassigned.agent.principalId })).items;
  await admin.assignments.end(unassigned.customer.customerId, assignment!.assignmentId);
  await access.changeClient({ principalId: narrowed.agent.principalId, scope: { entities: ["other"] } }, administrator);
  await admin.clients.change(via.principalId, { status: "suspended" });
  await bench.later(73);
  for (const at of [unassigned, narrowed, revoked]) {
    assert.equal(await bench.revision(at, "bank-account"), 1);
    assert.equal(await dropped(at), "asker-may-not");
  }
});

test("a call that is over does not stop what was confirmed in it, and a client that a person acted through is named", async () => {
  const at = await bench.scene();
  const { access, changes, ledger } = bench.server.app.domains;
  const via = await bench.server.createClient({ role: "csr", purposes: ["policy-servicing"] });
  const { customerId, relationshipId: unitId, recordIds } = at.customer;
  const asker = { ...(await access.reread(at.agent.principalId))!, via: via.principalId };
  const stored = { recordId: recordIds.get("address")!, revision: 1 };
  const record = { customerId, unitId, recordType: "address", stored, expectedRevision: 1 };
  const { changeId } = await changes.ask(
    { ...record, fields: { city: "Troy" }, reason: "moved", language: "en" },
    asker,
  );
  await bench.deliver();
  await at.agent.client.changes.confirm({ customerId, changeId }, bench.codeTo(at.address)!);
  const admin = bench.as(bench.server.admin.token);
  const [call] = (await admin.assignments.list({ clientId: at.agent.principalId })).items;
  await admin.assignments.end(customerId, call!.assignmentId);
  await bench.later(73);
  assert.equal(await bench.revision(at, "address"), 2);
  const [entry] = await bench.entries(at, "record-correct");
  assert.equal(entry?.actorId, at.agent.principalId);
  assert.ok(JSON.stringify(await ledger.opening(entry!.entryId)).includes(via.principalId));
});

test("a protection order or a restriction stands against it, from the asking to the end, and no letter goes where the other party may read it", async () => {
  const [earlier, meanwhile] = [await bench.scene(), await bench.scene()];
  await bench.flag(earlier.customer.customerId, "protection-order");
  await assert.rejects(bench.correct(earlier, "address", { city: "Albany" }), { code: "no-contact", status: 409 });
  const { code, ...change } = await bench.askBank(meanwhile);
  await meanwhile.agent.client.changes.confirm(change, code);
  await bench.flag(meanwhile.customer.customerId, "restricted");
  await bench.later(73);
  assert.equal(await bench.revision(meanwhile, "bank-account"), 1);
  assert.equal(await dropped(meanwhile), "forbidden");
  await bench.deliver();
  assert.deepEqual([bench.letters(earlier), bench.letters(meanwhile)], [[], ["Please confirm a change"]]);
});

test("a customer who is reached by telephone alone is asked there, and a new number is not asked about itself", async () => {
  const at = await bench.scene({ phone: "+12125550147" });
  const told = await bench.correct(at, "contact", { "mobile-phone": "+12125550999" });
  const { code, ...change } = await bench.asked(at, told);
  assert.deepEqual(bench.letters({ address: "12125550999@texts.example" }), []);
  await at.agent.client.changes.confirm(change, code);
  await bench.later(73);
  assert.equal(await bench.revision(at, "contact"), 2);
  await bench.deliver();
  assert.deepEqual(bench.letters(at), ["Please confirm a change", "A change has taken effect"]);
});

test("the values and the address of the letters open under the key of their unit alone: once it is erased nothing is written and nobody told", async () => {
  const at = await bench.scene();
  const { customerId, claimId } = at.customer;
  const { authority, database, vault } = bench.server.app.domains;
  const claim = { unitId: claimId, type: "bank-account", fields: ACCOUNT };
  const { code, changeId } = await bench.asked(at, await at.agent.client.customers.addRecord(customerId, claim));
  const row = (await authority.get(database, CHANGE, { ownerId: customerId, rowId: changeId }))!;
  const stored = JSON.stringify(row.content);
  for (const value of [...Object.values(ACCOUNT), at.address]) assert.ok(!stored.includes(value), value);
  assert.equal(row.content.values?.unitId, claimId);
  assert.equal(row.content.to?.unitId, at.customer.relationshipId);
  await at.agent.client.changes.confirm({ customerId, changeId }, code);
  await vault.erase(
    { customerId, unitId: claimId },
    { actorId: null, actorRevision: null, purpose: null, basis: null },
  );
  assert.equal(
    (await vault.loadUnit({ customerId, unitId: asId(claimId) }))?.unitKey,
    null,
    "no key is left to open it with",
  );
  await bench.later(73);
  assert.equal(await bench.count(at, "bank-account"), 1);
  assert.equal(await dropped(at), "record-gone");
  await bench.deliver();
  assert.deepEqual(bench.letters(at), ["Please confirm a change"]);
});
