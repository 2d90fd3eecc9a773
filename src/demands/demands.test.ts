// What courts and authorities ask for: nothing is produced before it was checked, narrowed and approved by two others, nor beyond it, nor after.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { type DemandsBench, EVERY_CLASS, openDemandsBench } from "./test-demands.ts";

let bench: DemandsBench;
before(async () => (bench = await openDemandsBench()));
after(() => bench.close());

const RISK = "underwriting.risk-class";
const DEADLINE_MS = 30_000;

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + DEADLINE_MS; Date.now() < end; await new Promise((go) => setTimeout(go, 300)))
    if (await isSo()) return;
  assert.fail("it did not become so");
}

async function listed(mine: Client): Promise<readonly string[]> {
  return (await mine.portal.accounting.list({ law: "timeline", limit: 200 })).items.map(({ entryId }) => entryId);
}

const own = { code: "own-demand", status: 403 };

test("a demand opens nothing until its checks are met and two others approved; then it opens what it names, and the entry names it", async () => {
  const at = await bench.scene();
  const { clerk, compliance, dpo } = bench;
  assert.equal(await at.form(RISK), "denied");
  const { demandId, checks } = await clerk.client.demands.takeIn(at.draft());
  assert.deepEqual(
    checks.map(({ id }) => id),
    ["authentic", "jurisdiction", "served", "scope-named", "signed-by-court", "domesticated"],
  );
  await assert.rejects(compliance.client.demands.approve(demandId), { code: "checks-open" });
  await bench.settle(demandId);
  await compliance.client.demands.approve(demandId);
  assert.equal(await at.form(RISK), "denied", "one approval is none");
  await dpo.client.demands.approve(demandId);
  const answer = await at.ask([RISK]);
  assert.equal(answer.fields[0]?.form, "clear");
  const opening = await bench.server.app.domains.ledger.opening(answer.disclosureId as never);
  assert.deepEqual(opening?.detail["grounds"], [{ id: demandId, kind: "legal-process" }]);
  const { items } = await clerk.client.demands.productions(demandId);
  assert.deepEqual(
    items.map(({ entryId, withheld }) => [entryId, withheld]),
    [[answer.disclosureId, false]],
  );
});

test("nobody approves what they took in, nor twice, nor as another of their principals; who approved does not produce", async () => {
  const at = await bench.scene();
  const { clerk, compliance, dpo, producer } = bench;
  const { demandId } = await clerk.client.demands.takeIn(at.draft());
  await bench.settle(demandId);
  await assert.rejects(clerk.client.demands.approve(demandId), own);
  await compliance.client.demands.approve(demandId);
  await assert.rejects(compliance.client.demands.approve(demandId), own);
  const twin = await bench.hire("dpo");
  const admin = bench.as(bench.server.admin.token);
  for (const { principalId } of [twin, compliance])
    await admin.attestations.identify(principalId, { personnelNumber: "P-1001" });
  await assert.rejects(twin.client.demands.approve(demandId), own);
  const entries = await bench.server.app.domains.ledger.list(
    { kinds: ["demand"], outcomes: ["denied"], actorId: twin.principalId },
    { limit: 5 },
    "cleared",
  );
  assert.equal(entries.items.length, 1, "the attempt is an entry");
  await producer.client.demands.approve(demandId);
  assert.equal(await at.form(RISK), "denied", "the producer approved it themselves");
  const other = await bench.scene();
  await bench.approved(other);
  assert.equal(await other.form(RISK), "clear");
  void dpo;
});

test("a change after an approval asks for all of them again", async () => {
  const at = await bench.scene();
  const { clerk, compliance, dpo } = bench;
  const { demandId } = await clerk.client.demands.takeIn(at.draft());
  await bench.settle(demandId);
  await compliance.client.demands.approve(demandId);
  const { customerId } = at;
  await clerk.client.demands.narrow(demandId, { produced: [{ customerId, classes: ["identity"] }] });
  await dpo.client.demands.approve(demandId);
  assert.equal((await clerk.client.demands.read(demandId)).state, "open");
  const wider = { produced: [{ customerId, classes: [...EVERY_CLASS, "financial" as const] }] };
  await assert.rejects(clerk.client.demands.narrow(demandId, wider), { code: "beyond-demand" });
  await compliance.client.demands.approve(demandId);
  assert.equal(await at.form("person.last-name"), "clear");
  assert.equal(await at.form(RISK), "denied", "it was narrowed to who they are");
  await assert.rejects(clerk.client.demands.check(demandId, { id: "authentic", answer: "met" }), {
    code: "wrong-state",
  });
});

test("an objection stops production at once; overruled it is approved anew, upheld it is over", async () => {
  const at = await bench.scene();
  const demandId = await bench.approved(at);
  const { clerk, compliance, dpo } = bench;
  assert.equal(await at.form(RISK), "clear");
  await clerk.client.demands.object(demandId, { ground: "overbroad" });
  assert.equal(await at.form(RISK), "denied");
  await clerk.client.demands.settleObjection(demandId, { outcome: "overruled" });
  assert.equal(await at.form(RISK), "denied");
  await compliance.client.demands.approve(demandId);
  await dpo.client.demands.approve(demandId);
  assert.equal(await at.form(RISK), "clear");
  await clerk.client.demands.object(demandId, { ground: "privileged" });
  await clerk.client.demands.settleObjection(demandId, { outcome: "upheld" });
  assert.equal((await clerk.client.demands.read(demandId)).state, "closed");
  assert.equal(await at.form(RISK), "denied");
});

test("what was approved runs out, and closing ends it", async () => {
  const [first, second] = [await bench.scene(), await bench.scene()];
  const demandId = await bench.approved(second);
  await bench.clerk.client.demands.close(demandId, { how: "produced" });
  assert.equal(await second.form(RISK), "denied");
  const running = await bench.approved(first);
  bench.later(61);
  assert.equal((await bench.clerk.client.demands.read(running)).state, "expired");
  assert.equal(await first.form(RISK), "denied");
});

test("each kind reaches what the law lets it: a subpoena no substance-use records, a request without process nothing", async () => {
  const at = await bench.scene();
  const { clerk, compliance } = bench;
  const { customerId } = at;
  const named = [{ customerId, classes: ["specially-protected-health" as const] }];
  const subpoena = at.draft({ kind: "subpoena", named });
  await assert.rejects(clerk.client.demands.takeIn(subpoena), { code: "beyond-kind" });
  const order = await clerk.client.demands.takeIn(at.draft({ named }));
  assert.ok(order.checks.some(({ id }) => id === "part-2-order"));
  assert.equal(order.needsReview, true);
  await bench.settle(order.demandId);
  await assert.rejects(compliance.client.demands.approve(order.demandId), { code: "review-open" });
  await assert.rejects(clerk.client.demands.review(order.demandId), own);
  const request = at.draft({ kind: "law-enforcement-request", recipient: { type: "law-enforcement" } });
  const { demandId } = await clerk.client.demands.takeIn(request);
  await bench.settle(demandId);
  await assert.rejects(compliance.client.demands.approve(demandId), { code: "beyond-kind" });
  const unknown = at.draft({ document: { customerId, recordId: at.recordIds.get("person")! } });
  await assert.rejects(clerk.client.demands.takeIn(unknown), { code: "unknown-document" });
});

test("while the customer is lawfully told later, what is produced is on none of their lists; a delay needs a ground and an end", async () => {
  const at = await bench.scene();
  const { clerk, compliance, dpo } = bench;
  const { demandId } = await clerk.client.demands.takeIn(at.draft());
  await bench.settle(demandId);
  const untilAt = new Date(Date.now() + 200 * 86_400_000).toISOString();
  await assert.rejects(clerk.client.demands.notice(demandId, { mode: "delayed" }), { code: "unknown-ground" });
  const oral = { mode: "delayed", ground: "agency-oral-statement", untilAt } as const;
  await assert.rejects(clerk.client.demands.notice(demandId, oral), { code: "unknown-ground" }, "30 days at most");
  await clerk.client.demands.notice(demandId, { ...oral, ground: "agency-statement" });
  await assert.rejects(clerk.client.demands.tell(demandId), { code: "notice-open" });
  await compliance.client.demands.approve(demandId);
  await dpo.client.demands.approve(demandId);
  const { disclosureId } = await at.ask([RISK]);
  const { ledger } = bench.server.app.domains;
  const { items } = await ledger.list({ customerId: at.customerId }, { limit: 100 });
  assert.ok(items.every(({ entryId, kind }) => entryId !== disclosureId && kind !== "demand"));
  const [produced] = (await clerk.client.demands.productions(demandId)).items;
  assert.equal(produced?.withheld, true);
});

test("once the delay is over, what was produced in it is on the customer's lists, with receipt and opening; what is withheld for another reason is not", async () => {
  const at = await bench.scene();
  const { clerk, compliance, dpo } = bench;
  const { demandId } = await clerk.client.demands.takeIn(at.draft());
  await bench.settle(demandId);
  const untilAt = new Date(bench.now().getTime() + 20 * 86_400_000).toISOString();
  await clerk.client.demands.notice(demandId, { mode: "delayed", ground: "agency-oral-statement", untilAt });
  await compliance.client.demands.approve(demandId);
  await dpo.client.demands.approve(demandId);
  const { disclosureId: kept } = await at.ask([RISK]);
  const { disclosureId: investigated } = await at.ask([RISK, "investigation.indicators"]);
  assert.ok(!(await listed(await at.signIn())).includes(kept));
  bench.later(21);
  const { disclosureId: told } = await at.ask([RISK]);
  const mine = await at.signIn();
  await until(async () => (await listed(mine)).includes(kept));
  const now = await listed(mine);
  assert.ok(now.includes(told), "what is produced after the delay is told at once");
  assert.ok(!now.includes(investigated));
  const line = (await mine.portal.accounting.list({ law: "timeline", limit: 200 })).items.find(
    ({ entryId }) => entryId === kept,
  );
  assert.equal(line?.purpose, "litigation");
  assert.match(await mine.portal.accounting.receipt(kept), /^c2sp\.org\/tlog-proof/);
  await assert.rejects(mine.portal.accounting.receipt(investigated), { code: "unknown-line" });
});

test("a delay is prolonged or ended at the agency's word without new approvals, and what was kept back is told when it ends", async () => {
  const at = await bench.scene();
  const { clerk } = bench;
  const day = (days: number): string => new Date(bench.now().getTime() + days * 86_400_000).toISOString();
  const { demandId } = await clerk.client.demands.takeIn(at.draft());
  await bench.settle(demandId);
  const delay = { mode: "delayed", ground: "agency-statement" } as const;
  await clerk.client.demands.notice(demandId, { ...delay, untilAt: day(10) });
  await bench.compliance.client.demands.approve(demandId);
  await bench.dpo.client.demands.approve(demandId);
  const { disclosureId } = await at.ask([RISK]);
  await clerk.client.demands.notice(demandId, { ...delay, untilAt: day(40) });
  assert.equal((await clerk.client.demands.read(demandId)).state, "approved");
  bench.later(20);
  const { disclosureId: later } = await at.ask([RISK]);
  await bench.server.app.domains.demands.look(new AbortController().signal);
  const seen = await listed(await at.signIn());
  assert.ok(!seen.includes(disclosureId) && !seen.includes(later));
  await clerk.client.demands.notice(demandId, { mode: "after" });
  bench.later(1);
  const again = await at.signIn();
  await until(async () => {
    const now = await listed(again);
    return now.includes(disclosureId) && now.includes(later);
  });
  await assert.rejects(clerk.client.demands.notice(demandId, { ...delay, untilAt: day(5) }), { code: "wrong-state" });
});

test("a customer who is to be told before is, by letter, before anything is approved", async () => {
  const at = await bench.scene();
  const { clerk, compliance } = bench;
  const { demandId } = await clerk.client.demands.takeIn(at.draft());
  await bench.settle(demandId);
  await clerk.client.demands.notice(demandId, { mode: "before" });
  await assert.rejects(compliance.client.demands.approve(demandId), { code: "notice-open" });
  await clerk.client.demands.tell(demandId);
  await bench.deliver();
  assert.ok(bench.smtp.letters.some((letter) => JSON.stringify(letter).includes("Your information was demanded")));
  await compliance.client.demands.approve(demandId);
});
