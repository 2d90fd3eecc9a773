// Migrations: each once, in order, whole or not at all, also when several processes start together.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { openDatabase } from "./database.ts";
import { type Migration, migrate, readMigrations } from "./migrate.ts";
import { sql } from "./sql.ts";
import { type TestDatabase, openTestDatabase } from "./test-database.ts";

const APP = "uberrima_app";
const migration = (name: string, text: string): Migration => ({
  name,
  text,
  sha256: createHash("sha256").update(text).digest(),
});
const FIRST = migration("001-first.sql", `create table one (id integer); grant select on one to "$app_role";`);
const SECOND = migration("002-second.sql", "create table two (id integer); insert into two values (1);");

let db: TestDatabase;
before(async () => {
  db = await openTestDatabase({ migrated: false });
});
after(() => db.close());

test("applies each file once and names what it applied", async () => {
  assert.deepEqual(await migrate(db.owner, APP, [FIRST]), ["001-first.sql"]);
  assert.deepEqual(await migrate(db.owner, APP, [FIRST, SECOND]), ["002-second.sql"]);
  assert.deepEqual(await migrate(db.owner, APP, [FIRST, SECOND]), []);
  assert.deepEqual(await db.owner.query(sql`select id from two`), [{ id: 1 }]);
});

test("gives the application's role what the file grants and no more", async () => {
  assert.deepEqual(await db.database.query(sql`select id from one`), []);
  for (const forbidden of [sql`select id from two`, sql`insert into one values (1)`, sql`drop table one`]) {
    await assert.rejects(db.database.query(forbidden), { code: "42501" });
  }
  await assert.rejects(db.database.query(sql`update schema_migration set name = name`), { code: "42501" });
});

test("refuses a file that was changed after it was applied, and one that is gone", async () => {
  const changed = migration(FIRST.name, `${FIRST.text} -- and more`);
  await assert.rejects(migrate(db.owner, APP, [changed, SECOND]), { code: "migration-changed" });
  await assert.rejects(migrate(db.owner, APP, [FIRST]), { code: "migration-changed" });
});

test("keeps nothing of a file that fails half-way", async () => {
  const broken = migration("003-broken.sql", "create table three (id integer); select 1 / 0;");
  await assert.rejects(migrate(db.owner, APP, [FIRST, SECOND, broken]), { code: "bad-migration" });
  const mended = migration("003-broken.sql", "create table three (id integer);");
  assert.deepEqual(await migrate(db.owner, APP, [FIRST, SECOND, mended]), ["003-broken.sql"]);
});

test("refuses a role name that could be read as anything else", async () => {
  await assert.rejects(migrate(db.owner, 'x" to public; --', [FIRST]), { code: "bad-role" });
});

test("many processes started together on one empty database apply each file once", async () => {
  const empty = await openTestDatabase({ migrated: false });
  const migrations = await readMigrations();
  const owners = Array.from({ length: 6 }, () => openDatabase({ url: empty.ownerUrl, connectionsMax: 1 }));
  try {
    const applied = await Promise.all(owners.map((owner) => migrate(owner, APP, migrations)));
    const names = migrations.map(({ name }) => name);
    assert.ok(names.length > 0);
    assert.deepEqual(applied.flat().toSorted(), names);
    const rows = await empty.owner.query<{ name: string }>(sql`select name from schema_migration order by name`);
    assert.deepEqual(
      rows.map((row) => row.name),
      names,
    );
  } finally {
    await Promise.all(owners.map((owner) => owner.close()));
    await empty.close();
  }
});
