// A notice by mail: to where the customer is reached and nowhere else, once, and delivered when their mail server has taken it; what nobody took is due as before.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { addresseeOf } from "../mail/test-smtp-server.ts";
import { openTestPortal, type TestPortal } from "../portal/test-portal.ts";
import { governanceWith, type TestGovernance } from "../test-governance.ts";
import { whyDue } from "./due.ts";
import { loadNotices } from "./rules.ts";

const DAY_MS = 86_400_000;
/** The second version of a notice, in force from tomorrow on. */
const REVISED = `
      - version: "next"
        from: ${new Date(Date.now() + DAY_MS).toISOString().slice(0, 10)}
        title: { en: What changed, es: Lo que cambia, de: Was sich geändert hat }
        text: { en: We share less., es: Compartimos menos., de: Wir geben weniger weiter. }
  - notice: hipaa`;

let governance: TestGovernance;
let bench: TestPortal;
let dpo: Client;
let officerId: string;
let offsetMs = 0;
before(async () => {
  governance = await governanceWith("sharing/notices.yaml", "\n  - notice: hipaa", REVISED);
  const clock = { now: () => new Date(Date.now() + offsetMs) };
  bench = await openTestPortal({ clock, settings: governance.settings });
  const { token, principalId } = await bench.server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  dpo = bench.as(token);
  officerId = principalId;
});
after(async () => {
  await bench?.close();
  await governance?.remove();
});

async function customer(email: string): Promise<string> {
  const { customerId } = await bench.customer({ email });
  const admin = bench.as(bench.server.admin.token);
  await admin.assignments.create({ customerId, clientId: officerId, kind: "case" });
  return customerId;
}

const mailsTo = (address: string) => bench.smtp.letters.filter((letter) => addresseeOf(letter) === address);

test("a notice goes by mail once, in the customer's language, and is delivered when their mail server has taken it", async () => {
  const email = "notice@mailbox.example";
  const customerId = await customer(email);
  await bench.as(await bench.signIn(email)).portal.preferences.set({ language: "de" });
  await bench.deliver();
  const before_ = mailsTo(email).length;
  const sent = await dpo.notices.mail(customerId, { notice: "glba" });
  assert.deepEqual([sent.state, sent.language], ["waiting", "de"]);
  await assert.rejects(dpo.notices.mail(customerId, { notice: "glba" }), { code: "mailed-already" });
  await bench.deliver();
  const [mail] = mailsTo(email).slice(before_);
  assert.match(JSON.stringify(mail), /Datenschutzhinweis/);
  const { items, mails, due } = await dpo.notices.deliveries(customerId);
  assert.deepEqual(
    mails.map(({ state }) => state),
    ["handed-over"],
  );
  assert.deepEqual([items[0]?.notice, items[0]?.channel, items[0]?.language], ["glba", "electronic", "de"]);
  assert.ok(!due.includes("glba"));
  await bench.deliver();
  assert.equal(mailsTo(email).length, before_ + 1);
});

test("it goes to no contact on file under a protection order, nor to who is reached by another channel, nor to nowhere", async () => {
  const hidden = await customer("hidden@mailbox.example");
  await bench.flag(hidden as never, "protection-order");
  await assert.rejects(dpo.notices.mail(hidden, { notice: "glba" }), { code: "not-by-mail" });
  const byPost = await customer("by.post@mailbox.example");
  const address = { line1: "7 Harbour Row", city: "Boston", postcode: "02110" };
  const self = bench.as(await bench.signIn("by.post@mailbox.example"));
  await self.portal.preferences.set({ alternative: { channel: "post", address } });
  await assert.rejects(dpo.notices.mail(byPost, { notice: "glba" }), { code: "not-by-mail" });
  const { customerId } = await bench.customer({});
  await bench.as(bench.server.admin.token).assignments.create({ customerId, clientId: officerId, kind: "case" });
  await assert.rejects(dpo.notices.mail(customerId, { notice: "glba" }), { code: "no-mail-address" });
});

test("what a mail server refuses is given up, due as before, and may be sent again", async () => {
  const email = "refused@mailbox.example";
  const customerId = await customer(email);
  await bench.deliver();
  bench.smtp.mishaps.push("refuse");
  await dpo.notices.mail(customerId, { notice: "glba" });
  await bench.deliver();
  const { mails, due } = await dpo.notices.deliveries(customerId);
  assert.deepEqual(
    mails.map(({ state }) => state),
    ["given-up"],
  );
  assert.ok(due.includes("glba"));
  assert.equal((await dpo.notices.mail(customerId, { notice: "glba" })).state, "waiting");
});

test("a notice that was revised is due anew, in its new version, and the older proof names the text that was given then", async () => {
  const customerId = await customer("revised@mailbox.example");
  await dpo.notices.mail(customerId, { notice: "glba" });
  await bench.deliver();
  const given = async () => (await dpo.notices.deliveries(customerId)).items.filter(({ notice }) => notice === "glba");
  const [first] = await given();
  assert.equal(first?.version, "2026-1");
  offsetMs += 2 * DAY_MS;
  assert.ok((await dpo.notices.deliveries(customerId)).due.includes("glba"));
  const rule = loadNotices(`${governance.settings.UBERRIMA_GOVERNANCE}/sharing`).find(
    ({ notice }) => notice === "glba",
  )!;
  const now = new Date(Date.now() + offsetMs);
  const old = { version: "2026-1", deliveredAt: first.deliveredAt, isReminder: false };
  assert.equal(whyDue(rule, [old], now), "revised");
  await dpo.notices.mail(customerId, { notice: "glba" });
  await bench.deliver();
  assert.equal((await dpo.notices.deliveries(customerId)).due.includes("glba"), false);
  const proofs = await given();
  assert.deepEqual(proofs.map(({ version }) => version).toSorted(), ["2026-1", "next"]);
  assert.deepEqual(
    proofs.find(({ version }) => version === "2026-1"),
    first,
  );
  assert.notEqual(proofs.find(({ version }) => version === "next")?.digest, first.digest);
});
