// Import: sealed, masked and indexed customers over HTTP, against the same rows in plaintext with plain indexes.
import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeSampleInsurer } from "../demo/sample-insurer.ts";
import { connect } from "../sdk/client.ts";
import { asCode, type Code } from "../src/kernel/bytes.ts";
import type { Database } from "../src/postgres/database.ts";
import { script, sql } from "../src/postgres/sql.ts";
import { printGoal, type Goal } from "./report.ts";
import type { Ready } from "./server.ts";
import { withServer } from "./stage.ts";

const BATCH_ROWS = 500;
const SEED = 11;

export async function benchImport(customers: number): Promise<Goal[]> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-bench-feed-"));
  try {
    return await withServer(async (ready, usage, owner) => {
      const [warmUp] = await writeSampleInsurer(folder, { customers, seed: SEED, numbersAfter: 1_000_000 });
      await importFeed(ready, warmUp.customers);
      const [files] = await writeSampleInsurer(folder, { customers, seed: SEED + 1, numbersAfter: 2_000_000 });
      const before = await usage();
      const seconds = await importFeed(ready, files.customers);
      const cpuSeconds = (await usage()).cpuSeconds - before.cpuSeconds;
      const plainSeconds = await importPlain(owner, files.customers);
      return report({ customers, seconds, cpuSeconds, plainSeconds });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importFeed(ready: Ready, path: string): Promise<number> {
  const { imports } = connect({ url: ready.url, token: ready.feedToken });
  const content = await readFile(path);
  const begun = performance.now();
  const sha256 = createHash("sha256").update(content).digest("hex");
  const run = await imports.start({ mapping: "sample-customers", sizeBytes: content.length, sha256 });
  const done = await imports.send(run, await openAsBlob(path));
  if (done.totals.rejected > 0) throw new Error("the bench's own feed has rejected rows");
  return (performance.now() - begun) / 1000;
}

/** The same rows as text, a column a field, with an index for each of the six that a plain system would have. */
async function importPlain(owner: Database, path: string): Promise<number> {
  const rows = (await readFile(path, "utf8")).trim().split("\n");
  const columns = Object.keys(JSON.parse(rows[0] ?? "{}") as object);
  const list = asStatement(columns.join(", "));
  await owner.query(sql`drop table if exists bench_customers`);
  await owner.query(
    sql`create table bench_customers (id bigint generated always as identity primary key, ${asStatement(columns.map((name) => `${name} text`).join(", "))})`,
  );
  for (const column of ["customer_number", "last_name, birth_date", "ssn", "email", "phone", "zip, street"]) {
    await owner.query(sql`create index on bench_customers (${asStatement(column)})`);
  }
  const begun = performance.now();
  for (let at = 0; at < rows.length; at += BATCH_ROWS) {
    const parsed = rows.slice(at, at + BATCH_ROWS).map((line) => JSON.parse(line) as Record<string, string>);
    const arrays = columns.map((name) => sql`${parsed.map((row) => row[name] as Code)}::text[]`);
    const values = arrays.reduce((left, right) => sql`${left}, ${right}`);
    await owner.query(sql`insert into bench_customers (${list}) select * from unnest(${values})`);
  }
  return (performance.now() - begun) / 1000;
}

/** Column names of the bench's own feed, which are no parameters. */
function asStatement(text: string) {
  for (const name of text.split(/[ ,]+/)) asCode(name);
  return script(text);
}

interface Figures {
  readonly customers: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly plainSeconds: number;
}

function report({ customers, seconds, cpuSeconds, plainSeconds }: Figures): Goal[] {
  const perSecond = customers / seconds;
  console.log(`\nImport of ${customers.toLocaleString("en")} customers: 22 fields, 12 indexes each`);
  console.log(
    `  ours, over HTTP: ${Math.round(perSecond).toLocaleString("en")} a second, ${Math.round(customers / cpuSeconds).toLocaleString("en")} a second of the server's processor time`,
  );
  console.log(`  plaintext with plain indexes: ${Math.round(customers / plainSeconds).toLocaleString("en")} a second`);
  const goals: Goal[] = [
    { what: "customers a second and core (server process)", ratio: customers / cpuSeconds, atLeast: 2500 },
    { what: "import to plaintext (reported, no goal)", ratio: plainSeconds / seconds, atLeast: 0 },
  ];
  for (const goal of goals) printGoal(goal);
  return goals;
}
