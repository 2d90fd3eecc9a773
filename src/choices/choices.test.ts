// What customers say no to and what they were told: a no counts at once, in every role, and cannot be taken away by taking away a row; a delivery is provable.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { type ConsentBench, openConsentBench } from "../authorizations/test-authorizations.ts";
import { sql } from "../postgres/sql.ts";

let bench: ConsentBench;
before(async () => (bench = await openConsentBench()));
after(() => bench.close());

const MARKETING = {
  form: "marketing",
  classes: ["identity"],
  purposes: ["marketing"],
  recipients: [{ type: "none" }],
} as const;
const STATEMENTS = ["distinguishable", "withdrawal", "freely-given"];

/** A marketing system with the customer in hand. */
async function marketer(customerId: string) {
  const { token, principalId } = await bench.server.createClient({
    role: "service-account",
    purposes: ["marketing"],
    classCeiling: ["identity"],
  });
  await bench.as(bench.server.admin.token).assignments.create({ customerId, clientId: principalId, kind: "policy" });
  const client = bench.as(token);
  return async (): Promise<{ form: string; reasons: readonly string[] }> => {
    const asked = {
      customerId,
      purpose: "marketing",
      basis: "authorization",
      justification: "a letter of offers",
    } as const;
    const { fields } = await client.disclose({ ...asked, fields: ["person.last-name"] });
    return { form: fields[0]?.form ?? "none", reasons: fields[0]?.reasons.map(({ code }) => code) ?? [] };
  };
}

test("marketing needs a consent, and a no said afterwards stands against it until it is taken back", async () => {
  const at = await bench.scene();
  const ask = await marketer(at.customerId);
  assert.equal((await ask()).form, "denied");
  await at.record(bench.dpo, MARKETING as never, STATEMENTS);
  assert.equal((await ask()).form, "clear");
  const mine = await at.signIn();
  const said = await mine.choices.setOwn({ choice: "marketing", saysNo: true });
  assert.ok(said.items.find(({ choice }) => choice === "marketing")?.saidNoAt);
  const refused = await ask();
  assert.equal(refused.form, "denied");
  assert.ok(refused.reasons.includes("opted-out"));
  bench.later(600);
  await assert.rejects(mine.choices.setOwn({ choice: "marketing", saysNo: false }), { code: "step-up-needed" });
  await bench.dpo.choices.set(at.customerId, { choice: "marketing", saysNo: false, channel: "letter" });
  assert.equal((await ask()).form, "clear");
  const { history } = await bench.dpo.choices.list(at.customerId);
  assert.deepEqual(
    history.map(({ choice, saysNo, channel }) => [choice, saysNo, channel]),
    [
      ["marketing", false, "letter"],
      ["marketing", true, "portal"],
    ],
  );
});

test("whoever writes to the database takes no choice away: with an older state of the customer nothing is shown at all", async () => {
  const at = await bench.scene();
  const ask = await marketer(at.customerId);
  await at.record(bench.dpo, MARKETING as never, STATEMENTS);
  assert.equal((await ask()).form, "clear");
  const { owner } = bench.server.database;
  await owner.query(sql`create table before_choice as select * from customer where customer_id = ${at.customerId}`);
  await bench.dpo.choices.set(at.customerId, { choice: "marketing", saysNo: true, channel: "letter" });
  await owner.query(
    sql`update customer c set authority = b.authority, revision = b.revision, act = b.act from before_choice b
        where c.customer_id = b.customer_id`,
  );
  assert.equal((await ask()).form, "denied");
});

test("the call centre writes down a no and takes none back; the attempt is an entry", async () => {
  const at = await bench.scene();
  const { token, principalId } = await bench.server.createClient({ role: "csr", purposes: ["policy-servicing"] });
  const admin = bench.as(bench.server.admin.token);
  await admin.assignments.create({ customerId: at.customerId, clientId: principalId, kind: "call" });
  const csr = bench.as(token);
  await csr.choices.set(at.customerId, { choice: "third-party-sharing", saysNo: true, channel: "phone" });
  const back = { choice: "third-party-sharing", saysNo: false, channel: "phone" } as const;
  await assert.rejects(csr.choices.set(at.customerId, back), { code: "only-says-no", status: 403 });
  const denied = { kinds: ["choice"], outcomes: ["denied"], actorId: principalId } as const;
  const { items } = await bench.server.app.domains.ledger.list(denied, { limit: 5 }, "cleared");
  assert.equal(items.length, 1);
  const { items: stands } = await csr.choices.list(at.customerId);
  assert.ok(stands.find(({ choice }) => choice === "third-party-sharing")?.saidNoAt);
});

test("a notice is due until the version in force was delivered, and the proof names the very text", async () => {
  const at = await bench.scene();
  const first = await bench.dpo.notices.deliveries(at.customerId);
  assert.ok(first.due.includes("glba") && !first.due.includes("hipaa"), "no health line, no health notice");
  const made = await bench.dpo.notices.deliver(at.customerId, { notice: "glba", language: "es", channel: "letter" });
  const { items } = await bench.dpo.notices.list();
  const glba = items.find(({ notice }) => notice === "glba")!;
  const digest = createHash("sha256").update(`${glba.title.es}\n\n${glba.text.es}`).digest("hex");
  assert.equal(made.digest, digest);
  const mine = await at.signIn();
  assert.ok(
    (await mine.notices.own()).items.some(({ notice, receivedAt }) => notice === "gdpr" && receivedAt === null),
  );
  await mine.notices.receive("gdpr", "de");
  const now = await bench.dpo.notices.deliveries(at.customerId);
  assert.deepEqual(
    now.items.map(({ notice, channel }) => `${notice} ${channel}`),
    ["gdpr portal", "glba letter"],
  );
  assert.ok(!now.due.includes("glba") && !now.due.includes("gdpr"));
  await assert.rejects(
    bench.dpo.notices.deliver(at.customerId, { notice: "none-such", language: "en", channel: "paper" }),
    { code: "unknown-notice" },
  );
});
