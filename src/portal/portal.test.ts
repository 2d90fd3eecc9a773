// Customers sign in over HTTP by a code that a real mail server delivers; everybody else gets the same answers and nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import { newId } from "../kernel/ids.ts";
import { startTestServer } from "../test-server.ts";
import { addresseeOf } from "../mail/test-smtp-server.ts";
import { openTestPortal, type TestPortal } from "./test-portal.ts";

let bench: TestPortal;
let offsetMs = 0;
before(async () => {
  bench = await openTestPortal({ clock: { now: () => new Date(Date.now() + offsetMs) } });
});
after(() => bench.close());

/** Half an hour on: no allowance of an earlier test counts. */
const later = (): void => void (offsetMs += 30 * 60_000);
let addresses = 0;
const newAddress = (): string => `canary.${(addresses += 1)}@mailbox.example`;
const ask = (contact: string, more: object = {}) => bench.anybody.portal.askCode({ contact, ...more });
const lettersTo = (address: string) => bench.smtp.letters.filter((each) => addresseeOf(each) === address);
const wrong = { code: "wrong-code", status: 401 };

test("a customer signs in by a code to an address on file, and asks the gate as themselves about themselves alone", async () => {
  const [email, other] = [newAddress(), await bench.customer()];
  const { customerId } = await bench.customer({ email });
  const token = await bench.signIn(email.toUpperCase().toLowerCase());
  const self = bench.as(token);
  const view = await self.customers.maskedView(customerId, "data-subject-request");
  assert.ok(view.units.some(({ records }) => records.some(({ type }) => type === "person")));
  await assert.rejects(self.customers.maskedView(other.customerId, "data-subject-request"));
  const clear = await self.disclose({ customerId, purpose: "data-subject-request", fields: ["person.last-name"] });
  assert.notEqual(clear.fields[0]?.form, "clear", "a code is one factor");
});

test("by telephone the code goes to the number as a text message", async () => {
  const { customerId } = await bench.customer({ phone: "+1 212 555 0142" });
  const { challengeId } = await ask("+1 (212) 555-0142", { channel: "phone" });
  await bench.deliver();
  const code = bench.codeTo("12125550142@texts.example");
  const signedIn = await bench.anybody.portal.signIn({ challengeId, code: code ?? "none" });
  assert.equal(signedIn.customerId, customerId);
});

test("whoever is not known gets the same answer, the same number of tries and the same words", async () => {
  later();
  const email = newAddress();
  await bench.customer({ email });
  const [known, unknown] = [await ask(email), await ask("nobody@mailbox.example")];
  assert.deepEqual(Object.keys(known), Object.keys(unknown));
  await bench.deliver();
  assert.equal(lettersTo("nobody@mailbox.example").length, 0);
  const messages = new Set<string>();
  for (const { challengeId } of [known, unknown])
    for (let count = 0; count < 7; count += 1)
      await bench.anybody.portal
        .signIn({ challengeId, code: "00000000" })
        .catch((error: Error) => messages.add(error.message));
  await bench.anybody.portal
    .signIn({ challengeId: known.challengeId, code: bench.codeTo(email)! })
    .catch((error: Error) => messages.add(error.message));
  assert.equal(messages.size, 1, [...messages].join());
});

test("the answer goes out before anybody looks whose address it is, so its time tells nothing", async () => {
  later();
  const email = newAddress();
  await bench.customer({ email });
  const { vault } = bench.server.app.domains;
  const search = vault.search;
  const gate = Promise.withResolvers<void>();
  let looked = 0;
  Object.assign(vault, {
    search: async (...asked: Parameters<typeof search>) => (await gate.promise, (looked += 1), search(...asked)),
  });
  try {
    await Promise.all([ask(email), ask("nobody@mailbox.example")]);
    assert.equal(looked, 0);
  } finally {
    gate.resolve();
    await bench.deliver();
    Object.assign(vault, { search });
  }
  assert.equal(looked, 2);
});

test("a code is good once, for ten minutes, for its own challenge", async () => {
  later();
  const email = newAddress();
  await bench.customer({ email });
  const [first, second] = [await ask(email), await ask(email)];
  await bench.deliver();
  const code = bench.codeTo(email)!;
  await assert.rejects(bench.anybody.portal.signIn({ challengeId: first.challengeId, code }), wrong);
  await bench.anybody.portal.signIn({ challengeId: second.challengeId, code: `${code.slice(0, 4)} ${code.slice(4)}` });
  await assert.rejects(bench.anybody.portal.signIn({ challengeId: second.challengeId, code }), wrong);
  const third = await ask(email);
  await bench.deliver();
  offsetMs += 10 * 60_000;
  await assert.rejects(
    bench.anybody.portal.signIn({ challengeId: third.challengeId, code: bench.codeTo(email)! }),
    wrong,
  );
});

test("of many guesses at once in two processes five are judged, and then the right code is too late", async () => {
  later();
  const email = newAddress();
  await bench.customer({ email });
  const { challengeId } = await ask(email);
  await bench.deliver();
  const other = await startTestServer({ beside: bench.server, clock: { now: () => new Date(Date.now() + offsetMs) } });
  try {
    const { portal, ledger } = other.app.domains;
    const guess = (at: number) => ({
      challengeId: challengeId as never,
      code: String(10_000_000 + at),
      device: "",
      address: `198.51.100.${at}`,
    });
    const both = [bench.server.app.domains.portal, portal];
    const tried = await Promise.allSettled(Array.from({ length: 24 }, (_, at) => both[at % 2]!.redeem(guess(at))));
    assert.ok(tried.every((each) => each.status === "rejected"));
    await assert.rejects(portal.redeem({ ...guess(99), code: bench.codeTo(email)! }), { code: "wrong-code" });
    const { items } = await ledger.list({ kinds: ["credential"] }, { limit: 200 }, "cleared");
    const details = await Promise.all(items.map(({ entryId }) => ledger.opening(entryId, "cleared")));
    const judged = details.filter(
      (each) => each?.detail["action"] === "customer-sign-in.try" && each.detail["challenge"] === challengeId,
    );
    assert.ok(
      judged.filter((each) => (each?.detail["authority"] as readonly unknown[] | undefined)?.length !== 0).length === 5,
    );
  } finally {
    await other.stop();
  }
});

test("one mailbox gets no more than five letters in a quarter of an hour, known or not", async () => {
  later();
  const email = newAddress();
  await bench.customer({ email });
  for (const contact of [email, "nobody-at-all@mailbox.example"]) {
    for (let count = 0; count < 5; count += 1) await ask(contact);
    await assert.rejects(ask(` ${contact.toUpperCase()} `), { code: "too-many", status: 429 });
  }
});

test("an address that a household shares opens nobody's file by itself, and the letter names nobody", async () => {
  later();
  const [email, birthDate] = [newAddress(), "1980-01-02"];
  const [wife, husband] = [
    await bench.customer({ email, firstName: "Berta", lastName: "Holm", birthDate }),
    await bench.customer({ email, firstName: "Carl", lastName: "Holm", birthDate: "1979-05-06" }),
  ];
  const bare = await ask(email);
  await bench.deliver();
  assert.equal(bench.codeTo(email), null);
  assert.ok(!/Berta|Carl|Holm/.test(lettersTo(email)[0]?.text ?? ""));
  await assert.rejects(bench.anybody.portal.signIn({ challengeId: bare.challengeId, code: "00000000" }), wrong);
  const person = { firstName: "Berta", lastName: "Holm", birthDate };
  const { challengeId } = await ask(email, { person });
  await bench.deliver();
  const signedIn = await bench.anybody.portal.signIn({ challengeId, code: bench.codeTo(email)! });
  assert.equal(signedIn.customerId, wife.customerId);
  await bench.flag(husband.customerId, "protection-order");
  const sofar = lettersTo(email).length;
  await ask(email, { person: { firstName: "Carl", lastName: "Holm", birthDate: "1979-05-06" } });
  await bench.deliver();
  assert.equal(lettersTo(email).length, sofar, "whoever is protected from the household is not reached through it");
});

test("the dead and minors do not sign in, nor does a contact that stands in a claim, nor a letter that only looks like one", async () => {
  later();
  const [dead, minor, theirs, kelvin] = [newAddress(), newAddress(), newAddress(), "kelvin@mailbox.example"];
  await bench.flag((await bench.customer({ email: dead })).customerId, "deceased");
  await bench.flag((await bench.customer({ email: minor })).customerId, "minor");
  await bench.customer({ email: kelvin, claimEmail: theirs });
  for (const contact of [dead, minor, theirs, "\u212Aelvin@mailbox.example"]) await ask(contact);
  const sofar = bench.smtp.letters.length;
  await bench.deliver();
  assert.equal(bench.smtp.letters.length, sofar);
});

test("whoever has a contact changed does not sign in by the new one for three days, nor by the old one", async () => {
  later();
  const [old, taken] = [newAddress(), newAddress()];
  const { customerId, recordIds } = await bench.customer({ email: old });
  const { vault, access } = bench.server.app.domains;
  const prepared = vault.prepare({ recordType: "contact", fields: { email: taken } });
  assert.ok(prepared.ok);
  const change = {
    customerId,
    recordId: recordIds.get("contact")!,
    expectedRevision: 1,
    record: prepared.record,
    remove: [],
  };
  await vault.correct(change, { actorId: access.system.principalId, actorRevision: null, purpose: null, basis: null });
  for (const contact of [old, taken]) await ask(contact);
  await bench.deliver();
  assert.deepEqual([bench.codeTo(old), bench.codeTo(taken)], [null, null]);
  offsetMs += 73 * 3_600_000;
  await bench.signIn(taken);
});

test("a paper filed for a customer keeps no code from them; a contact added waits for three days", async () => {
  later();
  const [email, added] = [newAddress(), newAddress()];
  const { customerId, relationshipId: unitId } = await bench.customer({ email });
  const { vault, access } = bench.server.app.domains;
  const actor = { actorId: access.system.principalId, actorRevision: null, purpose: null, basis: null };
  const add = async (recordType: "document" | "contact", fields: Readonly<Record<string, string>>) => {
    const prepared = vault.prepare({ recordType, fields });
    assert.ok(prepared.ok);
    const records = [{ recordId: newId(), record: prepared.record, source: null }];
    const units = [{ unitId, create: null, sources: [], records }];
    await vault.create([{ customerId, create: null, sources: [], units }], actor);
  };
  await add("document", { kind: "letter" });
  await bench.signIn(email);
  await add("contact", { email: added });
  await ask(added);
  await bench.deliver();
  assert.equal(bench.codeTo(added), null);
  offsetMs += 73 * 3_600_000;
  await bench.signIn(added);
});

test("no address stands anywhere in the database but sealed, while a letter waits and after", async () => {
  later();
  const email = newAddress();
  await bench.customer({ email });
  await ask(email);
  await bench.server.app.domains.portal.settled();
  const owner = new pg.Client({ connectionString: bench.server.database.superuserUrl });
  await owner.connect();
  try {
    const tables = await owner.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public'",
    );
    for (const { name } of tables.rows) {
      const { rows } = await owner.query<{ row: string }>(`select ${name}::text as row from ${name}`);
      const hex = Buffer.from("canary.").toString("hex");
      assert.ok(!rows.some(({ row }) => row.includes("canary.") || row.includes(hex)), name);
    }
  } finally {
    await owner.end();
  }
  assert.ok(!bench.server.logged.some((line) => line.includes("canary.")));
});
