// What a question rests on besides its asker's registration: is gathered for it, decides, is written down, and is over at once when it ends.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { joinGrounds, noGrounds, type GatherGrounds } from "./disclosure.ts";
import { about, field, NARRATIVE, openTestFile, type TestFile } from "./test-file.ts";
import { CLAIM_TERMS } from "./test-gate.ts";

let file: TestFile;
let stage: TestFile["stage"];
before(async () => {
  file = await openTestFile();
  ({ stage } = file);
});
after(() => stage.close());

const granting =
  (asker: Awaited<ReturnType<GatherGrounds>>["asker"]): GatherGrounds =>
  () => ({ asker, customers: new Map(), relied: [{ kind: "test", id: "a" }] });

test("whoever names a grant that lends nothing is refused, which is an entry, and shown nothing as themselves", async () => {
  const as = newId();
  const question = { ...CLAIM_TERMS, as, subjects: [about(file.known, 1)] };
  await assert.rejects(stage.gate.disclose(file.adjuster, question), { code: "grant-not-in-force" });
  const view = { customerId: file.known.customerId, purpose: "claim-handling", as } as const;
  await assert.rejects(stage.gate.maskedView(file.adjuster, view), { code: "grant-not-in-force" });
  const search = { index: "claim-number", values: { number: "CL-1" }, purpose: "claim-handling", as } as const;
  await assert.rejects(stage.gate.search(file.adjuster, search), { code: "grant-not-in-force" });
  const entries = await stage.ledger.list({ actorId: file.adjuster.principalId }, { limit: 3 }, "cleared");
  assert.deepEqual(entries.items.map(({ kind, outcome }) => `${kind} ${outcome}`).toSorted(), [
    "disclosure denied",
    "masked-view denied",
    "search denied",
  ]);
});

test("what an elevation lends decides in place of the asker's own, and the entry names both", async () => {
  const csr = await stage.client("csr", ["policy-servicing"]);
  await stage.assign(csr, file.known, { unit: 1, kind: "claim" });
  const asItself = await file.ask(csr, about(file.known, 1), { fields: ["claim.narrative"] });
  assert.equal(field(asItself, "claim.narrative").form, "denied");
  const elevation = { grantId: newId(), role: "claims-adjuster", purposes: ["claim-handling"] } as const;
  const gate = stage.gateWith({ grounds: granting({ elevation }) });
  const answer = await gate.disclose(csr, { ...CLAIM_TERMS, as: elevation.grantId, subjects: [about(file.known, 1)] });
  const [customer] = answer.customers;
  assert.equal(customer?.fields.find((one) => one.field === "claim.narrative")?.value, NARRATIVE);
  const opening = await stage.ledger.opening(answer.disclosureId);
  assert.equal(opening?.detail["role"], "claims-adjuster");
  assert.equal(opening?.detail["ownRole"], "csr");
  assert.deepEqual(opening?.detail["grounds"], [{ kind: "test", id: "a" }]);
});

test("training that is due lets nothing be shown in clear", async () => {
  const gate = stage.gateWith({ grounds: granting({ trainingCurrent: false }) });
  const answer = await gate.disclose(file.adjuster, { ...CLAIM_TERMS, subjects: [about(file.known, 1)] });
  const fields = answer.customers[0]?.fields ?? [];
  assert.ok(fields.length > 0 && fields.every(({ form }) => form !== "clear"));
  assert.ok(fields.some(({ reasons }) => reasons.some(({ code }) => code === "training-due")));
});

test("an emergency access opens rows of the asker's entities and lines to the purpose emergency alone", async () => {
  const adjuster = await stage.client("claims-adjuster", ["claim-handling", "emergency"]);
  const gate = stage.gateWith({ grounds: granting({ breakGlass: true }) });
  const ask = { ...CLAIM_TERMS, fields: ["claim.narrative"], justification: "the house is on fire" };
  const subjects = [about(file.stranger, 1)];
  const emergency = { ...ask, purpose: "emergency", basis: "emergency", subjects } as const;
  const opened = await gate.disclose(adjuster, emergency);
  assert.equal(opened.customers[0]?.fields[0]?.value, NARRATIVE);
  const ordinary = await gate.disclose(adjuster, { ...ask, subjects });
  assert.equal(ordinary.outcome, "denied");
  assert.equal((await stage.gate.disclose(adjuster, emergency)).outcome, "denied");
});

test("a grant that ends between decision and entry is found stale, and what it lent is not shown", async () => {
  const csr = await stage.client("csr", ["policy-servicing"]);
  await stage.assign(csr, file.known, { unit: 1, kind: "claim" });
  const grantId = newId();
  let isOver = false;
  const grounds: GatherGrounds = (asker, customerIds, terms) =>
    isOver
      ? noGrounds(asker, customerIds, terms)
      : granting({ elevation: { grantId, role: "claims-adjuster", purposes: ["claim-handling"] } })(
          asker,
          customerIds,
          terms,
        );
  const gate = stage.gateWith({
    grounds,
    ledger: {
      ...stage.ledger,
      append: async (draft) => {
        if (!isOver) await end(csr);
        isOver = true;
        return stage.ledger.append(draft);
      },
    },
  });
  const question = { ...CLAIM_TERMS, as: grantId, subjects: [about(file.known, 1)] };
  await assert.rejects(gate.disclose(csr, question), { code: "grant-not-in-force" });
});

/** As whoever ends a grant does: the principal's revision moves in the same transaction. */
async function end({ principalId }: Authenticated): Promise<void> {
  const attempt = { kind: "grant", action: "client.change", actor: stage.admin, targets: [principalId] } as const;
  await stage.access.write(attempt, async ({ movePrincipal }) => ({
    result: null,
    written: [await movePrincipal(principalId)],
  }));
}

test("a moved principal is itself in all but its revision, and its act names it", async () => {
  const csr = await stage.client("csr", ["policy-servicing"]);
  await end(csr);
  const now = await stage.access.reread(csr.principalId);
  assert.equal(now?.revision, csr.revision + 1);
  assert.deepEqual({ ...now, revision: 0, act: "" }, { ...csr, revision: 0, act: "" });
  const [entry] = (await stage.ledger.list({ kinds: ["grant"] }, { limit: 1 }, "cleared")).items;
  const opening = await stage.ledger.opening(entry!.entryId);
  assert.equal(now?.act, entry?.entryId);
  assert.match(JSON.stringify(opening?.detail["authority"]), new RegExp(csr.principalId));
});

test("of several sources what grants is joined, and what must hold has to hold for each", async () => {
  const [one, other] = [newId(), newId()];
  const ALL = { unitIds: null, classes: null };
  const source =
    (customerId: Uuid, training: boolean): GatherGrounds =>
    () => ({
      asker: { trainingCurrent: training },
      customers: new Map([[customerId, { approved: ["health"], callerSpeaksOf: [ALL] }]]),
      relied: [customerId],
    });
  const grounds = await joinGrounds(source(one, true), source(other, false))(file.adjuster, [one, other], {
    purpose: "claim-handling",
    basis: "role-duty",
  });
  assert.equal(grounds.asker.trainingCurrent, false);
  assert.deepEqual(grounds.customers.get(one), {
    approved: ["health"],
    callerSpeaksOf: [ALL],
    conflictDeclared: false,
  });
  assert.deepEqual(grounds.relied, [one, other]);
});
