// What a disposal erased stays unreadable whoever puts older tables back: the wrapped keys of then are under bucket keys that are no more.
import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { startTestServer } from "../test-server.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { startDisposalScene } from "./test-disposals.ts";

/** All that a customer's file is made of. */
const TABLES = ["customer", "retention_unit", "record", "record_history", "search_token", "unit_key"] as const;

test("units that were disposed of open for nobody once the tables of before are put back and the erasures hidden; the others open as before", async (context) => {
  const scene = await startDisposalScene(13);
  const operator = new pg.Client({ connectionString: scene.server.database.superuserUrl });
  context.after(async () => {
    await operator.end();
    await scene.server.stop();
  });
  await operator.connect();
  const gone = [
    await scene.somebody([{ kind: "claim", notes: ["claim"] }]),
    await scene.somebody([{ kind: "claim", notes: ["claim"] }]),
  ];
  const kept = await scene.somebody([{ kind: "claim", status: "open", notes: ["claim"] }]);
  scene.clock.yearsBehind = 0;
  const { retention, vault } = scene.server.app.domains;
  const narrated = async (on: typeof vault, customerId: Uuid): Promise<number> => {
    const { records } = await on.masked(customerId);
    return records.filter(({ fields }) => fields !== null).length;
  };
  for (const { customerId } of [...gone, kept]) assert.equal(await narrated(vault, customerId), 1);
  for (const table of TABLES) await operator.query(`create table before_${table} as select * from ${table}`);

  const officer = await scene.hire("dpo", "data-subject-request");
  const second = await scene.hire("dpo", "data-subject-request");
  const { disposalId } = await retention.disposals.ask(officer, { reason: "yearly disposal" });
  const { found } = await scene.until(disposalId, "previewed");
  assert.equal(found?.due, gone.length);
  await retention.disposals.decide(second, { disposalId, approve: true, digest: found.digest });
  assert.equal((await scene.until(disposalId, "complete")).ended?.erased, gone.length);

  await scene.server.app.stop();
  await operator.query("set session_replication_role = replica; delete from erasure; delete from disposal_outcome");
  for (const table of TABLES) {
    await operator.query(`delete from ${table}`);
    // Bucket keys have moved on: whoever steals wrapped keys says that they are of today's.
    const columns =
      table === "unit_key"
        ? "s.customer_id, s.unit_id, s.bucket, b.version, s.pack from before_unit_key s join key_bucket b on b.bucket = s.bucket"
        : `* from before_${table}`;
    await operator.query(`insert into ${table} select ${columns}`);
  }
  const { rows } = await operator.query("select from unit_key");
  assert.equal(rows.length, gone.length + 1, "the wrapped keys are there again");

  // One that remembers nothing.
  const anew = await startTestServer({ beside: scene.server });
  context.after(() => anew.stop());
  const opened = (customerId: Uuid): Promise<number> =>
    narrated(anew.app.domains.vault, customerId).catch((error: { readonly code?: string }) => {
      assert.equal(typeof error.code, "string", String(error));
      return 0;
    });
  for (const { customerId } of gone) assert.equal(await opened(customerId), 0);
  assert.equal(await opened(kept.customerId), 1);
});
