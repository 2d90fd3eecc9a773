// A server that is killed in the middle of an import: nothing acknowledged is lost, nothing is done twice, and the totals come out the same.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { type Client, connect } from "../../sdk/client.ts";
import { bootstrap } from "../../sdk/local.ts";
import type { ImportRun } from "../../sdk/imports.ts";
import { openTestDatabase, type TestDatabase } from "../postgres/test-database.ts";
import { sql } from "../postgres/sql.ts";
import { startTestProcess, type TestProcess } from "../test-process.ts";
import { policyFeed } from "./test-feed.ts";

const ROWS = 1000;
const KILLS = 2;

interface Site {
  readonly database: TestDatabase;
  start(): Promise<TestProcess>;
  readonly dataFolder: string;
}

async function openSite(context: TestContext): Promise<Site> {
  const database = await openTestDatabase();
  const dataFolder = await mkdtemp(join(tmpdir(), "uberrima-resume-"));
  context.after(async () => {
    await database.close();
    await rm(dataFolder, { recursive: true, force: true });
  });
  const settings = {
    UBERRIMA_DATA: dataFolder,
    UBERRIMA_DATABASE_URL: database.url,
    UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl,
  };
  return { database, dataFolder, start: () => startTestProcess(context, settings) };
}

async function makeFeed(site: Site, url: string): Promise<{ feed: string; auditor: string }> {
  const { token } = await bootstrap(site.dataFolder, "administrator");
  const admin = connect({ url, token: token ?? "" });
  const purposes = ["administration" as const];
  const rows = { entities: ["life-company"], lines: ["life" as const] };
  const feed = await admin.clients.create({
    name: "feed",
    role: "service-account",
    purposes,
    rowScope: "none",
    classes: ["identity"],
    ...rows,
  });
  const auditor = await admin.clients.create({ name: "audit", role: "internal-auditor", purposes: ["audit"], ...rows });
  return { feed: feed.token ?? "", auditor: auditor.token ?? "" };
}

/** Sends until the server has taken some rows more, then kills it. */
async function sendAndKill(server: TestProcess, client: Client, run: ImportRun, file: Blob): Promise<void> {
  const onProgress = (offsetBytes: number): void => {
    if (offsetBytes > run.offsetBytes) server.child.kill("SIGKILL");
  };
  await assert.rejects(client.imports.send(run, file, { onProgress }));
  await server.ended;
}

test("an import that is killed again and again ends with the same records and totals as one that is not", async (context) => {
  const { bytes, sha256 } = policyFeed(ROWS);
  const file = new Blob([bytes]);
  const draft = { mapping: "life-policy", sizeBytes: bytes.length, sha256 };

  const calm = await openSite(context);
  const undisturbed = await calm.start();
  const calmFeed = connect({ url: undisturbed.url, token: (await makeFeed(calm, undisturbed.url)).feed });
  const expected = await calmFeed.imports.send(await calmFeed.imports.start(draft), file);
  undisturbed.child.kill("SIGTERM");

  const rough = await openSite(context);
  let server = await rough.start();
  const { feed, auditor } = await makeFeed(rough, server.url);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const client = connect({ url: server.url, token: feed });
    const run = await client.imports.start(draft);
    assert.equal(run.state, "running");
    await sendAndKill(server, client, run, file);
    server = await rough.start();
  }
  const client = connect({ url: server.url, token: feed });
  const run = await client.imports.start(draft);
  assert.ok(run.offsetBytes > 0, "what was taken before a kill is kept");
  const done = await client.imports.send(run, file);

  assert.deepEqual(done.totals, expected.totals);
  assert.equal(done.totals.rows, ROWS);
  for (const site of [calm, rough]) {
    const [{ records } = { records: -1 }] = await site.database.owner.query<{ records: number }>(
      sql`select count(*) as records from record`,
    );
    assert.equal(records, expected.totals.created);
  }
  const report = await connect({ url: server.url, token: auditor }).operations.verify();
  assert.deepEqual(report.findings, []);
});
