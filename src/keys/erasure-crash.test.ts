// Erasure against death at every step.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Uuid } from "../kernel/bytes.ts";
import type { Database, Transaction } from "../postgres/database.ts";
import { script, sql } from "../postgres/sql.ts";
import { type BucketStore, type ErasureHooks, type Keys, KeysError, type UnitKeyRow } from "./keys.ts";
import {
  type TestKeys,
  erase,
  newPlace,
  openTestKeys,
  placesInBucketOf,
  storeNewUnit,
  storedRow,
} from "./test-keys.ts";

const LEASE_SECONDS = 0.1;
let world: TestKeys;
/** Outlives every crash: the other processes. */
let keys: Keys;

before(async () => {
  world = await openTestKeys();
  ({ keys } = world);
  await world.owner.query(script("create table final_mark (erasure_id uuid); grant all on final_mark to public"));
});
after(() => world.close());

/** Dies at its `step`-th contact with the world: before it reaches the other side, or after it did its work there. */
interface Death {
  step: number;
  met: number;
  dead: boolean;
}

class Died extends Error {}

async function mortally<Result>(death: Death, work: () => Promise<Result>): Promise<Result> {
  if (death.dead || (death.met += 1) === death.step) {
    death.dead = true;
    throw new Died();
  }
  const result = await work();
  if ((death.met += 1) === death.step) {
    death.dead = true;
    throw new Died();
  }
  return result;
}

function mortalDatabase(database: Database, death: Death): Database {
  return {
    query: (statement) => mortally(death, () => database.query(statement)),
    transaction: (work) =>
      // Dying after the inner transaction: committed, and nobody was told.
      mortally(death, () =>
        database.transaction((tx) => {
          const mortal: Transaction = {
            inTransaction: true,
            query: (statement) => mortally(death, () => tx.query(statement)),
          };
          return work(mortal);
        }),
      ),
    close: () => database.close(),
  };
}

function mortalStore(store: BucketStore, death: Death): BucketStore {
  return {
    read: (bucket) => mortally(death, () => store.read(bucket)),
    add: (bucket, key) => mortally(death, () => store.add(bucket, key)),
    destroy: (bucket, version) => mortally(death, () => store.destroy(bucket, version)),
  };
}

const marking: ErasureHooks = {
  recordFinal: async (tx, { erasureId }) => {
    await tx.query(sql`insert into final_mark values (${erasureId})`);
    return null;
  },
};

interface Scene {
  readonly erased: UnitKeyRow;
  readonly sibling: UnitKeyRow;
  readonly siblingKey: string;
  readonly erasureId: Uuid;
}

async function stage(): Promise<Scene> {
  const erased = await storeNewUnit(world.database, keys);
  const [place] = await placesInBucketOf(keys, erased, 1);
  const sibling = await storeNewUnit(world.database, keys, place);
  const siblingKey = await keyOf(keys, sibling);
  return { erased, sibling, siblingKey, erasureId: await erase(world.database, keys, erased) };
}

/** A process that finishes erasures and dies at the step; null when it came to its end first. */
async function dieAt(step: number): Promise<Died | null> {
  const death: Death = { step: Infinity, met: 0, dead: false };
  const buckets = mortalStore(world.keyring.buckets, death);
  const dying = await world.reopen({
    database: mortalDatabase(world.database, death),
    buckets,
    leaseSeconds: LEASE_SECONDS,
  });
  death.step = death.met + step;
  try {
    await dying.finishErasures(marking);
    return null;
  } catch (error) {
    assert.ok(error instanceof Died);
    return error;
  } finally {
    dying.close();
  }
}

async function assertFinal(scene: Scene): Promise<void> {
  const restarted = await world.reopen({ leaseSeconds: LEASE_SECONDS });
  assert.equal((await restarted.erasure(world.database, scene.erasureId)).state, "final");
  const marks = await world.database.query(sql`select 1 from final_mark where erasure_id = ${scene.erasureId}`);
  assert.equal(marks.length, 1);
  assert.equal((await world.keyring.buckets.read(scene.erased.bucket)).length, 1);
  const sibling = await storedRow(world.database, scene.sibling);
  assert.ok(sibling);
  assert.equal(await keyOf(restarted, sibling), scene.siblingKey);
  await assert.rejects(restarted.openUnitKeys(scene.erased), { code: "erased" });
  restarted.close();
}

test("an erasure survives the death of its finisher at every step, and ends final, once, with the siblings intact", async () => {
  let step = 1;
  for (; ; step += 1) {
    const scene = await stage();
    const died = await dieAt(step);
    const atDeath = await keys.erasure(world.database, scene.erasureId);
    const stored = await world.keyring.buckets.read(scene.erased.bucket);
    // Others go on writing meanwhile, and erasing.
    const late = await storeNewUnit(world.database, keys, newPlace(scene.sibling.customerId));
    const lateKey = await keyOf(keys, late);
    const [other] = await placesInBucketOf(keys, scene.erased, 1);
    const otherRow = await storeNewUnit(world.database, keys, other);
    const otherErasure = await erase(world.database, keys, otherRow);

    const restarted = await world.reopen({ leaseSeconds: LEASE_SECONDS });
    const { held, forged } = await restarted.finishErasures(marking);
    assert.deepEqual([held, forged], [[], []]);
    await assertFinal(scene);
    assert.equal((await keys.erasure(world.database, otherErasure)).state, "final");
    await assert.rejects(restarted.openUnitKeys(otherRow), { code: "erased" });
    const lateRow = await storedRow(world.database, late);
    assert.ok(lateRow);
    assert.equal(await keyOf(restarted, lateRow), lateKey);
    // A bucket key of a rewrap that was undone may stand, in the database's log, over keys erased since: it never comes into use.
    const living = (await world.keyring.buckets.read(scene.erased.bucket)).map(({ key }) => key.toString("hex"));
    for (const { key } of stored) assert.ok(!living.includes(key.toString("hex")), atDeath.state);
    restarted.close();
    if (died === null) break;
  }
  // As many steps as there are contacts with database and store, each on two sides: it would not do to have tried a few.
  assert.ok(step > 50, `only ${step} steps`);
});

test("deaths in a row leave no more than one key a bucket", async () => {
  const scene = await stage();
  for (let step = 8; step < 40; step += 2) await dieAt(step);
  const restarted = await world.reopen({ leaseSeconds: LEASE_SECONDS });
  await restarted.finishErasures(marking);
  await assertFinal(scene);
});

const READS_MAX = 50;

/** Read again where the lease, which is a short one here, ran out meanwhile: as every caller has to. */
async function keyOf(opener: Keys, row: UnitKeyRow): Promise<string> {
  for (let reads = 1; ; reads += 1) {
    try {
      const key = (await opener.openUnitKeys(row)).get("health");
      assert.ok(key);
      return Buffer.from(key.key).toString("hex");
    } catch (error) {
      if (!(error instanceof KeysError && error.code === "lease-expired") || reads === READS_MAX) throw error;
    }
  }
}
