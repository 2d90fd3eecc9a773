// Starts the product as it is delivered: src/main.ts in a process of its own, on a database of its own, its first administrator made.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, connect } from "../sdk/client.ts";
import { bootstrap } from "../sdk/local.ts";
import { type Database, openDatabase } from "../src/postgres/database.ts";
import { type Embedded, startEmbedded } from "../src/postgres/embedded.ts";
import { startedLike } from "./started.ts";

export const LOG_ORIGIN = "bench.example/log";
const LEASE_SECONDS_USUAL = 5;

type ClientDraft = Parameters<Client["clients"]["create"]>[0];

export interface Product {
  readonly url: string;
  readonly embedded: Embedded;
  /** Owns the database, for what only an operator does. */
  readonly owner: Database;
  readonly keyringFolder: string;
  readonly leaseSeconds: number;
  /** A folder of the bench's own, removed at the end. */
  readonly folder: string;
  /** Of the first access administrator. */
  readonly adminToken: string;
  hire(draft: ClientDraft): Promise<{ readonly token: string; readonly clientId: string; readonly api: Client }>;
  /** Forgets how much memory the server has held until now. False where the system does not offer that. */
  forgetPeak(): Promise<boolean>;
  /** The most memory the server has held at once since. */
  peakBytes(): Promise<number>;
}

export interface ProductSettings {
  /** How long keys may stay in memory, which an erasure waits for. */
  readonly leaseSeconds?: number;
  /** Another folder of schema, policies and mappings. */
  readonly governance?: string;
  /** Environment beside what every bench sets; given the bench's own folder. */
  readonly more?: (folder: string) => Promise<Readonly<Record<string, string>>>;
}

export async function withProduct<Result>(
  work: (product: Product) => Promise<Result>,
  { leaseSeconds = LEASE_SECONDS_USUAL, governance, more = async () => ({}) }: ProductSettings = {},
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-bench-"));
  const embedded = await startEmbedded({ folder: join(folder, "postgres"), temporary: true });
  const owner = openDatabase({ url: embedded.ownerUrl, connectionsMax: 2 });
  try {
    const server = startServer(folder, embedded, {
      UBERRIMA_LEASE_SECONDS: String(leaseSeconds),
      ...(governance === undefined ? {} : { UBERRIMA_GOVERNANCE: governance }),
      ...(await more(folder)),
    });
    try {
      const url = await listeningUrl(server);
      return await work(await productOf({ url, folder, embedded, owner, leaseSeconds }, server));
    } finally {
      await stopServer(server);
    }
  } finally {
    await owner.close();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

type Parts = Pick<Product, "url" | "folder" | "embedded" | "owner" | "leaseSeconds">;

async function productOf(parts: Parts, server: ChildProcess): Promise<Product> {
  const first = await bootstrap(parts.folder, "bench administrator");
  if (first.token === null) throw new Error("the first administrator came without a token");
  const admin = connect({ url: parts.url, token: first.token });
  return {
    ...parts,
    adminToken: first.token,
    keyringFolder: join(parts.folder, "keyring"),
    hire: async (draft) => {
      const { client, token } = await admin.clients.create(draft);
      if (token === null) throw new Error("a new client came without its token");
      return { token, clientId: client.clientId, api: connect({ url: parts.url, token }) };
    },
    // proc_pid_clear_refs(5): 5 sets the peak back to what is held now.
    forgetPeak: () => writeFile(`/proc/${server.pid}/clear_refs`, "5").then(...bothWays),
    peakBytes: async () => {
      const status = await readFile(`/proc/${server.pid}/status`, "utf8");
      return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) * 1024;
    },
  };
}

const bothWays = [() => true, () => false] as const;

function startServer(folder: string, embedded: Embedded, settings: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, "../src/main.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...startedLike(),
      UBERRIMA_DATA: folder,
      UBERRIMA_PORT: "0",
      UBERRIMA_LOG_ORIGIN: LOG_ORIGIN,
      UBERRIMA_DATABASE_URL: embedded.appUrl,
      UBERRIMA_DATABASE_OWNER_URL: embedded.ownerUrl,
      UBERRIMA_REQUESTS_PER_MINUTE_ADDRESS: "100000000",
      UBERRIMA_REQUESTS_PER_MINUTE_CLIENT: "100000000",
      ...settings,
    },
  });
}

/** The port is the system's choice; the server's log says it. What follows in the log is read and dropped. */
function listeningUrl(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let logged = "";
    server.stdout?.on("data", (part: Buffer) => {
      if (logged === "" || !logged.includes('"url"')) logged += part.toString();
      const url = /"url":"([^"]+)"/.exec(logged)?.[1];
      if (url !== undefined) resolve(url);
    });
    server.once("exit", () => reject(new Error("the server ended before it was ready")));
  });
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await ended;
}
