// Erasure while others write, read and erase in the same bucket.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { newId } from "../kernel/ids.ts";
import type { BucketStore, Keys, UnitKeyRow } from "./keys.ts";
import {
  LEASE_SECONDS,
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

before(async () => {
  world = await openTestKeys();
  ({ keys } = world);
});
after(() => world.close());

/** A store whose `add` waits in the middle of a rewrap, under the bucket's lock. */
function slowStore(store: BucketStore, gate: Promise<void>, reached: () => void): BucketStore {
  return {
    ...store,
    add: async (bucket, key) => {
      await store.add(bucket, key);
      reached();
      await gate;
    },
  };
}

test("a unit made while its bucket is rewrapped is written under the new key", async () => {
  const row = await storeNewUnit(world.database, keys);
  await erase(world.database, keys, row);
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const buckets = slowStore(world.keyring.buckets, gate.promise, reached.resolve);
  const finisher = await world.reopen({ buckets, leaseSeconds: LEASE_SECONDS });
  const finishing = finisher.finishErasures(noCertificate);
  await reached.promise;

  const made = await keys.newUnitKeys(newPlace(row.customerId), ["health"]);
  assert.equal(made.row.bucketVersion, row.bucketVersion);
  const writing = world.database.transaction((tx) => keys.writeUnitKeys(tx, [made]));
  assert.equal(await Promise.race([writing.then(() => "written"), sleep(100, "waiting")]), "waiting");
  gate.resolve();

  const [written] = await writing;
  assert.ok(written);
  assert.equal(written.bucketVersion, row.bucketVersion + 1);
  assert.equal((await finishing).final.length, 1);
  assert.equal(await keyOf(await world.reopen(), written), hex(made.keys.get("health")?.key));
});

test("a rewrap waits for a unit being written, and takes it along", async () => {
  const row = await storeNewUnit(world.database, keys);
  await erase(world.database, keys, row);
  const finisher = await world.reopen({ leaseSeconds: LEASE_SECONDS });
  const made = await keys.newUnitKeys(newPlace(row.customerId), ["health"]);
  const finishing = await world.database.transaction(async (tx) => {
    await keys.writeUnitKeys(tx, [made]);
    const started = finisher.finishErasures(noCertificate);
    assert.equal(await Promise.race([started.then(() => "final"), sleep(100, "waiting")]), "waiting");
    return { started };
  });
  assert.equal((await finishing.started).final.length, 1);
  const stored = await storedRow(world.database, made.row);
  assert.ok(stored);
  assert.equal(stored.bucketVersion, row.bucketVersion + 1);
  assert.equal(await keyOf(await world.reopen(), stored), hex(made.keys.get("health")?.key));
});

test("a rewrap takes along what was erased while it waited: nothing", async () => {
  const row = await storeNewUnit(world.database, keys);
  const [place] = await placesInBucketOf(keys, row, 1);
  const other = await storeNewUnit(world.database, keys, place);
  await erase(world.database, keys, row);
  const finisher = await world.reopen({ leaseSeconds: LEASE_SECONDS });
  const { started } = await world.database.transaction(async (tx) => {
    await keys.requestErasure(tx, { customerId: other.customerId, unitId: null, erasureId: newId(), act: newId() });
    const begun = finisher.finishErasures(noCertificate);
    assert.equal(await Promise.race([begun.then(() => "final"), sleep(100, "waiting")]), "waiting");
    return { started: begun };
  });
  await started;
  await finisher.finishErasures(noCertificate);
  assert.equal(await storedRow(world.database, other), undefined);
  for (const gone of [row, other]) await assert.rejects((await world.reopen()).openUnitKeys(gone), { code: "erased" });
});

test("many processes writing, reading and erasing in one bucket lose no key that was not erased", async () => {
  const seed = await storeNewUnit(world.database, keys);
  const writers = await Promise.all([0, 1, 2].map(() => world.reopen()));
  const finishers = await Promise.all([0, 1].map(() => world.reopen({ leaseSeconds: LEASE_SECONDS })));
  const expected = new Map<UnitKeyRow, string>();
  const erased: UnitKeyRow[] = [];
  const written = new AbortController();
  const write = async (process: Keys): Promise<void> => {
    for (let count = 0; count < 25; count += 1) {
      const made = await process.newUnitKeys(newPlace(seed.customerId), ["health"]);
      const key = hex(made.keys.get("health")?.key);
      const [row] = await world.database.transaction((tx) => process.writeUnitKeys(tx, [made]));
      assert.ok(row);
      assert.equal(await keyOf(process, row), key);
      if (count % 5 === 0) {
        await erase(world.database, process, row);
        erased.push(row);
      } else expected.set(row, key);
    }
  };
  const finish = async (process: Keys): Promise<void> => {
    while (!written.signal.aborted) await process.finishErasures(noCertificate);
    await process.finishErasures(noCertificate);
  };
  const finishing = finishers.map(finish);
  await Promise.all(writers.map(write)).finally(() => written.abort());
  await Promise.all(finishing);

  const restarted = await world.reopen();
  assert.deepEqual([expected.size, erased.length], [60, 15]);
  for (const [row, key] of expected) assert.equal(await keyOf(restarted, row), key);
  for (const row of erased) await assert.rejects(restarted.openUnitKeys(row), { code: "erased" });
  for (const row of erased)
    assert.equal(
      (await keys.erasuresOf(world.database, row.customerId)).every(({ state }) => state === "final"),
      true,
    );
});

async function keyOf(opener: Keys, row: UnitKeyRow): Promise<string> {
  return hex((await opener.openUnitKeys(row)).get("health")?.key);
}

function hex(key: Uint8Array | undefined): string {
  assert.ok(key);
  return Buffer.from(key).toString("hex");
}
