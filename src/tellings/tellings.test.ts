// Whoever was given what was wrong is told once, by the server where it can and by a person where it cannot, with a day and a proof; a crash forgets and doubles nobody.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { asId, newId } from "../kernel/ids.ts";
import { sql } from "../postgres/sql.ts";
import { openTestTellings, type TestTellings } from "./test-tellings.ts";

let bench: TestTellings;
before(async () => {
  bench = await openTestTellings();
});
after(() => bench?.close());

const domains = () => bench.sharing.domains;
const outbox = async (): Promise<number> => (await domains().database.query(sql`select 1 from mail_outbox`)).length;

/** What is known of the mails to somebody, from the mail server itself. */
const mailsTo = (contact: string) => bench.sharing.mailsTo(contact);

test("a recipient with an address is mailed a reference and nothing else, and the request is answered when the mail has left", async () => {
  const contact = `rights.${newId().slice(-6)}@partner.example`;
  const recipientId = await bench.recipient({ contact });
  const one = await bench.somebody();
  const entryId = await bench.gave(one, recipientId);
  const requestId = await bench.correct(one);
  const { dpo } = bench.sharing;
  const [queued] = (await bench.tellings(one.customerId)).items;
  assert.deepEqual([queued?.of, queued?.state, queued?.way], ["correction", "queued", "mail"]);
  assert.deepEqual(
    [queued?.due.citation, queued?.due.basis, queued?.due.says],
    ["GDPR Art. 19", "house", null],
    "the law names no day, and it is said that this one is the house's",
  );
  assert.equal((await dpo.rights.read(requestId, { words: "left" })).state, "fulfilling");
  const mails = await mailsTo(contact);
  assert.equal(mails.length, 1);
  const { subject = "", text = "" } = mails[0] ?? {};
  assert.match(text, new RegExp(entryId));
  for (const word of ["Iris", "Quil", "last-name", "surname", one.customerId])
    assert.ok(!`${subject}${text}`.includes(word), word);
  const [told] = (await bench.tellings(one.customerId)).items;
  assert.deepEqual([told?.state, told?.told?.channel, told?.told?.reference], ["sent", "mail", told?.sendingId]);
  const request = await dpo.rights.read(requestId, { words: "left" });
  assert.equal(request.state, "closed");
  const deed = request.deeds.find((each) => each.do === "tell");
  assert.deepEqual([deed?.deedId, deed?.state, deed?.told?.channel], [told?.tellingId, "done", "mail"]);
  const { items } = await domains().ledger.list(
    { kinds: ["right"], customerId: one.customerId },
    { limit: 50 },
    "cleared",
  );
  assert.equal(items.filter((each) => each.recipientId === recipientId).length, 2, "queued, sent: each an entry");
  assert.deepEqual(
    (await one.self.portal.tellings.list()).items.map((own) => [own.name, own.state, own.channel]),
    [["Print and Post GmbH", "sent", "mail"]],
    "the customer reads who was told",
  );
});

test("one that has only a postal address gets a letter, told when it is posted and open again when it comes back", async () => {
  const recipientId = await bench.recipient({ postalAddress: ["4 Quay Street", "Boston, MA 02110"] });
  const one = await bench.somebody();
  await bench.gave(one, recipientId);
  await bench.correct(one);
  const { dpo } = bench.sharing;
  const [queued] = (await bench.tellings(one.customerId)).items;
  assert.deepEqual([queued?.state, queued?.way], ["queued", "letter"]);
  const letter = await dpo.letters.get(queued?.sendingId ?? "");
  assert.deepEqual([letter.kind, letter.recipientId], ["correction-told", recipientId]);
  const { batchId } = await dpo.letters.batches.make();
  await (await dpo.letters.batches.print(batchId)).arrayBuffer();
  const { printed } = await dpo.letters.batches.get(batchId);
  await dpo.letters.batches.post(batchId, { digest: printed!.digest, on: printed!.at.slice(0, 10) });
  bench.sharing.pass(2 * 60_000);
  const [sent] = (await bench.tellings(one.customerId)).items;
  assert.deepEqual([sent?.state, sent?.told?.channel, sent?.told?.reference], ["sent", "letter", letter.letterId]);
  await dpo.letters.step(letter.letterId, { step: "returned", reason: "unknown-address" });
  bench.sharing.pass(7 * 3_600_000);
  const [back] = (await bench.tellings(one.customerId)).items;
  assert.deepEqual([back?.state, back?.fault, back?.told], ["failed", "returned", null]);
  const telephoned = { do: "told", channel: "telephone", reference: "spoke to Ms Roe" } as const;
  const byHand = await dpo.tellings.step(back?.tellingId ?? "", telephoned);
  assert.deepEqual([byHand.state, byHand.told?.channel], ["by-hand", "telephone"]);
  await assert.rejects(dpo.tellings.step(byHand.tellingId, telephoned), { code: "wrong-state", status: 409 });
});

test("whom the server cannot reach waits for a person, and is in the list, in the work and in the calendar of those who see to it", async () => {
  const recipientId = await bench.recipient({});
  const one = await bench.somebody();
  await bench.gave(one, recipientId);
  const requestId = await bench.correct(one);
  const { dpo } = bench.sharing;
  const [waits] = (await bench.tellings(one.customerId)).items;
  assert.deepEqual([waits?.state, waits?.fault], ["by-hand", "no-address"]);
  const { items } = await dpo.tellings.list();
  assert.ok(items.some(({ tellingId }) => tellingId === waits?.tellingId));
  const work = (await dpo.work.list()).waiting.find(({ kind, id }) => kind === "telling" && id === waits?.tellingId);
  assert.deepEqual([work?.customerId, work?.dueAt], [one.customerId, waits?.due.before]);
  const step = { do: "told", deedId: waits?.tellingId ?? "", channel: "telephone", reference: "R-1" } as const;
  assert.equal((await dpo.rights.step(requestId, step)).state, "closed", "also by the step of the request");
  const [done] = (await bench.tellings(one.customerId)).items;
  assert.equal(done?.told?.reference, "R-1");
});

test("whoever may not see to it is refused, and reads none", async () => {
  const csr = await bench.sharing.hire("csr", "policy-servicing");
  await assert.rejects(csr.tellings.list(), { status: 403 });
  await assert.rejects(csr.tellings.step(newId(), { do: "send-again" }), { status: 403 });
  await assert.rejects(bench.sharing.dpo.tellings.step(newId(), { do: "send-again" }), { code: "unknown-telling" });
});

test("mail that was refused for good is open, says why, and goes out once more when it is asked for", async () => {
  const contact = `gone.${newId().slice(-6)}@partner.example`;
  const recipientId = await bench.recipient({ contact });
  const one = await bench.somebody();
  await bench.gave(one, recipientId);
  bench.sharing.mishap("refuse");
  await bench.correct(one);
  await bench.tellings(one.customerId);
  assert.equal((await mailsTo(contact)).length, 0);
  const [failed] = (await bench.tellings(one.customerId)).items;
  assert.deepEqual([failed?.state, failed?.fault, failed?.told], ["failed", "refused", null]);
  const { dpo } = bench.sharing;
  await dpo.tellings.step(failed?.tellingId ?? "", { do: "send-again" });
  await bench.tellings(one.customerId);
  assert.equal((await mailsTo(contact)).length, 1);
  const [sent] = (await bench.tellings(one.customerId)).items;
  assert.equal(sent?.state, "sent");
  const confirmed = await dpo.tellings.step(sent?.tellingId ?? "", { do: "confirmed", reference: "their mail" });
  assert.deepEqual([confirmed.state, confirmed.told?.reference], ["delivered", "their mail"]);
});

test("a letter that was queued by a process which died before it wrote that down is the one that is sent", async () => {
  const recipientId = await bench.recipient({ postalAddress: ["4 Quay Street", "Boston, MA 02110"] });
  const one = await bench.somebody();
  const reference = await bench.gave(one, recipientId);
  await bench.correct(one);
  const [telling] = (await bench.tellings(one.customerId)).items;
  const values = { reference, given: new Date().toISOString().slice(0, 10) };
  const lines = ["Print and Post GmbH", "4 Quay Street", "Boston, MA 02110"];
  const again = await domains().letters.enqueue({
    customerId: one.customerId,
    kind: "correction-told",
    serves: `${telling?.tellingId ?? ""} 0`,
    values,
    recipient: { recipientId: asId(recipientId), lines },
  });
  assert.equal(again, telling?.sendingId);
  assert.equal((await domains().letters.ofCustomer(one.customerId)).length, 1);
});

test("mail whose end nobody heard of goes out under the same id, and is told once", async () => {
  const contact = `twice.${newId().slice(-6)}@partner.example`;
  const recipientId = await bench.recipient({ contact });
  const one = await bench.somebody();
  await bench.gave(one, recipientId);
  bench.sharing.mishap("drop-after");
  await bench.correct(one);
  await bench.tellings(one.customerId);
  // The connection broke once the letter was taken: as where the server dies before it has written down that it left.
  for (let tries = 0; tries < 20 && (await outbox()) > 0; tries += 1) {
    await domains().mail.deliver();
    bench.sharing.pass(10_000);
  }
  const mails = await mailsTo(contact);
  assert.deepEqual([mails.length, new Set(mails.map(({ messageId }) => messageId)).size], [2, 1]);
  const [sent] = (await bench.tellings(one.customerId)).items;
  assert.equal(sent?.state, "sent");
  const { items } = await domains().ledger.list(
    { kinds: ["right"], customerId: one.customerId },
    { limit: 50 },
    "cleared",
  );
  assert.equal(items.filter((each) => each.recipientId === recipientId).length, 2, "queued once, sent once");
});

test("whoever was given something by an authorization is told that it was withdrawn, and those who never were are not", async () => {
  const contact = `relied.${newId().slice(-6)}@partner.example`;
  const [relied, named] = [
    await bench.recipient({ contact }),
    await bench.recipient({ contact: "other@partner.example" }),
  ];
  const one = await bench.somebody();
  const terms = {
    form: "naic-670-claim",
    classes: ["identity"],
    purposes: ["claim-handling"],
    recipients: [relied, named].map((recipientId) => ({ type: "service-provider" as const, recipientId })),
    expiresAt: new Date(Date.now() + 100 * 86_400_000).toISOString(),
  } as const;
  const compliance = bench.sharing.compliance;
  const { authorizationId } = await compliance.authorizations.ask(one.customerId, {
    ...terms,
    classes: [...terms.classes],
    purposes: [...terms.purposes],
    recipients: [...terms.recipients],
  });
  const entryId = await bench.gave(one, relied, { grounds: [{ kind: "authorization", id: authorizationId }] });
  await compliance.authorizations.withdraw(one.customerId, authorizationId);
  await bench.tellings(one.customerId);
  const mails = await mailsTo(contact);
  assert.equal(mails.length, 1);
  assert.match(mails[0]?.text ?? "", new RegExp(entryId));
  const told = (await bench.tellings(one.customerId)).items;
  assert.deepEqual(
    told.map(({ of, state, recipient }) => [of, state, recipient?.recipientId]),
    [["withdrawal", "sent", relied]],
  );
});

test("looked at by several at once, each is told once; mail that somebody took out of the database is open again", async () => {
  const contact = `once.${newId().slice(-6)}@partner.example`;
  const recipientId = await bench.recipient({ contact });
  const people = await Promise.all([bench.somebody(), bench.somebody(), bench.somebody()]);
  for (const one of people) await bench.gave(one, recipientId);
  const { tellings } = domains();
  for (const one of people) await bench.correct(one);
  await Promise.all([tellings.look(), tellings.look(), tellings.look()]);
  assert.equal((await mailsTo(contact)).length, 3);
  assert.equal(await outbox(), 0);
  const [lost] = [await bench.somebody()];
  await bench.gave(lost, recipientId);
  bench.sharing.mishap("try-later", "try-later", "try-later");
  await bench.correct(lost);
  await bench.tellings(lost.customerId);
  await domains().database.query(sql`delete from mail_outbox`);
  bench.sharing.pass(3 * 60_000);
  const [open] = (await bench.tellings(lost.customerId)).items;
  assert.deepEqual([open?.state, open?.fault], ["failed", "lost"]);
});

test("what the index lacks, or puts off for ever, is found again from the tellings themselves", async () => {
  const recipientId = await bench.recipient({});
  const one = await bench.somebody();
  await bench.gave(one, recipientId);
  await bench.correct(one);
  const [{ tellingId } = { tellingId: "" }] = (await bench.tellings(one.customerId)).items;
  const { database, tellings } = domains();
  await database.query(sql`delete from telling_queue where telling_id = ${asId(tellingId)}`);
  bench.sharing.pass(11 * 60_000);
  await tellings.look();
  assert.ok(await tellings.has(asId(tellingId)));
  await database.query(
    sql`update telling_queue set remind_at = now() + interval '90 years' where telling_id = ${asId(tellingId)}`,
  );
  bench.sharing.pass(11 * 60_000);
  await tellings.look();
  const rows = await database.query(
    sql`select 1 from telling_queue where telling_id = ${asId(tellingId)} and remind_at < now() + interval '90 days'`,
  );
  assert.equal(rows.length, 1);
});

test("nobody is overdue in silence: the office is written to before the day and after it", async () => {
  const recipientId = await bench.recipient({});
  const one = await bench.somebody();
  await bench.gave(one, recipientId);
  await bench.correct(one);
  const [open] = (await bench.tellings(one.customerId)).items;
  const reminded = async (): Promise<number> => {
    await domains().tellings.look();
    const filter = { kinds: ["right"], customerId: one.customerId } as const;
    const { items } = await domains().ledger.list(filter, { limit: 50 }, "cleared");
    return items.length;
  };
  const written = await reminded();
  bench.sharing.pass(Date.parse(open!.due.before) - Date.now() + 60_000);
  assert.ok((await reminded()) > written);
});
