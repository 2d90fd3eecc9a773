// Domain keys: made once, rotated while everything runs, retired when nothing stands under them.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { utf8 } from "../kernel/bytes.ts";
import { sql } from "../postgres/sql.ts";
import { openTestDatabase } from "../postgres/test-database.ts";
import { type Keys, openKeys, openLocalKeyring, versionOf, versionOfMac } from "./keys.ts";
import {
  LEASE_SECONDS,
  type TestKeys,
  erase,
  noCertificate,
  openTestKeys,
  storeNewUnit,
  storedRow,
} from "./test-keys.ts";

let world: TestKeys;
let keys: Keys;
let other: Keys;
const aad = utf8("place");
const never = async (): Promise<boolean> => false;

before(async () => {
  world = await openTestKeys({ leaseSeconds: 10 * LEASE_SECONDS, refreshSeconds: 0.05, retireAfterSeconds: 0 });
  ({ keys } = world);
  other = await world.reopen();
});
after(() => world.close());

test("processes that start together on an empty database end with the same keys", async () => {
  const empty = await openTestDatabase();
  const common = {
    database: empty.database,
    provider: world.keyring.provider,
    buckets: world.keyring.buckets,
    leaseSeconds: 1,
  };
  const started = await Promise.all([openKeys(common), openKeys(common), openKeys(common)]);
  const sealed = started.map((each) => each.sealUnder("ledger-detail", utf8("detail"), aad));
  for (const each of started) {
    for (const one of sealed) assert.equal(each.openUnder("ledger-detail", one, aad).toString(), "detail");
    assert.deepEqual(each.signingSeeds("ledger-signing"), started[0]?.signingSeeds("ledger-signing"));
  }
  for (const each of started) each.close();
  await empty.close();
});

test("another root key opens no database", async () => {
  const stranger = await openLocalKeyring({ folder: `${world.folder}/stranger` });
  await assert.rejects(world.reopen({ provider: stranger.provider }), { code: "does-not-open" });
});

test("wrapped domain keys cannot change places", async () => {
  const swapped = await openTestKeys();
  await swapped.owner.query(
    sql`update domain_key a set wrapped = b.wrapped from domain_key b where a.domain = 'tokens' and b.domain = 'index'`,
  );
  await assert.rejects(swapped.reopen(), { code: "does-not-open" });
  await swapped.close();
});

test("what one domain sealed opens under no other", () => {
  const sealed = keys.sealUnder("ledger-detail", utf8("detail"), aad);
  assert.throws(() => keys.openUnder("rejects", sealed, aad), { code: "does-not-open" });
  assert.throws(() => keys.openUnder("ledger-detail", sealed, utf8("elsewhere")), { code: "does-not-open" });
});

for (const domain of ["authority", "ledger-detail", "rejects"] as const) {
  test(`rotating ${domain} leaves what is sealed open, and every process seals under the new version`, async () => {
    const earlier = other.sealUnder(domain, utf8("value"), aad);
    const rotation = await keys.rotateDomain(domain);
    assert.equal(rotation.version, versionOf(earlier) + 1);
    assert.deepEqual(rotation.retiring, [versionOf(earlier)]);
    await until(() => versionOf(other.sealUnder(domain, utf8("value"), aad)) === rotation.version);
    for (const each of [keys, other, await world.reopen()]) {
      assert.equal(each.openUnder(domain, earlier, aad).toString(), "value");
      assert.equal(each.openUnder(domain, keys.sealUnder(domain, utf8("value"), aad), aad).toString(), "value");
    }
  });
}

test("no process meets a version it does not know while another rotates", async () => {
  const rotated = new AbortController();
  const watch = async (): Promise<number> => {
    let seen = 0;
    for (; !rotated.signal.aborted; seen += 1) {
      assert.equal(other.openUnder("rejects", keys.sealUnder("rejects", utf8("value"), aad), aad).toString(), "value");
      assert.ok(other.verifyAuthorityMac(keys.authorityMac(["row"]), ["row"]));
      await sleep(1);
    }
    return seen;
  };
  const watching = watch();
  const rotate = async (): Promise<void> => {
    await keys.rotateDomain("rejects");
    await keys.rotateDomain("authority");
  };
  await rotate().finally(() => rotated.abort());
  assert.ok((await watching) > 10);
});

test("two that rotate at once make one version", async () => {
  const [left, right] = await Promise.all([keys.rotateDomain("rejects"), other.rotateDomain("rejects")]);
  assert.equal(left.version, right.version);
});

test("a rotation that was broken off is taken up again", async () => {
  const { version } = await keys.rotateDomain("rejects");
  await world.owner.query(
    sql`update domain_key set state = 'pending' where domain = 'rejects' and version = ${version}`,
  );
  assert.equal((await keys.rotateDomain("rejects")).version, version);
  assert.equal(versionOf(keys.sealUnder("rejects", utf8("value"), aad)), version);
});

test("authority MACs of older versions verify until their version is destroyed", async () => {
  const old = keys.authorityMac(["row"]);
  await keys.rotateDomain("authority");
  assert.notEqual(versionOfMac(keys.authorityMac(["row"])), versionOfMac(old));
  assert.ok(keys.verifyAuthorityMac(old, ["row"]));
  await keys.renewErasureMacs();
  await keys.retireVersion("authority", versionOfMac(old), never);
  assert.ok(!keys.verifyAuthorityMac(old, ["row"]));
  await until(() => !other.verifyAuthorityMac(old, ["row"]));
});

test("a rotated key whose time of retiring was taken away or put off is found, and destroyed all the same", async () => {
  for (const time of [sql`null`, sql`now() + interval '100 years'`]) {
    const { retiring } = await keys.rotateDomain("rejects");
    const old = retiring.at(-1) ?? 0;
    const sealed = keys.sealUnder("rejects", utf8("value"), aad);
    await world.owner.query(
      sql`update domain_key set retiring_at = ${time} where domain = 'rejects' and state = 'retiring'`,
    );
    assert.deepEqual(await keys.keyFaults(), [{ code: "domain-key-undated", of: "rejects" }]);
    const seen = await keys.retiringVersions();
    assert.ok(
      seen.some(
        ({ domain, version, retirableAt }) => domain === "rejects" && version === old && retirableAt <= new Date(),
      ),
    );
    assert.deepEqual(await keys.keyFaults(), []);
    for (const version of retiring) await keys.retireVersion("rejects", version, never);
    assert.ok((await keys.retiringVersions()).every(({ domain }) => domain !== "rejects"));
    assert.equal(keys.openUnder("rejects", sealed, aad).toString(), "value");
  }
});

test("a search finds tokens of every live version, and inner hashes stay", async () => {
  const inner = keys.indexInner("name", ["value"]);
  const old = keys.indexToken("name", inner, 64);
  const { version } = await keys.rotateDomain("index");
  const fresh = keys.indexToken("name", inner, 64);
  assert.equal(fresh.keyVersion, version);
  assert.notDeepEqual(fresh.token, old.token);
  assert.deepEqual(keys.indexInner("name", ["value"]), inner);
  assert.deepEqual(keys.indexTokensForSearch("name", inner, 64), [old, fresh]);
  await keys.retireVersion("index", old.keyVersion, never);
  assert.deepEqual(keys.indexTokensForSearch("name", inner, 64), [fresh]);
});

test("rotating wrapping puts every bucket under a new key, and every unit stays open", async () => {
  const row = await storeNewUnit(world.database, keys);
  const [earlier] = await world.keyring.buckets.read(row.bucket);
  const { version, retiring } = await keys.rotateDomain("wrapping");
  const old = retiring[0] ?? 0;
  await assert.rejects(keys.retireVersion("wrapping", old, never), { code: "still-used" });
  const { rewrapped, held } = await keys.rewrapAllBuckets();
  assert.ok(rewrapped.includes(row.bucket));
  assert.deepEqual(held, []);
  assert.deepEqual((await keys.rewrapAllBuckets()).rewrapped, []);
  const stored = await world.keyring.buckets.read(row.bucket);
  assert.deepEqual(
    stored.map(({ key }) => versionOf(key)),
    [version],
  );
  assert.notEqual(stored[0]?.version, earlier?.version);
  await keys.retireVersion("wrapping", old, never);
  const moved = await storedRow(world.database, row);
  assert.ok(moved);
  assert.ok((await (await world.reopen()).openUnitKeys(moved)).get("health"));
});

describe("a version is not retired", () => {
  test("while rows stand under it", async () => {
    const sealed = keys.sealUnder("rejects", utf8("value"), aad);
    await keys.rotateDomain("rejects");
    await assert.rejects(
      keys.retireVersion("rejects", versionOf(sealed), async () => true),
      { code: "still-used" },
    );
    assert.equal(keys.openUnder("rejects", sealed, aad).toString(), "value");
  });

  test("while it is the newest", async () => {
    const newest = versionOf(keys.sealUnder("rejects", utf8("value"), aad));
    await assert.rejects(keys.retireVersion("rejects", newest, never), { code: "still-used" });
  });

  test("while transactions begun under it may be under way", async () => {
    const careful = await world.reopen({ retireAfterSeconds: 60 });
    const old = versionOf(keys.sealUnder("rejects", utf8("value"), aad));
    await careful.rotateDomain("rejects");
    await assert.rejects(careful.retireVersion("rejects", old, never), { code: "too-soon" });
  });

  test("while an erasure's MAC stands under it", async () => {
    await erase(world.database, keys, await storeNewUnit(world.database, keys));
    await keys.finishErasures(noCertificate);
    const old = versionOfMac(keys.authorityMac(["row"]));
    await keys.rotateDomain("authority");
    await assert.rejects(keys.retireVersion("authority", old, never), { code: "still-used" });
    assert.ok((await keys.renewErasureMacs()) > 0);
    await keys.retireVersion("authority", old, never);
    assert.deepEqual((await keys.finishErasures(noCertificate)).forged, []);
  });
});

test("a destroyed version leaves nothing wrapped in its row", async () => {
  const sealed = keys.sealUnder("rejects", utf8("value"), aad);
  await keys.rotateDomain("rejects");
  await keys.retireVersion("rejects", versionOf(sealed), never);
  assert.throws(() => keys.openUnder("rejects", sealed, aad), { code: "unknown-version" });
  const rows = await world.database.query<{ wrapped: unknown }>(
    sql`select wrapped from domain_key where domain = 'rejects' and version = ${versionOf(sealed)} and state = 'destroyed'`,
  );
  assert.deepEqual(
    rows.map(({ wrapped }) => wrapped),
    [null],
  );
});

test("keys whose work cannot be done over are not rotated", async () => {
  await assert.rejects(keys.rotateDomain("base"), { code: "not-rotatable" });
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, "did not happen in time");
    await sleep(10);
  }
}
