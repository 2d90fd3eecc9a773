// What the gate guarantees, over the real database, keys, vault, ledger and policies.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { sql } from "../postgres/sql.ts";
import type { Authenticated } from "../access/access.ts";
import type { BatchQuestion, CustomerAnswer, FieldAnswer } from "./disclosure.ts";
import { CLAIM_TERMS, openTestGate, type TestCustomer, type TestGate } from "./test-gate.ts";

const NARRATIVE = "Insured slipped on the ice in front of the town hall";
const STREET = "12 Quarry Lane";
const SSN = "900-12-3456";

let stage: TestGate;
let adjuster: Authenticated;
let known: TestCustomer;
let stranger: TestCustomer;

before(async () => {
  stage = await openTestGate();
  adjuster = await stage.client("claims-adjuster", ["claim-handling"]);
  known = await newCustomer();
  stranger = await newCustomer();
  await stage.assign(adjuster, known, { unit: 1, kind: "claim" });
});
after(() => stage.close());

async function newCustomer(): Promise<TestCustomer> {
  return stage.customer([
    {
      kind: "relationship",
      records: {
        person: { "first-name": "Mara", "last-name": "Holloway", "birth-date": "1971-03-09" },
        address: { line1: STREET, city: "Fargo", region: "ND", postcode: "58102", country: "US" },
        "government-id": { ssn: SSN },
      },
    },
    { kind: "claim", records: { claim: { number: "CL-1", narrative: NARRATIVE, status: "in-process" } } },
    {
      kind: "claim",
      records: { claim: { number: "CL-2", narrative: "another matter" }, medical: { diagnosis: "I10" } },
    },
  ]);
}

const about = ({ customerId, unitIds }: TestCustomer, unit: number | null = null) => ({
  ...{ customerId, unitId: unit === null ? null : (unitIds[unit] ?? null), recordIds: null },
});

async function ask(
  asker: Authenticated,
  subject: BatchQuestion["subjects"][number],
  terms: Partial<BatchQuestion> = {},
) {
  const answer = await stage.gate.disclose(asker, { ...CLAIM_TERMS, ...terms, subjects: [subject] });
  return { ...answer, customer: answer.customers[0] as CustomerAnswer };
}

const field = (answer: { customer: CustomerAnswer }, path: string): FieldAnswer => {
  const found = answer.customer.fields.find((one) => one.field === path);
  assert.ok(found, `the answer has no ${path}`);
  return found;
};

describe("an assigned claim", () => {
  test("is answered with the role's standard view in one call, recorded before it is released", async () => {
    const answer = await ask(adjuster, about(known, 1));
    assert.equal(field(answer, "claim.narrative").value, NARRATIVE);
    assert.equal(field(answer, "person.last-name").form, "clear");
    const entry = await stage.ledger.entry(answer.disclosureId);
    assert.equal(entry?.index, answer.promise.index);
    assert.equal(entry?.outcome, answer.outcome);
  });

  test("shows a government id masked at most, and says why and by which policy", async () => {
    const answer = await ask(adjuster, about(known, 1), {
      fields: ["government-id.ssn"],
      justification: "asked by the test",
    });
    const ssn = field(answer, "government-id.ssn");
    assert.equal(ssn.form, "masked");
    assert.ok(ssn.value?.endsWith("3456") && !ssn.value.includes("900"));
    assert.ok(ssn.reasons.length > 0 && ssn.policies.every(({ citation }) => citation.length > 0));
  });

  test("does not open the other claim of the same customer, and does not tell that it exists", async () => {
    const answer = await ask(adjuster, about(known), { fields: ["medical.diagnosis"] });
    const diagnosis = field(answer, "medical.diagnosis");
    assert.deepEqual(
      [diagnosis.form, diagnosis.recordId, diagnosis.unitId, diagnosis.value],
      ["denied", null, null, undefined],
    );
    const bare = await stage.customer([{ kind: "claim", records: { claim: { number: "CL-9" } } }]);
    await stage.assign(adjuster, bare, { unit: 0, kind: "claim" });
    const absent = await ask(adjuster, about(bare), { fields: ["medical.diagnosis"] });
    assert.deepEqual(field(absent, "medical.diagnosis"), diagnosis);
  });
});

describe("a customer outside the asker's rows", () => {
  test("gets the same reasoned denial as an id that does not exist", async () => {
    const fields = ["contact.phone", "medical.diagnosis", "person.last-name"];
    const outside = await ask(adjuster, about(stranger), { fields });
    const unknown = await ask(adjuster, { ...about(stranger), customerId: newId() }, { fields });
    assert.deepEqual(outside.customer.fields, unknown.customer.fields);
    assert.ok(outside.customer.fields.every(({ form, permittedBy }) => form === "denied" && permittedBy.length > 0));
  });

  test("is denied alike with and without flags, with and without a unit in hand", async () => {
    const flagged = await newCustomer();
    await stage.flag(flagged, "vip");
    const plain = await ask(adjuster, about(stranger, 1));
    const vip = await ask(adjuster, about(flagged, 1));
    const nobody = await ask(adjuster, { customerId: newId(), unitId: newId(), recordIds: null });
    assert.deepEqual(vip.customer.fields, plain.customer.fields);
    assert.deepEqual(nobody.customer.fields, plain.customer.fields);
  });

  test("has the attempt in the accounting all the same", async () => {
    const { disclosureId } = await ask(adjuster, about(stranger), { fields: ["contact.phone"] });
    const accounting = await stage.ledger.accounting(stranger.customerId, {}, {});
    assert.ok(accounting.items.some((entry) => entry.entryId === disclosureId && entry.outcome === "denied"));
  });
});

test("a protection order hides the address on the next decision", async () => {
  const endangered = await newCustomer();
  await stage.assign(adjuster, endangered, { unit: 1, kind: "claim" });
  const question = { fields: ["address.line1"] };
  assert.equal(field(await ask(adjuster, about(endangered, 1), question), "address.line1").value, STREET);
  await stage.flag(endangered, "protection-order");
  const hidden = field(await ask(adjuster, about(endangered, 1), question), "address.line1");
  assert.notEqual(hidden.form, "clear");
  assert.ok(!JSON.stringify(hidden).includes("Quarry"));
});

describe("between decision and release", () => {
  test("a suspended asker gets nothing, and nothing is opened", async () => {
    const leaver = await stage.client("claims-adjuster", ["claim-handling"]);
    const file = await newCustomer();
    await stage.assign(leaver, file, { unit: 1, kind: "claim" });
    let opened = 0;
    const gate = stage.gateWith({
      ledger: onceBefore(() =>
        stage.access.setClientStatus({ principalId: leaver.principalId, action: "client.suspend" }, stage.admin),
      ),
      keys: { ...stage.keys, openUnitKeys: (row) => (opened++, stage.keys.openUnitKeys(row)) },
    });
    await assert.rejects(gate.disclose(leaver, { ...CLAIM_TERMS, subjects: [about(file, 1)] }), {
      code: "no-longer-active",
    });
    assert.equal(opened, 0);
  });

  test("a flag that was set makes the decision be taken anew", async () => {
    const file = await newCustomer();
    await stage.assign(adjuster, file, { unit: 1, kind: "claim" });
    const gate = stage.gateWith({ ledger: onceBefore(() => stage.flag(file, "protection-order")) });
    const answer = await gate.disclose(adjuster, {
      ...CLAIM_TERMS,
      fields: ["address.line1"],
      subjects: [about(file, 1)],
    });
    assert.notEqual(answer.customers[0]?.fields[0]?.form, "clear");
  });

  test("an assignment that ended makes the decision be taken anew", async () => {
    const file = await newCustomer();
    await stage.assign(adjuster, file, { unit: 1, kind: "claim" });
    const end = async (): Promise<void> => {
      const open = (await stage.access.assignmentsFor([file.customerId])).get(file.customerId) ?? [];
      await stage.access.endAssignments(open, stage.admin);
    };
    const gate = stage.gateWith({ ledger: onceBefore(end) });
    const answer = await gate.disclose(adjuster, { ...CLAIM_TERMS, subjects: [about(file, 1)] });
    assert.equal(answer.outcome, "denied");
  });

  test("a ledger that cannot write releases nothing and opens nothing", async () => {
    let opened = 0;
    const gate = stage.gateWith({
      ledger: { ...stage.ledger, append: () => Promise.reject(new Error("the disk is full")) },
      keys: { ...stage.keys, openUnitKeys: (row) => (opened++, stage.keys.openUnitKeys(row)) },
    });
    await assert.rejects(gate.disclose(adjuster, { ...CLAIM_TERMS, subjects: [about(known, 1)] }), /disk is full/);
    assert.equal(opened, 0);
  });
});

/** The stage's ledger, with something happening once just before it sequences a disclosure. */
function onceBefore(happens: () => Promise<unknown>): TestGate["ledger"] {
  let done = false;
  return {
    ...stage.ledger,
    append: async (draft) => {
      if (!done) {
        done = true;
        await happens();
      }
      return stage.ledger.append(draft);
    },
  };
}

test("an assignment row written behind the application's back grants nothing", async () => {
  const target = await newCustomer();
  await stage.db.owner.query(sql`
    insert into assignment select (jsonb_populate_record(a, jsonb_build_object('customer_id', ${target.customerId}::uuid, 'assignment_id', ${newId()}::uuid))).*
    from assignment a where a.customer_id = ${known.customerId} limit 1`);
  const answer = await ask(adjuster, about(target, 1));
  assert.equal(answer.outcome, "denied");
});

describe("a batch", () => {
  test("is one entry whose manifest stands in each customer's accounting", async () => {
    const question = { ...CLAIM_TERMS, fields: ["person.last-name"], subjects: [about(known, 1), about(stranger)] };
    const answer = await stage.gate.disclose(adjuster, question);
    assert.deepEqual(
      answer.customers.map(({ outcome }) => outcome),
      ["allowed", "denied"],
    );
    for (const [at, { customerId }] of [known, stranger].entries()) {
      const { items } = await stage.ledger.accounting(customerId, {}, {});
      const line = items.find(({ entryId }) => entryId === answer.disclosureId);
      assert.equal(line?.outcome, answer.customers[at]?.outcome);
    }
  });
});

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
  const { disclosureId } = await ask(adjuster, about(known, 1), { fields: ["claim.narrative"] });
  const auditor = await stage.client("internal-auditor", ["audit"]);
  const { opening } = await stage.gate.opening(auditor, { entryId: disclosureId, purpose: "audit" });
  const said = JSON.stringify(opening.detail);
  assert.ok(said.includes("claim.narrative") && said.includes('"clear"') && !said.includes(NARRATIVE));
  const { items } = await stage.ledger.list({ actorId: auditor.principalId, kinds: ["opening-read"] }, {});
  assert.equal(items.length, 1);
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
  const tokens = await Promise.all([one, one, other].map((asker) => ask(asker, about(insured), terms)));
  const [first, again, another] = tokens.map((answer) => field(answer, "policy.number"));
  assert.equal(first?.form, "token");
  assert.equal(first?.value, again?.value);
  assert.notEqual(first?.value, another?.value);
});
