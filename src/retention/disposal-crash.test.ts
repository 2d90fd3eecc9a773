// A run that is killed in the middle goes on where it was: each unit erased once, none forgotten, one certificate.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import pg from "pg";
import { startTestProcess } from "../test-process.ts";
import { startDisposalScene } from "./test-disposals.ts";

const UNITS = 240;
const WITHIN_MS = 120_000;

test("a server killed in the middle of a run loses nothing of it and does nothing twice", async (context) => {
  const scene = await startDisposalScene(13);
  const operator = new pg.Client({ connectionString: scene.server.database.superuserUrl });
  const folders: string[] = [];
  context.after(async () => {
    await operator.end();
    await scene.server.stop();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
  await operator.connect();
  for (let at = 0; at < UNITS; at += 1) await scene.somebody([{ kind: "claim" }]);
  scene.clock.yearsBehind = 0;
  const { disposals } = scene.server.app.domains.retention;
  const officer = await scene.hire("dpo", "data-subject-request");
  const { disposalId } = await disposals.ask(officer, { reason: "yearly disposal" });
  const { found } = await scene.until(disposalId, "previewed");
  assert.equal(found?.due, UNITS);
  const second = await scene.hire("dpo", "data-subject-request");
  await disposals.decide(second, { disposalId, approve: true, digest: found.digest });
  // Whatever this one has done by then is done.
  await scene.server.app.stop();

  const { config, dataFolder, database } = scene.server;
  const startOne = async () => {
    const folder = await mkdtemp(join(tmpdir(), "uberrima-disposal-"));
    folders.push(folder);
    return startTestProcess(context, {
      UBERRIMA_DATA: folder,
      UBERRIMA_KEYRING: join(dataFolder, "keyring"),
      UBERRIMA_DATABASE_URL: database.url,
      UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl,
      UBERRIMA_LEASE_SECONDS: String(config.leaseSeconds),
    });
  };
  const outcomes = async (): Promise<number> => {
    const asked = "select count(*)::integer as count from disposal_outcome where disposal_id = $1";
    const { rows } = await operator.query<{ count: number }>(asked, [disposalId]);
    return rows[0]?.count ?? 0;
  };
  const until = async (is: () => Promise<boolean>): Promise<void> => {
    const since = Date.now();
    while (!(await is())) {
      if (Date.now() - since > WITHIN_MS) throw new Error("the run does not go on");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  let killed = 0;
  for (const share of [0.25, 0.5, 0.75]) {
    const one = await startOne();
    await until(async () => (await outcomes()) > UNITS * share);
    one.child.kill("SIGKILL");
    await one.ended;
    if ((await outcomes()) < UNITS) killed += 1;
  }
  assert.ok(killed > 0, "it was killed in the middle at least once");
  const last = await startOne();
  await until(async () => {
    const asked = "select count(*)::integer as count from disposal_certificate where disposal_id = $1";
    return ((await operator.query<{ count: number }>(asked, [disposalId])).rows[0]?.count ?? 0) === 1;
  });
  last.child.kill("SIGTERM");
  await last.ended;
  const { rows: erasures } = await operator.query<{ unit_id: string; state: string }>(
    "select unit_id, state from erasure",
  );
  assert.equal(erasures.length, UNITS);
  assert.equal(new Set(erasures.map(({ unit_id }) => unit_id)).size, UNITS);
  assert.ok(erasures.every(({ state }) => state === "final"));
  const { rows } = await operator.query<{ certificate: Buffer }>("select certificate from disposal_certificate");
  const certificate = JSON.parse(rows[0]?.certificate.toString() ?? "") as { erased: unknown[]; left: unknown[] };
  assert.deepEqual([certificate.erased.length, certificate.left.length], [UNITS, 0]);
  const { rows: entries } = await operator.query<{ kind: string; count: number }>(
    "select kind, count(*)::integer as count from ledger_entry where kind in ('erasure', 'erasure-final') group by kind order by kind",
  );
  assert.deepEqual(entries, [
    { kind: "erasure", count: UNITS },
    { kind: "erasure-final", count: UNITS },
  ]);
});
