// Guarantee: what a record said before it was corrected is shown masked, and in clear only through the gate; copying is an entry of its own.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { sql } from "../postgres/sql.ts";
import type { Subject } from "./disclosure.ts";
import { about, field, openTestFile, type TestFile } from "./test-file.ts";

let file: TestFile;
let claimId: Uuid;
before(async () => {
  file = await openTestFile();
  claimId = await recordOf(file.known.unitIds[1]!, "claim");
  await correct(1, { narrative: "Insured slipped in the car park" }, []);
  await correct(2, { cause: "ice" }, ["status"]);
});
after(async () => file.stage.close());

async function recordOf(unitId: Uuid, type: string): Promise<Uuid> {
  const records = await file.stage.vault.loadRecords([file.known.customerId]);
  const found = records.find(({ record }) => record.unitId === unitId && record.recordType === type);
  assert.ok(found);
  return found.record.recordId;
}

async function correct(expectedRevision: number, fields: Record<string, string>, remove: readonly string[]) {
  const { vault } = file.stage;
  const prepared = vault.prepare({ recordType: "claim", fields });
  assert.ok(prepared.ok);
  const { principalId: actorId, revision: actorRevision } = file.adjuster;
  await vault.correct(
    { customerId: file.known.customerId, recordId: claimId, expectedRevision, record: prepared.record, remove },
    { actorId, actorRevision, purpose: "claim-handling", basis: "role-duty" },
  );
}

const historyOf = (asker: Authenticated, changes: { customerId?: Uuid; recordId?: Uuid; before?: number } = {}) =>
  file.stage.gate.recordHistory(asker, {
    customerId: file.known.customerId,
    recordId: claimId,
    purpose: "claim-handling",
    before: null,
    ...changes,
  });

describe("the history of a record", () => {
  test("names who changed what and when, newest first, and shows no value in clear", async () => {
    const { revisions, next } = await historyOf(file.adjuster);
    assert.equal(next, null);
    const told = revisions.map(({ revision, changed, removed, by }) => ({
      revision,
      changed: changed.map(({ name }) => name).toSorted(),
      removed: removed.map(({ name }) => name),
      role: by?.role,
    }));
    assert.deepEqual(told.slice(0, 2), [
      { revision: 3, changed: ["cause"], removed: ["status"], role: "claims-adjuster" },
      { revision: 2, changed: ["narrative"], removed: [], role: "claims-adjuster" },
    ]);
    assert.deepEqual(told[2]?.changed, ["narrative", "number", "status"]);
    assert.doesNotMatch(JSON.stringify(revisions), /slipped|ice"/);
    const older = await historyOf(file.adjuster, { before: 3 });
    assert.deepEqual(
      older.revisions.map(({ revision }) => revision),
      [2, 1],
    );
  });

  test("is a look that is written down before it is answered", async () => {
    const { ledger } = file.stage;
    const sizeBefore = await ledger.size();
    await historyOf(file.adjuster);
    const [entry] = (await ledger.list({ actorId: file.adjuster.principalId }, { limit: 1 })).items;
    assert.equal(await ledger.size(), sizeBefore + 1);
    assert.deepEqual([entry?.kind, entry?.outcome], ["masked-view", "allowed"]);
    assert.equal((await ledger.opening(entry!.entryId))?.detail["history"], claimId);
  });

  test("names nobody where the entry that the row names did not write the revision", async () => {
    const { owner } = file.stage.db;
    const [first] = (await historyOf(file.adjuster)).revisions.toReversed();
    const columns = sql`customer_id = ${file.known.customerId} and record_id = ${claimId}`;
    const [row] = await owner.query<{ act: Uuid }>(sql`select act from record where ${columns}`);
    // The entry of another revision of the same record, and of a customer's making.
    for (const act of [first!.entryId!, newId()]) {
      await owner.query(sql`update record set act = ${act} where ${columns}`);
      const { revisions } = await historyOf(file.adjuster);
      assert.deepEqual([revisions[0]?.by, revisions[0]?.entryId], [null, null]);
      assert.equal(revisions[1]?.by?.role, "claims-adjuster");
    }
    await owner.query(sql`update record set act = ${row!.act} where ${columns}`);
    assert.equal((await historyOf(file.adjuster)).revisions[0]?.by?.role, "claims-adjuster");
  });

  test("of a stranger, of nobody, and of a record that is not the customer's are refused alike", async () => {
    const other = await file.stage.client("claims-adjuster", ["claim-handling"]);
    await assert.rejects(historyOf(other), { code: "not-found" });
    await assert.rejects(historyOf(file.adjuster, { customerId: newId() }), { code: "not-found" });
    await assert.rejects(historyOf(file.adjuster, { recordId: newId() }), { code: "not-found" });
  });
});

const then = (revision: number): Subject => ({ ...about(file.known, 1), recordIds: new Set([claimId]), revision });
const FIELDS = ["claim.narrative", "claim.cause", "claim.status"];

describe("an earlier revision asked for in clear", () => {
  test("is decided, recorded with its revision, and reads as it stood", async () => {
    const values = async (revision: number) => {
      const answer = await file.ask(file.adjuster, then(revision), { fields: FIELDS });
      return FIELDS.map((path) => field(answer, path).value);
    };
    assert.deepEqual(await values(1), [
      "Insured slipped on the ice in front of the town hall",
      undefined,
      "in-process",
    ]);
    assert.deepEqual(await values(2), ["Insured slipped in the car park", undefined, "in-process"]);
    assert.deepEqual(await values(3), ["Insured slipped in the car park", "ice", undefined]);
    const answer = await file.ask(file.adjuster, then(1), { fields: FIELDS });
    const opening = await file.stage.ledger.opening(answer.disclosureId, "cleared");
    assert.match(JSON.stringify(opening?.detail["customers"]), /"revision":1/);
  });

  test("that never was holds nothing, and a stranger's is a stranger's", async () => {
    const never = await file.ask(file.adjuster, then(9), { fields: FIELDS });
    assert.deepEqual(
      never.customer.fields.map(({ form, value }) => [form, value]),
      FIELDS.map(() => ["denied", undefined]),
    );
    const other = await file.stage.client("claims-adjuster", ["claim-handling"]);
    const [asked, unknown] = [
      await file.ask(other, then(1), { fields: FIELDS }),
      await file.ask(other, { ...then(1), customerId: newId() }, { fields: FIELDS }),
    ];
    assert.deepEqual(asked.customer.fields, unknown.customer.fields);
  });
});

describe("copying a value", () => {
  const copy = (asker: Authenticated, disclosureId: Uuid, more: object = {}) =>
    file.stage.gate.recordCopy(asker, {
      disclosureId,
      recordId: claimId,
      field: "claim.narrative",
      shownSeconds: 900,
      ...more,
    });

  test("is an entry of the customer, before the page copies", async () => {
    const { disclosureId } = await file.ask(file.adjuster, about(file.known, 1));
    const { copyId } = await copy(file.adjuster, disclosureId);
    const entry = await file.stage.ledger.entry(copyId);
    assert.deepEqual(
      [entry?.kind, entry?.outcome, entry?.customerId, entry?.purpose, entry?.classes],
      ["copy", "allowed", file.known.customerId, "claim-handling", ["claims-narrative"]],
    );
    const dpo = await file.stage.client("dpo", ["data-subject-request"]);
    const { items } = await file.stage.gate.accounting(dpo, file.known.customerId, {});
    assert.ok(items.some((line) => line.entry.entryId === copyId));
  });

  test("is for whoever was given it, in clear, by that disclosure, while it may be shown; all else is refused alike and recorded", async () => {
    const { disclosureId } = await file.ask(file.adjuster, about(file.known, 1));
    const masked = await file.ask(file.adjuster, about(file.known, 1), { form: "masked" });
    const other = await file.stage.client("claims-adjuster", ["claim-handling"]);
    const refused: [Authenticated, Uuid, object][] = [
      [other, disclosureId, {}],
      [file.adjuster, newId(), {}],
      [file.adjuster, masked.disclosureId, {}],
      [file.adjuster, disclosureId, { field: "claim.amount-paid" }],
      [file.adjuster, disclosureId, { recordId: newId() }],
      [file.adjuster, disclosureId, { shownSeconds: -1 }],
    ];
    for (const [asker, id, more] of refused) {
      await assert.rejects(copy(asker, id, more), { code: "not-found" });
      const [entry] = (await file.stage.ledger.list({ actorId: asker.principalId }, { limit: 1 })).items;
      assert.deepEqual([entry?.kind, entry?.outcome, entry?.customerId], ["copy", "denied", null]);
    }
    await assert.rejects(copy(file.adjuster, disclosureId, { field: "claim.unheard-of" }), { code: "unknown-field" });
  });
});
