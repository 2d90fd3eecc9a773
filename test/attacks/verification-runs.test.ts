// Guarantee: where the ledger takes no entry, because of what somebody did to its rows, it is still possible to find out what they did.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type AttackStage, setAttackStage } from "./test-stage.ts";

let stage: AttackStage;
before(async () => {
  stage = await setAttackStage();
});
after(() => stage.close());

test("an entry put where the next one is to be sequenced is told of, and what it left behind", async () => {
  assert.deepEqual(await stage.verify(), []);
  const { intruder } = stage;
  await intruder.query(
    "update ledger_entry set index = (select size from ledger_head) where index = 1 and log_shard = 0",
  );
  const found = await stage.verify();
  await intruder.query(
    "update ledger_entry set index = 1 where index = (select size from ledger_head) and log_shard = 0",
  );
  assert.ok(found.includes("entry-missing") && found.includes("entry-beyond-head"), found.join(", "));
  assert.deepEqual(await stage.verify(), []);
});
