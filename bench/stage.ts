// Starts what is measured: a database of its own, and the server process with its baselines.
import { fork, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openDatabase, type Database } from "../src/postgres/database.ts";
import { startEmbedded, type Embedded } from "../src/postgres/embedded.ts";
import { sql } from "../src/postgres/sql.ts";
import type { Ready, Usage } from "./server.ts";
import { startedLike } from "./started.ts";

/** Runs `work` against a fresh server process; `owner` is the database's owner, for baselines of the bench's own. */
export async function withServer<Result>(
  work: (ready: Ready, usage: () => Promise<Usage>, owner: Database) => Promise<Result>,
  settings: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-bench-"));
  const embedded = await startEmbedded({ folder: join(folder, "postgres"), temporary: true });
  const owner = openDatabase({ url: embedded.ownerUrl, connectionsMax: 2 });
  try {
    await makeBaselineTables(embedded, owner);
    const [server, ready] = await startServer(folder, embedded, settings);
    try {
      return await work(ready, () => usageOf(server), owner);
    } finally {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.send("stop");
      await ended;
    }
  } finally {
    await owner.close();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeBaselineTables(embedded: Embedded, owner: Database): Promise<void> {
  const superuser = new pg.Client({ connectionString: embedded.superuserUrl.replace("/postgres?", "/uberrima?") });
  await superuser.connect();
  await superuser.query("create extension pgcrypto");
  await superuser.end();
  await owner.query(sql`
    create table bench_plain (customer_id uuid primary key, first_name text, last_name text, birth_date text, claim_number text,
      narrative text)`);
  await owner.query(sql`
    create table bench_pgcrypto (customer_id uuid primary key, first_name bytea, last_name bytea, birth_date bytea, claim_number bytea,
      narrative bytea)`);
  await owner.query(sql`
    create table bench_read_audit (id bigint generated always as identity primary key, at timestamptz, customer_id uuid, fields integer)`);
  await owner.query(sql`grant select, insert on bench_plain, bench_pgcrypto, bench_read_audit to uberrima_app`);
}

async function startServer(
  folder: string,
  embedded: Embedded,
  settings: Readonly<Record<string, string>>,
): Promise<[ChildProcess, Ready]> {
  const server = fork(join(import.meta.dirname, "server.ts"), {
    env: {
      ...startedLike(),
      UBERRIMA_DATA: folder,
      UBERRIMA_PORT: "0",
      UBERRIMA_LOG_ORIGIN: "bench.example/log",
      UBERRIMA_LOG_LEVEL: "error",
      UBERRIMA_DATABASE_URL: embedded.appUrl,
      UBERRIMA_DATABASE_OWNER_URL: embedded.ownerUrl,
      UBERRIMA_REQUESTS_PER_MINUTE_ADDRESS: "100000000",
      UBERRIMA_REQUESTS_PER_MINUTE_CLIENT: "100000000",
      ...settings,
    },
  });
  const ready = await new Promise<Ready>((resolve, reject) => {
    server.once("message", (message) => resolve(message as Ready));
    server.once("exit", () => reject(new Error("the server under load ended early")));
  });
  return [server, ready];
}

async function usageOf(server: ChildProcess): Promise<Usage> {
  const answer = new Promise<Usage>((resolve) => server.once("message", (message) => resolve(message as Usage)));
  server.send("usage");
  return answer;
}
