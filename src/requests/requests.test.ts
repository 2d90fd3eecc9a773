// A request under a customer's rights on its way: taken in, known by whom, worked on, decided, appealed; over HTTP, with a real mail server.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { openTestAccounting, type TestAccounting } from "../accounting/test-accounting.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { addresseeOf } from "../mail/test-smtp-server.ts";
import { activeFlags } from "../access/access.ts";

const DAY_MS = 86_400_000;
const GERMANY = { country: "DE", state: null };
const CALIFORNIA = { country: "US", state: "CA" };

let accounting: TestAccounting;
let dpo: Client;
let second: Client;
let third: Client;
let secondId: Uuid;
before(async () => {
  accounting = await openTestAccounting();
  const { bench } = accounting;
  const hire = { role: "dpo", purposes: ["data-subject-request"] } as const;
  dpo = bench.as((await bench.server.createClient(hire)).token);
  const hired = await bench.server.createClient({
    role: "compliance",
    purposes: ["complaint"],
    rowScope: "everything-masked",
  });
  [second, secondId] = [bench.as(hired.token), hired.principalId];
  third = bench.as((await bench.server.createClient(hire)).token);
});
after(() => accounting.bench.close());

let made = 0;
async function asker() {
  const email = `right.${(made += 1)}@mailbox.example`;
  const { customerId } = await accounting.bench.customer({ email });
  return { customerId, email, self: await accounting.sessionOf(customerId) };
}

const filed = (customerId: Uuid, by: Client = dpo, kind: "access" | "erasure" | "restriction" = "access") =>
  by.rights.file(customerId, { kind, place: GERMANY, words: "everything you hold" });
const refused = (code: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, code);
  return true;
};
/** As it stands once it stands so, or after a while. */
async function stateOnce(requestId: string, wanted: string) {
  for (let tries = 0; ; tries += 1) {
    const { state } = await dpo.rights.read(requestId, { words: "left" });
    if (state === wanted || tries > 400) return state;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const flagsOf = async (customerId: Uuid) => {
  const { access, clock } = accounting.bench.server.app.domains;
  const state = (await access.authoritiesOf([customerId])).get(customerId)?.state;
  return activeFlags(state!, clock.now());
};

describe("a request", () => {
  test("goes its way: asked in the portal, queued by its day, answered, told without a word of it, read, closed", async () => {
    const { customerId, email, self } = await asker();
    const opened = await self.portal.rights.open({ kind: "access", place: GERMANY, words: "a copy of it all" });
    assert.deepEqual([opened.state, opened.identity, opened.ruleId], ["received", "verified", "EU-GDPR-15"]);
    assert.ok(opened.due.daysLeft >= 27 && opened.due.daysLeft <= 34);
    const { items, counts } = await dpo.rights.list();
    const queued = items.find(({ requestId }) => requestId === opened.requestId);
    assert.deepEqual([queued?.customerId, queued?.ruleId], [customerId, "EU-GDPR-15"]);
    assert.ok((counts?.open ?? 0) >= 1);
    const left = await dpo.rights.read(opened.requestId, { words: "left" });
    assert.deepEqual([left.words, left.rule?.ruleId], [null, "EU-GDPR-15"]);
    const read = await dpo.rights.read(opened.requestId);
    assert.deepEqual([read.words, read.rule?.citation], ["a copy of it all", "GDPR Art 15, 12(3)–(6)"]);
    // For what it is read stands in the customer's list: their own request, though this reader is there for complaints.
    await second.rights.read(opened.requestId);
    const { ledger } = accounting.bench.server.app.domains;
    const [reading] = (await ledger.list({ customerId: asId(customerId), kinds: ["disclosure"] }, { limit: 1 })).items;
    assert.deepEqual([reading?.purpose, reading?.actorId], ["data-subject-request", secondId]);
    assert.deepEqual(
      read.clock.steps.slice(0, 2).map(({ code }) => code),
      ["received", "adds"],
    );
    await second.rights.step(opened.requestId, { do: "assign", assigneeId: secondId });
    const { items: workers } = await second.rights.workers();
    assert.ok(workers.some(({ principalId }) => principalId === secondId));
    const agent = accounting.bench.as(
      (await accounting.bench.server.createClient({ role: "agent", purposes: ["quote"] })).token,
    );
    await assert.rejects(agent.rights.workers(), refused("not-permitted"));
    await second.rights.step(opened.requestId, { do: "comment", words: "the claim file too" });
    await second.rights.step(opened.requestId, { do: "message", words: "We are on it." });
    const [mine] = (await second.rights.list({ assignee: "me" })).items;
    assert.equal(mine?.requestId, opened.requestId);
    assert.equal((await second.rights.decide(opened.requestId, { outcome: "fulfilled" })).state, "fulfilling");
    assert.equal(await stateOnce(opened.requestId, "decided"), "decided", "the copy is made by itself");
    const own = await self.portal.rights.read(opened.requestId);
    assert.deepEqual([own.decision?.outcome, own.messages.map(({ words }) => words)], ["fulfilled", ["We are on it."]]);
    await accounting.bench.deliver();
    const letters = accounting.bench.smtp.letters.filter((letter) => addresseeOf(letter) === email);
    assert.equal(letters.length, 3, "that it came, that there is a message, that it is decided");
    assert.ok(!/copy|claim|on it|access/i.test(JSON.stringify(letters.map(({ text }) => text))));
    assert.equal((await second.rights.step(opened.requestId, { do: "close", as: "done" })).state, "closed");
    const entries = await ledger.list({ kinds: ["right"], customerId }, { limit: 20 }, "cleared");
    assert.equal(entries.items.length, 8);
  });

  test("asked twice is one: the second is known as a duplicate and cannot be approved", async () => {
    const { self } = await asker();
    const first = await self.portal.rights.open({ kind: "objection", place: GERMANY });
    const again = await self.portal.rights.open({ kind: "objection", place: GERMANY });
    assert.deepEqual([first.duplicateOf, again.duplicateOf], [null, first.requestId]);
    await assert.rejects(dpo.rights.decide(again.requestId, { outcome: "fulfilled" }), refused("is-duplicate"));
    await dpo.rights.step(again.requestId, { do: "mark-duplicate", of: null });
    assert.equal((await dpo.rights.decide(again.requestId, { outcome: "fulfilled" })).state, "closed");
    const last = await self.portal.rights.open({ kind: "objection", place: GERMANY });
    const closed = await dpo.rights.step(last.requestId, { do: "close", as: "duplicate" });
    assert.equal(closed.state, "closed");
  });

  test("is refused on a ground of its own law, with a reason, and appealed against to somebody else", async () => {
    const { self } = await asker();
    const { requestId } = await self.portal.rights.open({ kind: "erasure", place: GERMANY });
    const deciding = { outcome: "refused", ground: "legal-claims" } as const;
    await assert.rejects(dpo.rights.decide(requestId, deciding), refused("ground-needed"));
    await assert.rejects(
      dpo.rights.decide(requestId, { outcome: "refused", ground: "too-often", reason: "no" }),
      refused("bad-ground"),
    );
    await dpo.rights.decide(requestId, { ...deciding, reason: "your claim is still open" });
    const own = await self.portal.rights.read(requestId);
    assert.deepEqual([own.decision?.ground?.code, own.decision?.reason], ["legal-claims", "your claim is still open"]);
    await self.portal.rights.step(requestId, { do: "appeal", words: "it was closed in May" });
    await assert.rejects(
      dpo.rights.decideAppeal(requestId, { outcome: "upheld", reason: "no" }),
      refused("own-decision"),
    );
    const open = await second.rights.decideAppeal(requestId, { outcome: "overturned", reason: "it was" });
    assert.equal(open.state, "in-progress");
    await assert.rejects(dpo.rights.decide(requestId, { outcome: "fulfilled" }), refused("own-decision"));
    assert.equal((await third.rights.decide(requestId, { ...deciding, reason: "another is open" })).outcome, "refused");
  });

  test("stops its clock while the customer is asked, where the law lets it, and goes on with their answer", async () => {
    const { customerId, self } = await asker();
    const opened = await self.portal.rights.open({ kind: "access", place: { country: "GB" } });
    const { requestId, due } = opened;
    const asked = await dpo.rights.step(requestId, { do: "ask", words: "which policy do you mean?" });
    assert.deepEqual([asked.state, asked.due.isStopped], ["waiting", true]);
    // Five days of where they live: an hour less or more than five times twenty-four where clocks change.
    const came = Temporal.Instant.from(opened.receivedAt).toZonedDateTimeISO("Europe/London");
    accounting.pass(came.until(came.add({ days: 5 })).total("milliseconds"));
    const later = await accounting.sessionOf(customerId);
    const answered = await later.portal.rights.step(requestId, { do: "message", words: "the motor one" });
    assert.deepEqual([answered.state, answered.due.isStopped], ["in-progress", false]);
    const { steps } = (await dpo.rights.read(requestId)).clock;
    const paused = steps.findIndex(({ code }) => code === "paused");
    // The days the law counts, before what falls on a holiday is carried over it: that may be three days of five, or nine.
    const days = (Date.parse(steps[paused]?.on ?? "") - Date.parse(steps[paused - 1]?.on ?? "")) / DAY_MS;
    assert.deepEqual([days, steps[paused]?.amount?.value], [5, 5]);
    assert.ok(Date.parse(answered.due.before) > Date.parse(due.before));
  });

  test("is extended once, with its reason, before its first day is over", async () => {
    const { email, self } = await asker();
    const { requestId, due } = await self.portal.rights.open({ kind: "access", place: GERMANY });
    const longer = await dpo.rights.step(requestId, { do: "extend", reason: "forty years of files" });
    assert.ok(Date.parse(longer.due.before) - Date.parse(due.before) > 50 * DAY_MS);
    const own = await self.portal.rights.read(requestId);
    assert.equal(own.extension?.reason, "forty years of files");
    await accounting.bench.deliver();
    const letters = accounting.bench.smtp.letters.filter((letter) => addresseeOf(letter) === email);
    assert.equal(letters.length, 2, "that it came, and that there is something to read");
    assert.ok(!/forty|files/.test(JSON.stringify(letters)), "but not what");
    await assert.rejects(dpo.rights.step(requestId, { do: "extend", reason: "more" }), refused("not-extendable"));
    const late = await self.portal.rights.open({ kind: "portability", place: GERMANY });
    accounting.pass(40 * DAY_MS);
    await assert.rejects(dpo.rights.step(late.requestId, { do: "extend", reason: "late" }), refused("not-extendable"));
  });

  test("says which laws reach it and which do not, and is judged anew where somebody lives elsewhere", async () => {
    const { self } = await asker();
    const { requestId, ruleId } = await self.portal.rights.open({ kind: "access", place: CALIFORNIA });
    assert.equal(ruleId, "NAIC670-access");
    const { judged, lines } = await dpo.rights.read(requestId);
    assert.deepEqual(lines, ["auto"]);
    const verdicts = Object.fromEntries(judged.map(({ rule, verdict }) => [rule.ruleId, verdict]));
    assert.equal(verdicts["US-CA-CCPA-know"], "data-exempt");
    assert.equal(verdicts["US-HIPAA-access"], "other-line");
    const moved = { do: "choose-law", place: CALIFORNIA, about: "website-or-marketing" } as const;
    assert.equal((await dpo.rights.step(requestId, moved)).ruleId, "US-CA-CCPA-know");
    const nowhere = { ...moved, place: { country: "XX" } };
    await assert.rejects(dpo.rights.step(requestId, nowhere), refused("bad-place"));
  });

  test("to restrict is in force at once for somebody known, and lifted where it is refused", async () => {
    const { customerId, self } = await asker();
    const { requestId } = await self.portal.rights.open({ kind: "restriction", place: GERMANY });
    assert.deepEqual(await flagsOf(customerId), ["restricted"]);
    assert.equal((await dpo.rights.read(requestId)).isRestricted, true);
    const refusal = { outcome: "refused", ground: "unfounded-or-excessive", reason: "the third this week" } as const;
    await dpo.rights.decide(requestId, refusal);
    assert.deepEqual(await flagsOf(customerId), []);
    const unknown = await asker();
    const called = await filed(unknown.customerId, dpo, "restriction");
    assert.deepEqual(await flagsOf(unknown.customerId), []);
    await second.rights.identity(called.requestId, { method: "in-person", passed: true });
    assert.deepEqual(await flagsOf(unknown.customerId), ["restricted"]);
  });

  test("of an opt-out in California needs nobody to show who they are", async () => {
    const { customerId } = await asker();
    const draft = { kind: "opt-out", about: "website-or-marketing", place: CALIFORNIA } as const;
    const { requestId, identity, ruleId } = await dpo.rights.file(customerId, draft);
    assert.deepEqual([identity, ruleId], ["not-asked", "US-CA-CCPA-optout"]);
    assert.equal((await second.rights.decide(requestId, { outcome: "fulfilled" })).outcome, "fulfilled");
  });

  test("is seen by the customer who asked and the privacy side, and by nobody else", async () => {
    const [one, other] = [await asker(), await asker()];
    const { requestId } = await one.self.portal.rights.open({ kind: "access", place: GERMANY });
    await assert.rejects(other.self.portal.rights.read(requestId), refused("unknown-request"));
    await assert.rejects(other.self.portal.rights.step(requestId, { do: "withdraw" }), refused("unknown-request"));
    const csr = { role: "csr", purposes: ["policy-servicing"] } as const;
    const agent = accounting.bench.as((await accounting.bench.server.createClient(csr)).token);
    await assert.rejects(agent.rights.list(), refused("not-permitted"));
    await assert.rejects(agent.rights.read(requestId), refused("not-permitted"));
    assert.equal((await one.self.portal.rights.step(requestId, { do: "withdraw" })).state, "closed");
  });
});

test("an agent's system files with a paper, and the customer stands by it or somebody checks it", async () => {
  const { bench } = accounting;
  const records = [{ type: "document", fields: { title: "signed permission" } }];
  const units = [{ kind: "relationship", entity: "acme", brand: "acme", line: "auto", records }] as const;
  const written = await bench.maker.customers.create({ kind: "person", units: [...units] });
  const customerId = asId(written.customerId);
  const self = await accounting.sessionOf(customerId);
  const hired = await bench.server.createClient({
    role: "service-account",
    purposes: ["vendor-processing"],
    classCeiling: ["identity"],
  });
  const system = bench.as(hired.token);
  const draft = { kind: "access", place: CALIFORNIA } as const;
  await assert.rejects(system.rights.file(customerId, draft), refused("not-found"));
  const admin = bench.as(bench.server.admin.token);
  await admin.assignments.create({ customerId, clientId: hired.principalId, kind: "block" });
  await assert.rejects(system.rights.file(customerId, draft), refused("invalid-request"));
  const filedByAgent = await system.rights.file(customerId, {
    ...draft,
    authorityDocumentId: written.records[0]!.recordId,
  });
  assert.deepEqual([filedByAgent.channel, filedByAgent.identity], ["api", "unverified"]);
  await assert.rejects(dpo.rights.decide(filedByAgent.requestId, { outcome: "fulfilled" }), refused("not-verified"));
  const confirmed = await self.portal.rights.step(filedByAgent.requestId, { do: "confirm" });
  assert.deepEqual([confirmed.identity, confirmed.state], ["verified", "in-progress"]);
});
