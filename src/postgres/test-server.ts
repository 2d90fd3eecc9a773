// For tests: the two servers of a test run, one embedded and one "outside" that is reached by TCP with passwords.
import { randomBytes } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { SUPERUSER, startCluster } from "./embedded/cluster.ts";
import { APP_ROLE, OWNER_ROLE, startEmbedded } from "./embedded.ts";
import { socketUrl, withRole } from "./url.ts";

export interface TestServer {
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
}

export interface StartedTestServer extends TestServer {
  stop(): Promise<void>;
}

/** Set by test/run.ts for the processes of a run: a superuser's socket URL, and a TestServer as JSON. */
export const EMBEDDED_VARIABLE = "UBERRIMA_TEST_PG_SOCKET_URL";
export const EXTERNAL_VARIABLE = "UBERRIMA_TEST_PG_EXTERNAL";

/** A run has a dozen servers on them at once, each with twelve connections and more: whoever finds none left answers 503. */
const CONNECTIONS = { max_connections: "500" };

let embedded: Promise<TestServer> | undefined;
let external: Promise<TestServer> | undefined;

/** The run's embedded server. A lone test file starts its own, which ends and is removed with its process. */
export function embeddedTestServer(): Promise<TestServer> {
  const shared = process.env[EMBEDDED_VARIABLE];
  embedded ??= shared ? Promise.resolve(rolesOf(shared)) : startEmbeddedTestServer();
  return embedded;
}

/** The run's outside server; likewise. */
export function externalTestServer(): Promise<TestServer> {
  const shared = process.env[EXTERNAL_VARIABLE];
  external ??= shared ? Promise.resolve(JSON.parse(shared) as TestServer) : startExternalTestServer();
  return external;
}

export async function startEmbeddedTestServer(): Promise<StartedTestServer> {
  const options = { folder: await temporaryFolder(), temporary: true, settings: CONNECTIONS };
  const { superuserUrl, stop } = await startEmbedded(options);
  return { ...rolesOf(superuserUrl), stop };
}

function rolesOf(superuserUrl: string): TestServer {
  return { superuserUrl, ownerUrl: withRole(superuserUrl, OWNER_ROLE), appUrl: withRole(superuserUrl, APP_ROLE) };
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "uberrima-test-"));
}

/** A server as an administrator would set one up: TCP, SCRAM passwords (RFC 5802), role names of their own choosing. */
export async function startExternalTestServer(): Promise<StartedTestServer> {
  const folder = await temporaryFolder();
  const accessFile = join(folder, "access.conf");
  await writeFile(accessFile, "local all postgres trust\nhost all all 127.0.0.1/32 scram-sha-256\n", { mode: 0o644 });
  const port = String(await freePort());
  const reached = { listen_addresses: "127.0.0.1", port, hba_file: accessFile, password_encryption: "scram-sha-256" };
  const settings = { ...reached, ...CONNECTIONS };
  const cluster = await startCluster({ folder, temporary: true, settings });
  const roles = { [SUPERUSER]: newPassword(), policy_owner: newPassword(), policy_app: newPassword() };
  await setPasswords(`${socketUrl(cluster.socketFolder, SUPERUSER, "postgres")}&port=${port}`, roles);
  const url = (role: keyof typeof roles): string => `postgres://${role}:${roles[role]}@127.0.0.1:${port}/postgres`;
  return { superuserUrl: url(SUPERUSER), ownerUrl: url("policy_owner"), appUrl: url("policy_app"), stop: cluster.stop };
}

async function setPasswords(socket: string, roles: Readonly<Record<string, string>>): Promise<void> {
  const client = new Client({ connectionString: socket });
  await client.connect();
  try {
    for (const [role, password] of Object.entries(roles)) {
      const { rowCount } = await client.query("select from pg_roles where rolname = $1", [role]);
      await client.query(`${rowCount === 0 ? "create" : "alter"} role ${role} login password '${password}'`);
    }
  } finally {
    await client.end();
  }
}

function newPassword(): string {
  return randomBytes(18).toString("hex");
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => probe.once("listening", listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
