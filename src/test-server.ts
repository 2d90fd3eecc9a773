// For tests: a whole server on a database of its own, reached over real HTTP. Its log is kept, so that a test can look for what must not be there.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, startApp } from "./app.ts";
import type { ClientRequest, NewClient } from "./access/access.ts";
import { type Config, parseConfig } from "./config.ts";
import { createLog } from "./http/http.ts";
import { type Clock, systemClock } from "./kernel/clock.ts";
import { openTestDatabase, type TestDatabase } from "./postgres/test-database.ts";

export interface TestServerOptions {
  /** Another clock, to make things expire. */
  readonly clock?: Clock;
  readonly settings?: Readonly<Record<string, string>>;
  /** Between two looks of what the server does by itself, for tests that wait for it again and again. */
  readonly everyMs?: number;
  /** Another server on the same database and keys. */
  readonly beside?: TestServer;
}

export interface TestServer {
  readonly url: string;
  readonly app: App;
  readonly config: Config;
  readonly database: TestDatabase;
  readonly dataFolder: string;
  /** The first access administrator. */
  readonly admin: NewClient;
  /** Every line the server has logged. */
  readonly logged: readonly string[];
  /** Makes a client that the administrator is entitled to make. */
  createClient(request: TestClient): Promise<NewClient>;
  stop(): Promise<void>;
}

export type TestClient = Pick<ClientRequest, "role" | "purposes"> & Partial<ClientRequest>;

const ROOT = join(import.meta.dirname, "..");
const DAY_MS = 86_400_000;
/** Of a lease as long as the product's own: what outlives it on a busy machine is answered with "busy". */
const SETTINGS = { UBERRIMA_PORT: "0", UBERRIMA_LEASE_SECONDS: "5", UBERRIMA_LOG_LEVEL: "debug" };

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { clock = systemClock, beside, everyMs } = options;
  const database = beside?.database ?? (await openTestDatabase());
  const dataFolder = await mkdtemp(join(tmpdir(), "uberrima-server-"));
  const keyring = join(beside?.dataFolder ?? dataFolder, "keyring");
  const logged: string[] = [];
  const environment = {
    ...SETTINGS,
    UBERRIMA_DATA: dataFolder,
    UBERRIMA_KEYRING: keyring,
    UBERRIMA_DATABASE_URL: database.url,
    UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl,
    ...options.settings,
  };
  const config = parseConfig(environment, ROOT);
  const log = createLog(config.logLevel, { write: (line) => void logged.push(line) });
  const app = await startApp(config, { log, clock, ...(everyMs === undefined ? {} : { everyMs }) });
  const { access } = app.domains;
  const inAYear = (): Date => new Date(clock.now().getTime() + 365 * DAY_MS);
  const admin = beside?.admin ?? (await access.bootstrapAdministrator({ name: "administrator", expiresAt: inAYear() }));
  return {
    url: app.url,
    app,
    config,
    database,
    dataFolder,
    admin,
    logged,
    async createClient(request) {
      const actor = await access.authenticate(admin.token);
      if (actor === null) throw new Error("the administrator's token is not good");
      return access.createClient({ ...DEFAULTS, expiresAt: daysFor(app, request.role, clock), ...request }, actor);
    },
    async stop() {
      // Twice is fine: a stopped server has nothing left to close.
      await app.stop();
      if (beside === undefined) await database.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

const DEFAULTS: Omit<ClientRequest, "role" | "purposes" | "expiresAt"> = {
  name: "test client",
  rowScope: "assignments",
  groups: [],
  entities: ["acme"],
  lines: ["life", "health", "auto", "property"],
  classCeiling: null,
};

function daysFor({ domains }: App, role: ClientRequest["role"], clock: Clock): Date {
  const days = Math.min(365, domains.access.roles[role].daysMax);
  return new Date(clock.now().getTime() + days * DAY_MS);
}
