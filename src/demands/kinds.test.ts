// What the kinds of demand come to: who may go untold, what a period asks, what each asks to be checked, reaches and opens.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type DemandsBench, openDemandsBench } from "./test-demands.ts";

let bench: DemandsBench;
before(async () => (bench = await openDemandsBench()));
after(() => bench.close());

test("nobody goes untold but where the kind's rule says so, or on a ground that the rules know for it", async () => {
  const at = await bench.scene();
  const { client } = bench.clerk;
  const { kinds, untold } = await client.demands.rules();
  for (const { kind, recipients, notice } of kinds) {
    const recipient = { type: recipients[0] as "court" };
    const { demandId } = await client.demands.takeIn(at.draft({ kind, recipient }));
    const settling = client.demands.notice(demandId, { mode: "none" });
    if (notice === "none") await settling;
    else await assert.rejects(settling, { code: "unknown-ground" }, kind);
    for (const { ground, kinds: within } of untold) {
      const grounded = client.demands.notice(demandId, { mode: "none", ground });
      if (within.includes(kind)) await grounded;
      else await assert.rejects(grounded, { code: "unknown-ground" }, `${kind}, ${ground}`);
    }
  }
  const subpoena = await client.demands.takeIn(at.draft({ kind: "subpoena" }));
  for (const { id, mayNotApply } of subpoena.checks)
    await client.demands.check(subpoena.demandId, { id, answer: mayNotApply ? "not-applicable" : "met" });
  const late = client.demands.notice(subpoena.demandId, { mode: "after" });
  await assert.rejects(late, { code: "unknown-ground" }, "its kind has them told before");
  await client.demands.notice(subpoena.demandId, { mode: "none", ground: "told-by-requester" });
  await bench.approve(subpoena.demandId);
  const { notice, state } = await client.demands.read(subpoena.demandId);
  assert.deepEqual([notice?.ground, state], ["told-by-requester", "approved"]);
});

test("with a period only what is named record by record is approved and leaves", async () => {
  const at = await bench.scene();
  const { client } = bench.clerk;
  const { customerId } = at;
  const period = { from: "2024-01-01", to: "2024-12-31" };
  const { demandId } = await client.demands.takeIn(at.draft({ period }));
  await bench.settle(demandId);
  await assert.rejects(bench.compliance.client.demands.approve(demandId), { code: "not-narrowed" });
  const recordIds = [at.recordIds.get("person")!];
  await client.demands.narrow(demandId, { produced: [{ customerId, classes: ["identity", "contact"], recordIds }] });
  await bench.approve(demandId);
  assert.equal(await at.form("person.last-name"), "clear");
  assert.equal(await at.form("contact.email"), "denied", "another record, of a class that is produced");
  assert.equal(await at.form("underwriting.risk-class"), "denied");
});

/** What the rules ship: each kind once, so that a change of what it reaches is a change here. */
const SHIPPED = {
  "court-order": {
    barred: [],
    purposes: ["litigation", "legal-demand"],
    recipients: ["court", "counsel", "law-enforcement", "regulator"],
    checks: ["authentic", "jurisdiction", "served", "scope-named", "signed-by-court", "domesticated"],
    ofHealth: ["part-2-order", "psychotherapy-notes", "ca-cmia"],
    narrative: ["privilege"],
  },
  subpoena: {
    barred: ["specially-protected-health"],
    purposes: ["litigation", "legal-demand"],
    recipients: ["court", "counsel"],
    checks: ["authentic", "jurisdiction", "served", "scope-named", "domesticated"],
    ofHealth: ["notice-or-protective-order", "psychotherapy-notes", "ca-cmia"],
    narrative: ["privilege"],
  },
  "grand-jury-subpoena": {
    barred: ["specially-protected-health"],
    purposes: ["litigation", "legal-demand"],
    recipients: ["law-enforcement", "court"],
    checks: ["authentic", "jurisdiction", "served", "scope-named"],
    ofHealth: ["psychotherapy-notes", "ca-cmia"],
    narrative: ["privilege"],
  },
  "search-warrant": {
    barred: [],
    purposes: ["litigation", "legal-demand"],
    recipients: ["law-enforcement"],
    checks: ["authentic", "jurisdiction", "served", "scope-named", "signed-by-court"],
    ofHealth: ["part-2-order", "psychotherapy-notes", "ca-cmia"],
    narrative: ["privilege"],
  },
  "administrative-demand": {
    barred: ["specially-protected-health"],
    purposes: ["litigation", "legal-demand"],
    recipients: ["law-enforcement", "regulator"],
    checks: ["authentic", "jurisdiction", "served", "scope-named"],
    ofHealth: ["relevant-and-limited", "psychotherapy-notes", "ca-cmia"],
    narrative: ["privilege"],
  },
  "regulator-exam": {
    barred: [],
    purposes: ["regulator-exam", "litigation", "statutory-reporting"],
    recipients: ["regulator"],
    checks: ["authentic", "authority-of-examiner", "scope-named"],
    ofHealth: ["part-2-order", "psychotherapy-notes"],
    narrative: ["privilege"],
  },
  "statutory-report": {
    barred: ["specially-protected-health"],
    purposes: ["statutory-reporting", "fraud-investigation", "litigation"],
    recipients: ["regulator", "fraud-bureau", "law-enforcement"],
    checks: ["duty-cited", "scope-named"],
    ofHealth: [],
    narrative: ["privilege"],
  },
  "law-enforcement-request": {
    barred: [],
    purposes: ["litigation"],
    recipients: ["law-enforcement"],
    checks: ["authentic", "scope-named"],
    ofHealth: [],
    narrative: [],
  },
} as const;
const RISK = "underwriting.risk-class";
const NOTES = "protected-health.psychotherapy-notes";
const PROTECTED = [
  { type: "protected-health", fields: { "mental-health": "anxiety", "psychotherapy-notes": "third session" } },
];
const HEALTH = ["health"] as const;
const SPECIALLY = ["specially-protected-health"] as const;

const sorted = (of: readonly string[]): string[] => of.toSorted();

test("of every kind: its checks by what it reaches, whom it may go to, what it never reaches, and whether it opens anything", async () => {
  const { client } = bench.clerk;
  const { kinds } = await client.demands.rules();
  assert.deepEqual(sorted(kinds.map(({ kind }) => kind)), sorted(Object.keys(SHIPPED)));
  for (const { kind, entitles, barred, purposes, recipients } of kinds) {
    const expected = SHIPPED[kind as keyof typeof SHIPPED];
    assert.deepEqual([barred, purposes, recipients], [expected.barred, expected.purposes, expected.recipients], kind);
    const at = await bench.scene({ line: "health", records: PROTECTED });
    const { customerId } = at;
    const asks = async (classes: readonly (typeof EVERY)[number][]) => {
      const draft = at.draft({
        kind,
        recipient: { type: recipients[0] as "court" },
        named: [{ customerId, classes: [...classes] }],
      });
      return (await client.demands.takeIn(draft)).checks.map(({ id }) => id);
    };
    const plain =
      kind === "subpoena"
        ? ["notice-or-protective-order"]
        : kind === "administrative-demand"
          ? ["relevant-and-limited"]
          : [];
    const base = [...expected.checks, ...plain];
    assert.deepEqual(sorted(await asks(["underwriting"])), sorted(base), kind);
    assert.deepEqual(sorted(await asks(["claims-narrative"])), sorted([...base, ...expected.narrative]), kind);
    const asked = await asks(HEALTH);
    for (const id of expected.ofHealth.filter((one) => one !== "part-2-order"))
      assert.ok(asked.includes(id), `${kind}: ${id}`);
    if (expected.barred.length > 0) await assert.rejects(asks(SPECIALLY), { code: "beyond-kind" }, kind);
    else assert.equal((await asks(SPECIALLY)).includes("part-2-order"), entitles, kind);
    const elsewhere = at.draft({ kind, recipient: { type: "insurer" } });
    await assert.rejects(client.demands.takeIn(elsewhere), { code: "beyond-kind" }, kind);

    const opening = bench.approved(at, { kind, recipient: { type: recipients[0] as "court" } });
    if (entitles) await opening;
    else await assert.rejects(opening, { code: "beyond-kind" });
    assert.equal(await at.form(RISK), entitles ? "clear" : "denied", kind);
  }
});
const EVERY = ["underwriting", "claims-narrative", ...HEALTH, ...SPECIALLY] as const;

test("psychotherapy notes are produced on an order that names them, and on none that only reaches their class", async () => {
  const { client } = bench.clerk;
  for (const [answer, form] of [
    ["met", "clear"],
    ["not-applicable", "denied"],
  ] as const) {
    const at = await bench.scene({ line: "health", records: PROTECTED });
    const named = [{ customerId: at.customerId, classes: [...SPECIALLY] }];
    const { demandId } = await client.demands.takeIn(at.draft({ named }));
    await bench.settle(demandId);
    await client.demands.check(demandId, { id: "psychotherapy-notes", answer });
    await bench.compliance.client.demands.review(demandId);
    await bench.approve(demandId);
    assert.equal(await at.form(NOTES), form, answer);
    assert.equal(await at.form("protected-health.mental-health"), "clear", answer);
  }
});

test("an examiner sees what is specially protected once somebody else has reviewed privilege, and not on their own review", async () => {
  const { client } = bench.clerk;
  const admin = bench.as(bench.server.admin.token);
  const at = await bench.scene({ line: "health", records: PROTECTED });
  const { customerId } = at;
  const examiner = await bench.examiner(customerId);
  const ask = async (): Promise<string> => {
    const fields = ["protected-health.mental-health"];
    const terms = { purpose: "regulator-exam", justification: "named by the examination" } as const;
    return (
      (await examiner.client.disclose({ customerId, ...terms, basis: "legal-demand", fields })).fields[0]?.form ??
      "none"
    );
  };
  const named = [{ customerId, classes: [...SPECIALLY] }];
  const draft = at.draft({ kind: "regulator-exam", recipient: { type: "regulator" }, named });
  const { demandId } = await client.demands.takeIn(draft);
  await bench.settle(demandId);
  await assert.rejects(bench.compliance.client.demands.approve(demandId), { code: "review-open" });
  const reviewer = await bench.hire("dpo");
  await reviewer.client.demands.review(demandId);
  await bench.approve(demandId);
  assert.equal(await ask(), "clear");
  for (const { principalId } of [reviewer, examiner])
    await admin.attestations.identify(principalId, { personnelNumber: "P-2007" });
  assert.equal(await ask(), "denied", "it is their own review");
});
