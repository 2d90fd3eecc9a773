// Rows that somebody with the database wrote or changed: they grant, lead and open nothing.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { asCode, asSealed, asToken, type Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { type Statement, sql } from "../postgres/sql.ts";
import { VaultError, type VaultErrorCode } from "./errors.ts";
import { ACTOR, type Somebody, type TestVault, openTestVault, personDraft, put, recordDraft } from "./test-vault.ts";

const fails = (code: VaultErrorCode) => (error: unknown) => error instanceof VaultError && error.code === code;

describe("a row written behind the vault's back", () => {
  let open: TestVault;
  before(async () => {
    open = await openTestVault();
  });
  after(() => open.close());

  const somebody = (): Promise<Somebody> =>
    put(open.vault, [["person", { "first-name": "Ada", "last-name": "Lovelace" }]]);
  const forge = (statement: Statement) => open.db.owner.query(statement);
  const decide = (customerId: Uuid) => open.vault.loadForDecision([{ customerId }]);

  test("is refused as a unit header, whichever column was changed", async () => {
    const changes: readonly Statement[] = [
      sql`kind = 'claim'`,
      sql`entity = 'other-co'`,
      sql`brand = 'beta'`,
      sql`line = 'auto'`,
      sql`book = ${newId()}`,
      sql`status = 'closed'`,
      sql`revision = 2`,
      sql`act = ${newId()}`,
    ];
    for (const change of changes) {
      const { customerId } = await somebody();
      assert.equal((await decide(customerId)).length, 1);
      await forge(sql`update retention_unit set ${change} where customer_id = ${customerId}`);
      await assert.rejects(decide(customerId), fails("forged"));
      assert.deepEqual(await open.vault.loadFiles(open.db.database, [{ customerId, recordTypes: ["person"] }]), [null]);
      assert.deepEqual(await open.vault.loadRecords([customerId]), []);
    }
  });

  test("is refused as a unit header copied from another customer", async () => {
    const [ada, bob] = [await somebody(), await somebody()];
    await forge(
      sql`insert into retention_unit (customer_id, unit_id, kind, entity, brand, line, book, status, revision, act, mac)
        select ${ada.customerId}, unit_id, kind, entity, brand, line, book, status, revision, act, mac
        from retention_unit where customer_id = ${bob.customerId}`,
    );
    await assert.rejects(decide(ada.customerId), fails("forged"));
    assert.equal((await decide(bob.customerId)).length, 1);
  });

  test("is refused as a customer's authority, be it changed, copied or under another revision", async () => {
    const [ada, bob, eve] = [await somebody(), await somebody(), await somebody()];
    await forge(
      sql`update customer set authority = set_byte(authority, 100, (get_byte(authority, 100) + 1) % 256) where customer_id = ${ada.customerId}`,
    );
    await forge(
      sql`update customer c set authority = o.authority from customer o where c.customer_id = ${bob.customerId} and o.customer_id = ${eve.customerId}`,
    );
    await forge(sql`update customer set revision = 2 where customer_id = ${eve.customerId}`);
    for (const { customerId } of [ada, bob, eve]) await assert.rejects(decide(customerId), fails("forged"));
  });

  test("concerns nobody else who asks at the same moment", async () => {
    const [ada, bob] = [await somebody(), await somebody()];
    await forge(sql`update retention_unit set entity = 'other-co' where customer_id = ${ada.customerId}`);
    const [forged, good] = await Promise.allSettled([decide(ada.customerId), decide(bob.customerId)]);
    assert.equal(forged.status, "rejected");
    assert.equal(good.status === "fulfilled" && good.value[0]?.customerId, bob.customerId);
  });

  test("leads no import to another customer", async () => {
    const source = { system: "life", kind: "policy", key: "10009854" };
    const [ada, bob] = [personDraft([recordDraft("person", { "first-name": "Ada" })], [source]), await somebody()];
    await open.vault.create([ada], ACTOR);
    assert.equal((await open.vault.sources([source]))[0]?.customerId, ada.customerId);
    await forge(sql`update source_key set customer_id = ${bob.customerId} where customer_id = ${ada.customerId}`);
    await assert.rejects(open.vault.sources([source]), fails("forged"));
  });

  test("makes no link, suggests nobody and decides no match", async () => {
    const [ada, bob] = [await somebody(), await somebody()];
    const { linkId } = await open.vault.link(
      { from: ada.customerId, to: bob.customerId, kind: "dependant", unitId: null },
      ACTOR,
    );
    await forge(sql`update customer_link set kind = 'representative' where link_id = ${linkId}`);
    await assert.rejects(open.vault.links(ada.customerId), fails("forged"));
    const [low, high] = [ada.customerId, bob.customerId].toSorted() as [Uuid, Uuid];
    await forge(
      sql`insert into match_suggestion (customer_id, other_customer_id, reason, state, created_at, act, mac)
        values (${low}, ${high}, ${asCode("ssn")}, 'same', now(), ${newId()}, ${asToken(Buffer.alloc(36))})`,
    );
    assert.deepEqual(await open.vault.matches({ customerId: low, state: null }), []);
    await forge(sql`update match_suggestion set state = 'open', act = null where customer_id = ${low}`);
    assert.deepEqual(await open.vault.matches({ customerId: low, state: null }), []);
    const decision = { customerId: low, otherCustomerId: high, verdict: "same" } as const;
    await assert.rejects(open.vault.decideMatch(decision, ACTOR), fails("forged"));
  });

  test("with keys of another unit opens nothing, and is not extended either", async () => {
    const [ada, bob] = [await somebody(), await somebody()];
    const [theirs] = await open.db.owner.query<{ pack: Uint8Array }>(
      sql`select pack from unit_key where customer_id = ${bob.customerId}`,
    );
    await forge(sql`update unit_key set pack = ${asSealed(theirs!.pack)} where customer_id = ${ada.customerId}`);
    await assert.rejects(
      open.vault.masked(ada.customerId),
      (error) => error instanceof Error && "code" in error && error.code === "does-not-open",
    );
  });
});
