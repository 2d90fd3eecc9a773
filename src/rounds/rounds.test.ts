// Rounds of a notice: whom a law makes it due to, by the way that they asked for, approved by another person, sent once, and proved by what the post and mail servers took.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import pg from "pg";
import type { Client } from "../../sdk/client.ts";
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import { addresseeOf } from "../mail/test-smtp-server.ts";
import { openTestPortal, type TestPortal } from "../portal/test-portal.ts";

const DAY_MS = 86_400_000;
const YEAR_MS = 365.25 * DAY_MS;
const SETTLED_MS = 4 * DAY_MS;
const CLIENT_DAYS = 90;
const EVERY_MS = 250;
/** In which the server looks at what was approved some times. */
const ROUNDS_MS = 6 * EVERY_MS;
const WITHIN_MS = 120_000;
const NOBODY = { actorId: null, actorRevision: null, purpose: null, basis: null };

let bench: TestPortal;
let offsetMs = 0;
let dpo: Client;
let overseer: Client;
let officer: Authenticated;
let second: Authenticated;
let administrator: Authenticated;
let operator: pg.Client;
before(async () => {
  bench = await openTestPortal({ clock: { now: () => new Date(Date.now() + offsetMs) }, everyMs: EVERY_MS });
  operator = new pg.Client({ connectionString: bench.server.database.superuserUrl });
  await operator.connect();
  const { access } = bench.server.app.domains;
  // Before the administrator's token runs out by the clock that moves on.
  administrator = (await access.authenticate(bench.server.admin.token)) ?? assert.fail();
  await hireAll();
});
after(async () => {
  await operator?.end();
  await bench?.close();
});

/** Anew where years have passed: no client stays for ever. */
async function hireAll(): Promise<void> {
  const { access } = bench.server.app.domains;
  const hire = async (role: "dpo" | "compliance", purpose: "data-subject-request" | "audit"): Promise<string> => {
    const { token } = await access.createClient(
      {
        role,
        purposes: [purpose],
        name: "test client",
        groups: [],
        entities: ["acme"],
        lines: ["auto", "health"],
        classCeiling: null,
        rowScope: role === "compliance" ? "everything-masked" : "assignments",
        expiresAt: new Date(Date.now() + offsetMs + CLIENT_DAYS * DAY_MS),
      },
      administrator,
    );
    return token;
  };
  const tokens = [await hire("dpo", "data-subject-request"), await hire("compliance", "audit")];
  const [one = "", other = ""] = tokens;
  [dpo, overseer] = [bench.as(one), bench.as(other)];
  const found = await Promise.all(tokens.map((token) => access.authenticate(token)));
  [officer, second] = [found[0] ?? assert.fail(), found[1] ?? assert.fail()];
}

async function policyholder(email?: string): Promise<Uuid> {
  const { customerId } = await bench.customer(email === undefined ? {} : { email });
  await insure(customerId, "auto");
  return customerId;
}

async function insure(customerId: Uuid, line: "auto" | "health"): Promise<void> {
  const create = { kind: "policy", entity: "acme", brand: "acme", line, book: null, status: "open" } as const;
  const units = [{ unitId: newId(), create, sources: [], records: [] }];
  await bench.server.app.domains.vault.create([{ customerId, create: null, sources: [], units }], NOBODY);
}

const REASON = { reason: "yearly notices" };

async function previewed(notice = "glba") {
  const { roundId } = await dpo.noticeRounds.ask({ notice, ...REASON });
  const round = await until(roundId, "previewed");
  const { items } = await dpo.noticeRounds.customers(roundId, { limit: 200 });
  const lineOf = (customerId: Uuid) => items.find((one) => one.customerId === customerId);
  return { roundId, found: round.found ?? assert.fail("nothing found"), lineOf };
}

async function until(roundId: string, state: string) {
  for (const since = Date.now(); Date.now() - since < WITHIN_MS;) {
    const round = await dpo.noticeRounds.get(roundId);
    if (round.state === state) return round;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail(`the round does not become ${state}`);
}

async function run(notice = "glba") {
  const round = await previewed(notice);
  await overseer.noticeRounds.decide(round.roundId, { approve: true, digest: round.found.digest });
  const { ended } = await until(round.roundId, "complete");
  const { items } = await dpo.noticeRounds.customers(round.roundId, { limit: 200 });
  return { ...round, ended, became: (customerId: Uuid) => items.find((one) => one.customerId === customerId) };
}

async function post(): Promise<void> {
  const { batchId } = await dpo.letters.batches.make();
  const pdf = Buffer.from(await (await dpo.letters.batches.print(batchId)).arrayBuffer());
  const on = new Date(Date.now() + offsetMs).toISOString().slice(0, 10);
  await dpo.letters.batches.post(batchId, { digest: createHash("sha256").update(pdf).digest("hex"), on });
}

/** Days later: what was written to the file of somebody lately proves nothing. */
async function wish(email: string, given: Parameters<Client["portal"]["preferences"]["set"]>[0]): Promise<void> {
  offsetMs += SETTLED_MS;
  await bench.as(await bench.signIn(email)).portal.preferences.set(given);
}

test("a preview finds whom a notice is due to, by which way and in which language; who has no policy, or is dead, is not written to", async () => {
  const plain = await policyholder("plain@mailbox.example");
  const spanish = await policyholder("spanish@mailbox.example");
  await wish("spanish@mailbox.example", { language: "es" });
  const byMail = await policyholder("old.address@mailbox.example");
  await wish("old.address@mailbox.example", { alternative: { channel: "email", contact: "by.mail@mailbox.example" } });
  const byPhone = await policyholder("by.phone@mailbox.example");
  await wish("by.phone@mailbox.example", { alternative: { channel: "phone", contact: "+16175550143" } });
  const dead = await policyholder();
  await bench.flag(dead, "deceased");
  const hidden = await policyholder();
  await bench.flag(hidden, "protection-order");
  const { customerId: claimant } = await bench.customer();
  const { found, lineOf } = await previewed();
  const said = [plain, spanish, byMail, byPhone, dead, hidden].map((id) => {
    const line = lineOf(id);
    return [line?.verdict, line?.why, line?.channel, line?.language, line?.reason];
  });
  assert.deepEqual(said, [
    ["due", "initial", "letter", "en", null],
    ["due", "initial", "letter", "es", null],
    ["due", "initial", "mail", "en", null],
    ["blocked", "initial", "none", "en", "phone-only"],
    ["blocked", "initial", "letter", "en", "deceased"],
    ["due", "initial", "letter", "en", null],
  ]);
  assert.equal(lineOf(claimant), undefined);
  assert.equal(found.protected, 1);
  assert.deepEqual(found.byLaw, [{ name: "15 USC 6803(a); 16 CFR 313.4; NAIC Model 672 § 5", count: 4 }]);
  assert.deepEqual(found.byChannel, [
    { name: "letter", count: 3 },
    { name: "mail", count: 1 },
  ]);
  const { items } = await bench.server.app.domains.ledger.list({ kinds: ["disclosure"] }, { limit: 200 }, "cleared");
  const opened = await Promise.all(
    items.map(
      async ({ entryId }) => (await bench.server.app.domains.ledger.opening(entryId, "cleared"))?.detail["why"],
    ),
  );
  assert.ok(!opened.includes("notice-letter") && !opened.includes("letter-address"), "nothing was opened for it");
});

test("a notice that the law of another place asks for is due to nobody here", async () => {
  const { found } = await previewed("gdpr");
  assert.deepEqual([found.due, found.blocked], [0, 0]);
});

test("nobody approves what they asked for, nor without the right, nor another preview than the one they looked at", async () => {
  const { rounds } = bench.server.app.domains;
  const { roundId, found } = await previewed();
  const approval = { roundId: roundId as Uuid, approve: true, digest: found.digest };
  await assert.rejects(rounds.decide(officer, approval), { code: "own-request", status: 403 });
  await assert.rejects(rounds.decide(second, { ...approval, digest: "0".repeat(64) }), { code: "preview-changed" });
  const adjuster = bench.as(
    (await bench.server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] })).token,
  );
  await assert.rejects(adjuster.noticeRounds.decide(roundId, { approve: true, digest: found.digest }), {
    code: "not-permitted",
  });
  await assert.rejects(dpo.noticeRounds.ask({ notice: "none-such", ...REASON }), { code: "unknown-notice" });
  assert.equal((await dpo.noticeRounds.withdraw(roundId)).state, "withdrawn");
  await assert.rejects(rounds.decide(second, approval), { code: "wrong-state" });
});

test("lines that an operator changes, and outcomes that he makes up, send nothing at all", async () => {
  const { customerId: stranger } = await bench.customer();
  for (const change of [
    `update notice_line set customer_id = '${stranger}' where round_id = $1 and line = 0`,
    "delete from notice_line where round_id = $1 and line = 0",
    "insert into notice_outcome select $1, 0, 'left', null, 'not-due', null, sha256('forged')",
  ]) {
    const { roundId, found } = await previewed();
    await operator.query(change, [roundId]);
    await overseer.noticeRounds.decide(roundId, { approve: true, digest: found.digest });
    await new Promise((resolve) => setTimeout(resolve, ROUNDS_MS));
    const waiting = await dpo.letters.counts();
    assert.deepEqual([(await dpo.noticeRounds.get(roundId)).state, waiting.waiting], ["approved", 0]);
    // Taken away, lest it runs on what was tampered with.
    await operator.query("delete from authority_row where owner_id = $1", [roundId]);
    await operator.query("delete from authority_head where owner_id = $1", [roundId]);
  }
});

test("what was approved is queued as letters and mails; each delivery is proved by what was posted and handed over, and nothing is due twice", async () => {
  const changed = await policyholder("changed@mailbox.example");
  const mailed = (await previewed()).lineOf;
  const before_ = bench.smtp.letters.length;
  const round = await previewed();
  // After the preview: by telephone alone.
  await wish("changed@mailbox.example", { alternative: { channel: "phone", contact: "+16175550188" } });
  await overseer.noticeRounds.decide(round.roundId, { approve: true, digest: round.found.digest });
  const { ended } = await until(round.roundId, "complete");
  assert.equal((ended?.sent ?? 0) + (ended?.left ?? 0), round.found.due);
  assert.deepEqual(ended?.leftBy, [{ name: "phone-only", count: 1 }]);
  assert.equal(mailed(changed)?.channel, "letter");
  await bench.deliver();
  const to = bench.smtp.letters.slice(before_).map(addresseeOf);
  assert.equal(to.filter((address) => address === "by.mail@mailbox.example").length, 1);
  assert.ok(!to.includes("old.address@mailbox.example"));
  const again = await previewed();
  assert.equal(again.found.due, 0, "all of them are under way");
  await post();
  const { items } = await dpo.noticeRounds.customers(round.roundId, { verdict: "due", limit: 200 });
  const proofs = items.map(({ outcome, sentBy, proof }) => `${outcome} ${sentBy} ${proof?.state}`).toSorted();
  // Who is protected and has no confidential address is written to nowhere.
  assert.deepEqual(
    [...new Set(proofs)],
    ["left null undefined", "sent letter held", "sent letter posted", "sent mail handed-over"],
  );
  const byMail = asId(items.find(({ sentBy }) => sentBy === "mail")?.customerId ?? assert.fail());
  const { notices } = bench.server.app.domains;
  const [[got], [mail]] = await Promise.all([notices.deliveries(byMail), notices.mails(byMail)]);
  assert.deepEqual(
    [got?.content.notice, got?.content.channel, mail?.content.state],
    ["glba", "electronic", "handed-over"],
  );
  assert.equal((await previewed()).found.due, 0, "it is due to nobody any more");
});

test("it is due again once the period of the law is nearly over, and a reminder is no new notice", async () => {
  const customerId = await policyholder();
  await insure(customerId, "health");
  for (const notice of ["glba", "hipaa"]) await run(notice);
  await post();
  assert.equal((await previewed("hipaa")).lineOf(customerId), undefined);
  offsetMs += 0.95 * YEAR_MS;
  await hireAll();
  assert.equal((await previewed()).lineOf(customerId)?.why, "repeat");
  assert.equal((await previewed("hipaa")).lineOf(customerId), undefined);
  offsetMs += 2 * YEAR_MS;
  await hireAll();
  const { became } = await run("hipaa");
  assert.deepEqual([became(customerId)?.why, became(customerId)?.outcome], ["reminder", "sent"]);
  await post();
  const items = await bench.server.app.domains.notices.deliveries(customerId);
  const hipaa = items.flatMap(({ content }) => (content.notice === "hipaa" ? [content] : []));
  assert.deepEqual(
    hipaa.map(({ isReminder }) => isReminder),
    [true, false],
  );
  assert.notEqual(hipaa[0]?.digest, hipaa[1]?.digest, "the reminder's own text");
  assert.equal((await previewed("hipaa")).lineOf(customerId), undefined);
});
