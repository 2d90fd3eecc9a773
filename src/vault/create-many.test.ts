// Writing in bulk: few statements, all or nothing, and the keys of source systems.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Querier } from "../postgres/database.ts";
import { newId } from "../kernel/ids.ts";
import { sql } from "../postgres/sql.ts";
import { createMany } from "./create-many.ts";
import type { CustomerDraft } from "./drafts.ts";
import { VaultError, type VaultErrorCode } from "./errors.ts";
import { sealRecords } from "./seal-record.ts";
import { ACTOR, RELATIONSHIP, type TestVault, openTestVault, personDraft, put, recordDraft } from "./test-vault.ts";
import { entryFor } from "./vault.ts";

const fails = (code: VaultErrorCode) => (error: unknown) => error instanceof VaultError && error.code === code;

describe("writing many", () => {
  let open: TestVault;
  before(async () => {
    open = await openTestVault();
  });
  after(() => open.close());

  const many = (count: number): CustomerDraft[] =>
    Array.from({ length: count }, (_, nth) => {
      const key = newId();
      return personDraft(
        [
          recordDraft("person", { "first-name": `Name${nth}x` }, { system: "a01", kind: "party", key }),
          recordDraft("contact", { email: `${key}@example.com` }),
        ],
        [{ system: "a01", kind: "customer", key }],
      );
    });

  test("takes as many statements for five hundred customers as for one", async () => {
    const statements = async (drafts: readonly CustomerDraft[]): Promise<number> => {
      let count = 0;
      await open.db.database.transaction(async (tx) => {
        const counting: Querier["query"] = (statement) => {
          count += 1;
          return tx.query(statement);
        };
        const act = newId();
        const { written } = await createMany(open.parts, { ...tx, query: counting }, act, { drafts });
        await open.ledger.appendIn(tx, [entryFor({ entryId: act, kind: "import" }, ACTOR, written)]);
      });
      return count;
    };
    assert.equal(await statements(many(500)), await statements(many(1)));
  });

  test("seals wherever it is told to, and gives the ledger a digest of each record", async () => {
    const drafts = many(3);
    let sealed = 0;
    await open.db.database.transaction(async (tx) => {
      const act = newId();
      const seal = async (jobs: readonly Parameters<typeof sealRecords>[1][number][]) => {
        // What a worker thread would be sent.
        const copies = structuredClone(jobs);
        sealed += copies.length;
        return sealRecords({ registry: open.registry, keys: open.keys }, copies);
      };
      const { written } = await createMany(open.parts, tx, act, { drafts, options: { seal } });
      await open.ledger.appendIn(tx, [entryFor({ entryId: act, kind: "import" }, ACTOR, written)]);
      assert.equal(written.writes.length, 6);
      assert.ok(written.writes.every((write) => /^[0-9a-f]{64}$/.test(write.digest)));
    });
    assert.equal(sealed, 6);
    assert.equal((await open.vault.masked(drafts[0]!.customerId)).records.length, 2);
  });

  test("writes all or nothing", async () => {
    const [good, bad] = [
      personDraft([recordDraft("person", { "first-name": "Ada" })]),
      personDraft([recordDraft("claim", { number: "7" })]),
    ];
    await assert.rejects(open.vault.create([good, bad], ACTOR), fails("unit-kind"));
    assert.deepEqual(await open.vault.loadForDecision([good]), []);
  });

  test("adds units and records to a customer who exists, and to one of their units", async () => {
    const ada = await put(open.vault, [["person", { "first-name": "Ada" }]]);
    const policy = {
      unitId: newId(),
      create: { ...RELATIONSHIP, kind: "policy" as const },
      sources: [],
      records: [recordDraft("policy", { number: "4712" })],
    };
    const known = {
      unitId: ada.unitId,
      create: null,
      sources: [],
      records: [recordDraft("contact", { email: "ada@example.com" })],
    };
    const { entry } = await open.vault.create(
      [{ customerId: ada.customerId, create: null, sources: [], units: [policy, known] }],
      ACTOR,
    );
    assert.equal((await open.ledger.entry(entry.entryId))?.kind, "record-create");
    const { records } = await open.vault.masked(ada.customerId);
    assert.deepEqual(records.map((record) => record.recordType).toSorted(), ["contact", "person", "policy"]);
    assert.ok(records.every((record) => record.fields !== null));
  });

  test("refuses a customer or unit that does not exist, and one of somebody else", async () => {
    const [ada, bob] = [
      await put(open.vault, [["person", { "first-name": "Ada" }]]),
      await put(open.vault, [["person", { "first-name": "Bob" }]]),
    ];
    const into = (customerId: typeof ada.customerId, unitId: typeof ada.unitId): CustomerDraft => {
      return {
        customerId,
        create: null,
        sources: [],
        units: [{ unitId, create: null, sources: [], records: [recordDraft("person", { "first-name": "Eve" })] }],
      };
    };
    await assert.rejects(open.vault.create([into(newId(), ada.unitId)], ACTOR), fails("not-found"));
    await assert.rejects(open.vault.create([into(ada.customerId, newId())], ACTOR), fails("not-found"));
    await assert.rejects(open.vault.create([into(ada.customerId, bob.unitId)], ACTOR), fails("not-found"));
  });

  test("refuses more than one entry can speak of", async () => {
    const records = Array.from({ length: 2501 }, () => recordDraft("person", { "first-name": "Ada" }));
    await assert.rejects(open.vault.create([personDraft(records)], ACTOR), fails("too-many"));
  });

  test("finds by source keys where customer, unit and record lie, and knows unchanged content", async () => {
    const source = { system: "life", kind: "policy-record", key: "10009854" };
    const record = recordDraft("policy", { number: "10009854", "annual-premium": "134" }, source);
    const unitSource = { system: "life", kind: "policy", key: "10009854" };
    const customerSource = { system: "life", kind: "customer", key: "10044698" };
    const unit = {
      unitId: newId(),
      create: { ...RELATIONSHIP, kind: "policy" as const },
      sources: [unitSource],
      records: [record],
    };
    const draft: CustomerDraft = {
      customerId: newId(),
      create: { kind: "person" },
      sources: [customerSource],
      units: [unit],
    };
    await open.vault.create([draft], ACTOR);
    const [customer, policy, line, unknown] = await open.vault.sources([
      customerSource,
      unitSource,
      source,
      { ...source, key: "1" },
    ]);
    assert.deepEqual([customer?.customerId, customer?.unitId, customer?.recordId], [draft.customerId, null, null]);
    assert.deepEqual([policy?.unitId, policy?.recordId], [unit.unitId, null]);
    assert.equal(line?.recordId, record.recordId);
    assert.equal(unknown, null);
    assert.ok(open.vault.isUnchanged(line!, record.record));
    const changed = recordDraft("policy", { number: "10009854", "annual-premium": "135" }).record;
    assert.ok(!open.vault.isUnchanged(line!, changed));
    await open.vault.correct(
      {
        customerId: draft.customerId,
        recordId: record.recordId,
        expectedRevision: null,
        record: changed,
        remove: [],
        source,
      },
      ACTOR,
    );
    assert.ok(open.vault.isUnchanged((await open.vault.sources([source]))[0]!, changed));
  });

  test("refuses a source key that leads elsewhere already, in the database or in the same batch", async () => {
    const source = { system: "a01", kind: "customer", key: "AA000001" };
    const drafts = [personDraft([], [source]), personDraft([], [source])];
    await assert.rejects(open.vault.create(drafts, ACTOR), fails("duplicate-source"));
    await open.vault.create([drafts[0]!], ACTOR);
    await assert.rejects(open.vault.create([drafts[1]!], ACTOR), fails("duplicate-source"));
  });

  test("names no value and no unknown field name when it refuses one", () => {
    const prepared = open.vault.prepare({
      recordType: "government-id",
      fields: { ssn: "219-09-99x9", "219-09-9999": "secret", "tax-id": "y".repeat(70_000) },
    });
    assert.ok(!prepared.ok);
    assert.equal(prepared.issues.length, 3);
    assert.deepEqual(
      prepared.issues.find((issue) => issue.reason === "unknown-field"),
      { field: "government-id", reason: "unknown-field" },
    );
    assert.deepEqual(
      prepared.issues.find((issue) => issue.reason === "too-long"),
      { field: "government-id.tax-id", reason: "too-long" },
    );
    assert.ok(!/219|secret|yyy/.test(JSON.stringify(prepared.issues)));
    const fields = Object.fromEntries(Array.from({ length: 201 }, (_, nth) => [`field-${nth}`, "x"]));
    assert.throws(() => open.vault.prepare({ recordType: "person", fields }), fails("too-many"));
    assert.throws(() => open.vault.prepare({ recordType: "nothing", fields: {} }), fails("unknown-record-type"));
  });

  test("leaves a batch whose ledger entry fails unwritten", async () => {
    const draft = personDraft([recordDraft("person", { "first-name": "Ada" })]);
    await assert.rejects(open.vault.create([draft], { ...ACTOR, actorId: newId(), actorRevision: 7 }));
    const [left] = await open.db.owner.query<{ rows: number }>(
      sql`select count(*) as rows from record where customer_id = ${draft.customerId}`,
    );
    assert.equal(left!.rows, 0);
  });
});
