// The batched reads that the gate decides on.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import { openDecisionReader } from "./load-for-decision.ts";
import { ACTOR, RELATIONSHIP, type Somebody, type TestVault, openTestVault, put, recordDraft } from "./test-vault.ts";

describe("reading for a decision", () => {
  let open: TestVault;
  before(async () => {
    open = await openTestVault();
  });
  after(() => open.close());

  function counted(): { on: Querier; count: () => number } {
    let statements = 0;
    const query: Querier["query"] = (statement) => {
      statements += 1;
      return open.db.database.query(statement);
    };
    return { on: { query }, count: () => statements };
  }

  const somebody = () =>
    put(open.vault, [
      ["person", { "first-name": "Ada" }],
      ["contact", { email: "ada@example.com" }],
    ]);

  test("asks once for all who ask at the same moment, and gives each their own", async () => {
    const people: Somebody[] = [];
    for (let nth = 0; nth < 20; nth += 1) people.push(await somebody());
    const { on, count } = counted();
    const reader = openDecisionReader(on, open.keys);
    const answers = await Promise.all(
      people.map(async (who) => {
        const [subjects, records] = await Promise.all([
          reader.loadForDecision([who]),
          reader.loadRecords([who.customerId], { recordTypes: ["person"] }),
        ]);
        return { subject: subjects[0]!, records };
      }),
    );
    assert.equal(count(), 3);
    answers.forEach(({ subject, records }, at) => {
      assert.equal(subject.customerId, people[at]!.customerId);
      assert.equal(subject.state.kind, "person");
      assert.deepEqual(
        subject.units.map((unit) => unit.header.unitId),
        [people[at]!.unitId],
      );
      assert.deepEqual(
        records.map(({ record }) => [record.customerId, record.recordType]),
        [[people[at]!.customerId, "person"]],
      );
      assert.equal(records[0]!.unit.unitKey?.unitId, people[at]!.unitId);
    });
  });

  test("leaves out whom nobody knows, and answers in the order asked", async () => {
    const [ada, bob] = [await somebody(), await somebody()];
    const subjects = await open.vault.loadForDecision([bob, { customerId: newId() }, ada]);
    assert.deepEqual(
      subjects.map((subject) => subject.customerId),
      [bob.customerId, ada.customerId],
    );
    assert.deepEqual(await open.vault.loadRecords([newId()]), []);
  });

  test("reads just the records that the filter names", async () => {
    const ada = await somebody();
    const policy = {
      unitId: newId(),
      create: { ...RELATIONSHIP, kind: "policy" as const },
      sources: [],
      records: [recordDraft("policy", { number: "9" })],
    };
    await open.vault.create([{ customerId: ada.customerId, create: null, sources: [], units: [policy] }], ACTOR);
    const types = async (filter: Parameters<typeof open.vault.loadRecords>[1]) =>
      (await open.vault.loadRecords([ada.customerId], filter)).map(({ record }) => record.recordType).toSorted();
    assert.deepEqual(await types({}), ["contact", "person", "policy"]);
    assert.deepEqual(await types({ recordTypes: ["policy", "contact"] }), ["contact", "policy"]);
    assert.deepEqual(await types({ unitId: policy.unitId }), ["policy"]);
    assert.deepEqual(await types({ unitId: ada.unitId }), ["contact", "person"]);
    assert.deepEqual(await types({ recordId: policy.records[0]!.recordId }), ["policy"]);
  });
});
