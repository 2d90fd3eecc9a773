// "I don't recognise this": asked once a line, answered by others than whose look it is, read by the customer, told by letter without a word of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { openTestAccounting, type TestAccounting } from "../accounting/test-accounting.ts";
import { newId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { addresseeOf } from "../mail/test-smtp-server.ts";
import { sql } from "../postgres/sql.ts";

let accounting: TestAccounting;
let compliance: Client;
let dpo: { readonly client: Client; readonly principalId: Uuid };
before(async () => {
  accounting = await openTestAccounting();
  const { bench } = accounting;
  const hired = await bench.server.createClient({ role: "dpo", purposes: ["complaint"] });
  dpo = { client: bench.as(hired.token), principalId: hired.principalId };
  const overseer = { role: "compliance", purposes: ["complaint"], rowScope: "everything-masked" } as const;
  compliance = bench.as((await bench.server.createClient(overseer)).token);
});
after(() => accounting.bench.close());

let made = 0;
async function asker() {
  const email = `case.${(made += 1)}@mailbox.example`;
  const { customerId } = await accounting.bench.customer({ email });
  return { customerId, email, self: await accounting.sessionOf(customerId) };
}

const WORDS = "I was abroad that week, who opened my claim?";

test("how one's own cases stand is told without opening a word, so without an entry", async () => {
  const { customerId, self } = await asker();
  const [entryId = newId()] = await accounting.write({ customerId });
  await self.portal.cases.open({ entryId, words: WORDS });
  const { ledger } = accounting.bench.server.app.domains;
  const count = async () => (await ledger.list({ customerId }, { limit: 100 }, "cleared")).items.length;
  const earlier = await count();
  const [left] = (await self.portal.cases.list({ words: "left" })).items;
  assert.deepEqual([left?.state, left?.entryId, left?.words, left?.answer], ["open", entryId, null, null]);
  assert.equal(await count(), earlier);
  assert.equal((await self.portal.cases.list()).items[0]?.words, WORDS);
  assert.equal(await count(), earlier + 1);
});

test("a case goes its way: asked, queued, answered, told without a word of it, read, and closed", async () => {
  const { customerId, email, self } = await asker();
  const [entryId = newId()] = await accounting.write({ customerId });
  const opened = await self.portal.cases.open({ entryId, words: WORDS });
  assert.deepEqual([opened.state, opened.entryId], ["open", entryId]);
  const again = await self.portal.cases.open({ entryId, words: "once more" });
  assert.equal(again.caseId, opened.caseId, "one case a line");
  const queued = (await compliance.cases.list()).items.find(({ caseId }) => caseId === opened.caseId);
  assert.equal(queued?.customerId, customerId);
  assert.equal((await compliance.cases.read(opened.caseId)).words, WORDS);
  await compliance.cases.answer(opened.caseId, { words: "Your adjuster did, for the estimate.", closes: false });
  await accounting.bench.deliver();
  const letters = accounting.bench.smtp.letters.filter((letter) => addresseeOf(letter) === email);
  assert.equal(letters.length, 1);
  assert.ok(!JSON.stringify(letters).includes("adjuster") && !JSON.stringify(letters).includes("abroad"));
  const [read] = (await self.portal.cases.list()).items;
  assert.deepEqual(
    [read?.state, read?.words, read?.answer],
    ["answered", WORDS, { words: "Your adjuster did, for the estimate.", role: "compliance" }],
  );
  assert.equal((await self.portal.cases.close(opened.caseId)).state, "closed");
  await assert.rejects(compliance.cases.answer(opened.caseId, { words: "more" }), { code: "wrong-state", status: 409 });
  const { ledger } = accounting.bench.server.app.domains;
  const { items } = await ledger.list({ kinds: ["case"], customerId }, { limit: 10 }, "cleared");
  assert.deepEqual(
    items.map(({ outcome }) => outcome),
    ["done", "done", "done", "done"],
  );
});

test("whoever's look it is about neither sees nor answers the case, also through a client or as another principal of theirs", async () => {
  const { customerId, self } = await asker();
  const { ledger, grants, access } = accounting.bench.server.app.domains;
  const look = { ...accounting.lookAt({ customerId, role: "dpo" }), actorId: dpo.principalId };
  await ledger.append(look);
  const { caseId } = await self.portal.cases.open({ entryId: look.entryId, words: WORDS });
  const unknown = { code: "unknown-case", status: 404 };
  const sees = async (client: Client) =>
    (await client.cases.list({ limit: 200 })).items.some((one) => one.caseId === caseId);
  assert.equal(await sees(compliance), true);
  assert.equal(await sees(dpo.client), false);
  await assert.rejects(dpo.client.cases.read(caseId), unknown);
  await assert.rejects(dpo.client.cases.answer(caseId, { words: "nothing to see" }), unknown);
  const other = await accounting.bench.server.createClient({ role: "dpo", purposes: ["complaint"] });
  const admin = (await access.authenticate(accounting.bench.server.admin.token))!;
  assert.equal(await sees(accounting.bench.as(other.token)), true);
  for (const principalId of [dpo.principalId, other.principalId])
    await grants.identifyPerson({ principalId, personnelNumber: "7731" }, admin);
  const asOther = accounting.bench.as(other.token);
  assert.equal(await sees(asOther), false);
  await assert.rejects(asOther.cases.read(caseId), unknown);
});

test("only lines of one's own timeline can be asked about; a withheld one is as unknown as none", async () => {
  const [{ customerId, self }, other] = [await asker(), await asker()];
  const [hidden = newId()] = await accounting.write({ customerId, purpose: "fraud-investigation", withheld: true });
  const [foreign = newId()] = await accounting.write({ customerId: other.customerId });
  const refusals = [];
  for (const entryId of [hidden, foreign, newId()])
    refusals.push(
      await self.portal.cases.open({ entryId, words: WORDS }).catch(({ problem }) => ({ ...problem, instance: "" })),
    );
  assert.deepEqual(refusals[0], refusals[2]);
  assert.deepEqual(refusals[1], refusals[2]);
  assert.equal(refusals[0].status, 404);
});

test("customers, auditors and administrators answer nothing, and nobody reads another customer's cases", async () => {
  const [{ customerId, self }, other] = [await asker(), await asker()];
  const [entryId = newId()] = await accounting.write({ customerId });
  const { caseId } = await self.portal.cases.open({ entryId, words: WORDS });
  const auditor = accounting.bench.as(
    (await accounting.bench.server.createClient({ role: "internal-auditor", purposes: ["audit"] })).token,
  );
  for (const client of [self, other.self, auditor, accounting.bench.as(accounting.bench.server.admin.token)]) {
    await assert.rejects(client.cases.list(), { status: 403 });
    await assert.rejects(client.cases.answer(caseId, { words: "x" }), { status: 403 });
  }
  await assert.rejects(other.self.portal.cases.close(caseId), { code: "unknown-case", status: 404 });
  assert.deepEqual((await other.self.portal.cases.list()).items, []);
});

test("what was written is nowhere in clear, and goes with the customer's erasure", async () => {
  const { customerId, self } = await asker();
  const [entryId = newId()] = await accounting.write({ customerId });
  const { caseId } = await self.portal.cases.open({ entryId, words: "zanzibar-quokka" });
  const { database, vault } = accounting.bench.server.app.domains;
  const [{ found } = { found: true }] = await database.query<{ found: boolean }>(
    sql`select exists (select from authority_row r where r::text ~ (encode(convert_to('zanzibar', 'UTF8'), 'hex') || '|zanzibar')) as found`,
  );
  assert.equal(found, false);
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  await vault.erase({ customerId, unitId: null }, actor);
  const words = await compliance.cases.read(caseId).then(
    (read) => read.words,
    ({ status }: { status: number }) => (status === 404 ? null : `${status}`),
  );
  assert.equal(words, null);
});
