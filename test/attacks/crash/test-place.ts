// For attacks: where the torture happens: one server that owns its database, or two that share an outside one, to be killed and started again.
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, readlink, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { postmasterPid } from "../../../src/postgres/embedded/orphan.ts";
import { DATABASE_NAME, type Embedded, OWNER_ROLE, startEmbedded } from "../../../src/postgres/embedded.ts";
import { socketUrl } from "../../../src/postgres/url.ts";
import { startTestProcess, type TestProcess } from "../../../src/test-process.ts";
import type { Kill, Random } from "./test-plan.ts";

export interface Place {
  readonly keyring: string;
  /** Of the server whose local socket makes the first administrator. */
  readonly dataFolder: string;
  /** One of the servers that run; waits while none does. */
  url(): Promise<string>;
  /** Kills with SIGKILL, and brings back what does not come back by itself, as a supervisor would. */
  kill(target: Kill["target"], random: Random): Promise<void>;
  /** The database as its owner. */
  ownerUrl(): Promise<string>;
  /** What the servers of all lives have printed. */
  output(): string;
  /** Ends everything in good order; resolves with what is still running of it. */
  stop(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

const STARTED_MS_MAX = 60_000;
const SETTINGS = {
  UBERRIMA_LEASE_SECONDS: "2",
  UBERRIMA_LOG_LEVEL: "info",
  UBERRIMA_REQUESTS_PER_MINUTE_CLIENT: "1000000",
  UBERRIMA_REQUESTS_PER_MINUTE_ADDRESS: "1000000",
};

interface Servers {
  readonly current: (TestProcess | null)[];
  readonly all: TestProcess[];
  start(at: number): Promise<void>;
}

function openServers(count: number, settingsOf: (at: number) => Record<string, string>): Servers {
  const servers: Servers = {
    current: Array.from({ length: count }, () => null),
    all: [],
    start: async (at) => {
      // Nothing ends by itself: that is what is looked at in the end.
      const started = await startTestProcess({ after: () => {} }, { ...SETTINGS, ...settingsOf(at) });
      servers.current[at] = started;
      servers.all.push(started);
    },
  };
  return servers;
}

async function urlOf({ current }: Servers): Promise<string> {
  for (const end = Date.now() + STARTED_MS_MAX; Date.now() < end; await sleep(10)) {
    const running = current.filter((server) => server !== null);
    const one = running[Math.floor(Math.random() * running.length)];
    if (one !== undefined) return one.url;
  }
  throw new Error("no server runs");
}

async function killServer(servers: Servers, at: number): Promise<void> {
  const server = servers.current[at];
  servers.current[at] = null;
  server?.child.kill("SIGKILL");
  await server?.ended;
}

async function stopServers(servers: Servers): Promise<void> {
  const running = servers.current.filter((server) => server !== null);
  servers.current.fill(null);
  for (const { child } of running) child.kill("SIGTERM");
  for (const { ended } of running) assert.equal(await ended, 0, "a server that is asked to end ends well");
}

/** One server with the database in its data folder. */
export async function openEmbeddedPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-crash-"));
  const servers = openServers(1, () => ({ UBERRIMA_DATA: folder }));
  await servers.start(0);
  const postgres = join(folder, "postgres");
  return {
    keyring: join(folder, "keyring"),
    dataFolder: folder,
    url: () => urlOf(servers),
    kill: async (target) => {
      const pid = target === "server" ? null : await postmasterPid(join(postgres, "data"));
      const server = servers.current[0];
      if (pid !== null) process.kill(pid, "SIGKILL");
      if (target !== "database") await killServer(servers, 0);
      servers.current[0] = null;
      // A server whose database has died ends by itself.
      await server?.ended;
      await servers.start(0);
    },
    ownerUrl: async () =>
      socketUrl((await readFile(join(postgres, "socket-folder"), "utf8")).trim(), OWNER_ROLE, DATABASE_NAME),
    output: () => servers.all.flatMap(({ output }) => output).join(""),
    stop: async () => {
      await stopServers(servers);
      return runningBelow(folder);
    },
    remove: () => removePlace(folder, servers),
  };
}

/** Two servers that share an outside database and live on when that is killed. */
export async function openSharedPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-crash-"));
  let database: Embedded = await startEmbedded({ folder: join(folder, "outside") });
  const front = await openFront(() => new URL(database.ownerUrl).searchParams.get("host") ?? "");
  const keyring = join(folder, "keyring");
  const urlAs = (role: string): string => `postgres://${role}@127.0.0.1:${front.port}/${DATABASE_NAME}`;
  const servers = openServers(2, (at) => ({
    UBERRIMA_DATA: join(folder, `server-${at}`),
    UBERRIMA_KEYRING: keyring,
    UBERRIMA_DATABASE_URL: urlAs("uberrima_app"),
    UBERRIMA_DATABASE_OWNER_URL: urlAs(OWNER_ROLE),
  }));
  await servers.start(0);
  await servers.start(1);
  const killDatabase = async (): Promise<void> => {
    const pid = await postmasterPid(join(folder, "outside", "data"));
    if (pid !== null) process.kill(pid, "SIGKILL");
    await database.ended;
    database = await startEmbedded({ folder: join(folder, "outside") });
  };
  return {
    keyring,
    dataFolder: join(folder, "server-0"),
    url: () => urlOf(servers),
    kill: async (target, random) => {
      const at = random() < 0.5 ? 0 : 1;
      const dying = target === "database" ? Promise.resolve() : killServer(servers, at);
      await Promise.all([dying, target === "server" ? Promise.resolve() : killDatabase()]);
      if (target !== "database") await servers.start(at);
    },
    ownerUrl: async () => database.ownerUrl,
    output: () => servers.all.flatMap(({ output }) => output).join(""),
    stop: async () => {
      await stopServers(servers);
      await front.close();
      await database.stop();
      return runningBelow(folder);
    },
    remove: async () => {
      await front.close();
      await database.stop();
      await removePlace(folder, servers);
    },
  };
}

interface Front {
  readonly port: number;
  close(): Promise<void>;
}

/** One address for a database whose socket is another after each start. */
async function openFront(socketFolder: () => string): Promise<Front> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(join(socketFolder(), ".s.PGSQL.5432"));
    for (const [socket, partner] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => {}).on("close", () => void (sockets.delete(socket), partner.destroy()));
      socket.pipe(partner);
    }
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    close: async () => {
      if (!server.listening) return;
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Processes that work in the folder or were started on it. */
async function runningBelow(folder: string): Promise<string[]> {
  if (process.platform !== "linux") return [];
  const found = await Promise.all(
    (await readdir("/proc"))
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .map(async (pid) => {
        const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => "");
        const command = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ");
        return cwd.startsWith(folder) || command.includes(folder) ? [`${pid} ${command}`] : [];
      }),
  );
  return found.flat();
}

async function removePlace(folder: string, { all }: Servers): Promise<void> {
  for (const { child, ended } of all) {
    child.kill("SIGKILL");
    await ended;
  }
  for (const end = Date.now() + STARTED_MS_MAX; (await runningBelow(folder)).length > 0; await sleep(50)) {
    assert.ok(Date.now() < end, "processes are left");
  }
  await rm(folder, { recursive: true, force: true });
}
