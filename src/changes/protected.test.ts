// What changes while a protection order stands: no letter goes where the other party may read it, and a second person's word takes the place of the code.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { newId } from "../kernel/ids.ts";
import { addresseeOf } from "../mail/test-smtp-server.ts";
import { openTestChanges, type Scene, type TestChanges } from "./test-changes.ts";

let bench: TestChanges;
let compliance: Client;
before(async () => {
  bench = await openTestChanges();
  const officer = { role: "compliance", purposes: ["complaint"], rowScope: "everything-masked" } as const;
  compliance = bench.as((await bench.server.createClient(officer)).token);
});
after(() => bench.close());

let homes = 0;
/** A privacy officer has the case of somebody who shares a mailbox, or has one that is theirs alone. */
async function home(isShared: boolean): Promise<Scene> {
  homes += 1;
  const email = `home.${homes}@mailbox.example`;
  const at = await bench.scene({ email });
  if (isShared) await bench.customer({ email });
  await bench.later(73);
  const { access } = bench.server.app.domains;
  const officer = {
    name: "Officer",
    role: "dpo",
    purposes: ["data-subject-request"],
    rowScope: "assignments",
    groups: [],
    entities: ["acme"],
    lines: ["auto"],
    classCeiling: null,
    expiresAt: null,
  } as const;
  const principalId = await access.createStaff(officer, (await access.authenticate(bench.server.admin.token, true))!);
  const { customerId } = at.customer;
  await bench.as(bench.server.admin.token).assignments.create({ customerId, clientId: principalId, kind: "case" });
  return { ...at, agent: { principalId, client: await bench.signedIn(principalId) } };
}

const letters = ({ address }: Scene) => bench.smtp.letters.filter((letter) => addresseeOf(letter) === address).length;
const shelter = { expectedRevision: 1, fields: { city: "Albany" }, reason: "moved away" };
const addressOf = ({ customer: { customerId, recordIds } }: Scene) => ({
  customerId,
  recordId: recordIds.get("address")!,
});

for (const isShared of [true, false])
  test(`a privacy officer's change tells no contact on file of it, and rests on a document and a second person (${isShared ? "shared" : "own"} mailbox)`, async () => {
    const at = await home(isShared);
    const { customerId, recordIds } = at.customer;
    await bench.flag(customerId, "protection-order");
    const before_ = letters(at);
    const { customers } = at.agent.client;
    await assert.rejects(customers.correct(addressOf(at), shelter), { code: "no-contact" }, "nothing says who it is");
    const documentId = recordIds.get("document")!;
    const { pending } = await customers.correct(addressOf(at), { ...shelter, documentId });
    const change = { customerId, changeId: pending!.changeId };
    await bench.later(73);
    assert.equal(await bench.revision(at, "address"), 1, "nobody has vouched");
    await compliance.changes.vouch(change);
    await bench.later(0);
    assert.equal(await bench.revision(at, "address"), 2);
    await bench.deliver();
    assert.equal(letters(at), before_);
  });

test("a document and a second person are no way around the contact of anybody who is not protected", async () => {
  const at = await home(false);
  const documentId = at.customer.recordIds.get("document")!;
  const { pending } = await at.agent.client.customers.correct(addressOf(at), { ...shelter, documentId });
  const change = { customerId: at.customer.customerId, changeId: pending!.changeId };
  await assert.rejects(compliance.changes.vouch(change), { code: "unknown-change" });
});

test("what was asked for before the order tells nobody of its end at the contact of before it", async () => {
  const at = await home(true);
  const { pending } = await at.agent.client.customers.correct(addressOf(at), shelter);
  await bench.deliver();
  const code = bench.codeTo(at.address)!;
  const change = { customerId: at.customer.customerId, changeId: pending!.changeId };
  assert.equal((await at.agent.client.changes.confirm(change, code)).confirmed, true);
  await bench.flag(at.customer.customerId, "protection-order");
  const before_ = letters(at);
  await bench.later(73);
  assert.equal(await bench.revision(at, "address"), 2, "the privacy officer's own");
  await bench.deliver();
  assert.equal(letters(at), before_);
});

/** What the customer's own request for a correction was granted on. */
async function askOwn({ customer: { customerId, relationshipId: unitId, recordIds } }: Scene) {
  const { access, authority, changes, vault } = bench.server.app.domains;
  const [stored] = await vault.loadRecords([customerId], { recordId: recordIds.get("address")! });
  const { fields, reason, expectedRevision } = shelter;
  const { changeId } = await changes.ask(
    {
      customerId,
      unitId,
      recordType: "address",
      stored: stored!.record,
      expectedRevision,
      fields,
      reason,
      language: "en",
      serves: {
        requestId: newId(),
        put: (tx, { act, row }) => authority.change(tx, { ownerId: customerId, act, reads: [], make: () => [row] }),
      },
    },
    { ...access.system, customerId: null },
  );
  await bench.deliver();
  return { customerId, changeId };
}

test("what was asked for as the customer before the order takes no effect after it", async () => {
  const at = await home(false);
  const change = await askOwn(at);
  const { changes } = bench.server.app.domains;
  assert.ok(await changes.confirm(change, bench.codeTo(at.address)!, bench.officer));
  await bench.flag(change.customerId, "protection-order");
  await bench.later(73);
  assert.equal((await changes.ended(change))?.why, "forbidden");
  assert.equal(await bench.revision(at, "address"), 1);
});

test("the customer's own change is confirmed where nobody else reads, and refused where others do", async () => {
  const [alone, shared] = [await home(false), await home(true)];
  for (const { customer } of [alone, shared]) await bench.flag(customer.customerId, "protection-order");
  await assert.rejects(askOwn(shared), { code: "no-contact" });
  const change = await askOwn(alone);
  const { changes } = bench.server.app.domains;
  assert.ok(await changes.confirm(change, bench.codeTo(alone.address)!, bench.officer));
  await bench.later(73);
  assert.equal(await bench.revision(alone, "address"), 2);
});
