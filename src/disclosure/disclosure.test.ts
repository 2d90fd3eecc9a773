// What the gate guarantees, over the real database, keys, vault, ledger and policies.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import type { InOrder } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import { about, field, NARRATIVE, openTestFile, STREET, type TestFile } from "./test-file.ts";
import { CLAIM_TERMS, type TestGate } from "./test-gate.ts";

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

describe("an assigned claim", () => {
  test("is answered with the role's standard view in one call, recorded before it is released", async () => {
    const answer = await file.ask(adjuster, about(known, 1));
    assert.equal(field(answer, "claim.narrative").value, NARRATIVE);
    assert.equal(field(answer, "person.last-name").form, "clear");
    const entry = await stage.ledger.entry(answer.disclosureId);
    assert.equal(entry?.index, answer.promise.index);
    assert.equal(entry?.outcome, answer.outcome);
  });

  test("shows a government id masked at most, and says why and by which policy", async () => {
    const answer = await file.ask(adjuster, about(known, 1), {
      fields: ["government-id.ssn"],
      justification: "asked by the test",
    });
    const ssn = field(answer, "government-id.ssn");
    assert.equal(ssn.form, "masked");
    assert.ok(ssn.value?.endsWith("3456") && !ssn.value.includes("900"));
    assert.ok(ssn.reasons.length > 0 && ssn.policies.every(({ citation }) => citation.length > 0));
  });

  test("does not open the other claim of the same customer, and does not tell that it exists", async () => {
    const answer = await file.ask(adjuster, about(known), { fields: ["medical.diagnosis"] });
    const diagnosis = field(answer, "medical.diagnosis");
    assert.deepEqual(
      [diagnosis.form, diagnosis.recordId, diagnosis.unitId, diagnosis.value],
      ["denied", null, null, undefined],
    );
    const bare = await stage.customer([{ kind: "claim", records: { claim: { number: "CL-9" } } }]);
    await stage.assign(adjuster, bare, { unit: 0, kind: "claim" });
    const absent = await file.ask(adjuster, about(bare), { fields: ["medical.diagnosis"] });
    assert.deepEqual(field(absent, "medical.diagnosis"), diagnosis);
  });
});

describe("a customer outside the asker's rows", () => {
  test("gets the same reasoned denial as an id that does not exist", async () => {
    const fields = ["contact.phone", "medical.diagnosis", "government-id.ssn"];
    const outside = await file.ask(adjuster, about(stranger), { fields });
    const unknown = await file.ask(adjuster, { ...about(stranger), customerId: newId() }, { fields });
    assert.deepEqual(outside.customer.fields, unknown.customer.fields);
    assert.ok(outside.customer.fields.every(({ form, permittedBy }) => form === "denied" && permittedBy.length > 0));
  });

  test("is denied alike with and without flags, with and without a unit in hand", async () => {
    const flagged = await file.newCustomer();
    await stage.flag(flagged, "vip");
    const plain = await file.ask(adjuster, about(stranger, 1));
    const vip = await file.ask(adjuster, about(flagged, 1));
    const nobody = await file.ask(adjuster, { customerId: newId(), unitId: newId(), recordIds: null });
    assert.deepEqual(vip.customer.fields, plain.customer.fields);
    assert.deepEqual(nobody.customer.fields, plain.customer.fields);
  });

  test("has the attempt in the accounting all the same", async () => {
    const { disclosureId } = await file.ask(adjuster, about(stranger), { fields: ["contact.phone"] });
    const accounting = await stage.ledger.accounting(stranger.customerId, {}, {});
    assert.ok(accounting.items.some((entry) => entry.entryId === disclosureId && entry.outcome === "denied"));
  });
});

test("a protection order hides the address on the next decision", async () => {
  const endangered = await file.newCustomer();
  await stage.assign(adjuster, endangered, { unit: 1, kind: "claim" });
  const question = { fields: ["address.line1"] };
  assert.equal(field(await file.ask(adjuster, about(endangered, 1), question), "address.line1").value, STREET);
  await stage.flag(endangered, "protection-order");
  const hidden = field(await file.ask(adjuster, about(endangered, 1), question), "address.line1");
  assert.notEqual(hidden.form, "clear");
  assert.ok(!JSON.stringify(hidden).includes("Quarry"));
});

describe("between decision and release", () => {
  test("a suspended asker gets nothing, and nothing is opened", async () => {
    const leaver = await stage.client("claims-adjuster", ["claim-handling"]);
    const claimed = await file.newCustomer();
    await stage.assign(leaver, claimed, { unit: 1, kind: "claim" });
    let opened = 0;
    const gate = stage.gateWith({
      ledger: onceBefore(() =>
        stage.access.setClientStatus({ principalId: leaver.principalId, action: "client.suspend" }, stage.admin),
      ),
      keys: { ...stage.keys, openUnitKeys: (row) => (opened++, stage.keys.openUnitKeys(row)) },
    });
    await assert.rejects(gate.disclose(leaver, { ...CLAIM_TERMS, subjects: [about(claimed, 1)] }), {
      code: "no-longer-active",
    });
    assert.equal(opened, 0);
  });

  test("a flag that was set makes the decision be taken anew", async () => {
    const claimed = await file.newCustomer();
    await stage.assign(adjuster, claimed, { unit: 1, kind: "claim" });
    const gate = stage.gateWith({ ledger: onceBefore(() => stage.flag(claimed, "protection-order")) });
    const answer = await gate.disclose(adjuster, {
      ...CLAIM_TERMS,
      fields: ["address.line1"],
      subjects: [about(claimed, 1)],
    });
    assert.notEqual(answer.customers[0]?.fields[0]?.form, "clear");
  });

  test("an assignment that ended makes the decision be taken anew", async () => {
    const claimed = await file.newCustomer();
    await stage.assign(adjuster, claimed, { unit: 1, kind: "claim" });
    const end = async (): Promise<void> => {
      const open = (await stage.access.assignmentsFor([claimed.customerId])).get(claimed.customerId) ?? [];
      await stage.access.endAssignments(open, stage.admin);
    };
    const gate = stage.gateWith({ ledger: onceBefore(end) });
    const answer = await gate.disclose(adjuster, { ...CLAIM_TERMS, subjects: [about(claimed, 1)] });
    assert.equal(answer.outcome, "denied");
  });

  test("whatever else a decision rests on is read after the authority whose revision guards it", async () => {
    const asked: string[] = [];
    const { pipeline } = stage.db;
    const reading: InOrder = {
      inOrder: true,
      query: (statement) => {
        asked.push(statement.name ?? "");
        return pipeline.query(statement);
      },
    };
    const gate = stage.gateWith({ reading });
    const question = { ...CLAIM_TERMS, fields: ["claim.number"], subjects: [about(known, 1)] };
    assert.equal((await gate.disclose(adjuster, question)).outcome, "allowed");
    assert.deepEqual(asked, ["access-authorities", "vault-read-keyed-units", "vault-read-typed-records"]);
  });

  test("what was read with an authority that turns out to be older is read again after it", async () => {
    const claimed = await file.newCustomer();
    await stage.assign(adjuster, claimed, { unit: 1, kind: "claim" });
    const asked: string[] = [];
    let held: Promise<unknown> | undefined;
    const reading: InOrder = {
      inOrder: true,
      query: async (statement) => {
        asked.push(statement.name ?? "");
        const rows = await stage.db.pipeline.query(statement);
        // While the first rows are on their way, the customer changes and this process learns of it.
        if (statement.name === "access-authorities") await (held ??= stage.flag(claimed, "vip"));
        return rows as never;
      },
    };
    const question = { ...CLAIM_TERMS, fields: ["claim.number"], subjects: [about(claimed, 1)] };
    await stage.gateWith({ reading }).disclose(adjuster, question);
    const once = ["access-authorities", "vault-read-keyed-units", "vault-read-typed-records"];
    assert.deepEqual(asked, [...once, ...once]);
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
  const target = await file.newCustomer();
  await stage.db.owner.query(sql`
    insert into assignment select (jsonb_populate_record(a, jsonb_build_object('customer_id', ${target.customerId}::uuid, 'assignment_id', ${newId()}::uuid))).*
    from assignment a where a.customer_id = ${known.customerId} limit 1`);
  const answer = await file.ask(adjuster, about(target, 1));
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
