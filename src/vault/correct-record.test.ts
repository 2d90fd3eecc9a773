// Corrections: what changes, what stays sealed as it was, and what the vault will not find out by opening.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Uuid } from "../kernel/bytes.ts";
import { sql } from "../postgres/sql.ts";
import { VaultError, type VaultErrorCode } from "./errors.ts";
import { openFields } from "./open.ts";
import { openMasks } from "./masked.ts";
import { parsePack } from "./pack.ts";
import type { ReadRecord } from "./record-store.ts";
import { ACTOR, type Somebody, type TestVault, openTestVault, put, recordDraft, stored } from "./test-vault.ts";

const fails = (code: VaultErrorCode) => (error: unknown) => error instanceof VaultError && error.code === code;

describe("a correction", () => {
  let open: TestVault;
  before(async () => {
    open = await openTestVault();
  });
  after(() => open.close());

  const correct = (
    who: Somebody,
    fields: Record<string, string>,
    more: { remove?: string[]; expectedRevision?: number | null; at?: number } = {},
  ) => {
    const { remove = [], expectedRevision = null, at = 0 } = more;
    const type = "ssn" in fields ? "government-id" : "person";
    const { record } = recordDraft(type, fields);
    return open.vault.correct(
      { customerId: who.customerId, recordId: who.recordIds[at]!, expectedRevision, record, remove },
      ACTOR,
    );
  };
  const values = async (record: ReadRecord, who: Somebody): Promise<Record<string, string>> => {
    const { unit } = await stored(open.vault, who);
    const names = parsePack(record.pack).map((field) => field.name);
    const opened = await openFields(open.keys, open.registry, { record, unitKey: unit.unitKey, fields: names });
    return Object.fromEntries([...opened].map(([name, value]) => [name, value.normalised]));
  };

  test("shows the new value and keeps the old one sealed and readable in the history", async () => {
    const ada = await put(open.vault, [["person", { "first-name": "Ada", occupation: "Poet" }]]);
    const { entry, revision } = await correct(ada, { occupation: "Mathematician" }, { expectedRevision: 1 });
    assert.equal(revision, 2);
    const { record, unit } = await stored(open.vault, ada);
    assert.deepEqual(await values(record, ada), { "first-name": "Ada", occupation: "Mathematician" });
    const { revisions } = await open.vault.history(record);
    assert.deepEqual(
      revisions.map((earlier) => earlier.revision),
      [1],
    );
    assert.deepEqual(await values(revisions[0]!, ada), { "first-name": "Ada", occupation: "Poet" });
    const masks = await openMasks(open.keys, open.registry, {
      record: revisions[0]!,
      unitKey: unit.unitKey,
      fields: null,
    });
    assert.equal(masks.get("first-name"), "A••••");
    const [row] = await open.db.owner.query<{ act: Uuid }>(
      sql`select act from record where record_id = ${record.recordId}`,
    );
    assert.equal(row?.act, entry!.entryId);
    const opening = await open.ledger.opening(entry!.entryId);
    assert.equal((opening!.detail["writes"] as { revision: number }[])[0]!.revision, 2);
  });

  test("seals anew only what changed: other fields keep bytes and revision, also when they are given again", async () => {
    const ada = await put(open.vault, [
      ["person", { "first-name": "Ada", "annual-income": "50000", occupation: "Poet" }],
    ]);
    const packBefore = parsePack((await stored(open.vault, ada)).record.pack);
    await correct(ada, { occupation: "Mathematician", "annual-income": "50000" });
    const packAfter = parsePack((await stored(open.vault, ada)).record.pack);
    const changed = packAfter.filter((field, at) => Buffer.compare(field.value, packBefore[at]!.value) !== 0);
    assert.deepEqual(
      changed.map((field) => [field.name, field.revision]),
      [["occupation", 2]],
    );
    assert.deepEqual(
      packAfter.map((field) => field.revision),
      [1, 1, 2],
    );
  });

  test("that says nothing new writes nothing and makes no entry", async () => {
    const ada = await put(open.vault, [["person", { "first-name": "Ada" }]]);
    const { entry, revision } = await correct(ada, { "first-name": "Ada" });
    assert.equal(entry, null);
    assert.equal(revision, 1);
    assert.deepEqual((await open.vault.history((await stored(open.vault, ada)).record)).revisions, []);
  });

  test("made on an older revision is refused as stale", async () => {
    const ada = await put(open.vault, [["person", { occupation: "Poet" }]]);
    await correct(ada, { occupation: "Mathematician" }, { expectedRevision: 1 });
    await assert.rejects(correct(ada, { occupation: "Analyst" }, { expectedRevision: 1 }), fails("stale"));
    const both = await Promise.allSettled(
      ["Writer", "Editor"].map((occupation) => correct(ada, { occupation }, { expectedRevision: 2 })),
    );
    assert.deepEqual(both.map((one) => one.status).toSorted(), ["fulfilled", "rejected"]);
  });

  test("takes a field out, and search no longer finds by it", async () => {
    const ada = await put(open.vault, [["contact", { email: "ada@example.com", phone: "701-555-0143" }]]);
    const { record } = recordDraft("contact", { phone: "701-555-0143" });
    await open.vault.correct(
      { customerId: ada.customerId, recordId: ada.recordIds[0]!, expectedRevision: 1, record, remove: ["email"] },
      ACTOR,
    );
    const now = (await stored(open.vault, ada)).record;
    assert.deepEqual(Object.keys(await values(now, ada)), ["phone"]);
    assert.deepEqual((await open.vault.search({ indexName: "email", values: { email: "ada@example.com" } })).hits, []);
    const byPhone = await open.vault.search({ indexName: "phone", values: { phone: "+1 701 555 0143" } });
    assert.equal(byPhone.hits.length, 1);
  });

  test("moves the search tokens along with the value", async () => {
    const ada = await put(open.vault, [["government-id", { ssn: "219-09-9991", "holder-last-name": "Lovelace" }]]);
    await correct(ada, { ssn: "219-09-9992", "holder-last-name": "Lovelace" });
    const found = async (ssn: string) => (await open.vault.search({ indexName: "ssn", values: { ssn } })).hits.length;
    assert.equal(await found("219-09-9991"), 0);
    assert.equal(await found("219-09-9992"), 1);
  });

  test("asks for the other fields of an index instead of opening them", async () => {
    const ada = await put(open.vault, [
      ["person", { "first-name": "Ada", "last-name": "Byron", "birth-date": "1815-12-10" }],
    ]);
    await assert.rejects(correct(ada, { "last-name": "Lovelace" }), (error) => {
      assert.ok(error instanceof VaultError && error.code === "fields-needed");
      assert.deepEqual(error.issues.map((issue) => issue.field).toSorted(), ["person.birth-date", "person.first-name"]);
      return true;
    });
    await correct(ada, { "first-name": "Ada", "last-name": "Lovelace", "birth-date": "1815-12-10" });
    const asked = {
      indexName: "person-name-birth-date",
      values: { "first-name": "Ada", "last-name": "Lovelace", "birth-date": "1815-12-10" },
    };
    assert.equal((await open.vault.search(asked)).hits.length, 1);
    const pack = parsePack((await stored(open.vault, ada)).record.pack);
    assert.deepEqual(
      pack.filter((field) => field.revision === 2).map((field) => field.name),
      ["last-name"],
    );
  });

  test("adds a field of a class that the unit had no key for", async () => {
    const ada = await put(open.vault, [["person", { "first-name": "Ada" }]]);
    await correct(ada, { "annual-income": "50000" });
    const { record } = await stored(open.vault, ada);
    assert.deepEqual(await values(record, ada), { "annual-income": "USD 50000.00", "first-name": "Ada" });
    assert.equal((await values((await open.vault.history(record)).revisions[0]!, ada))["first-name"], "Ada");
  });

  test("of an unknown record, of another type, or that leaves no field is refused", async () => {
    const ada = await put(open.vault, [["person", { "first-name": "Ada" }]]);
    const nobody = { ...ada, recordIds: [ada.customerId] };
    await assert.rejects(correct(nobody, { "first-name": "Eve" }), fails("not-found"));
    await assert.rejects(correct(ada, { ssn: "219-09-9999" }), fails("invalid-field"));
    const nothing = open.vault.prepare({ recordType: "person", fields: {}, mayBeEmpty: true });
    assert.ok(nothing.ok);
    const emptied = {
      ...(await stored(open.vault, ada)).record,
      expectedRevision: null,
      record: nothing.record,
      remove: ["first-name"],
    };
    await assert.rejects(open.vault.correct(emptied, ACTOR), fails("too-many"));
  });
});
