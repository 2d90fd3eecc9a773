// Disclosure over HTTP: authenticated, decided, sequenced, promised, five fields opened; against the same row with less or no protection.
import { fork, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import pg from "pg";
import { openDatabase } from "../src/postgres/database.ts";
import { startEmbedded, type Embedded } from "../src/postgres/embedded.ts";
import { sql } from "../src/postgres/sql.ts";
import { median, type Measured } from "./measure.ts";
import { printGoal, printMeasured, rateOf, type Goal } from "./report.ts";
import type { Ready } from "./server.ts";

const CONNECTIONS = 64;
const ROUNDS = 3;
const FIELDS = ["person.first-name", "person.last-name", "person.birth-date", "claim.number", "claim.narrative"];
const NAMES = {
  ours: "disclosure: decided, sequenced, promised, 5 fields opened",
  plain: "(a) the same row in plaintext by primary key",
  authenticated: "(b) the same, authenticated and validated",
  pgcrypto: "pgcrypto columns and an audit row a read",
} as const;

export async function benchDisclosure(seconds: number): Promise<Goal[]> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-bench-"));
  const embedded = await startEmbedded({ folder: join(folder, "postgres"), temporary: true });
  try {
    await makeBaselineTables(embedded);
    const [server, ready] = await startServer(folder, embedded);
    try {
      const measured = await measure(ready, seconds);
      const rssBytes = await memoryOf(server);
      return report(measured, rssBytes);
    } finally {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.send("stop");
      await ended;
    }
  } finally {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeBaselineTables(embedded: Embedded): Promise<void> {
  const superuser = new pg.Client({ connectionString: embedded.superuserUrl.replace("/postgres?", "/uberrima?") });
  await superuser.connect();
  await superuser.query("create extension pgcrypto");
  await superuser.end();
  const owner = openDatabase({ url: embedded.ownerUrl, connectionsMax: 1 });
  await owner.query(
    sql`create table bench_plain (customer_id uuid primary key, first_name text, last_name text, birth_date text, claim_number text, narrative text)`,
  );
  await owner.query(
    sql`create table bench_pgcrypto (customer_id uuid primary key, first_name bytea, last_name bytea, birth_date bytea, claim_number bytea, narrative bytea)`,
  );
  await owner.query(
    sql`create table bench_read_audit (id bigint generated always as identity primary key, at timestamptz, customer_id uuid, fields integer)`,
  );
  await owner.query(sql`grant select, insert on bench_plain, bench_pgcrypto, bench_read_audit to uberrima_app`);
  await owner.close();
}

async function startServer(folder: string, embedded: Embedded): Promise<[ChildProcess, Ready]> {
  const server = fork(join(import.meta.dirname, "server.ts"), {
    env: {
      ...{
        PATH: process.env["PATH"],
        UBERRIMA_DATA: folder,
        UBERRIMA_PORT: "0",
        UBERRIMA_LOG_ORIGIN: "bench.example/log",
      },
      ...{
        UBERRIMA_DATABASE_URL: embedded.appUrl,
        UBERRIMA_DATABASE_OWNER_URL: embedded.ownerUrl,
        UBERRIMA_LOG_LEVEL: "error",
      },
      ...{ UBERRIMA_REQUESTS_PER_MINUTE_ADDRESS: "100000000", UBERRIMA_REQUESTS_PER_MINUTE_CLIENT: "100000000" },
    },
  });
  const ready = await new Promise<Ready>((resolve, reject) => {
    server.once("message", (message) => resolve(message as Ready));
    server.once("exit", () => reject(new Error("the server under load ended early")));
  });
  return [server, ready];
}

async function measure(ready: Ready, seconds: number): Promise<Measured[]> {
  const targets = {
    ours: `${ready.url}/v1/disclosures`,
    plain: `${ready.baselineUrl}/plain`,
    authenticated: `${ready.baselineUrl}/authenticated`,
    pgcrypto: `${ready.baselineUrl}/pgcrypto`,
  };
  const names = Object.keys(targets) as (keyof typeof targets)[];
  const rates = new Map<string, number[]>();
  for (const name of names) await load(targets[name], ready, 2);
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) {
      const rate = await load(targets[name], ready, seconds);
      rates.set(name, [...(rates.get(name) ?? []), rate]);
    }
  }
  return names.map((name) => ({ name: NAMES[name], perSecond: median(rates.get(name) ?? []) }));
}

async function load(url: string, ready: Ready, seconds: number): Promise<number> {
  const requests = ready.customers.map(({ customerId, unitId }) => ({
    method: "POST" as const,
    body: JSON.stringify({ customerId, workContext: { unitId }, purpose: "claim-handling", fields: FIELDS }),
  }));
  const headers = { authorization: `Bearer ${ready.token}`, "content-type": "application/json" };
  const result = await autocannon({ url, headers, requests, connections: CONNECTIONS, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refusals and ${result.errors} errors under load`);
  return result["2xx"] / result.duration;
}

async function memoryOf(server: ChildProcess): Promise<number> {
  const answer = new Promise<{ rssBytes: number }>((resolve) =>
    server.once("message", (message) => resolve(message as { rssBytes: number })),
  );
  server.send("memory");
  return (await answer).rssBytes;
}

function report(measured: readonly Measured[], rssBytes: number): Goal[] {
  printMeasured(`Disclosure over HTTP, ${CONNECTIONS} connections, one server process`, measured);
  const ours = rateOf(measured, NAMES.ours);
  const goals: Goal[] = [
    { what: "disclosure to (a) plaintext", ratio: ours / rateOf(measured, NAMES.plain), atLeast: 0.4 },
    {
      what: "disclosure to (b) authenticated plaintext",
      ratio: ours / rateOf(measured, NAMES.authenticated),
      atLeast: 0.6,
    },
    { what: "disclosure to pgcrypto with an audit row", ratio: ours / rateOf(measured, NAMES.pgcrypto), atLeast: 2 },
    { what: "400 MB to memory of the server under load", ratio: 400_000_000 / rssBytes, atLeast: 1 },
  ];
  for (const goal of goals) printGoal(goal);
  return goals;
}
