// What storage is refused for, shown on servers that really are set that way.
import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { openDatabase } from "./database.ts";
import { assertDurable, assertNarrowRole, assertRecent } from "./durable.ts";
import { startCluster } from "./embedded/cluster.ts";
import { sql } from "./sql.ts";
import { type TestDatabase, openTestDatabase } from "./test-database.ts";
import { socketUrl } from "./url.ts";

describe("durability", () => {
  for (const setting of ["fsync", "full_page_writes"]) {
    test(`refuses a server with ${setting} off`, async () => {
      const folder = await mkdtemp(join(tmpdir(), "uberrima-test-"));
      const cluster = await startCluster({ folder, temporary: true, settings: { [setting]: "off" } });
      const database = openDatabase({
        url: socketUrl(cluster.socketFolder, "postgres", "postgres"),
        connectionsMax: 1,
      });
      await assert.rejects(assertDurable(database), { code: "not-durable", message: new RegExp(setting) });
      await database.close();
      await cluster.stop();
    });
  }

  test("refuses a role whose commits do not wait for the disk", async () => {
    const db = await openTestDatabase({ migrated: false });
    await assertDurable(db.database);
    await db.database.transaction(async (tx) => {
      await tx.query(sql`set local synchronous_commit = off`);
      await assert.rejects(assertDurable(tx), { code: "not-durable" });
    });
    await db.close();
  });

  test("refuses PostgreSQL before 15", () => {
    assert.throws(() => assertRecent(140_019), { code: "too-old" });
    assert.throws(() => assertRecent(Number.NaN), { code: "too-old" });
    assertRecent(150_000);
  });
});

describe("the application's role", () => {
  let db: TestDatabase;
  before(async () => {
    db = await openTestDatabase();
  });
  after(() => db.close());

  test("is accepted when it owns nothing", () => assertNarrowRole(db.database));

  test("is refused when it is the owner or a superuser", async () => {
    await assert.rejects(assertNarrowRole(db.owner), { code: "role-too-wide" });
    const superuser = openDatabase({ url: db.superuserUrl, connectionsMax: 1 });
    await assert.rejects(assertNarrowRole(superuser), { code: "role-too-wide" });
    await superuser.close();
  });

  test("is refused when it owns a single table", async () => {
    const superuser = openDatabase({ url: db.superuserUrl, connectionsMax: 1 });
    await superuser.query(sql`create table stray (id integer)`);
    await superuser.query(sql`alter table stray owner to uberrima_app`);
    await assert.rejects(assertNarrowRole(db.database), { code: "role-too-wide" });
    await superuser.query(sql`drop table stray`);
    await superuser.close();
  });
});
