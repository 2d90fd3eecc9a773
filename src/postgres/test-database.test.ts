// The test database: fresh, migrated, and apart from every other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asCode, asSealed } from "../kernel/bytes.ts";
import { openDatabase } from "./database.ts";
import { sql } from "./sql.ts";
import { openExternalTestDatabase, openTestDatabase } from "./test-database.ts";
import { withRole } from "./url.ts";

test("gives each test a migrated database of its own, as the narrow role", async () => {
  const [one, two] = await Promise.all([openTestDatabase(), openTestDatabase()]);
  try {
    await one.database.query(sql`insert into domain_key (domain, version, state, wrapped, created_at)
      values (${asCode("tokens")}, 1, 'active', ${asSealed(Buffer.alloc(1))}, now())`);
    const count = sql`select count(*) as count, current_user as role from domain_key`;
    assert.deepEqual(await one.database.query(count), [{ count: 1, role: "uberrima_app" }]);
    assert.deepEqual(await two.database.query(count), [{ count: 0, role: "uberrima_app" }]);
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
});

test("gives an empty database when asked", async () => {
  const empty = await openTestDatabase({ migrated: false });
  try {
    const tables = await empty.owner.query(sql`select 1 as one from pg_tables where schemaname = 'public'`);
    assert.deepEqual(tables, []);
  } finally {
    await empty.close();
  }
});

test("gives the same in an outside server, reached by TCP with passwords and other role names", async () => {
  const outside = await openExternalTestDatabase();
  try {
    const [row] = await outside.database.query(sql`select count(*) as count, current_user as role from domain_key`);
    assert.deepEqual(row, { count: 0, role: "policy_app" });
    const wrong = openDatabase({ url: withRole(outside.url, "policy_app", "wrong"), connectionsMax: 1 });
    await assert.rejects(wrong.query(sql`select 1 as one`), { code: "28P01" });
    await wrong.close();
  } finally {
    await outside.close();
  }
});
