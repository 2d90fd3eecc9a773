// Verification of stored rows against the ledger, one kind of tampering after the other.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { asCode, asSealed, asToken, type Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { checkLedger } from "../ledger/ledger.ts";
import { type Statement, sql } from "../postgres/sql.ts";
import { ACTOR, TEST_SHARD, type Somebody, type TestVault, openTestVault, put, recordDraft } from "./test-vault.ts";
import { type Finding, ledgerFacts, verificationRanges, verifyRange } from "./vault.ts";

describe("verification", () => {
  let open: TestVault;
  before(async () => {
    open = await openTestVault();
  });
  after(() => open.close());

  const openDetail = async (entryId: Uuid) => (await open.ledger.opening(entryId))?.detail ?? null;

  const newestDetails = async (customerId: Uuid) => {
    const { items } = await open.ledger.accounting(customerId, {}, {});
    return (await Promise.all(items.map(({ entryId }) => openDetail(entryId)))).filter((detail) => detail !== null);
  };

  async function gatherFacts(range: Parameters<typeof ledgerFacts>[0]) {
    const facts = ledgerFacts(range);
    const options = { database: open.db.database, keys: open.keys, origin: open.ledger.origin, logShard: TEST_SHARD };
    for await (const discrepancy of checkLedger({ ...options, onEntry: ({ detail }) => facts.add(detail) })) {
      assert.fail(`the ledger itself is at fault: ${discrepancy.code}`);
    }
    return facts;
  }

  async function verify(recordsEach = 1000): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const range of await verificationRanges(open.db.database, recordsEach)) {
      const facts = await gatherFacts(range);
      const parts = { database: open.db.database, keys: open.keys, registry: open.registry, openDetail, newestDetails };
      for await (const finding of verifyRange(parts, facts)) findings.push(finding);
    }
    return findings;
  }

  const somebody = (email = `${newId()}@example.com`) =>
    put(open.vault, [["contact", { email, phone: "701-555-0143" }]]);
  const codesOf = async (who: Somebody): Promise<string[]> => {
    const findings = await verify();
    assert.ok(
      findings.every((finding) => finding.customerId === who.customerId),
      "somebody else was accused",
    );
    return findings.map((finding) => finding.code).toSorted();
  };
  /** Runs a statement as the database's owner, says what verification finds, and puts everything right again. */
  async function found(who: Somebody, ...forgeries: Statement[]): Promise<string[]> {
    const tables = [
      sql`record`,
      sql`record_history`,
      sql`search_token`,
      sql`unit_key`,
      sql`retention_unit`,
      sql`customer`,
    ];
    const backups = [sql`b_record`, sql`b_history`, sql`b_token`, sql`b_key`, sql`b_unit`, sql`b_customer`];
    for (const [at, table] of tables.entries())
      await open.db.owner.query(sql`create table ${backups[at]!} as table ${table}`);
    for (const forgery of forgeries) await open.db.owner.query(forgery);
    const codes = await codesOf(who);
    for (const [at, table] of tables.entries()) {
      await open.db.owner.query(sql`delete from ${table}`);
      await open.db.owner.query(sql`insert into ${table} select * from ${backups[at]!}`);
      await open.db.owner.query(sql`drop table ${backups[at]!}`);
    }
    return codes;
  }
  const of = (who: Somebody): Statement => sql`customer_id = ${who.customerId}`;

  test("finds nothing wrong with what the vault wrote, whatever happened to it", async () => {
    const [ada, bob] = [await somebody(), await somebody()];
    const correct = (phone: string, email: string) => {
      const { record } = recordDraft("contact", { phone, email });
      return open.vault.correct(
        { customerId: ada.customerId, recordId: ada.recordIds[0]!, expectedRevision: null, record, remove: [] },
        ACTOR,
      );
    };
    await correct("701-555-0111", "ada@example.com");
    await correct("701-555-0112", "ada@example.com");
    await open.vault.link({ from: ada.customerId, to: bob.customerId, kind: "household", unitId: null }, ACTOR);
    await open.vault.changeUnit({ customerId: ada.customerId, unitId: ada.unitId, status: "closed" }, ACTOR);
    const unit = await somebody();
    await open.vault.erase({ customerId: unit.customerId, unitId: unit.unitId }, ACTOR);
    const whole = await somebody();
    await open.vault.erase({ customerId: whole.customerId, unitId: null }, ACTOR);
    assert.deepEqual(await verify(), []);
    assert.deepEqual(await verify(1), [], "in small ranges");
    await open.vault.sweepErased();
    assert.deepEqual(await verify(), []);
  });

  test("tells a record that was altered in any column, an extra one and a missing one", async () => {
    const ada = await somebody();
    const bob = await somebody();
    const changes = [
      sql`pack = set_byte(pack, 60, (get_byte(pack, 60) + 1) % 256)`,
      sql`checks = set_byte(checks, 60, (get_byte(checks, 60) + 1) % 256)`,
      sql`schema_version = 2`,
      sql`record_type = 'person'`,
    ];
    for (const change of changes)
      assert.deepEqual(await found(ada, sql`update record set ${change} where ${of(ada)}`), ["altered"]);
    assert.deepEqual(await found(ada, sql`delete from record where ${of(ada)}`), ["missing", "token-extra"]);
    const copy = sql`insert into record select customer_id, ${newId()}, unit_id, record_type, schema_version, revision, pack, checks, act from record where ${of(ada)}`;
    assert.deepEqual(await found(ada, copy), ["extra"]);
    const swap = sql`update record r set pack = o.pack, checks = o.checks from record o where r.${of(ada)} and o.${of(bob)}`;
    assert.deepEqual(await found(ada, swap), ["altered"]);
  });

  test("tells an older revision that was put back, of a record, a unit and a customer, although its seals are good", async () => {
    const ada = await somebody();
    await open.db.owner.query(sql`create table old_unit as select * from retention_unit where ${of(ada)}`);
    await open.db.owner.query(sql`create table old_customer as select * from customer where ${of(ada)}`);
    await open.vault.changeUnit({ customerId: ada.customerId, unitId: ada.unitId, status: "closed" }, ACTOR);
    const { record } = recordDraft("contact", { email: "new@example.com" });
    await open.vault.correct(
      { customerId: ada.customerId, recordId: ada.recordIds[0]!, expectedRevision: 1, record, remove: [] },
      ACTOR,
    );
    assert.deepEqual(await verify(), []);
    const aged = sql`update record r set revision = h.revision, pack = h.pack, checks = h.checks, act = h.act
      from record_history h where r.${of(ada)} and h.record_id = r.record_id`;
    assert.ok((await found(ada, aged)).includes("aged"));
    const unit = sql`update retention_unit u set status = o.status, revision = o.revision, act = o.act, mac = o.mac from old_unit o where u.unit_id = o.unit_id`;
    assert.deepEqual(await found(ada, unit), ["unit-aged"]);
    const customer = sql`update customer c set revision = o.revision, act = o.act, authority = o.authority from old_customer o where c.customer_id = o.customer_id`;
    assert.deepEqual(await found(ada, customer), ["customer-aged"]);
  });

  test("tells history that was altered, removed or invented", async () => {
    const ada = await somebody();
    const { record } = recordDraft("contact", { email: "newer@example.com" });
    await open.vault.correct(
      { customerId: ada.customerId, recordId: ada.recordIds[0]!, expectedRevision: 1, record, remove: [] },
      ACTOR,
    );
    assert.deepEqual(await found(ada, sql`delete from record_history where ${of(ada)}`), ["history-missing"]);
    const altered = sql`update record_history set pack = set_byte(pack, 60, (get_byte(pack, 60) + 1) % 256) where ${of(ada)}`;
    assert.deepEqual(await found(ada, altered), ["history-altered"]);
    const invented = sql`insert into record_history select customer_id, record_id, 9, unit_id, record_type, schema_version, pack, checks, act
      from record_history where ${of(ada)}`;
    assert.deepEqual(await found(ada, invented), ["history-extra"]);
  });

  test("tells forged headers, missing keys and keys that do not open", async () => {
    const ada = await somebody();
    assert.deepEqual(await found(ada, sql`update retention_unit set entity = 'other-co' where ${of(ada)}`), [
      "unit-forged",
    ]);
    assert.deepEqual(await found(ada, sql`delete from retention_unit where ${of(ada)}`), [
      "unit-missing",
      "unit-missing",
    ]);
    assert.deepEqual(await found(ada, sql`update customer set revision = 7 where ${of(ada)}`), ["customer-forged"]);
    assert.deepEqual(await found(ada, sql`delete from customer where ${of(ada)}`), ["customer-missing"]);
    assert.deepEqual(await found(ada, sql`delete from unit_key where ${of(ada)}`), ["key-missing"]);
    const [key] = await open.db.owner.query<{ pack: Uint8Array }>(sql`select pack from unit_key where ${of(ada)}`);
    const spoiled = Buffer.from(key!.pack);
    spoiled[spoiled.length - 1] = (spoiled.at(-1) ?? 0) ^ 1;
    assert.deepEqual(await found(ada, sql`update unit_key set pack = ${asSealed(spoiled)} where ${of(ada)}`), [
      "key-does-not-open",
    ]);
  });

  test("tells search tokens that were removed or added", async () => {
    const ada = await somebody();
    assert.deepEqual(await found(ada, sql`delete from search_token where ${of(ada)} and index_name = 'email'`), [
      "token-missing",
    ]);
    const added = sql`insert into search_token (token, customer_id, record_id, index_name, key_version)
      values (${asToken(Buffer.alloc(16, 7))}, ${ada.customerId}, ${ada.recordIds[0]!}, ${asCode("email")}, 1)`;
    assert.deepEqual(await found(ada, added), ["token-extra"]);
  });

  test("tells rows of the erased that stand although the erasure is said to be swept, of a customer and of a unit", async () => {
    for (const isWhole of [true, false]) {
      const who = await somebody();
      const rows = sql`customer_id = ${who.customerId}`;
      await open.db.owner.query(sql`create table b_record as select * from record where ${rows}`);
      await open.vault.erase({ customerId: who.customerId, unitId: isWhole ? null : who.unitId }, ACTOR);
      await open.vault.sweepErased();
      assert.deepEqual(await verify(), []);
      await open.db.owner.query(sql`insert into record select * from b_record`);
      assert.deepEqual(await codesOf(who), ["erasure-remains"]);
      await open.db.owner.query(sql`delete from record where ${rows}`);
      await open.db.owner.query(sql`drop table b_record`);
    }
  });

  test("takes what was written while it ran for what it is", async () => {
    const [ada, gone, swept] = [await somebody(), await somebody(), await somebody()];
    const facts = await gatherFacts({ from: null, to: null });
    await open.vault.erase({ customerId: swept.customerId, unitId: swept.unitId }, ACTOR);
    await open.vault.sweepErased();
    const { record } = recordDraft("contact", { email: "later@example.com" });
    await open.vault.correct(
      { customerId: ada.customerId, recordId: ada.recordIds[0]!, expectedRevision: 1, record, remove: [] },
      ACTOR,
    );
    const born = await somebody();
    await open.vault.erase({ customerId: gone.customerId, unitId: null }, ACTOR);
    const parts = { database: open.db.database, keys: open.keys, registry: open.registry, openDetail, newestDetails };
    for await (const finding of verifyRange(parts, facts)) assert.fail(`${finding.code} was found`);
    assert.equal((await open.vault.loadForDecision([born])).length, 1);
  });
});
