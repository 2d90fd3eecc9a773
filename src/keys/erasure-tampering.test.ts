// Erasure against who writes to the database behind the application, and against restores.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { asPublicBytes, utf8 } from "../kernel/bytes.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { script, sql } from "../postgres/sql.ts";
import type { Keys, UnitKeyRow, UnitPlace } from "./keys.ts";
import {
  LEASE_SECONDS,
  type TestKeys,
  backUp,
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

describe("what a thief or a restore puts back", () => {
  let putBack: () => Promise<void>;
  beforeEach(async () => {
    putBack = await backUp(world.owner);
  });
  // The buckets' rows follow the store again.
  afterEach(() => matchStore(world, row.bucket));

  test("opens nothing: all earlier content of the database, with today's bucket store", async () => {
    await erase(world.database, keys, row);
    await keys.finishErasures(noCertificate);
    await putBack();
    const thief = await world.reopen();
    assert.deepEqual(await storedRow(world.database, row), row);
    await assert.rejects(thief.openUnitKeys(row), { code: "erased" });
  });

  test("opens nothing under a bucket version that is claimed to be today's", async () => {
    await erase(world.database, keys, row);
    await keys.finishErasures(noCertificate);
    const thief = await world.reopen();
    const claimed = { ...row, bucketVersion: row.bucketVersion + 1 };
    await assert.rejects(async () => (await thief.openUnitKeys(claimed)).get("health"), { code: "does-not-open" });
  });

  test("does not have the living keys of its bucket destroyed", async () => {
    await erase(world.database, keys, row);
    await keys.finishErasures(noCertificate);
    await putBack();
    const restored = await world.reopen();
    await erase(world.database, restored, siblings[0] ?? row);
    const { held, final } = await restored.finishErasures(noCertificate);
    assert.deepEqual(final, []);
    assert.deepEqual(held, [{ bucket: row.bucket, reason: "bucket-key-missing", damaged: [] }]);
    const stored = await world.keyring.buckets.read(row.bucket);
    assert.deepEqual(
      stored.map(({ version }) => version),
      [row.bucketVersion + 1],
    );
    const unit = world.database.transaction((tx) =>
      restored.ensureUnitKeys(tx, newPlace(row.customerId), ["identity"]),
    );
    await assert.rejects(unit, { code: "bucket-key-missing" });
  });

  test("is not rewrapped when it is put back between the two steps", async () => {
    await erase(world.database, keys, row);
    await putBackRow(world, row);
    const rewrapped: unknown[] = [];
    const exportWrappedKeys = async (): Promise<void> => void rewrapped.push(await storedRow(world.database, row));
    await keys.finishErasures({ ...noCertificate, exportWrappedKeys });
    // Once would be enough: the database's log keeps it.
    assert.deepEqual(rewrapped, [undefined]);
    await assert.rejects((await world.reopen()).openUnitKeys(row), { code: "erased" });
  });

  test("is not kept alive by an erasure that was hidden while a rewrap ran", async () => {
    const hidden = await erase(world.database, keys, row);
    const [mac] = await world.owner.query<{ mac: Uint8Array; requested: Date; act: Uuid }>(
      sql`select mac, requested_at as requested, act from erasure where erasure_id = ${hidden}`,
    );
    assert.ok(mac);
    await world.owner.query(sql`delete from erasure`);
    await putBackRow(world, row);
    await erase(world.database, keys, siblings[0] ?? row);
    await keys.finishErasures(noCertificate);
    const stolen = await storedRow(world.database, row);
    assert.ok(stolen);
    await world.owner.query(
      sql`insert into erasure (erasure_id, customer_id, unit_id, state, bucket, requested_at, act, mac)
        values (${hidden}, ${row.customerId}, ${row.unitId}, 'requested', ${row.bucket}, ${mac.requested}, ${mac.act}, ${asPublicBytes(mac.mac)})`,
    );
    assert.deepEqual((await keys.finishErasures(noCertificate)).final, [hidden]);
    await putBackRow(world, stolen);
    await assert.rejects((await world.reopen()).openUnitKeys(stolen), { code: "erased" });
  });
});

describe("a row that the application did not write", () => {
  test("neither erases nor is certified", async () => {
    const forged = newId();
    await world.owner.query(
      sql`insert into erasure (erasure_id, customer_id, unit_id, state, bucket, requested_at, act, mac)
        values (${forged}, ${row.customerId}, null, 'requested', ${row.bucket}, ${new Date()}, ${newId()}, ${asPublicBytes(Buffer.alloc(36))})`,
    );
    const asked = await erase(world.database, keys, siblings[0] ?? row);
    const report = await keys.finishErasures(noCertificate);
    assert.deepEqual([report.final, report.forged], [[asked], [forged]]);
    await assertOpens(keys, row);
    await assert.rejects(keys.erasure(world.database, forged), { code: "forged-erasure" });
  });

  for (const [what, change] of [
    ["another state", sql`state = 'rewrapped', rewrapped_version = 1`],
    ["another customer", sql`customer_id = unit_id`],
    ["the whole customer", sql`unit_id = null`],
    ["another bucket", sql`bucket = (bucket + 1) % 4096`],
  ] as const) {
    test(`cannot turn an erasure into that of ${what}`, async () => {
      const erasureId = await erase(world.database, keys, row);
      await world.owner.query(sql`update erasure set ${change}`);
      assert.deepEqual(await keys.finishErasures(noCertificate), {
        final: [],
        rewrapped: [],
        held: [],
        forged: [erasureId],
      });
    });
  }

  test("cannot pass for a certificate", async () => {
    const erasureId = await erase(world.database, keys, row);
    await keys.finishErasures({ recordFinal: async () => asPublicBytes(utf8("true")) });
    await world.owner.query(sql`update erasure set certificate = ${asPublicBytes(utf8("false"))}`);
    await assert.rejects(keys.erasureCertificate(world.database, erasureId), { code: "forged-erasure" });
  });
});

describe("a sibling whose wrapped keys somebody changed", () => {
  let damaged: UnitKeyRow;
  let asked: Uuid;
  beforeEach(async () => {
    damaged = siblings[0] ?? row;
    const pack = Buffer.from(damaged.pack);
    pack[20] = (pack[20] ?? 0) ^ 1;
    await world.owner.query(
      sql`update unit_key set pack = ${asPublicBytes(pack)} where customer_id = ${damaged.customerId} and unit_id = ${damaged.unitId}`,
    );
    asked = await erase(world.database, keys, row);
  });

  test("holds the bucket until it is mended", async () => {
    const { held, final } = await keys.finishErasures(noCertificate);
    const { customerId, unitId } = damaged;
    assert.deepEqual(final, []);
    assert.deepEqual(
      held.map(({ bucket, reason, damaged: [unit] }) => [bucket, reason, unit?.customerId, unit?.unitId]),
      [[row.bucket, "siblings-damaged", customerId, unitId]],
    );
    await world.owner.query(
      sql`update unit_key set pack = ${damaged.pack} where customer_id = ${customerId} and unit_id = ${unitId}`,
    );
    assert.deepEqual((await keys.finishErasures(noCertificate)).final, [asked]);
    for (const sibling of siblings) await assertOpens(keys, sibling);
  });

  test("can be given up, which is then its end alone", async () => {
    assert.deepEqual((await keys.finishErasures(noCertificate, { abandonDamaged: true })).final, [asked]);
    assert.equal(await storedRow(world.database, damaged), undefined);
    await assertOpens(keys, siblings[1] ?? row);
  });
});

async function matchStore(on: TestKeys, bucket: number): Promise<void> {
  const [stored] = await on.keyring.buckets.read(bucket);
  await on.owner.query(sql`update key_bucket set version = ${stored?.version ?? 1} where bucket = ${bucket}`);
}

async function putBackRow(on: TestKeys, stolen: UnitKeyRow): Promise<void> {
  await on.owner.query(sql`alter table unit_key disable trigger user`);
  await on.owner.query(
    sql`insert into unit_key (customer_id, unit_id, bucket, bucket_version, pack)
      values (${stolen.customerId}, ${stolen.unitId}, ${stolen.bucket}, ${stolen.bucketVersion}, ${stolen.pack})
      on conflict (customer_id, unit_id) do update set bucket_version = excluded.bucket_version, pack = excluded.pack`,
  );
  await on.owner.query(sql`alter table unit_key enable trigger user`);
}
