// The keys of retention units: bound to their place, leased for seconds, written by one at a time.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { asSealed } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { DATA_CLASSES } from "../kernel/vocabulary.ts";
import { sql } from "../postgres/sql.ts";
import { type AeadKey, type Keys, type UnitKeyRow, type UnitKeys, openWith, sealMany } from "./keys.ts";
import {
  LEASE_SECONDS,
  type TestKeys,
  dumpText,
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
const aad = new Uint8Array(0);

function sealValue(key: AeadKey): Uint8Array {
  const [sealed] = sealMany([{ key, plaintext: "value", aad: [aad] }]);
  assert.ok(sealed);
  return sealed;
}

before(async () => {
  world = await openTestKeys();
  ({ keys } = world);
});
after(() => world.close());

test("another process opens the keys that one made, each of its own class", async () => {
  const made = await keys.newUnitKeys(newPlace(), DATA_CLASSES);
  await world.database.transaction((tx) => keys.writeUnitKeys(tx, [made]));
  const row = await storedRow(world.database, made.row);
  assert.ok(row);
  const opened = await (await world.reopen()).openUnitKeys(row);
  const seen = new Set(DATA_CLASSES.map((dataClass) => hexOf(opened, dataClass)));
  assert.equal(seen.size, DATA_CLASSES.length);
  for (const dataClass of DATA_CLASSES) assert.equal(hexOf(opened, dataClass), hexOf(made.keys, dataClass));
});

test("a class the unit has no key for gives none", async () => {
  const { keys: unit } = await keys.newUnitKeys(newPlace(), ["identity"]);
  assert.equal(unit.get("genetic"), undefined);
});

describe("a wrapped key that was moved does not open", () => {
  let row: UnitKeyRow;
  let other: UnitKeyRow;
  before(async () => {
    row = await storeNewUnit(world.database, keys);
    const [place] = await placesInBucketOf(keys, row, 1);
    other = await storeNewUnit(world.database, keys, place);
  });
  const refused = async (changed: UnitKeyRow): Promise<void> => {
    // Neither where nothing is remembered nor where the true row is.
    for (const opener of [await world.reopen(), keys]) {
      await assert.rejects(async () => (await opener.openUnitKeys(changed)).get("identity"), { code: "does-not-open" });
    }
  };

  test("to another customer of the same bucket", () =>
    refused({ ...row, customerId: other.customerId, unitId: other.unitId }));
  test("to another unit of the same customer", () => refused({ ...row, unitId: newId() }));
  test("to another class", async () => {
    const pack = Uint8Array.from(row.pack);
    assert.deepEqual([pack[2], pack[7]], [DATA_CLASSES.indexOf("identity"), DATA_CLASSES.indexOf("health")]);
    pack[2] = DATA_CLASSES.indexOf("health");
    pack[7] = DATA_CLASSES.indexOf("identity");
    await refused({ ...row, pack: asSealed(pack) });
  });
  test("to another key version", async () => {
    const pack = Buffer.from(row.pack);
    pack.writeUInt32BE(2, 3);
    await refused({ ...row, pack: asSealed(pack) });
  });
  test("nor with any changed bit", async () => {
    const opener = await world.reopen();
    for (let bit = 0; bit < row.pack.length * 8; bit += 1) {
      const pack = Uint8Array.from(row.pack);
      pack[bit >> 3] = (pack[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const changed = { ...row, pack: asSealed(pack) };
      await assert.rejects(async () => (await opener.openUnitKeys(changed)).get("identity"), { code: "does-not-open" });
    }
  });
});

test("classes added later keep the keys of those before", async () => {
  const row = await storeNewUnit(world.database, keys);
  const unit = await keys.openUnitKeys(row);
  const extended = await keys.extendUnitKeys(row, ["genetic", "identity"]);
  const written = await world.database.transaction((tx) => keys.replaceUnitKeys(tx, row, extended));
  const opened = await (await world.reopen()).openUnitKeys(written);
  assert.equal(hexOf(opened, "identity"), hexOf(unit, "identity"));
  assert.equal(hexOf(opened, "health"), hexOf(unit, "health"));
  assert.equal(hexOf(opened, "genetic"), hexOf(extended.keys, "genetic"));
});

test("a process that remembers a unit sees the class another process added", async () => {
  const row = await storeNewUnit(world.database, keys);
  const remembering = await world.reopen();
  assert.equal((await remembering.openUnitKeys(row)).get("genetic"), undefined);
  const { row: extended } = await world.database.transaction((tx) => keys.ensureUnitKeys(tx, row, ["genetic"]));
  assert.ok((await remembering.openUnitKeys(extended)).get("genetic"));
});

test("two that add classes at once lose neither's key", async () => {
  const row = await storeNewUnit(world.database, keys);
  const other = await world.reopen();
  const [left, right] = await Promise.all([
    world.database.transaction((tx) => keys.ensureUnitKeys(tx, row, ["genetic", "driving"])),
    world.database.transaction((tx) => other.ensureUnitKeys(tx, row, ["genetic", "credit"])),
  ]);
  const stored = await storedRow(world.database, row);
  assert.ok(stored);
  const opened = await (await world.reopen()).openUnitKeys(stored);
  assert.equal(hexOf(opened, "genetic"), hexOf(left.keys, "genetic"));
  assert.equal(hexOf(opened, "genetic"), hexOf(right.keys, "genetic"));
  assert.equal(hexOf(opened, "driving"), hexOf(left.keys, "driving"));
  assert.equal(hexOf(opened, "credit"), hexOf(right.keys, "credit"));
});

test("an extension of keys that changed meanwhile is refused", async () => {
  const row = await storeNewUnit(world.database, keys);
  const mine = await keys.extendUnitKeys(row, ["genetic"]);
  await world.database.transaction((tx) => keys.ensureUnitKeys(tx, row, ["driving"]));
  await assert.rejects(
    world.database.transaction((tx) => keys.replaceUnitKeys(tx, row, mine)),
    { code: "keys-changed" },
  );
});

test("a unit's keys are not written over", async () => {
  const row = await storeNewUnit(world.database, keys);
  const again = await keys.newUnitKeys(row, ["identity"]);
  await assert.rejects(
    world.database.transaction((tx) => keys.writeUnitKeys(tx, [again])),
    { code: "keys-changed" },
  );
});

test("the database itself refuses a row under a bucket key that is not current", async () => {
  const { row } = await keys.newUnitKeys(newPlace(), ["identity"]);
  const insert = world.database.query(
    sql`insert into unit_key (customer_id, unit_id, bucket, bucket_version, pack)
      values (${row.customerId}, ${row.unitId}, ${row.bucket}, ${row.bucketVersion + 1}, ${row.pack})`,
  );
  await assert.rejects(insert, { code: "40001" });
});

test("a deployment on AES-256-GCM seals with it, and opens what was sealed before", async () => {
  const row = await storeNewUnit(world.database, keys);
  const approved = await world.reopen({ algorithm: "aes-256-gcm" });
  const key = (await approved.openUnitKeys(row)).get("identity");
  assert.ok(key);
  assert.equal(hexOf(await keys.openUnitKeys(row), "identity"), Buffer.from(key.key).toString("hex"));
  const sealed = [sealValue(key), approved.sealUnder("rejects", Buffer.from("value"), aad)];
  assert.deepEqual(
    sealed.map(([format]) => format),
    [2, 2],
  );
  assert.equal(keys.openUnder("rejects", sealed[1] ?? aad, aad).toString(), "value");
});

describe("leases", () => {
  test("a key is refused and wiped when its lease has run out", async () => {
    const brief = await world.reopen({ leaseSeconds: LEASE_SECONDS });
    const row = await storeNewUnit(world.database, brief);
    const unit = await brief.openUnitKeys(row);
    const key = unit.get("identity");
    assert.ok(key);
    const sealed = sealValue(key);
    await sleep(LEASE_SECONDS * 1000 * 2);
    assert.throws(() => unit.get("identity"), { code: "lease-expired" });
    assert.ok(key.key.every((byte) => byte === 0));
    assert.throws(() => sealValue(key), { code: "lease-expired" });
    const again = (await brief.openUnitKeys(row)).get("identity");
    assert.ok(again);
    assert.equal(openWith(again, sealed, aad).toString(), "value");
  });

  test("a unit in steady use stays open from lease to lease", async () => {
    const brief = await world.reopen({ leaseSeconds: LEASE_SECONDS });
    const row = await storeNewUnit(world.database, brief);
    const first = hexOf(await brief.openUnitKeys(row), "identity");
    for (let round = 0; round < 20; round += 1) {
      await sleep(LEASE_SECONDS * 100);
      assert.equal(hexOf(await brief.openUnitKeys(row), "identity"), first);
    }
  });

  test("a machine that slept wakes without keys", async () => {
    let now = new Date("2026-01-01T00:00:00Z");
    const sleepy = await world.reopen({ clock: { now: () => now } });
    const unit = await sleepy.openUnitKeys(await storeNewUnit(world.database, sleepy));
    assert.ok(unit.get("identity"));
    now = new Date("2026-01-01T01:00:00Z");
    assert.throws(() => unit.get("identity"), { code: "lease-expired" });
  });

  test("no length but seconds is accepted", async () => {
    for (const leaseSeconds of [0, -1, 61, Number.NaN])
      await assert.rejects(world.reopen({ leaseSeconds }), { code: "limit" });
  });
});

test("more units than fit in memory still open, each with its own keys", async () => {
  const crowd = await world.reopen();
  const customerId = newId();
  const { keys: first } = await crowd.newUnitKeys(newPlace(customerId), ["identity"]);
  const expected = hexOf(first, "identity");
  const key = first.get("identity");
  for (let count = 0; count < 10_000; count += 1) await crowd.newUnitKeys(newPlace(customerId), ["identity"]);
  assert.ok(key?.key.every((byte) => byte === 0));
  assert.equal(hexOf(first, "identity"), expected);
});

test("keys sent to a worker's memory seal what opens here", async () => {
  const { keys: unit } = await keys.newUnitKeys(newPlace(), ["identity"]);
  const key = unit.get("identity");
  assert.ok(key);
  const sealed = sealValue(structuredClone(key));
  assert.equal(openWith(key, sealed, aad).toString(), "value");
});

test("the database holds no byte string that is a key", async () => {
  const place = newPlace();
  const { row } = await world.database.transaction((tx) => keys.ensureUnitKeys(tx, place, DATA_CLASSES));
  await erase(world.database, keys, await storeNewUnit(world.database, keys));
  await (await world.reopen({ leaseSeconds: LEASE_SECONDS })).finishErasures(noCertificate);
  const unit = await keys.openUnitKeys(row);
  const secrets = [
    ...DATA_CLASSES.map((dataClass) => hexOf(unit, dataClass)),
    ...(["ledger-signing", "promise-signing"] as const).map((domain) =>
      Buffer.from(keys.signingSeeds(domain)[0]!.seed).toString("hex"),
    ),
    ...[keys.exportHashKeys().base, keys.exportHashKeys().index.raw].map((raw) => Buffer.from(raw).toString("hex")),
  ];
  const dump = await dumpText(world.owner);
  assert.ok(dump.includes(Buffer.from(row.pack).toString("hex")));
  for (const secret of secrets) {
    assert.equal(secret.length, 64);
    assert.ok(!dump.includes(secret));
    assert.ok(!dump.includes(Buffer.from(secret, "hex").toString("base64")));
  }
});

function hexOf(unit: UnitKeys, dataClass: (typeof DATA_CLASSES)[number]): string {
  const key = unit.get(dataClass);
  assert.ok(key);
  return Buffer.from(key.key).toString("hex");
}
