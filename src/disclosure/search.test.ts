// What searching, masked views, openings and tokens guarantee.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { about, field, NARRATIVE, openTestFile, type TestFile } from "./test-file.ts";

let file: TestFile;
let stage: TestFile["stage"];
let adjuster: TestFile["adjuster"];
let known: TestFile["known"];
let stranger: TestFile["stranger"];

before(async () => {
  file = await openTestFile();
  ({ stage, adjuster, known, stranger } = file);
});
after(() => stage.close());

describe("a search", () => {
  const byName = {
    index: "person-name-birth-date",
    values: { "first-name": "mara", "last-name": "HOLLOWAY", "birth-date": "1971-03-09" },
    purpose: "claim-handling",
  } as const;

  test("finds customers within the asker's rows alone, shown masked", async () => {
    const { hits } = await stage.gate.search(adjuster, byName);
    const found = new Set(hits.map(({ customerId }) => customerId));
    assert.ok(found.has(known.customerId) && !found.has(stranger.customerId));
    assert.ok(!JSON.stringify(hits).includes("Holloway"));
  });

  test("is an entry that names whom it found and is read by nobody without a right to openings", async () => {
    const { searchId } = await stage.gate.search(adjuster, byName);
    const { items } = await stage.ledger.accounting(known.customerId, {}, {});
    assert.ok(items.some(({ entryId, kind }) => entryId === searchId && kind === "search"));
    const desk = await stage.client("billing", ["billing"]);
    await assert.rejects(stage.gate.opening(desk, { entryId: searchId, purpose: "billing" }), { code: "not-found" });
  });

  test("by a class that the role never sees is refused, and the refusal is recorded", async () => {
    const desk = await stage.client("billing", ["billing"]);
    const question = {
      index: "claim-loss",
      values: { "loss-date": "2024-01-01", "loss-place": "Fargo" },
      purpose: "claim-handling" as const,
    };
    await assert.rejects(stage.gate.search(desk, question), { code: "not-permitted" });
    const { items } = await stage.ledger.list({ actorId: desk.principalId }, {});
    assert.ok(items.some(({ kind, outcome }) => kind === "search" && outcome === "denied"));
  });
});

test("an opening shows what was decided, to an auditor, and is an entry itself", async () => {
  const { disclosureId } = await file.ask(adjuster, about(known, 1), { fields: ["claim.narrative"] });
  const auditor = await stage.client("internal-auditor", ["audit"]);
  const { opening } = await stage.gate.opening(auditor, { entryId: disclosureId, purpose: "audit" });
  const said = JSON.stringify(opening.detail);
  assert.ok(said.includes("claim.narrative") && said.includes('"clear"') && !said.includes(NARRATIVE));
  const { items } = await stage.ledger.list({ actorId: auditor.principalId, kinds: ["opening-read"] }, {});
  assert.equal(items.length, 1);
});

test("the entry of a masked view names what the records hold, and no field of which there is nothing to see", async () => {
  const { records } = await stage.gate.maskedView(adjuster, {
    customerId: known.customerId,
    purpose: "claim-handling",
  });
  const [entry] = (await stage.ledger.list({ customerId: known.customerId, kinds: ["masked-view"] }, { limit: 1 }))
    .items;
  const { detail } = (await stage.ledger.opening(entry!.entryId)) ?? assert.fail("does not open");
  const shown = new Set(records.flatMap(({ fields }) => fields.map(({ field: { path } }) => path)));
  assert.ok(shown.size > 3);
  assert.deepEqual(new Set(detail["fields"] as string[]), shown);
});

test("a masked view opens no value and leaves out what the role never sees", async () => {
  const view = await stage.gate.maskedView(adjuster, { customerId: known.customerId, purpose: "claim-handling" });
  const said = JSON.stringify(
    view.records.map(({ type, fields }) => [type, fields.map(({ field: { path }, value }) => [path, value])]),
  );
  assert.ok(
    said.includes("government-id.ssn") &&
      !said.includes("900-12") &&
      !said.includes("Holloway") &&
      !said.includes(NARRATIVE),
  );
  await assert.rejects(
    stage.gate.maskedView(adjuster, { customerId: stranger.customerId, purpose: "claim-handling" }),
    {
      code: "not-found",
    },
  );
});

test("an actuary gets tokens that match within one receiver and differ between two", async () => {
  const terms = { purpose: "actuarial", fields: ["policy.number"], justification: "asked by the test" } as const;
  const insured = await stage.customer([
    { kind: "policy", records: { policy: { number: "P-77", status: "in-force" } } },
  ]);
  const [one, other] = [await stage.client("actuary", ["actuarial"]), await stage.client("actuary", ["actuarial"])];
  const tokens = await Promise.all([one, one, other].map((asker) => file.ask(asker, about(insured), terms)));
  const [first, again, another] = tokens.map((answer) => field(answer, "policy.number"));
  assert.equal(first?.form, "token");
  assert.equal(first?.value, again?.value);
  assert.notEqual(first?.value, another?.value);
});

test("whoever asked cannot open their own entry: its inputs tell of flags that they were not told of", async () => {
  const { disclosureId } = await file.ask(adjuster, about(known, 1), { fields: ["claim.narrative"] });
  const question = { entryId: disclosureId, purpose: "claim-handling" as const };
  await assert.rejects(stage.gate.opening(adjuster, question), { code: "not-found" });
  assert.equal((await stage.gate.entry(adjuster, disclosureId)).entryId, disclosureId);
});

test("an investigator reads back the receipt of a withheld disclosure of their own; an ordinary overseer finds no trace of it", async () => {
  const investigator = await stage.client("siu-investigator", ["fraud-investigation"]);
  const suspect = await file.newCustomer();
  await stage.assign(investigator, suspect, { unit: 1, kind: "investigation" });
  const { disclosureId } = await file.ask(investigator, about(suspect, 1), {
    purpose: "fraud-investigation",
    fields: ["claim.narrative"],
    justification: "asked by the test",
  });
  assert.equal((await stage.gate.entry(investigator, disclosureId)).withheld, true);
  const overseer = await stage.client("compliance", ["audit"]);
  await assert.rejects(stage.gate.entry(overseer, disclosureId), { code: "not-found" });
  await assert.rejects(stage.gate.receipt(overseer, disclosureId), { code: "not-found" });
});
