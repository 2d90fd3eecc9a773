// What was granted is carried out once, whatever process dies over it; what is forbidden meanwhile goes back to whoever decides.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, type Client } from "../../sdk/client.ts";
import { openTestAccounting, type TestAccounting } from "../accounting/test-accounting.ts";
import { asId } from "../kernel/ids.ts";
import { startTestProcess } from "../test-process.ts";
import { startTestServer } from "../test-server.ts";

const GERMANY = { country: "DE", state: null };
const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;
const MATTER = { reference: "L-2026-31", ground: "litigation-expected", reason: "a demand letter came" } as const;

let accounting: TestAccounting;
let dpo: Client;
let dpoToken: string;
let overseer: Client;
let lawyer: Client;
let maker: Client;
before(async () => {
  accounting = await openTestAccounting();
  const { bench } = accounting;
  const hire = async (client: Parameters<typeof bench.server.createClient>[0]) =>
    (await bench.server.createClient(client)).token;
  dpoToken = await hire({ role: "dpo", purposes: ["data-subject-request"] });
  dpo = bench.as(dpoToken);
  overseer = bench.as(await hire({ role: "compliance", purposes: ["audit"], rowScope: "everything-masked" }));
  lawyer = bench.as(await hire({ role: "litigation", purposes: ["litigation"] }));
  maker = bench.as(await hire({ role: "underwriter", purposes: ["underwriting"] }));
});
after(() => accounting?.bench.close());

async function somebody() {
  const person = { type: "person", fields: { "first-name": "Iris", "last-name": "Quill", "birth-date": "1980-05-04" } };
  const unit = (kind: "relationship" | "policy" | "claim") => ({ kind, ...PLACE, records: [] });
  const units = [{ ...unit("relationship"), records: [person] }, unit("policy"), unit("claim")];
  const made = await maker.customers.create({ kind: "person", units });
  const customerId = asId(made.customerId);
  const [, policy = "", claim = ""] = made.units.map(({ unitId }) => unitId);
  return { customerId, policy, claim, self: await accounting.sessionOf(customerId) };
}

const left = (requestId: string) => dpo.rights.read(requestId, { words: "left" });

async function stateOnce(requestId: string, wanted: string) {
  for (let tries = 0; ; tries += 1) {
    const read = await left(requestId);
    if (read.state === wanted || tries > 600) return read;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const closeClaim = ({ customerId, claim }: { readonly customerId: string; readonly claim: string }) => {
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  const at = { customerId: asId(customerId), unitId: asId(claim) };
  return accounting.bench.server.app.domains.vault.changeUnit({ ...at, status: "closed" }, actor);
};

test("an erasure that something forbids goes back with the ground, the customer hears of no hold, and the rest is erased", async () => {
  const one = await somebody();
  const { requestId } = await one.self.portal.rights.open({ kind: "erasure", place: GERMANY });
  const first = await dpo.rights.decide(requestId, { outcome: "fulfilled" });
  assert.deepEqual([first.state, first.outcome], ["in-progress", null], "an open claim stands against it");
  const read = await left(requestId);
  assert.deepEqual(
    read.deeds.map(({ state, obstacles }) => [state, obstacles.map(({ kind }) => kind)]),
    [["forbidden", ["open-claim"]]],
  );
  assert.equal(read.returned.length, 1);
  await closeClaim(one);
  await lawyer.holds.place({ ...MATTER, places: [{ customerId: one.customerId, unitId: one.claim }] });
  await dpo.rights.decide(requestId, { outcome: "fulfilled" });
  const own = await one.self.portal.rights.read(requestId);
  assert.ok(!/hold|litig|forbid|Art\. 17\(3\)/.test(JSON.stringify({ ...own, rule: null })));
  const partly = { outcome: "partly", ground: "legal-claims", reason: "we keep the claim" } as const;
  await assert.rejects(dpo.rights.decide(requestId, partly), { code: "units-needed" });
  const done = await dpo.rights.decide(requestId, { ...partly, unitIds: [one.policy] });
  assert.deepEqual([done.state, done.outcome], ["decided", "partly"]);
  const last = await left(requestId);
  const erased = last.deeds.at(-1);
  assert.deepEqual([erased?.to, erased?.state, erased?.round], [one.policy, "done", 2]);
  const erasure = await dpo.erasures.get(erased?.resultId ?? "");
  assert.equal(erasure.unitId, one.policy);
  const { items } = await accounting.bench.server.app.domains.ledger.list(
    { kinds: ["erasure"], customerId: one.customerId },
    { limit: 10 },
    "cleared",
  );
  // The server's own look may come upon the same deed at the same moment: it is denied too, and erases nothing a second time.
  const outcomes = items.map(({ outcome }) => outcome);
  assert.equal(outcomes.filter((outcome) => outcome === "done").length, 1);
  assert.ok(outcomes.filter((outcome) => outcome === "denied").length >= 2, outcomes.join());
  assert.ok(
    outcomes.every((outcome) => outcome === "done" || outcome === "denied"),
    outcomes.join(),
  );
});

test("of an erasure in part, what is forbidden meanwhile goes back, and what was done stays done", async () => {
  const one = await somebody();
  await closeClaim(one);
  const { requestId } = await one.self.portal.rights.open({ kind: "erasure", place: GERMANY });
  await lawyer.holds.place({ ...MATTER, places: [{ customerId: one.customerId, unitId: one.claim }] });
  const deciding = { outcome: "partly", ground: "legal-claims", reason: "the relationship stays" } as const;
  await dpo.rights.decide(requestId, { ...deciding, unitIds: [one.policy, one.claim] });
  const read = await left(requestId);
  assert.equal(read.state, "in-progress");
  assert.deepEqual(
    read.deeds.map(({ to, state }) => [to, state]),
    [
      [one.policy, "done"],
      [one.claim, "forbidden"],
    ],
  );
});

test("an erasure is granted by whoever answers for erasures alone, and a restriction ends only once the customer was told", async () => {
  const one = await somebody();
  const { requestId } = await one.self.portal.rights.open({ kind: "erasure", place: GERMANY });
  await assert.rejects(overseer.rights.decide(requestId, { outcome: "fulfilled" }), {
    code: "not-yours-to-grant",
    status: 403,
  });
  const restricted = await one.self.portal.rights.open({ kind: "restriction", place: GERMANY });
  const lift = { do: "lift", words: "It ends on Monday." } as const;
  await assert.rejects(dpo.rights.step(restricted.requestId, lift), { code: "wrong-state" });
  await dpo.rights.decide(restricted.requestId, { outcome: "fulfilled" });
  assert.equal((await left(restricted.requestId)).isRestricted, true);
  await dpo.rights.step(restricted.requestId, lift);
  const own = await one.self.portal.rights.read(restricted.requestId);
  assert.deepEqual(
    own.messages.map(({ words }) => words),
    ["It ends on Monday."],
  );
  assert.equal((await left(restricted.requestId)).isRestricted, false);
  await assert.rejects(dpo.rights.step(restricted.requestId, lift), { code: "wrong-state" });
});

const copiesOf = async (customerId: string) =>
  (await accounting.bench.server.app.domains.fulfilment.ofCustomer(asId(customerId))).map(({ copyId }) => copyId);

test("two processes that carry the same out do it once", async () => {
  const beside = await startTestServer({ beside: accounting.bench.server });
  try {
    for (const kind of ["access", "objection"] as const) {
      const one = await somebody();
      const { requestId } = await one.self.portal.rights.open({ kind, place: GERMANY });
      await dpo.rights.decide(requestId, { outcome: "fulfilled" });
      const { signal } = new AbortController();
      const { requests } = accounting.bench.server.app.domains;
      await Promise.all([requests.look(signal), beside.app.domains.requests.look(signal), requests.look(signal)]);
      const wanted = kind === "access" ? "decided" : "closed";
      const read = await stateOnce(requestId, wanted);
      assert.equal(read.state, wanted, JSON.stringify(read.deeds));
      assert.equal((await copiesOf(one.customerId)).length, kind === "access" ? 1 : 0);
    }
  } finally {
    await beside.stop();
  }
});

test("a process killed between the decision and what it comes to leaves it to another, and there is one of it", async (context) => {
  const { bench } = accounting;
  const { database, dataFolder } = bench.server;
  const process = await startTestProcess(context, {
    UBERRIMA_DATABASE_URL: database.url,
    UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl,
    UBERRIMA_KEYRING: `${dataFolder}/keyring`,
    UBERRIMA_DATA: `${dataFolder}-killed`,
    UBERRIMA_LEASE_SECONDS: "5",
  });
  const people = await Promise.all([somebody(), somebody(), somebody()]);
  const asked = await Promise.all(
    people.map(({ self }) => self.portal.rights.open({ kind: "access", place: GERMANY })),
  );
  const there = connect({ url: process.url, token: dpoToken });
  for (const { requestId } of asked) await there.rights.decide(requestId, { outcome: "fulfilled" });
  process.child.kill("SIGKILL");
  await process.ended;
  // Whatever it had begun is held for it no longer.
  accounting.pass(100_000);
  for (const [at, { requestId }] of asked.entries()) {
    const read = await stateOnce(requestId, "decided");
    assert.equal(read.state, "decided", JSON.stringify(read.deeds));
    assert.deepEqual(await copiesOf(people[at]!.customerId), [read.deeds[0]?.resultId]);
  }
});
