// Applies the plain SQL files of migrations/ in name order, each in one transaction, safe when several processes start together.
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { asCode, asPublicBytes } from "../kernel/bytes.ts";
import type { Database, Transaction } from "./database.ts";
import { PostgresError } from "./errors.ts";
import { script, sql } from "./sql.ts";
import { parseRole } from "./url.ts";

/** Where the files lie in this project. */
const MIGRATIONS_FOLDER = fileURLToPath(new URL("../../migrations/", import.meta.url));

export interface Migration {
  readonly name: string;
  readonly text: string;
  readonly sha256: Buffer;
}

const NAME_PATTERN = /^\d{3}-[a-z0-9-]{1,50}\.sql$/;
const APP_ROLE_PLACE = '"$app_role"';
/** One number of our own ("uberrima" in ASCII, shortened) in the server's space of advisory locks. */
const LOCK_KEY = 0x75626572;

/** Reads the files, sorted by name. Throws "bad-migration" on a file that is not named like 001-what-it-does.sql. */
export async function readMigrations(folder = MIGRATIONS_FOLDER): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name) => {
      if (!NAME_PATTERN.test(name)) throw new PostgresError("bad-migration", `not a migration's name: ${name}`);
      const bytes = await readFile(join(folder, name));
      return { name, text: bytes.toString("utf8"), sha256: createHash("sha256").update(bytes).digest() };
    }),
  );
}

/**
 * Applies what is missing and returns the names of what it applied. `"$app_role"` in a file becomes the application's role.
 * Throws "migration-changed" when a file that was applied has another content now, or is gone.
 */
export async function migrate(owner: Database, appRole: string, migrations?: readonly Migration[]): Promise<string[]> {
  const role = `"${parseRole(appRole)}"`;
  const all = migrations ?? (await readMigrations());
  await underLock(owner, (tx) => prepare(tx, all));
  const applied: string[] = [];
  for (const migration of all) {
    if (await underLock(owner, (tx) => apply(tx, migration, role))) applied.push(migration.name);
  }
  return applied;
}

/** The lock belongs to the transaction, not the session, so that it also holds behind a connection pooler. */
function underLock<Result>(owner: Database, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return owner.transaction(async (tx) => {
    // An index on a large table, or waiting for the process that makes one, may take long.
    await tx.query(sql`set local statement_timeout = 0`);
    await tx.query(sql`select pg_advisory_xact_lock(${LOCK_KEY})`);
    return work(tx);
  });
}

async function prepare(tx: Transaction, all: readonly Migration[]): Promise<void> {
  await tx.query(sql`create table if not exists schema_migration (
    name text primary key, sha256 bytea not null, applied_at timestamptz not null default now())`);
  const rows = await tx.query<{ name: string; sha256: Buffer }>(sql`select name, sha256 from schema_migration`);
  for (const row of rows) {
    const file = all.find((migration) => migration.name === row.name);
    if (file === undefined || !file.sha256.equals(row.sha256)) {
      throw new PostgresError("migration-changed", `the database was made by another ${row.name}`);
    }
  }
}

async function apply(tx: Transaction, migration: Migration, role: string): Promise<boolean> {
  const name = asCode(migration.name);
  const done = await tx.query(sql`select 1 as done from schema_migration where name = ${name}`);
  if (done.length > 0) return false;
  try {
    await tx.query(script(migration.text.replaceAll(APP_ROLE_PLACE, () => role)));
  } catch (error) {
    throw new PostgresError("bad-migration", `${migration.name} could not be applied`, error);
  }
  await tx.query(sql`insert into schema_migration (name, sha256) values (${name}, ${asPublicBytes(migration.sha256)})`);
  return true;
}
