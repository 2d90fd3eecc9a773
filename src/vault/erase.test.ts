// Erasure: immediate, of a cost that does not depend on how much there is, swept, and final with a certificate.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import { VaultError, type VaultErrorCode } from "./errors.ts";
import { openFields } from "./open.ts";
import {
  ACTOR,
  RELATIONSHIP,
  type TestVault,
  openTestVault,
  personDraft,
  put,
  recordDraft,
  stored,
} from "./test-vault.ts";
import { newId } from "../kernel/ids.ts";
import { type CustomerDraft, openVault, recordErasureFinal } from "./vault.ts";

const fails = (code: VaultErrorCode) => (error: unknown) => error instanceof VaultError && error.code === code;
const byEmail = { indexName: "email", values: { email: "ada@example.com" } };

describe("erasure", () => {
  let open: TestVault;
  before(async () => {
    open = await openTestVault();
  });
  after(() => open.close());

  const ada = () =>
    put(open.vault, [
      ["person", { "first-name": "Ada" }],
      ["contact", { email: "ada@example.com" }],
    ]);
  const rows = async (
    table:
      | "record"
      | "search_token"
      | "record_history"
      | "source_key"
      | "customer_link"
      | "unit_key"
      | "match_suggestion"
      | "retention_unit",
  ) => {
    const tables = {
      record: sql`record`,
      search_token: sql`search_token`,
      record_history: sql`record_history`,
      source_key: sql`source_key`,
      customer_link: sql`customer_link`,
      unit_key: sql`unit_key`,
      match_suggestion: sql`match_suggestion`,
      retention_unit: sql`retention_unit`,
    };
    const [counted] = await open.db.owner.query<{ rows: number }>(sql`select count(*) as rows from ${tables[table]}`);
    return counted!.rows;
  };

  test("of a customer: nothing opens, is found or can be written any more, from the commit on", async () => {
    const somebody = await ada();
    const former = await stored(open.vault, somebody);
    assert.equal((await open.vault.search(byEmail)).hits.length, 1);
    const { entry } = await open.vault.erase({ customerId: somebody.customerId, unitId: null }, ACTOR);
    assert.equal((await open.ledger.entry(entry.entryId))?.kind, "erasure");
    assert.deepEqual((await open.vault.search(byEmail)).hits, []);
    const now = await stored(open.vault, somebody);
    const request = { record: now.record, unitKey: now.unit.unitKey, fields: ["first-name"] };
    await assert.rejects(openFields(open.keys, open.registry, request), fails("erased"));
    assert.ok((await open.vault.masked(somebody.customerId)).records.every((record) => record.fields === null));
    const [subject] = await open.vault.loadForDecision([somebody]);
    assert.equal(subject?.state.status, "erased");
    assert.equal(subject?.revision, 2);
    const again: CustomerDraft = {
      customerId: somebody.customerId,
      create: null,
      sources: [],
      units: [
        {
          unitId: newId(),
          create: RELATIONSHIP,
          sources: [],
          records: [recordDraft("person", { "first-name": "Ada" })],
        },
      ],
    };
    await assert.rejects(open.vault.create([again], ACTOR), fails("erased"));
    await assert.rejects(open.vault.erase({ customerId: somebody.customerId, unitId: null }, ACTOR), fails("erased"));
    const correction = {
      ...former.record,
      expectedRevision: null,
      record: recordDraft("person", { "first-name": "Eve" }).record,
      remove: [],
    };
    await assert.rejects(open.vault.correct(correction, ACTOR), fails("erased"));
    await open.vault.sweepErased();
  });

  test("of one unit leaves the customer's other units readable", async () => {
    const draft = personDraft([recordDraft("person", { "first-name": "Ada" })]);
    const policy = {
      unitId: newId(),
      create: { ...RELATIONSHIP, kind: "policy" as const },
      sources: [],
      records: [recordDraft("policy", { number: "4711" })],
    };
    await open.vault.create([{ ...draft, units: [...draft.units, policy] }], ACTOR);
    await open.vault.erase({ customerId: draft.customerId, unitId: policy.unitId }, ACTOR);
    const view = await open.vault.masked(draft.customerId);
    assert.equal(view.records.find((record) => record.recordType === "policy")?.fields, null);
    assert.equal(view.records.find((record) => record.recordType === "person")?.fields?.get("first-name"), "A••••");
    assert.deepEqual((await open.vault.search({ indexName: "policy-number", values: { number: "4711" } })).hits, []);
    const [subject] = await open.vault.loadForDecision([draft]);
    assert.equal(subject?.state.status, "active");
    assert.equal(subject?.units.find((unit) => unit.header.unitId === policy.unitId)?.header.status, "erased");
    assert.equal(await open.vault.sweepErased(), 1);
    assert.deepEqual(
      (await open.vault.loadRecords([draft.customerId])).map(({ record }) => record.recordType),
      ["person"],
    );
    await open.vault.erase({ customerId: draft.customerId, unitId: null }, ACTOR);
    await open.vault.sweepErased();
  });

  test("sweeps away every row about the customer but the sealed one that says so", async () => {
    const bob = await put(open.vault, [["contact", { email: "bob@example.com" }]]);
    const kept = await Promise.all(
      (["record", "search_token", "customer_link", "source_key", "unit_key", "retention_unit"] as const).map(rows),
    );
    const source = { system: "life", kind: "customer", key: "1" };
    const draft = personDraft(
      [recordDraft("person", { occupation: "Poet" }), recordDraft("contact", { email: "bob@example.com" })],
      [source],
    );
    const { suggestions } = await open.vault.create([draft], ACTOR);
    assert.equal(suggestions.length, 0);
    const correction = recordDraft("person", { occupation: "Writer" }).record;
    const personId = draft.units[0]!.records[0]!.recordId;
    await open.vault.correct(
      { customerId: draft.customerId, recordId: personId, expectedRevision: 1, record: correction, remove: [] },
      ACTOR,
    );
    await open.vault.link(
      { from: bob.customerId, to: draft.customerId, kind: "beneficiary", unitId: draft.units[0]!.unitId },
      ACTOR,
    );
    await open.vault.erase({ customerId: draft.customerId, unitId: null }, ACTOR);
    await open.vault.sweepErased();
    const left = await Promise.all(
      (["record", "search_token", "customer_link", "source_key", "unit_key", "retention_unit"] as const).map(rows),
    );
    assert.deepEqual(left, kept);
    assert.equal(await rows("record_history"), 0);
    assert.deepEqual(await open.vault.sources([source]), [null]);
    assert.deepEqual(await open.vault.links(bob.customerId), []);
    assert.equal((await open.vault.loadForDecision([draft]))[0]?.state.status, "erased");
    assert.equal(await open.vault.sweepErased(), 0);
  });

  test("nothing is linked by what was erased: sweeping would take the link away, and both its people's files with it", async () => {
    const bob = await put(open.vault, [["contact", { email: "bob@example.com" }]]);
    const draft = personDraft([recordDraft("person", { occupation: "Poet" })]);
    await open.vault.create([draft], ACTOR);
    const [{ customerId: to }, unitId] = [draft, draft.units[0]!.unitId];
    await open.vault.erase({ customerId: to, unitId }, ACTOR);
    const link = { from: bob.customerId, to, kind: "beneficiary" } as const;
    await assert.rejects(open.vault.link({ ...link, unitId }, ACTOR), fails("erased"));
    await open.vault.sweepErased();
    await assert.rejects(open.vault.link({ ...link, unitId }, ACTOR), fails("erased"));
    await open.vault.link({ ...link, unitId: null }, ACTOR);
  });

  test("takes as many statements for many records as for one", async () => {
    const statements = async (records: number): Promise<number> => {
      const draft = personDraft(
        Array.from({ length: records }, (_, nth) => recordDraft("person", { "first-name": `Name${nth}x` })),
      );
      await open.vault.create([draft], ACTOR);
      let count = 0;
      const counting = <On extends Querier>(on: On): On => ({
        ...on,
        query: (statement) => {
          count += 1;
          return on.query(statement);
        },
      });
      const database = {
        ...open.db.database,
        transaction: <Result>(work: (tx: never) => Promise<Result>) =>
          open.db.database.transaction((tx) => work(counting(tx) as never)),
      };
      await openVault({ ...open.parts, database }).erase({ customerId: draft.customerId, unitId: null }, ACTOR);
      return count;
    };
    assert.equal(await statements(500), await statements(1));
  });

  test("becomes final with a certificate that the ledger commits to, and what was put back from a backup does not open", async () => {
    const somebody = await ada();
    const backup = await open.db.owner.query(sql`select * from unit_key where customer_id = ${somebody.customerId}`);
    assert.equal(backup.length, 1);
    const old = await stored(open.vault, somebody);
    const { erasureId } = await open.vault.erase({ customerId: somebody.customerId, unitId: null }, ACTOR);
    const recordFinal = recordErasureFinal({
      ledger: open.ledger,
      actor: ACTOR,
      residueOf: async () => ({ openingsHandedOut: 2, mentions: [], handedOut: [], handedOutBesides: 0 }),
    });
    const report = await open.keys.finishErasures({ recordFinal });
    assert.ok(report.final.includes(erasureId));
    await assert.rejects(
      openFields(open.keys, open.registry, { record: old.record, unitKey: old.unit.unitKey, fields: ["first-name"] }),
      (error) => error instanceof Error && "code" in error && error.code === "erased",
    );
    const certificate = JSON.parse(
      Buffer.from((await open.keys.erasureCertificate(open.db.database, erasureId))!).toString("utf8"),
    );
    assert.equal(certificate.customer, somebody.customerId);
    assert.equal(certificate.scope, "customer");
    assert.equal(certificate.remains.openingsHandedOut, 2);
    assert.ok(Date.parse(certificate.finalAt) >= Date.parse(certificate.requestedAt));
    const { items } = await open.ledger.accounting(somebody.customerId, {}, {});
    assert.ok(items.some((entry) => entry.kind === "erasure-final"));
  });
});
