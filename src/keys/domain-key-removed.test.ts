// Domain keys against who removes their rows: a fresh key in their place would open nothing, and would let what is lost go unnoticed.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { script } from "../postgres/sql.ts";
import { type TestKeys, backUp, openTestKeys } from "./test-keys.ts";

const ENTRY = `insert into ledger_entry (log_shard, index, entry_id, at, leaf, kind, outcome, classes, withheld, detail)
  values (0, 0, gen_random_uuid(), now(), decode(repeat('00', 41), 'hex'), 'backup', 'done', 0, false, '')`;

describe("a domain key whose row somebody removed", () => {
  let world: TestKeys;
  let putBack: () => Promise<void>;
  before(async () => {
    world = await openTestKeys();
    await world.owner.query(script(ENTRY));
  });
  beforeEach(async () => {
    putBack = await backUp(world.owner);
  });
  after(() => world.close());

  for (const [what, change] of [
    ["is removed", "delete from domain_key where domain = 'index'"],
    ["is removed with all others", "delete from domain_key"],
    ["is said to be destroyed", "update domain_key set state = 'destroyed', wrapped = null where domain = 'index'"],
    [
      "is said to have been replaced",
      "update domain_key set state = 'retiring', retiring_at = now() where domain = 'index'",
    ],
  ] as const) {
    test(`is not made anew once the ledger has entries: a key that ${what} keeps every process from starting`, async () => {
      await world.owner.query(script(change));
      await assert.rejects(world.reopen(), { code: "domain-key-missing", message: /restore the rows of domain_key/ });
      const left = await world.owner.query(script("select from domain_key where state = 'active'"));
      assert.equal(left.length, what.endsWith("others") ? 0 : 8);
      await putBack();
    });
  }

  test("stops what is running from sealing under it, and is told of, until the row is back", async () => {
    const keys = await world.reopen();
    const seal = (): unknown => keys.sealUnder("rejects", Buffer.from("a line"), Buffer.alloc(0));
    const sealed = keys.sealUnder("rejects", Buffer.from("a line"), Buffer.alloc(0));
    keys.assertDomainKeys();
    await world.owner.query(script("delete from domain_key where domain = 'rejects'"));
    await until(() => fails(seal));
    assert.throws(() => keys.assertDomainKeys(), { code: "domain-key-missing" });
    assert.deepEqual(await keys.keyFaults(), [{ code: "domain-key-missing", of: "rejects" }]);
    await putBack();
    await until(() => !fails(seal));
    assert.equal(keys.openUnder("rejects", sealed, Buffer.alloc(0)).toString(), "a line");
    assert.deepEqual(await keys.keyFaults(), []);
  });

  test("lets nothing be called forged, and no search find nothing: neither can be known until the row is back", async () => {
    const keys = await world.reopen();
    const parts = ["a kind", "an id"];
    const mac = keys.authorityMac(parts);
    const inner = keys.indexInner("phone", ["1"]);
    const asked = {
      authority: () => keys.verifyAuthorityMac(mac, parts),
      tokens: () => keys.digestCovers("read"),
      index: () => keys.indexTokensForSearch("phone", inner, 64),
      "ledger-signing": () => keys.signingSeeds("ledger-signing"),
      "promise-signing": () => keys.signingSeeds("promise-signing"),
    };
    await world.owner.query(script("delete from domain_key"));
    for (const ask of Object.values(asked)) {
      await until(() => fails(ask));
      assert.throws(ask, { code: "domain-key-missing" });
    }
    await putBack();
    for (const ask of Object.values(asked)) await until(() => !fails(ask));
    assert.ok(asked.authority());
  });

  test("and put in another's place opens for nobody", async () => {
    const keys = await world.reopen();
    const swap =
      "update domain_key set wrapped = (select wrapped from domain_key where domain = 'index') where domain = 'tokens'";
    await world.owner.query(script(swap));
    await assert.rejects(world.reopen());
    assert.deepEqual(await keys.keyFaults(), [{ code: "domain-key-forged", of: "tokens" }]);
    await putBack();
  });
});

test("an empty installation makes its domain keys, whatever is missing of them", async () => {
  const world = await openTestKeys();
  await world.owner.query(script("delete from domain_key where domain = 'index'"));
  await world.reopen();
  assert.equal((await world.owner.query(script("select from domain_key"))).length, 9);
  await world.close();
});

function fails(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch {
    return true;
  }
}

async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 120_000;
  while (!isSo()) {
    assert.ok(Date.now() < end, "it does not happen");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
