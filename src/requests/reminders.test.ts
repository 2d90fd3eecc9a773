// Nothing is overdue in silence: letters before the day, when it is over, and again; the queue is made anew where somebody changed it; and what was done
// under somebody's rights reaches the systems that keep copies.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { openTestAccounting, type TestAccounting } from "../accounting/test-accounting.ts";
import { startReceiver, type TestReceiver, verified } from "../downstream/test-downstream.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { addresseeOf } from "../mail/test-smtp-server.ts";
import { sql } from "../postgres/sql.ts";
import { peopleOn } from "../signin/test-people.ts";
import { FAREWELL, makeAsker, OCCUPATIONS } from "./test-right-proofs.ts";
import { nextReminder } from "../clocks/clocks.ts";
import { grantProposed } from "./test-grant.ts";

const DAY_MS = 86_400_000;

let accounting: TestAccounting;
let receiver: TestReceiver;
let officer: Awaited<ReturnType<ReturnType<typeof peopleOn>["enrolled"]>>;
let dpo: Client;
let folder: string;
const ends: (() => void)[] = [];
before(async () => {
  receiver = await startReceiver({ after: (end) => void ends.push(end) });
  folder = await mkdtemp(join(tmpdir(), "uberrima-reminders-"));
  const ca = join(folder, "ca.pem");
  await writeFile(ca, receiver.certificate.certPem);
  accounting = await openTestAccounting({
    UBERRIMA_WEBHOOKS_CA: ca,
    UBERRIMA_WEBHOOKS_PRIVATE_ADDRESSES: "allow",
  });
  const { server, as } = accounting.bench;
  const office = { role: "dpo", purposes: ["data-subject-request"] } as const;
  officer = await peopleOn(server).enrolled({
    ...office,
    rowScope: "assignments",
    entities: ["acme"],
    lines: ["auto"],
  });
  dpo = as((await server.createClient(office)).token);
});
after(async () => {
  await accounting?.bench.close();
  for (const end of ends) end();
  await rm(folder, { recursive: true, force: true });
});

/** How many letters about due days of a customer's requests there were, once the background has looked. */
async function remindedOf(customerId: Uuid): Promise<number> {
  const { domains } = accounting.bench.server.app;
  // The server's own background may be the one that writes.
  await domains.requests.look(new AbortController().signal);
  const { items } = await domains.ledger.list({ kinds: ["right"], customerId }, { limit: 50 }, "cleared");
  const details = await Promise.all(items.map(({ entryId }) => domains.ledger.opening(entryId, "cleared")));
  return details.filter((one) => one?.detail["step"] === "reminded").length;
}

/** Letters leave just after their entry; one that waited for days is given up. */
async function written(times: number, ...words: readonly string[]): Promise<void> {
  const { bench } = accounting;
  for (;;) {
    await bench.deliver();
    const letters = bench.smtp.letters.filter(
      (letter) => addresseeOf(letter) === officer.email && words.every((each) => JSON.stringify(letter).includes(each)),
    );
    if (letters.length >= times) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const queuedOf = async (requestId: string) =>
  (await dpo.rights.list({ limit: 200 })).items.find((one) => one.requestId === requestId);

/** So many days before that day is over, half a day if not told. */
function passTo({ before: end }: { readonly before: string }, days = 0.5): void {
  const now = accounting.bench.server.app.domains.clock.now().getTime();
  accounting.pass(Date.parse(end) - now - days * DAY_MS);
}

async function asked() {
  const { customerId } = await accounting.bench.customer({ email: "reminded@mailbox.example" });
  const self = await accounting.sessionOf(customerId);
  const { requestId } = await self.portal.rights.open({ kind: "access", place: { country: "DE" } });
  return { customerId, requestId };
}

test("letters are due a week before, two days before, on the day, after it, and every week from then", () => {
  const dayEnds = new Date("2026-06-01T00:00:00Z");
  const days: number[] = [];
  for (let at = new Date("2026-05-01T00:00:00Z"); days.length < 6;) {
    at = nextReminder(dayEnds, at);
    days.push((at.getTime() - dayEnds.getTime()) / DAY_MS);
  }
  assert.deepEqual(days, [-7, -2, -1, 0, 7, 14]);
});

test("the office is written to before a day is over and once it is, with an id and a day alone, and each letter is an entry", async () => {
  const { customerId, requestId } = await asked();
  assert.equal(await remindedOf(customerId), 0);
  const due = { before: (await queuedOf(requestId))?.dueBefore ?? "" };
  // A month ends later where its last day is a holiday there.
  passTo(due, 6.5);
  const first = await remindedOf(customerId);
  assert.ok(first >= 1);
  assert.equal(await remindedOf(customerId), first, "once each");
  await written(1, requestId);
  passTo(due, -0.5);
  assert.ok((await remindedOf(customerId)) > first);
  await written(2, requestId);
});

for (const [what, draft] of [
  ["California", { kind: "access", about: "website-or-marketing", place: { country: "US", state: "CA" } }],
  ["Britain, of a complaint,", { kind: "complaint", place: { country: "GB" } }],
] as const)
  test(`what the law of ${what} wants confirmed is due first, in the queue and in letters; then the answer is`, async () => {
    const { customerId } = await accounting.bench.customer({ email: "confirmed@mailbox.example" });
    const { requestId, due } = await dpo.rights.file(customerId, draft);
    const { clock } = await dpo.rights.read(requestId, { words: "left" });
    assert.deepEqual([due.what, due.on], ["acknowledgement", clock.acknowledgeOn]);
    const queued = await queuedOf(requestId);
    assert.deepEqual([queued?.dueWhat, queued?.dueBefore], ["acknowledgement", due.before]);
    passTo(due);
    const first = await remindedOf(customerId);
    assert.ok(first >= 1);
    await written(1, requestId, due.on);
    const confirmed = await dpo.rights.step(requestId, { do: "acknowledge" });
    assert.deepEqual([confirmed.due.what, confirmed.due.on], ["answer", clock.dueOn]);
    const next = await queuedOf(requestId);
    assert.deepEqual([next?.dueWhat, next?.dueBefore], ["answer", confirmed.due.before]);
    if (clock.dueOn === clock.acknowledgeOn) return;
    passTo(confirmed.due);
    assert.ok((await remindedOf(customerId)) > first);
    await written(1, requestId, clock.dueOn);
  });

test("an appeal is due by its own day, in the queue too", async () => {
  const { customerId } = await accounting.bench.customer({ email: "appealed@mailbox.example" });
  const self = await accounting.sessionOf(customerId);
  const draft = { kind: "erasure", about: "website-or-marketing", place: { country: "US", state: "MT" } } as const;
  const { requestId, ruleId } = await self.portal.rights.open(draft);
  assert.equal(ruleId, "US-MT-PRIV");
  await dpo.rights.decide(requestId, { outcome: "refused", ground: "legal-claims", reason: "a claim is open" });
  const { due } = await self.portal.rights.step(requestId, { do: "appeal", words: "it was closed" });
  const { clocks } = accounting.bench.server.app.domains.requests;
  const place = { country: "US", state: "MT" };
  const sixty = clocks.after(accounting.bench.server.app.domains.clock.now(), { value: 60, unit: "days" }, place);
  assert.deepEqual([due.what, due.on], ["appeal", sixty.on]);
  const queued = await queuedOf(requestId);
  assert.deepEqual([queued?.dueWhat, queued?.dueBefore], ["appeal", sixty.before.toISOString()]);
});

test("what somebody hides from the queue, or puts another day on, comes back by itself", async () => {
  const { domains } = accounting.bench.server.app;
  const { requestId } = await asked();
  const { database, requests } = domains;
  const queued = async () => {
    const { items, unverified } = await requests.queue({ isOpen: true, assignee: null, after: null, limit: 200 });
    return { row: items.find((one) => one.requestId === requestId), isShown: unverified.includes(requestId) };
  };
  const dueBefore = (await queued()).row?.dueBefore;
  await database.query(
    sql`update rights_queue set due_before = due_before + interval '1 year' where request_id = ${requestId as never}`,
  );
  assert.deepEqual(await queued(), { row: undefined, isShown: true }, "it is shown, but not believed");
  accounting.pass(11 * 60_000);
  const walk = async (): Promise<void> => {
    await requests.look(new AbortController().signal);
  };
  while ((await queued()).row === undefined) await walk();
  assert.deepEqual((await queued()).row?.dueBefore, dueBefore);
  await database.query(sql`delete from rights_queue where request_id = ${requestId as never}`);
  accounting.pass(11 * 60_000);
  while ((await queued()).row === undefined) await walk();
});

const GERMANY = { country: "DE", state: null };
const TOLD = [
  "record.corrected",
  "customer.restricted",
  "customer.restriction-ended",
  "disclosure.made",
  "request.due",
  "customer.erasure-requested",
  "customer.erased",
] as const;

const TRIES_MAX = 900;

async function hear(approver: Client): Promise<string> {
  const { bench } = accounting;
  const hired = await bench.server.createClient({
    role: "security-admin",
    purposes: ["incident-response"],
    rowScope: "none",
    entities: [],
    lines: [],
  });
  const place = { name: "the warehouse", url: receiver.url, types: [...TOLD] };
  const { webhook, secret } = await bench.as(hired.token).webhooks.request(place);
  await approver.webhooks.approve(webhook.webhookId);
  return secret ?? "";
}

/** Shown to a service provider's system, which has the policy in hand. */
async function disclose(customerId: string): Promise<string> {
  const { bench } = accounting;
  const vendor = { role: "service-account", purposes: ["policy-servicing"], classCeiling: ["identity"] } as const;
  const { token, principalId } = await bench.server.createClient(vendor);
  const admin = bench.as(bench.server.admin.token);
  await admin.assignments.create({ customerId, clientId: principalId, kind: "policy" });
  const question = { customerId, purpose: "policy-servicing", form: "clear" } as const;
  const shown = await bench.as(token).disclose({ ...question, fields: ["person.last-name"] });
  assert.equal(shown.fields[0]?.form, "clear");
  return shown.disclosureId;
}

test("what is corrected, restricted, disclosed, due and erased reaches a system that keeps a copy, once, signed, and in ids alone", async (context) => {
  const { bench, pass, sessionOf } = accounting;
  const { domains } = bench.server.app;
  const hire = async () =>
    bench.as((await bench.server.createClient({ role: "dpo", purposes: ["data-subject-request"] })).token);
  const [decider, second] = [await hire(), await hire()];
  const secret = await hear(decider);
  const asker = await makeAsker(bench, { law: "GDPR", kind: "access", place: GERMANY, rule: "EU-GDPR-15" });
  const { customerId, personId: recordId } = asker;
  const open = async (kind: "correction" | "restriction" | "access" | "erasure") =>
    (await (await sessionOf(customerId)).portal.rights.open({ kind, place: GERMANY })).requestId;
  const corrected = await open("correction");
  const fields = { occupation: OCCUPATIONS.right };
  await second.rights.step(corrected, { do: "propose", recordId, fields });
  await grantProposed(decider, corrected);
  const restricted = await open("restriction");
  await decider.rights.decide(restricted, { outcome: "fulfilled" });
  await decider.rights.step(restricted, { do: "lift", words: FAREWELL });
  const disclosed = await disclose(customerId);
  const due = await open("access");
  pass(26 * DAY_MS);
  await domains.requests.look(new AbortController().signal);
  const erased = await open("erasure");
  await decider.rights.decide(erased, { outcome: "fulfilled" });
  const mine = () => receiver.received.filter(({ event }) => event["subject"] === customerId);
  const typesOf = () => new Set(mine().map(({ event }) => event["type"]));
  for (let tries = 0; typesOf().size < TOLD.length && tries < TRIES_MAX; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const got = mine();
  assert.equal(new Set(got.map(({ id }) => id)).size, got.length, "once each");
  // Whoever read the request's words was shown something too.
  const looks = got.filter(({ event }) => event["type"] === "uberrima.disclosure.made.v1");
  assert.ok(looks.some(({ id }) => id === disclosed));
  const types = got.filter((one) => !looks.includes(one)).map(({ event }) => event["type"]);
  assert.deepEqual(
    types.toSorted(),
    TOLD.filter((type) => type !== "disclosure.made")
      .map((type) => `uberrima.${type}.v1`)
      .toSorted(),
  );
  // The library allows minutes between its clock and the sender's, which is months ahead here.
  const isSigned = (one: (typeof got)[number]): boolean => {
    context.mock.timers.enable({ apis: ["Date"], now: Number(one.headers["webhook-timestamp"]) * 1000 });
    try {
      return verified(secret, one);
    } finally {
      context.mock.timers.reset();
    }
  };
  assert.ok(got.every(isSigned), "as Standard Webhooks has it");
  for (const { body, event } of got) {
    assert.deepEqual(event.data["customers"], [customerId]);
    for (const value of ["Iris", asker.email, ...Object.values(OCCUPATIONS), FAREWELL])
      assert.ok(!body.includes(value), value);
  }
  const reminder = got.find(({ event }) => event["type"] === "uberrima.request.due.v1");
  assert.equal(reminder?.event.data["about"], due);
});
