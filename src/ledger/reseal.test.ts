// Details of entries while their key is rotated: nothing is lost, nobody who may only insert can hide anything, and the old key goes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { asSealed } from "../kernel/bytes.ts";
import { sql } from "../postgres/sql.ts";
import { openTestKeys, type TestKeys } from "../keys/test-keys.ts";
import { systemClock } from "../kernel/clock.ts";
import { checkLedger, type Discrepancy, fileSignerMemory, type Ledger, openLedger, type Sequenced } from "./ledger.ts";
import { insertReseals } from "./store-reseal.ts";
import { appendMany, TEST_ORIGIN, TEST_SHARD } from "./test-ledger.ts";

const ENTRIES = 150;

describe("after rotations of the detail key", () => {
  let world: TestKeys;
  let ledger: Ledger;
  let entries: Sequenced[];
  before(async () => {
    world = await openTestKeys({ refreshSeconds: 0.05, retireAfterSeconds: 0 });
    ledger = await openLedger(options());
    entries = await appendMany(ledger, ENTRIES);
  });
  after(() => world.close());

  const options = () => ({
    database: world.database,
    keys: world.keys,
    clock: systemClock,
    origin: TEST_ORIGIN,
    logShard: TEST_SHARD,
    signerMemory: fileSignerMemory(`${world.folder}/signer`),
  });
  const check = async (): Promise<Discrepancy[]> => Array.fromAsync(checkLedger(options()));
  const resealAll = async (of = ledger) => {
    const total = { resealed: 0, unreadable: 0 };
    for (let from: Parameters<Ledger["resealBatch"]>[0] = null; ;) {
      const { next, resealed, unreadable } = await of.resealBatch(from);
      total.resealed += resealed;
      total.unreadable += unreadable;
      if (next === null) return total;
      from = next;
    }
  };
  /** As an operator may do it who holds the application's role: all it can do is add. */
  const insert = (index: number, sealed: Uint8Array) =>
    insertReseals(world.database, [{ logShard: TEST_SHARD, index, sealed: asSealed(sealed) }]);
  const stored = async (index: number): Promise<Buffer> => {
    const rows = await world.owner.query<{ detail: Buffer }>(
      sql`select detail from ledger_detail_reseal where index = ${index} order by reseal_id desc limit 1`,
    );
    return rows[0]!.detail;
  };
  const rotate = async (): Promise<void> => {
    const { retiring } = await world.keys.rotateDomain("ledger-detail");
    const { unreadable } = await resealAll();
    for (const version of retiring)
      await world.keys.retireVersion("ledger-detail", version, async () => unreadable > 0);
  };

  test("every detail opens and says the same, though the versions it was written under are destroyed", async () => {
    const said = await Promise.all(entries.map(({ entryId }) => ledger.opening(entryId)));
    await rotate();
    await rotate();
    assert.deepEqual(await Promise.all(entries.map(({ entryId }) => ledger.opening(entryId))), said);
    assert.deepEqual(await world.keys.retiringVersions(), []);
    const written = await world.owner.query<{ detail: Buffer }>(sql`select detail from ledger_entry limit 1`);
    assert.equal(
      world.keys.standing("ledger-detail", written[0]!.detail),
      "unknown",
      "what was written first opens no more",
    );
    assert.deepEqual(await check(), []);
  });

  test("going through them again seals nothing twice, and another process may do so at once", async () => {
    assert.deepEqual(await resealAll(), { resealed: 0, unreadable: 0 });
    await world.keys.rotateDomain("ledger-detail");
    const other = await openLedger({ ...options(), keys: await world.reopen() });
    await Promise.all([resealAll(), resealAll(other), appendMany(ledger, 1)]);
    assert.deepEqual(await resealAll(), { resealed: 0, unreadable: 0 });
    assert.deepEqual(await check(), []);
  });

  test("stopped in the middle it is gone on with, and until then both halves open", async () => {
    await world.keys.rotateDomain("ledger-detail");
    const { next, resealed } = await ledger.resealBatch(null);
    assert.ok(next !== null && resealed > 0 && resealed < ENTRIES);
    for (const { entryId } of entries) assert.ok(await ledger.opening(entryId));
    assert.deepEqual(await check(), []);
    assert.equal((await resealAll()).resealed, ENTRIES + 1 - resealed);
  });

  test("what somebody inserts hides no good detail, is found, and is superseded", async () => {
    const foreign = await stored(7);
    for (let nth = 0; nth < 20; nth += 1) await insert(3, nth % 2 === 0 ? Buffer.alloc(80, nth) : foreign);
    const opening = await ledger.opening(entries[3]!.entryId);
    assert.equal(opening?.detail.entryId, entries[3]!.entryId);
    assert.deepEqual(await check(), [{ code: "reseal-does-not-open", index: 3 }]);
    assert.deepEqual(await resealAll(), { resealed: 1, unreadable: 0 });
    assert.deepEqual(await check(), []);
  });

  test("a garbage row that claims the newest version does not get the good one's key destroyed", async () => {
    const { version, retiring } = await world.keys.rotateDomain("ledger-detail");
    const pretended = Buffer.from(await stored(5));
    pretended.writeUInt32BE(version, 1);
    await insert(5, pretended);
    const { unreadable } = await resealAll();
    assert.equal(unreadable, 0);
    for (const old of retiring) await world.keys.retireVersion("ledger-detail", old, async () => unreadable > 0);
    assert.equal((await ledger.opening(entries[5]!.entryId))?.detail.entryId, entries[5]!.entryId);
    assert.deepEqual(await check(), []);
  });

  test("the application's role can neither change nor remove what was sealed again", async () => {
    await assert.rejects(world.database.query(sql`update ledger_detail_reseal set detail = ''`), /permission denied/);
    await assert.rejects(world.database.query(sql`delete from ledger_detail_reseal`), /permission denied/);
    await assert.rejects(world.database.query(sql`update ledger_entry set detail = ''`), /permission denied/);
  });

  test("a detail of which nothing opens is found, and is counted so that no key goes", async () => {
    await world.owner.query(sql`delete from ledger_detail_reseal where index = 9`);
    assert.deepEqual(await check(), [{ code: "detail-does-not-open", index: 9 }]);
    assert.equal((await resealAll()).unreadable, 1);
    await assert.rejects(ledger.opening(entries[9]!.entryId), { code: "corrupt" });
  });

  test("a detail that was spoiled is found though it is still there sealed again", async () => {
    const fresh = (await appendMany(ledger, 1))[0]!;
    await world.keys.rotateDomain("ledger-detail");
    await resealAll();
    await world.owner.query(sql`update ledger_entry set detail = set_byte(detail, 40, (get_byte(detail, 40) + 1) % 256)
      where index = ${fresh.index}`);
    assert.ok((await check()).some(({ code, index }) => code === "detail-does-not-open" && index === fresh.index));
    assert.equal((await ledger.opening(fresh.entryId))?.detail.entryId, fresh.entryId);
  });
});
