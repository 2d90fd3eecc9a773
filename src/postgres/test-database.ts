// For tests: a fresh, migrated database in a server that the test processes of one run share.
import { createHash, randomBytes } from "node:crypto";
import { Client } from "pg";
import { type Database, openDatabase } from "./database.ts";
import { openPipeline, type Pipeline } from "./pipeline.ts";
import { type Migration, migrate, readMigrations } from "./migrate.ts";
import { givenUrls, takeGiven } from "./test-given.ts";
import { type TestServer, embeddedTestServer, externalTestServer } from "./test-server.ts";
import { roleOf, withDatabase } from "./url.ts";

/** A database reached as its two roles. */
export interface RoleDatabase {
  /** As the application's narrow role. */
  readonly database: Database;
  readonly owner: Database;
  /** As the application's narrow role. */
  readonly pipeline: Pipeline;
  readonly url: string;
  readonly ownerUrl: string;
  /** Ends the connections and gives the database up. */
  close(): Promise<void>;
}

export interface TestDatabase extends RoleDatabase {
  /** The superuser's, for what an intruder or administrator does behind the application's back. */
  readonly superuserUrl: string;
}

interface Options {
  /** false gives an empty database. */
  readonly migrated?: boolean;
}

const CONNECTIONS_MAX = 8;

/** Opens a database of its own for one test or test file, in the embedded server. */
export async function openTestDatabase(options: Options = {}): Promise<TestDatabase> {
  return openFresh(await embeddedTestServer(), options.migrated !== false);
}

/** The same in an outside server, reached by TCP with passwords and with role names of its administrator's choosing. */
export async function openExternalTestDatabase(options: Options = {}): Promise<RoleDatabase> {
  const given = givenUrls();
  if (given === null) return openFresh(await externalTestServer(), options.migrated !== false);
  const giveBack = await takeGiven(given, options.migrated !== false);
  return openAsRoles(given.ownerUrl, given.appUrl, giveBack);
}

async function openFresh(server: TestServer, migrated: boolean): Promise<TestDatabase> {
  const template = migrated ? await ensureTemplate(server) : "template0";
  const name = `test_${randomBytes(8).toString("hex")}`;
  const ownerRole = roleOf(server.ownerUrl);
  await administer(server.superuserUrl, `create database ${name} template ${template} owner ${ownerRole}`);
  const drop = (): Promise<void> => administer(server.superuserUrl, `drop database if exists ${name} with (force)`);
  const opened = openAsRoles(withDatabase(server.ownerUrl, name), withDatabase(server.appUrl, name), drop);
  return { ...opened, superuserUrl: withDatabase(server.superuserUrl, name) };
}

function openAsRoles(ownerUrl: string, url: string, afterwards: () => Promise<void>): RoleDatabase {
  const database = openDatabase({ url, connectionsMax: CONNECTIONS_MAX });
  const owner = openDatabase({ url: ownerUrl, connectionsMax: CONNECTIONS_MAX });
  const pipeline = openPipeline(url);
  const close = async (): Promise<void> => {
    await Promise.all([database.close(), owner.close(), pipeline.close()]);
    await afterwards();
  };
  return { database, owner, pipeline, url, ownerUrl, close };
}

const templates = new Map<TestServer, Promise<string>>();

/** Migrates once a server, since copying a migrated database takes a tenth of the time. */
function ensureTemplate(server: TestServer): Promise<string> {
  const known = templates.get(server) ?? makeTemplate(server);
  templates.set(server, known);
  return known;
}

async function makeTemplate(server: TestServer): Promise<string> {
  const migrations = await readMigrations();
  const name = `migrated_${digestOf(migrations)}`;
  const client = new Client({ connectionString: server.superuserUrl });
  await client.connect();
  try {
    // Held by the session: test processes started together make the template once.
    await client.query("select pg_advisory_lock(hashtext($1))", [name]);
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) {
      const making = `${name}_${randomBytes(4).toString("hex")}`;
      await client.query(`create database ${making} template template0 owner ${roleOf(server.ownerUrl)}`);
      await migrateInto(withDatabase(server.ownerUrl, making), roleOf(server.appUrl), migrations);
      await client.query(`alter database ${making} rename to ${name}`);
    }
  } finally {
    await client.end();
  }
  return name;
}

async function migrateInto(ownerUrl: string, appRole: string, migrations: readonly Migration[]): Promise<void> {
  const owner = openDatabase({ url: ownerUrl, connectionsMax: 1 });
  try {
    await migrate(owner, appRole, migrations);
  } finally {
    await owner.close();
  }
}

function digestOf(migrations: readonly Migration[]): string {
  const hash = createHash("sha256");
  for (const { name, sha256 } of migrations) hash.update(name).update(sha256);
  return hash.digest("hex").slice(0, 16);
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}
