// A server that is killed in the middle of an import: nothing acknowledged is lost, nothing is done twice, and the totals come out the same.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { type Client, connect } from "../../sdk/client.ts";
import { bootstrap } from "../../sdk/local.ts";
import type { ImportRun } from "../../sdk/imports.ts";
import { SdkError } from "../../sdk/sdk-error.ts";
import { openTestDatabase, type TestDatabase } from "../postgres/test-database.ts";
import { sql } from "../postgres/sql.ts";
import { startTestProcess, type TestProcess } from "../test-process.ts";
import { policyFeed } from "./test-feed.ts";

const ROWS = process.env["UBERRIMA_FULL"] === "1" ? 1000 : 300;
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

type Draft = Parameters<Client["imports"]["start"]>[0];

/** What a sender does when told to try again: a busy machine's database may end a transaction that stood still for too long. */
async function patiently<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof SdkError && error.code === "unavailable")) throw error;
    }
  }
}

function sendAll(client: Client, draft: Draft, file: Blob): Promise<ImportRun> {
  return patiently(async () => client.imports.send(await client.imports.start(draft), file));
}

/** Sends until the server has taken some rows more, then kills it. */
async function sendAndKill(server: TestProcess, client: Client, draft: Draft, file: Blob): Promise<void> {
  const sending = patiently(async () => {
    const run = await client.imports.start(draft);
    assert.equal(run.state, "running");
    const onProgress = (offsetBytes: number): void => {
      if (offsetBytes > run.offsetBytes) server.child.kill("SIGKILL");
    };
    await client.imports.send(run, file, { onProgress });
  });
  await assert.rejects(sending);
  assert.equal(server.child.killed, true, "it was not killed, and yet the import failed");
  await server.ended;
}

test("an import that is killed again and again ends with the same records and totals as one that is not", async (context) => {
  const { bytes, sha256 } = policyFeed(ROWS);
  const file = new Blob([bytes]);
  const draft = { mapping: "life-policy", sizeBytes: bytes.length, sha256 };

  const calm = await openSite(context);
  const undisturbed = await calm.start();
  const calmFeed = connect({ url: undisturbed.url, token: (await makeFeed(calm, undisturbed.url)).feed });
  const expected = await sendAll(calmFeed, draft, file);
  undisturbed.child.kill("SIGTERM");

  const rough = await openSite(context);
  let server = await rough.start();
  const { feed, auditor } = await makeFeed(rough, server.url);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await sendAndKill(server, connect({ url: server.url, token: feed }), draft, file);
    server = await rough.start();
  }
  const client = connect({ url: server.url, token: feed });
  const run = await client.imports.start(draft);
  assert.ok(run.offsetBytes > 0, "what was taken before a kill is kept");
  const done = await sendAll(client, draft, file);

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
