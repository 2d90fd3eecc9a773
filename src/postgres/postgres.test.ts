// Storage opened for good: embedded and outside servers, and what it is refused for.
import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { afterEach, beforeEach, describe, test } from "node:test";
import { openDatabase } from "./database.ts";
import { startEmbedded } from "./embedded.ts";
import { readMigrations } from "./migrate.ts";
import { type StorageOptions, type StorageSource, openStorage } from "./postgres.ts";
import { sql } from "./sql.ts";
import { type RoleDatabase, openExternalTestDatabase, openTestDatabase } from "./test-database.ts";
import { temporaryFolder } from "./test-server.ts";
import { roleOf } from "./url.ts";

const OPTIONS: StorageOptions = { connectionsMax: 2 };
const external = ({ ownerUrl, url }: RoleDatabase): StorageSource => ({ kind: "external", ownerUrl, appUrl: url });
const allNames = async (): Promise<string[]> => (await readMigrations()).map(({ name }) => name);

describe("the embedded server", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test("opens migrated, as the narrow role, and again without migrating", async () => {
    for (const migrated of [await allNames(), []]) {
      const storage = await openStorage({ kind: "embedded", folder }, OPTIONS);
      assert.deepEqual(storage.migrated, migrated);
      const pipeline = storage.openPipeline();
      for (const on of [storage.database, pipeline]) {
        assert.deepEqual(await on.query(sql`select current_user as role`), [{ role: "uberrima_app" }]);
      }
      await storage.stop();
    }
  });

  test("is stopped again when it may not be used", async () => {
    const server = await startEmbedded({ folder });
    const owner = openDatabase({ url: server.ownerUrl, connectionsMax: 1 });
    await owner.query(sql`alter database uberrima set synchronous_commit = off`);
    await owner.close();
    await server.stop();
    await assert.rejects(openStorage({ kind: "embedded", folder }, OPTIONS), { code: "not-durable" });
    // The folder is free again.
    await (await startEmbedded({ folder })).stop();
  });
});

describe("an outside server", () => {
  let db: RoleDatabase;
  beforeEach(async () => {
    db = await openExternalTestDatabase({ migrated: false });
  });
  afterEach(() => db.close());

  test("opens migrated, as the role its URL names", async () => {
    const storage = await openStorage(external(db), OPTIONS);
    assert.deepEqual(storage.migrated, await allNames());
    const [row] = await storage.database.query(sql`select current_user as role, count(*) as keys from domain_key`);
    assert.deepEqual(row, { role: roleOf(db.url), keys: 0 });
    await storage.stop();
  });

  test("opens for two servers started together on one empty database, migrated once", async () => {
    const storages = await Promise.all([openStorage(external(db), OPTIONS), openStorage(external(db), OPTIONS)]);
    assert.deepEqual(storages.flatMap(({ migrated }) => migrated).toSorted(), await allNames());
    await Promise.all(storages.map((storage) => storage.stop()));
  });

  test("is refused when the application would be its owner", async () => {
    await assert.rejects(openStorage(external({ ...db, url: db.ownerUrl }), OPTIONS), { code: "role-too-wide" });
  });

  test("is refused when its role's commits do not wait for the disk", async () => {
    const appUrl = new URL(db.url);
    appUrl.searchParams.set("options", "-c synchronous_commit=off");
    await assert.rejects(openStorage(external({ ...db, url: appUrl.href }), OPTIONS), { code: "not-durable" });
  });

  test("keeps the ledger from being changed or emptied by the application's role", async () => {
    const migrated = await openTestDatabase();
    for (const forbidden of [
      sql`update ledger_entry set outcome = 'denied'`,
      sql`delete from ledger_entry`,
      sql`truncate ledger_entry`,
      sql`insert into ledger_entry select * from ledger_entry`,
    ]) {
      await assert.rejects(migrated.database.query(forbidden), { code: "42501" });
    }
    await migrated.close();
  });
});
