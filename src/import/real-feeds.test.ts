// The life insurer's own files, where they are at hand: control totals match the files, one customer a number, nobody merged.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Client, connect } from "../../sdk/client.ts";
import type { ImportRun } from "../../sdk/imports.ts";
import { startTestServer } from "../test-server.ts";

const FOLDER = join(import.meta.dirname, "../../../shared/data/life-insurance");
const skip = existsSync(FOLDER) ? false : "the sample feeds are not at hand";
const MASTERS = ["A01_entitymatch_day1", "A01_entitymatch_day2", "C25_entitymatch_day1", "F15_entitymatch_day1"];

async function importFile(feed: Client, mapping: string, name: string): Promise<ImportRun> {
  const bytes = readFileSync(join(FOLDER, name));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const run = await feed.imports.start({ mapping, sizeBytes: bytes.length, sha256 });
  return run.state === "running" ? feed.imports.send(run, new Blob([bytes])) : run;
}

test("policies, claims and customer masters import with the totals of the files", { skip }, async (context) => {
  const server = await startTestServer({ settings: { UBERRIMA_LOG_LEVEL: "warn" } });
  context.after(() => server.stop());
  const feeds = { entities: ["life-company"], lines: ["life", "general"] } as const;
  const nothing = { rowScope: "none", ...feeds, classCeiling: ["identity"] } as const;
  const made = await server.createClient({ role: "service-account", purposes: ["administration"], ...nothing });
  const feed = connect({ url: server.url, token: made.token });
  const officerMade = await server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  const officer = connect({ url: server.url, token: officerMade.token });

  await context.test(
    "10,138 policies of 8,889 customers, the two who share a social security number reported and not merged",
    async () => {
      const { totals, state } = await importFile(feed, "life-policy", "syntheticlife-policy-data.csv");
      assert.equal(state, "done");
      assert.deepEqual(
        { rows: totals.rows, rejected: totals.rejected, customers: totals.customers, made: totals.customersCreated },
        { rows: 10_138, rejected: 0, customers: 8889, made: 8889 },
      );
      const { items } = await officer.suggestions.list();
      assert.deepEqual(
        items.map(({ reason, state: decided }) => [reason, decided]),
        [["ssn", "open"]],
      );
    },
  );

  await context.test("2,812 claims, every one joined to the holder of its policy", async () => {
    const { totals } = await importFile(feed, "life-claim", "syntheticlife-claim-data.csv");
    assert.deepEqual(
      { rows: totals.rows, rejected: totals.rejected, made: totals.customersCreated, records: totals.created },
      { rows: 2812, rejected: 0, made: 0, records: 5624 },
    );
  });

  await context.test(
    "masters of three systems: a later day corrects an earlier one, and persons in several systems are suggested",
    async () => {
      const runs: ImportRun[] = [];
      for (const name of MASTERS) runs.push(await importFile(feed, "customer-master", `customer_${name}.csv`));
      assert.deepEqual(
        runs.map(({ totals }) => [totals.rows, totals.rejected]),
        [
          [11, 0],
          [5, 0],
          [9, 0],
          [3, 0],
        ],
      );
      assert.ok((runs[1]?.totals.corrected ?? 0) > 0);
      assert.ok(runs.every(({ totals }) => totals.suggestions === undefined));
      const seen = await Promise.all(runs.map(({ importId }) => officer.imports.get(importId)));
      assert.ok(seen.some(({ totals }) => (totals.suggestions ?? 0) > 0));
    },
  );

  await context.test("the same files again change nothing", async () => {
    const before = await officer.suggestions.list();
    const again = await importFile(feed, "life-claim", "syntheticlife-claim-data.csv");
    assert.equal(again.totals.created, 5624);
    assert.deepEqual(await officer.suggestions.list(), before);
  });
});
