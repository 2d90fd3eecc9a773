// Sets the demo's stage: an embedded database of its own, a real server process, the clients that act.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbedded, type Embedded } from "../src/postgres/embedded.ts";
import { connect, type Client } from "../sdk/client.ts";
import { bootstrap } from "../sdk/local.ts";

const ROOT = join(import.meta.dirname, "..");
/** The first start makes the pages, which takes seconds, or longer where much else runs. */
const READY_WITHIN_MS = 180_000;
const PORT_USUAL = 7450;

export interface Actor {
  readonly clientId: string;
  readonly token: string;
  readonly api: Client;
}

export interface Stage {
  readonly url: string;
  readonly folder: string;
  /** The database as its operator sees it: every row, no key. */
  readonly operator: pg.Client;
  readonly admin: Actor;
  hire(draft: Parameters<Client["clients"]["create"]>[0]): Promise<Actor>;
  close(): Promise<void>;
}

export async function setStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-demo-"));
  const database = await startEmbedded({ folder: join(folder, "postgres"), temporary: true });
  const url = `http://localhost:${await freePort()}`;
  const server = startServer(url, folder, database);
  await untilReady(url, server);
  const operator = new pg.Client({ connectionString: database.superuserUrl.replace("/postgres?", "/uberrima?") });
  await operator.connect();
  const first = await bootstrap(folder, "demo administrator");
  const admin = actorOf(url, first.client.clientId, first.token);
  return {
    url,
    folder,
    operator,
    admin,
    hire: async (draft) => {
      const made = await admin.api.clients.create(draft);
      return actorOf(url, made.client.clientId, made.token);
    },
    close: async () => {
      await operator.end();
      await stopServer(server);
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function actorOf(url: string, clientId: string, token: string | null): Actor {
  if (token === null) throw new Error("a new client came without its token");
  return { clientId, token, api: connect({ url, token }) };
}

function startServer(url: string, folder: string, database: Embedded): ChildProcess {
  const server = spawn(process.execPath, [join(ROOT, "src/main.ts")], {
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      UBERRIMA_DATA: folder,
      UBERRIMA_PORT: new URL(url).port,
      UBERRIMA_DATABASE_URL: database.appUrl,
      UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl,
      // Passkeys are bound to names, not to addresses.
      UBERRIMA_PUBLIC_URL: url,
      UBERRIMA_LOG_ORIGIN: "demo.example/uberrima",
      UBERRIMA_LOG_LEVEL: "error",
      // Short, so that an erasure becomes final while one watches.
      UBERRIMA_LEASE_SECONDS: "1",
    },
  });
  return server;
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error("the server ended before it was ready; its message stands above");
    const ready = await fetch(`${url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the server was not ready within three minutes");
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await ended;
}

/** The usual port, or any other when that is taken. */
async function freePort(): Promise<number> {
  return tryPort(PORT_USUAL).catch(() => tryPort(0));
}

function tryPort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : port));
    });
  });
}
