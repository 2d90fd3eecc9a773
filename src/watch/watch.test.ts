// Guarantee: before the real gate, what is odd is asked about, alerts with its evidence, reviewed by somebody else, and restricted where nobody reviews.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { sql } from "../postgres/sql.ts";
import { CLAIM_TERMS } from "../disclosure/test-gate.ts";
import { codeOf } from "../access/test-access.ts";
import { asking, openTestWatch, PURPOSE, type TestWatch } from "./test-watch.ts";

let bench: TestWatch;
before(async () => {
  bench = await openTestWatch();
});
after(async () => bench.close());

const NOBODY = {
  firstName: null,
  lastName: "Nobody",
  birthDate: null,
  street: null,
  postcode: null,
  country: "US",
  phones: [],
  emails: [],
  customerId: null,
};
const open = { state: "open", after: null, limit: 100 } as const;
const alertsOf = async (principalId: string) =>
  (await bench.watch.alerts.list(open)).items.filter((one) => one.principalId === principalId);

test("a relative's claim in hand is asked about, given with a reason, and an alert with its evidence either way", async () => {
  const { stage, gate, watch } = bench;
  const customer = await bench.person({ lastName: "Ashworth", street: "4 Mill Race" });
  const adjuster = await bench.staff("claims-adjuster", [PURPOSE], { street: "4 Mill Race", postcode: "58102" });
  await stage.assign(adjuster, customer, { unit: 1, kind: "claim" });
  const first = await gate.disclose(adjuster, asking(customer));
  assert.equal(first.outcome, "denied");
  const [field] = first.customers[0]?.fields ?? [];
  assert.equal(field?.reasons[0]?.code, "watch-ask-reason");
  assert.match(field?.reasons[0]?.message ?? "", /same surname and address/);
  const second = await gate.disclose(adjuster, asking(customer, "the regular handler is ill"));
  assert.equal(second.outcome, "allowed");
  const [alert, ...others] = await alertsOf(adjuster.principalId);
  assert.ok(alert !== undefined && others.length === 0, "one alert, since both are odd in the same way");
  assert.equal(alert.alert.says, "same surname and address");
  assert.deepEqual(
    alert.alert.evidence.map(({ entryId, outcome }) => [entryId, outcome]),
    [
      [first.disclosureId, "ask-reason"],
      [second.disclosureId, "allow"],
    ],
  );
  assert.deepEqual((await watch.alerts.show(alert.alertId)).alert, alert.alert);
  const opening = await stage.ledger.opening(second.disclosureId, "cleared");
  assert.match(JSON.stringify(opening?.detail["watch"]), /same surname and address/);
});

test("whoever a link on file puts into the asker's own household is no stranger to them, until the link is ended", async () => {
  const { stage, gate } = bench;
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  const [own, housemate] = [await bench.person({ lastName: "Tarn" }), await bench.person({ lastName: "Vale" })];
  const link = { from: own.customerId, to: housemate.customerId, kind: "household", unitId: null } as const;
  const { linkId } = await stage.vault.link(link, actor);
  const asker = () => bench.staff("claims-adjuster", [PURPOSE], { customerId: own.customerId });
  const codes = async (by: Awaited<ReturnType<typeof asker>>): Promise<readonly (string | undefined)[]> => {
    await stage.assign(by, housemate, { unit: 1, kind: "claim" });
    const { customers } = await gate.disclose(by, asking(housemate));
    return customers[0]?.fields.map(({ reasons }) => reasons[0]?.code) ?? [];
  };
  assert.deepEqual(await codes(await asker()), ["watch-ask-reason"]);
  await stage.vault.endLink({ customerId: own.customerId, linkId }, actor);
  assert.deepEqual(await codes(await asker()), [undefined]);
});

test("ordinary work is neither asked about nor an alert, and leaves nothing in its entry", async () => {
  const { stage, gate } = bench;
  const customer = await bench.person({ lastName: "Holt", street: "9 High Street" });
  const adjuster = await bench.staff("claims-adjuster", [PURPOSE], { street: "4 Elm Close", postcode: "58102" });
  await stage.assign(adjuster, customer, { unit: 1, kind: "claim" });
  const { disclosureId, outcome } = await gate.disclose(adjuster, asking(customer));
  assert.equal(outcome, "allowed");
  assert.equal((await stage.ledger.opening(disclosureId, "cleared"))?.detail["watch"], undefined);
  assert.deepEqual(await alertsOf(adjuster.principalId), []);
});

test("who is remembered and does ordinary work is answered at once", async () => {
  const customer = await bench.person({ lastName: "Holt" });
  const adjuster = await bench.staff("claims-adjuster", [PURPOSE], {});
  const look = { ...customer, unitId: null, tie: "assigned", isInScope: true, refused: false, isClear: true } as const;
  const rest = { flags: new Set<never>(), hasReason: false, isFresh: false, isApproved: false };
  assert.ok(bench.watch.weigh(adjuster, [{ ...look, ...rest }]) instanceof Promise);
  await bench.watch.weigh(adjuster, [{ ...look, ...rest }]);
  assert.equal(bench.watch.weigh(adjuster, [{ ...look, ...rest }]), null);
  const system = await bench.stage.client("claims-adjuster", [PURPOSE]);
  assert.equal(bench.watch.weigh(system, [{ ...look, ...rest }]), null);
});

test("nobody opens the own file, and no review clears it", async () => {
  const { stage, gate, watch } = bench;
  const customer = await bench.person({ firstName: "Vera", lastName: "Quill" });
  const self = { firstName: "Vera", lastName: "Quill", birthDate: "1968-04-12" };
  const adjuster = await bench.staff("claims-adjuster", [PURPOSE], self);
  await stage.assign(adjuster, customer, { unit: 1, kind: "claim" });
  const ask = async () =>
    (await gate.disclose(adjuster, asking(customer, "my own"))).customers[0]?.fields[0]?.reasons[0]?.code;
  assert.equal(await ask(), "watch-hold");
  const [alert] = await alertsOf(adjuster.principalId);
  const officer = await bench.staff("dpo", ["complaint"]);
  await watch.alerts.decide({ alertId: alert!.alertId, decision: "explained", reason: "a mistake" }, officer);
  assert.equal(await ask(), "watch-hold");
});

test("a second person's review lets a held view through, and nobody reviews their own", async () => {
  const { gate, watch, stage } = bench;
  const customer = await bench.person({ lastName: "Ashworth", street: "7 Ferry Lane" });
  const officer = await bench.staff("compliance", ["audit"], { street: "7 Ferry Lane", postcode: "58102" });
  const view = () => gate.maskedView(officer, { customerId: customer.customerId, purpose: "audit" });
  await assert.rejects(view, { code: "not-permitted", message: /second person/ });
  const [alert] = await alertsOf(officer.principalId);
  const decision = { alertId: alert!.alertId, decision: "explained", reason: "drawn by lot for the audit" } as const;
  assert.equal(await codeOf(() => watch.alerts.decide(decision, officer)), "own-authority");
  const adjuster = await bench.staff("claims-adjuster", [PURPOSE]);
  assert.equal(await codeOf(() => watch.alerts.decide(decision, adjuster)), "not-permitted");
  const other = await bench.staff("compliance", ["audit"]);
  const decided = await watch.alerts.decide(decision, other);
  assert.equal(decided.decided?.by, other.principalId);
  assert.equal(await codeOf(() => watch.alerts.decide(decision, other)), "already-decided");
  assert.equal((await view()).customerId, customer.customerId);
  assert.deepEqual(await alertsOf(officer.principalId), []);
  const denials = await stage.ledger.list({ kinds: ["alert"], outcomes: ["denied"] }, { limit: 10 });
  assert.equal(denials.items.length, 2, "refused attempts are entries");
});

test("a stranger's question is answered as ever, and alerts when it is about a relative", async () => {
  const { gate, watch } = bench;
  const relative = await bench.person({ lastName: "Ashworth", street: "2 Weir Road", phone: "+1 701 555 0142" });
  const adjuster = await bench.staff("claims-adjuster", [PURPOSE], { phones: ["+1 701 555 0142"] });
  const ask = async (customerId: typeof relative.customerId) => {
    const { customers } = await gate.disclose(adjuster, {
      ...asking(relative),
      subjects: [{ ...asking(relative).subjects[0]!, customerId }],
    });
    return customers[0]?.fields.map(({ form, reasons }) => ({ form, reasons }));
  };
  assert.deepEqual(await ask(relative.customerId), await ask(newId()));
  await watch.settled();
  const [alert] = await alertsOf(adjuster.principalId);
  assert.match(alert?.alert.says ?? "", /^same telephone number; no claim or policy assigned/);
});

test("who opens a canary gets what everybody gets, is alerted, and finds the mark nowhere", async () => {
  const { gate, watch, stage } = bench;
  const [canary, other] = [await bench.person({ lastName: "Marsh" }), await bench.person({ lastName: "Marsh" })];
  const officer = await bench.staff("security-admin", ["incident-response"]);
  await watch.canaries.mark({ customerId: canary.customerId, note: "planted" }, officer);
  await bench.follow();
  const adjuster = await bench.staff("claims-adjuster", [PURPOSE], {});
  for (const each of [canary, other]) await stage.assign(adjuster, each, { unit: 1, kind: "claim" });
  const answers = [];
  for (const each of [canary, other]) answers.push(await gate.disclose(adjuster, asking(each)));
  assert.deepEqual(
    answers.map(({ outcome }) => outcome),
    ["allowed", "allowed"],
  );
  assert.deepEqual(await alertsOf(adjuster.principalId), []);
  await bench.follow();
  const alerts = await alertsOf(adjuster.principalId);
  assert.equal(alerts.length, 1);
  assert.deepEqual(
    [alerts[0]?.alert.theme, alerts[0]?.alert.evidence[0]?.entryId],
    ["canary", answers[0]?.disclosureId],
  );
  await bench.follow();
  await bench.another().watch.look(new AbortController().signal);
  assert.equal((await alertsOf(adjuster.principalId))[0]?.alert.evidence.length, 1, "told once, whoever follows");
  assert.equal(
    await codeOf(() => watch.canaries.mark({ customerId: other.customerId, note: "" }, adjuster)),
    "not-permitted",
  );
  const ordinary = await stage.ledger.accounting(canary.customerId, { kinds: ["alert"] }, { limit: 10 });
  assert.deepEqual(ordinary.items, []);
  const dump = JSON.stringify(await stage.db.owner.query(sql`select owner_id, kind, row_id from authority_row`));
  assert.ok(!dump.includes(canary.customerId), "no column names a canary");
  await watch.canaries.unmark(canary.customerId, officer);
  assert.deepEqual(await watch.canaries.list(), []);
});

test("who has too much that nobody has reviewed is narrowed to assigned work, and then suspended", async () => {
  const strict = bench.another((rules) =>
    rules.replace(/narrowAtPoints: \d+, suspendAtPoints: \d+/, "narrowAtPoints: 60, suspendAtPoints: 130"),
  );
  const relative = await bench.person({ lastName: "Ashworth", street: "11 Quay" });
  const [one, next] = [
    await bench.person({ lastName: "Poole" }),
    await bench.person({ lastName: "Ashworth", phone: "+1 701 555 0177" }),
  ];
  const officer = await bench.staff("compliance", ["audit"], {
    street: "11 Quay",
    postcode: "58102",
    phones: ["+1 701 555 0177"],
  });
  const view = (customerId: typeof one.customerId) => strict.gate.maskedView(officer, { customerId, purpose: "audit" });
  await view(one.customerId);
  await assert.rejects(() => view(relative.customerId), { code: "not-permitted" });
  await assert.rejects(() => view(one.customerId), /held until it has been reviewed.*narrowed to assigned work/);
  await assert.rejects(() => view(next.customerId), { code: "not-permitted" });
  assert.equal(await bench.stage.access.reread(officer.principalId), null, "suspended");
  assert.ok(bench.raised.some(({ principalId, isSuspended }) => principalId === officer.principalId && isSuspended));
});

test("another process knows what somebody tried here", async () => {
  const adjuster = await bench.staff("claims-adjuster", [PURPOSE], {});
  const guess = (gate: TestWatch["gate"]) =>
    gate.disclose(adjuster, {
      ...CLAIM_TERMS,
      fields: ["claim.number"],
      subjects: [{ customerId: newId(), unitId: null, recordIds: null }],
    });
  for (let at = 0; at < 9; at += 1) await guess(bench.gate);
  assert.deepEqual(await alertsOf(adjuster.principalId), []);
  const other = bench.another();
  await guess(other.gate);
  await other.watch.settled();
  assert.equal((await alertsOf(adjuster.principalId))[0]?.alert.theme, "guessing");
});

test("a catastrophe mode takes a second person, ends by itself, and then widens volumes", async () => {
  const { watch } = bench;
  const endsAt = new Date(Date.now() + 86_400_000);
  const [one, other] = [await bench.staff("compliance", ["audit"]), await bench.staff("compliance", ["audit"])];
  const asked = { reason: "hail in the north", roles: ["claims-adjuster"] as const, endsAt };
  assert.equal(
    await codeOf(() => watch.catastrophes.request({ ...asked, endsAt: new Date(Date.now() + 90 * 86_400_000) }, one)),
    "bad-period",
  );
  const { catastropheId } = await watch.catastrophes.request(asked, one);
  assert.equal(await codeOf(() => watch.catastrophes.approve(catastropheId, one)), "own-authority");
  const adjuster = await bench.staff("claims-adjuster", [PURPOSE], {});
  const look = (customerId = newId()) => ({
    customerId,
    unitId: null,
    tie: "assigned" as const,
    isInScope: true,
    refused: false,
    isClear: true,
    flags: new Set<never>(),
    hasReason: false,
    isFresh: false,
    isApproved: false,
  });
  const many = async () => {
    let last = null;
    for (let at = 0; at < 81; at += 1) last = await watch.weigh(adjuster, [look()]);
    return last;
  };
  assert.match(JSON.stringify([...((await many())?.concerns ?? [])]), /over-hour-ceiling/);
  await watch.catastrophes.approve(catastropheId, other);
  await bench.follow();
  assert.doesNotMatch(JSON.stringify([...((await many())?.concerns ?? [])]), /ceiling/);
  await watch.catastrophes.end(catastropheId, one);
  await bench.follow();
  assert.match(JSON.stringify([...((await watch.weigh(adjuster, [look()]))?.concerns ?? [])]), /ceiling/);
});

test("an operator who takes a canary's mark or an alert away is found out, and nothing goes on without them", async () => {
  const { watch, stage } = bench;
  const officer = await bench.staff("dpo", ["complaint"]);
  const customer = await bench.person({ lastName: "Fenn" });
  await watch.canaries.mark({ customerId: customer.customerId, note: "" }, officer);
  const adjuster = await bench.staff("claims-adjuster", [PURPOSE], {});
  await stage.assign(adjuster, customer, { unit: 1, kind: "claim" });
  await bench.follow();
  await bench.gate.disclose(adjuster, asking(customer));
  await bench.follow();
  await stage.db.owner.query(
    sql`delete from authority_row where owner_id = ${adjuster.principalId} and kind = 'alert'`,
  );
  const relative = await bench.person({ lastName: "Fenn", phone: "+1 701 555 0190" });
  await watch.setProfile({ principalId: officer.principalId, profile: { ...NOBODY, lastName: "Fenn" } }, stage.admin);
  const other = bench.another();
  const odd = { ...relative, unitId: null, tie: "none", isInScope: true, refused: false, isClear: true } as const;
  const look = { ...odd, flags: new Set(["vip"] as const), hasReason: false, isFresh: false, isApproved: false };
  assert.equal(await codeOf(async () => other.watch.weigh(adjuster, [look])), "forged-authority");
  await stage.db.owner.query(sql`delete from authority_row where kind = 'canary'`);
  assert.equal(await codeOf(() => other.watch.look(new AbortController().signal)), "forged-authority");
});

test("nobody writes their own staff profile", async () => {
  const { watch, stage } = bench;
  const profile = { ...NOBODY, lastName: "Other" };
  assert.equal(
    await codeOf(() => watch.setProfile({ principalId: stage.admin.principalId, profile }, stage.admin)),
    "own-authority",
  );
  const adjuster = await bench.staff("claims-adjuster", [PURPOSE]);
  assert.equal(await codeOf(() => watch.setProfile({ principalId: newId(), profile }, adjuster)), "not-permitted");
});
