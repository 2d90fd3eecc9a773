// Whoever asked for letters gets them where others get mail: on each step of a request, once, with the ground and the reason of a refusal.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openTestPortal, type TestPortal } from "../portal/test-portal.ts";
import { textOf } from "./test-printed-text.ts";

let bench: TestPortal;
before(async () => {
  bench = await openTestPortal();
});
after(() => bench.close());

test("a request of somebody who wants letters is acknowledged and refused on paper, and nothing of it goes by mail", async () => {
  const email = "by.letter@mailbox.example";
  const { customerId } = await bench.customer({ email });
  const self = bench.as(await bench.signIn(email));
  const address = { line1: "7 Harbour Row", city: "Boston", region: "MA", postcode: "02110", country: "US" };
  await self.portal.preferences.set({ alternative: { channel: "post", address } });
  await bench.deliver();
  const mails = bench.smtp.letters.length;
  const { token, principalId: clientId } = await bench.server.createClient({
    role: "dpo",
    purposes: ["data-subject-request"],
  });
  const dpo = bench.as(token);
  await bench.as(bench.server.admin.token).assignments.create({ customerId, clientId, kind: "case" });
  const { requests, letters } = bench.server.app.domains;
  const { requestId } = await self.portal.rights.open({
    kind: "correction",
    place: { country: "DE" },
    words: "my name is wrong",
  });
  const kinds = async () => (await dpo.letters.ofCustomer(customerId)).items.map(({ kind }) => kind);
  assert.deepEqual(await kinds(), ["right-acknowledged"]);
  const at = { customerId, requestId: requestId as typeof customerId };
  assert.equal((await requests.letterOf(at, "de"))?.kind, "right-acknowledged");
  const [ground = "none"] = (await dpo.rights.read(requestId)).grounds.map(({ code }) => code);
  await dpo.rights.decide(requestId, { outcome: "refused", ground, reason: "It is spelt\nas in the passport." });
  assert.deepEqual((await kinds()).toSorted(), ["right-acknowledged", "right-refused"]);
  await bench.deliver();
  assert.equal(bench.smtp.letters.length, mails);
  const { batchId } = await dpo.letters.batches.make();
  const text = textOf(Buffer.from(await (await dpo.letters.batches.print(batchId)).arrayBuffer()));
  assert.match(text, /7 Harbour Row/);
  assert.match(text, /It is spelt as in the passport/);
  assert.equal((await letters.counts()).waiting, 0);
});

test("who wants letters is told on paper that it takes longer, until when and why, and not by mail", async () => {
  const email = "longer.letter@mailbox.example";
  const { customerId } = await bench.customer({ email });
  const self = bench.as(await bench.signIn(email));
  assert.equal((await self.portal.preferences.set({ onPaper: true })).onPaper, true);
  const office = { role: "dpo", purposes: ["data-subject-request"] } as const;
  const { token, principalId: clientId } = await bench.server.createClient(office);
  const dpo = bench.as(token);
  await bench.as(bench.server.admin.token).assignments.create({ customerId, clientId, kind: "case" });
  const { requestId } = await self.portal.rights.open({ kind: "access", place: { country: "DE" } });
  await bench.deliver();
  const mails = bench.smtp.letters.length;
  const { due } = await dpo.rights.step(requestId, { do: "extend", reason: "forty years\nof files" });
  await bench.deliver();
  assert.equal(bench.smtp.letters.length, mails);
  const kinds = (await dpo.letters.ofCustomer(customerId)).items.map(({ kind }) => kind);
  assert.deepEqual(kinds.toSorted(), ["right-acknowledged", "right-extended"]);
  const { requests } = bench.server.app.domains;
  const letter = await requests.letterOf({ customerId, requestId: requestId as typeof customerId }, "en");
  assert.deepEqual([letter?.kind, letter?.values["due"]], ["right-extended", due.on]);
  const { batchId } = await dpo.letters.batches.make();
  const text = textOf(Buffer.from(await (await dpo.letters.batches.print(batchId)).arrayBuffer()));
  assert.match(text, /forty years of files/);
});

test("who wants paper without naming another address is written to where the file says, once and not by mail; codes still come by mail", async () => {
  const email = "on.paper@mailbox.example";
  const { customerId } = await bench.customer({ email });
  const self = bench.as(await bench.signIn(email));
  assert.equal((await self.portal.preferences.set({ onPaper: true })).onPaper, true);
  await bench.deliver();
  const mails = bench.smtp.letters.length;
  await self.portal.rights.open({ kind: "access", place: { country: "DE" } });
  await bench.deliver();
  assert.equal(bench.smtp.letters.length, mails);
  const { token, principalId: clientId } = await bench.server.createClient({
    role: "dpo",
    purposes: ["data-subject-request"],
  });
  const dpo = bench.as(token);
  await bench.as(bench.server.admin.token).assignments.create({ customerId, clientId, kind: "case" });
  assert.deepEqual(
    (await dpo.letters.ofCustomer(customerId)).items.map(({ kind }) => kind),
    ["right-acknowledged"],
  );
  const { batchId } = await dpo.letters.batches.make();
  const text = textOf(Buffer.from(await (await dpo.letters.batches.print(batchId)).arrayBuffer()));
  assert.match(text, /1 Elm Street/);
  assert.notEqual(await bench.signIn(email), "", "a code still comes by mail");
});
