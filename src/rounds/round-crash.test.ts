// A round of letters killed in the middle goes on where it was: each customer written to once, none forgotten. Two thousand at full length.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import pg from "pg";
import { newId } from "../kernel/ids.ts";
import { startTestProcess } from "../test-process.ts";
import { startDisposalScene } from "../retention/test-disposals.ts";

const CUSTOMERS = process.env["UBERRIMA_FULL"] === "1" ? 2000 : 500;
const CUSTOMERS_A_CALL = 50;
const WITHIN_MS = 300_000;
const NOBODY = { actorId: null, actorRevision: null, purpose: null, basis: null } as const;

test("a server killed in the middle of a round of many customers forgets nobody and writes to nobody twice", async (context) => {
  const scene = await startDisposalScene(0);
  const operator = new pg.Client({ connectionString: scene.server.database.superuserUrl });
  const folders: string[] = [];
  context.after(async () => {
    await operator.end();
    await scene.server.stop();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
  await operator.connect();
  const { vault, rounds } = scene.server.app.domains;
  const place = { entity: "acme", brand: "acme", line: "auto", book: null, status: "open" } as const;
  for (let left = CUSTOMERS; left > 0; left -= CUSTOMERS_A_CALL)
    await vault.create(
      Array.from({ length: Math.min(left, CUSTOMERS_A_CALL) }, () => ({
        customerId: newId(),
        create: { kind: "person" as const },
        sources: [],
        units: (["relationship", "policy"] as const).map((kind) => ({
          unitId: newId(),
          create: { kind, ...place },
          sources: [],
          records: [],
        })),
      })),
      NOBODY,
    );
  const officer = await scene.hire("dpo", "data-subject-request");
  const second = await scene.hire("dpo", "data-subject-request");
  const { roundId } = await rounds.ask(officer, { notice: "glba", reason: "yearly notices" });
  const until = async (is: () => Promise<boolean>): Promise<void> => {
    for (const since = Date.now(); !(await is());) {
      if (Date.now() - since > WITHIN_MS) throw new Error("the round does not go on");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  await until(async () => (await rounds.get(roundId)).state === "previewed");
  const { found } = await rounds.get(roundId);
  assert.equal(found?.due, CUSTOMERS);
  await rounds.decide(second, { roundId, approve: true, digest: found.digest });
  // Whatever this one has done by then is done.
  await scene.server.app.stop();

  const { config, dataFolder, database } = scene.server;
  const startOne = async () => {
    const folder = await mkdtemp(join(tmpdir(), "uberrima-round-"));
    folders.push(folder);
    return startTestProcess(context, {
      UBERRIMA_DATA: folder,
      UBERRIMA_KEYRING: join(dataFolder, "keyring"),
      UBERRIMA_DATABASE_URL: database.url,
      UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl,
      UBERRIMA_LEASE_SECONDS: String(config.leaseSeconds),
    });
  };
  const counted = async (statement: string): Promise<number> =>
    (await operator.query<{ count: number }>(statement)).rows[0]?.count ?? 0;
  const outcomes = (): Promise<number> => counted("select count(*)::integer as count from notice_outcome");
  let killed = 0;
  for (const share of [0.3, 0.6]) {
    const one = await startOne();
    await until(async () => (await outcomes()) > CUSTOMERS * share);
    one.child.kill("SIGKILL");
    await one.ended;
    if ((await outcomes()) < CUSTOMERS) killed += 1;
  }
  assert.ok(killed > 0, "it was killed in the middle at least once");
  // Two at once, of which neither does what the other has done.
  const last = [await startOne(), await startOne()];
  await until(async () => (await outcomes()) === CUSTOMERS);
  for (const one of last) {
    one.child.kill("SIGTERM");
    await one.ended;
  }
  assert.equal(await counted("select count(*)::integer as count from letter_queue"), CUSTOMERS);
  assert.equal(await counted("select count(distinct customer_id)::integer as count from letter_queue"), CUSTOMERS);
  const sent = "select count(*)::integer as count from notice_outcome where outcome = 'sent'";
  assert.equal(await counted(sent), CUSTOMERS);
  assert.equal(
    await counted(
      "select count(*)::integer as count from notice_outcome o join letter_queue q on q.letter_id = o.sent_as",
    ),
    CUSTOMERS,
    "each outcome names the letter of it",
  );
});
