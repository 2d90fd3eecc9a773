// The embedded server when things die: no PostgreSQL without its server, and a clean start after any of them was killed.
import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "./database.ts";
import { isPostmasterOf, postmasterPid } from "./embedded/orphan.ts";
import { type Embedded, startEmbedded } from "./embedded.ts";
import { script } from "./sql.ts";
import { temporaryFolder } from "./test-server.ts";

const WAIT_MS = 20_000;
const MODULE = new URL("embedded.ts", import.meta.url).href;
/** A server process: starts PostgreSQL, says so, and stays. */
const SERVER = `
  import { startEmbedded } from ${JSON.stringify(MODULE)};
  const { ownerUrl } = await startEmbedded({ folder: process.argv[1] });
  console.log(ownerUrl);
  setInterval(() => {}, 1000);
`;

let folder: string;
let data: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  data = join(folder, "data");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function startServerProcess(): Promise<{ child: ChildProcess; ownerUrl: string; pid: number }> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", SERVER, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  const pid = await postmasterPid(data);
  assert.ok(pid !== null && (await isPostmasterOf(pid, data)));
  return { child, ownerUrl: chunk.toString("utf8").trim(), pid };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function gone(pid: number): Promise<void> {
  for (const until = Date.now() + WAIT_MS; await isPostmasterOf(pid, data); await sleep(20)) {
    assert.ok(Date.now() < until, "PostgreSQL still runs");
  }
}

async function run(url: string, text: string): Promise<object[]> {
  const database = openDatabase({ url, connectionsMax: 1 });
  return database.query(script(text)).finally(() => database.close());
}

async function startsAndHolds(rows: readonly object[]): Promise<void> {
  const server = await startEmbedded({ folder });
  assert.deepEqual(await run(server.ownerUrl, "select id from kept order by id"), rows);
  await server.stop();
}

test("PostgreSQL ends when its server is killed, busy connections and all, and what was committed is there", async () => {
  const { child, ownerUrl, pid } = await startServerProcess();
  await run(ownerUrl, "create table kept (id integer); insert into kept values (1)");
  const busy = assert.rejects(run(ownerUrl, "select pg_sleep(60)"));
  await sleep(200);
  await kill(child);
  await gone(pid);
  await busy;
  assert.equal(existsSync(join(data, "postmaster.pid")), false);
  await startsAndHolds([{ id: 1 }]);
});

test("a server started at once after another was killed does not wait for anybody", async () => {
  const { child, ownerUrl } = await startServerProcess();
  await run(ownerUrl, "create table kept (id integer)");
  await kill(child);
  await startsAndHolds([]);
});

test("a PostgreSQL that lost server and watchdog together is stopped by the next start", async () => {
  const { child, ownerUrl, pid } = await startServerProcess();
  await run(ownerUrl, "create table kept (id integer); insert into kept values (2)");
  process.kill(await parentOf(pid), "SIGKILL");
  await kill(child);
  await startsAndHolds([{ id: 2 }]);
  assert.equal(await isPostmasterOf(pid, data), false);
});

test("a killed PostgreSQL ends the promise of its server, and recovers at the next start", async () => {
  const server = await startEmbedded({ folder });
  await run(server.ownerUrl, "create table kept (id integer); insert into kept values (3)");
  const pid = await postmasterPid(data);
  process.kill(pid ?? 0, "SIGKILL");
  await server.ended;
  await server.stop();
  await startsAndHolds([{ id: 3 }]);
});

test("a killed watchdog takes PostgreSQL with it rather than leaving it unwatched", async () => {
  const server = await startEmbedded({ folder });
  const pid = (await postmasterPid(data)) ?? 0;
  process.kill(await parentOf(pid), "SIGKILL");
  await gone(pid);
  await server.stop();
});

test("a pid file that names a process of somebody else's does not keep it from starting", async () => {
  await (await startEmbedded({ folder })).stop();
  await writeFile(join(data, "postmaster.pid"), `${process.pid}\n${data}\n`);
  await (await startEmbedded({ folder })).stop();
});

test("a second server on the same folder is refused, from this process and from another", async () => {
  const { child } = await startServerProcess();
  await assert.rejects(startEmbedded({ folder }), {
    code: "folder-in-use",
    message: new RegExp(`server process ${child.pid}$`),
  });
  await kill(child);
  const first = await startEmbedded({ folder });
  await assert.rejects(startEmbedded({ folder }), { code: "folder-in-use" });
  await first.stop();
});

test("of servers started together on an empty folder one starts", async () => {
  const started = await Promise.allSettled(Array.from({ length: 4 }, () => startEmbedded({ folder })));
  const servers = started.filter((one): one is PromiseFulfilledResult<Embedded> => one.status === "fulfilled");
  assert.equal(servers.length, 1);
  await servers[0]?.value.stop();
});

test("a half-made data folder is not mistaken for one", async () => {
  await writeFile(join(folder, "data.making-abc"), "");
  await (await startEmbedded({ folder })).stop();
  assert.equal(existsSync(join(folder, "data.making-abc")), false);
});

test("a folder that is something else is refused and left alone", async () => {
  await rm(folder, { recursive: true });
  await writeFile(folder, "");
  await assert.rejects(startEmbedded({ folder }), { code: "cannot-run" });
});

async function parentOf(pid: number): Promise<number> {
  const ps = ["ps", "-o", "ppid=", "-p", String(pid)] as const;
  // proc(5): the fourth word, after the program's name in parentheses. Small Linux images have no ps.
  const told =
    process.platform === "linux"
      ? await readFile(`/proc/${pid}/stat`, "utf8")
      : execFileSync(ps[0], ps.slice(1), { encoding: "utf8" });
  const parent = Number(process.platform === "linux" ? told.split(") ")[1]?.split(" ")[1] : told);
  assert.ok(parent > 1);
  return parent;
}
