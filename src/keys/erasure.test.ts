// Erasure as it should go: what is erased is gone, what is not stays open.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { asPublicBytes, utf8 } from "../kernel/bytes.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { script } from "../postgres/sql.ts";
import type { Keys, MadeUnitKeys, UnitKeyRow, UnitPlace } from "./keys.ts";
import {
  LEASE_SECONDS,
  LONG_LEASE_SECONDS,
  type TestKeys,
  erase,
  newPlace,
  noCertificate,
  openTestKeys,
  placesInBucketOf,
  storeNewUnit,
  storedRow,
} from "./test-keys.ts";

let world: TestKeys;
let keys: Keys;
let row: UnitKeyRow;
let siblings: UnitKeyRow[];

before(async () => {
  world = await openTestKeys({ leaseSeconds: LEASE_SECONDS });
  ({ keys } = world);
});
beforeEach(async () => {
  await world.owner.query(script("delete from erasure; delete from unit_key"));
  row = await storeNewUnit(world.database, keys);
  siblings = [];
  for (const place of await placesInBucketOf(keys, row, 2))
    siblings.push(await storeNewUnit(world.database, keys, place));
  siblings.push(await storeNewUnit(world.database, keys, newPlace(row.customerId)));
});
after(() => world.close());

const healthOf = async (opener: Keys, of: UnitKeyRow): Promise<string> => {
  const key = (await opener.openUnitKeys(of)).get("health");
  assert.ok(key);
  return Buffer.from(key.key).toString("hex");
};

const assertOpens = async (opener: Keys, place: UnitPlace): Promise<void> => {
  const stored = await storedRow(world.database, place);
  assert.ok(stored);
  assert.equal((await healthOf(opener, stored)).length, 64);
};

describe("the first step", () => {
  test("takes the keys of one unit away and leaves its customer's others", async () => {
    await erase(world.database, keys, row);
    assert.equal(await storedRow(world.database, row), undefined);
    for (const sibling of siblings) await assertOpens(keys, sibling);
  });

  test("takes the keys of all units of a customer", async () => {
    await erase(world.database, keys, { customerId: row.customerId, unitId: null });
    assert.equal(await storedRow(world.database, row), undefined);
    assert.equal(await storedRow(world.database, siblings[2] ?? row), undefined);
    await assertOpens(keys, siblings[0] ?? row);
  });

  test("is undone with the caller's transaction", async () => {
    const failing = world.database.transaction(async (tx) => {
      await keys.requestErasure(tx, { erasureId: newId(), customerId: row.customerId, unitId: null, act: newId() });
      throw new Error("the ledger refused");
    });
    await assert.rejects(failing, /the ledger refused/);
    await assertOpens(keys, row);
    assert.deepEqual(await keys.erasuresOf(world.database, row.customerId), []);
  });

  test("keeps new keys from the erased unit, and from any unit of an erased customer", async () => {
    const late = await keys.newUnitKeys(newPlace(row.customerId), ["identity"]);
    await erase(world.database, keys, row);
    const ensure = (place: UnitPlace) =>
      world.database.transaction((tx) => keys.ensureUnitKeys(tx, place, ["identity"]));
    await assert.rejects(ensure(row), { code: "erased" });
    await ensure(newPlace(row.customerId));
    await erase(world.database, keys, { customerId: row.customerId, unitId: null });
    await assert.rejects(ensure(newPlace(row.customerId)), { code: "erased" });
    await assert.rejects(
      world.database.transaction((tx) => keys.writeUnitKeys(tx, [late])),
      { code: "erased" },
    );
  });
});

describe("the second step", () => {
  test("makes an erasure final, once, with what the hook records and certifies", async () => {
    const erasureId = await erase(world.database, keys, row);
    const seen: unknown[] = [];
    const certificate = asPublicBytes(utf8("signed certificate"));
    const hooks = {
      recordFinal: async (_: unknown, erasure: { erasureId: Uuid; state: string; finalAt: Date | null }) => {
        seen.push([erasure.erasureId, erasure.state, erasure.finalAt !== null]);
        return certificate;
      },
    };
    const report = await keys.finishErasures(hooks);
    assert.deepEqual(report, { final: [erasureId], rewrapped: [row.bucket], held: [], forged: [] });
    assert.deepEqual(await keys.finishErasures(hooks), { final: [], rewrapped: [], held: [], forged: [] });
    assert.deepEqual(seen, [[erasureId, "final", true]]);
    assert.equal((await keys.erasure(world.database, erasureId)).state, "final");
    assert.deepEqual(
      Buffer.from((await keys.erasureCertificate(world.database, erasureId)) ?? []),
      Buffer.from(certificate),
    );
  });

  test("leaves the siblings open, with the keys they had", async () => {
    const expected = await Promise.all(siblings.map((sibling) => healthOf(keys, sibling)));
    await erase(world.database, keys, row);
    await keys.finishErasures(noCertificate);
    const restarted = await world.reopen();
    for (const [at, sibling] of siblings.entries()) {
      const stored = await storedRow(world.database, sibling);
      assert.ok(stored);
      assert.equal(stored.bucketVersion, row.bucketVersion + 1);
      assert.equal(await healthOf(restarted, stored), expected[at]);
      // A reader who fetched the row before the rewrap is not sent away.
      assert.equal(await healthOf(restarted, sibling), expected[at]);
    }
  });

  test("leaves the store with one key a bucket", async () => {
    await erase(world.database, keys, row);
    await keys.finishErasures(noCertificate);
    const stored = await world.keyring.buckets.read(row.bucket);
    assert.deepEqual(
      stored.map(({ version }) => version),
      [row.bucketVersion + 1],
    );
  });

  test("shares one rewrap among the erasures of a bucket", async () => {
    const erasures = [await erase(world.database, keys, row), await erase(world.database, keys, siblings[0] ?? row)];
    const { final, rewrapped } = await keys.finishErasures(noCertificate);
    assert.deepEqual(final.toSorted(), erasures.toSorted());
    assert.deepEqual(rewrapped, [row.bucket]);
  });

  test("is not final before every lease has run out", async () => {
    const [slow, holder] = [await world.reopen({ leaseSeconds: 1 }), await world.reopen({ leaseSeconds: 1 })];
    const held = await holder.openUnitKeys(row);
    await erase(world.database, keys, row);
    const finishing = slow.finishErasures({
      recordFinal: async () => {
        assert.throws(() => held.get("health"), { code: "lease-expired" });
        return null;
      },
    });
    assert.ok(held.get("health"));
    assert.equal((await finishing).final.length, 1);
  });

  test("tells once more what a failing hook left open", async () => {
    const erasureId = await erase(world.database, keys, row);
    const refusing = { recordFinal: () => Promise.reject(new Error("the ledger refused")) };
    await assert.rejects(keys.finishErasures(refusing), /the ledger refused/);
    assert.equal((await keys.erasure(world.database, erasureId)).state, "rewrapped");
    assert.deepEqual((await keys.finishErasures(noCertificate)).final, [erasureId]);
  });

  test("lets wrapped keys be exported between the rewrap and the end of the old key", async () => {
    await erase(world.database, keys, row);
    const versions: number[][] = [];
    await keys.finishErasures({
      ...noCertificate,
      exportWrappedKeys: async (bucket) => {
        const stored = await world.keyring.buckets.read(bucket);
        versions.push([
          ...stored.map(({ version }) => version),
          (await storedRow(world.database, siblings[0] ?? row))?.bucketVersion ?? 0,
        ]);
      },
    });
    const [old, next] = [row.bucketVersion, row.bucketVersion + 1];
    assert.deepEqual(versions, [[old, next, next]]);
  });

  test("run by several processes at once ends once", async () => {
    const erasureId = await erase(world.database, keys, row);
    const processes = await Promise.all([world.reopen(), world.reopen(), world.reopen()]);
    const reports = await Promise.all(processes.map((process) => process.finishErasures(noCertificate)));
    assert.deepEqual(
      reports.flatMap(({ final }) => final),
      [erasureId],
    );
    for (const sibling of siblings) await assertOpens(await world.reopen(), sibling);
  });
});

test("in a bucket with hundreds of units every other one still opens", async () => {
  const customerId = newId();
  const maker = await world.reopen({ leaseSeconds: LONG_LEASE_SECONDS });
  const made: MadeUnitKeys[] = [];
  for (let count = 0; count < 450; count += 1)
    made.push(await maker.newUnitKeys(newPlace(customerId), ["identity", "health"]));
  const [erased, ...kept] = await world.database.transaction((tx) => maker.writeUnitKeys(tx, made));
  assert.ok(erased);
  await erase(world.database, keys, erased);
  assert.equal((await keys.finishErasures(noCertificate)).final.length, 1);
  const restarted = await world.reopen({ leaseSeconds: LONG_LEASE_SECONDS });
  for (const [at, each] of kept.entries()) {
    const expected = made[at + 1]?.keys.get("health");
    assert.ok(expected);
    assert.equal(await healthOf(restarted, each), Buffer.from(expected.key).toString("hex"));
  }
});
