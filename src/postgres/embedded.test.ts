// The embedded server in ordinary use: safe settings, no TCP, data that stays, logs without values.
import assert from "node:assert/strict";
import { readFile, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Database, openDatabase } from "./database.ts";
import { assertDurable } from "./durable.ts";
import { type Embedded, startEmbedded } from "./embedded.ts";
import { script, sql } from "./sql.ts";
import { temporaryFolder } from "./test-server.ts";

const SECRET = "hidden-in-a-value";

describe("the embedded server", () => {
  let parent: string;
  let folder: string;
  let server: Embedded;
  let owner: Database;
  before(async () => {
    parent = await temporaryFolder();
    folder = join(parent, "deeper", "postgres");
    server = await startEmbedded({ folder });
    owner = openDatabase({ url: server.ownerUrl, connectionsMax: 2 });
  });
  after(async () => {
    await owner.close();
    await server.stop();
    await rm(parent, { recursive: true });
  });

  test("has durable settings that its owner cannot change, and listens to no network", async () => {
    await assertDurable(owner);
    const [row] = await owner.query(sql`select current_setting('listen_addresses') as listen,
      current_setting('unix_socket_permissions') as permissions, current_setting('data_checksums') as checksums`);
    assert.deepEqual(row, { listen: "", permissions: "0700", checksums: "on" });
    await assert.rejects(owner.query(sql`alter system set fsync = off`));
  });

  test("keeps its data and its socket in folders that only its user enters", async () => {
    const socketFolder = new URL(server.ownerUrl).searchParams.get("host") ?? "";
    for (const path of [join(folder, "data"), socketFolder]) {
      assert.equal((await stat(path)).mode & 0o777, 0o700);
    }
  });

  test("sorts text by code point, in UTF-8", async () => {
    const rows = await owner.query<{ letter: string }>(
      sql`select letter from unnest(array['é', 'b', 'Z', 'a', 'Ω']) as letter order by letter`,
    );
    assert.deepEqual(
      rows.map((row) => row.letter),
      ["Z", "a", "b", "é", "Ω"],
    );
    assert.deepEqual(
      await owner.query(sql`select upper('é') as upper, current_setting('server_encoding') as encoding`),
      [{ upper: "É", encoding: "UTF8" }],
    );
  });

  test("lets the application's role make no tables, databases or roles", async () => {
    const app = openDatabase({ url: server.appUrl, connectionsMax: 1 });
    for (const forbidden of ["create table x (id integer)", "create role x", "create database x", "create schema x"]) {
      await assert.rejects(app.query(script(forbidden)), { code: "42501" });
    }
    await app.close();
  });

  test("logs no value: not in a statement, a parameter, an error's message or the offending key", async () => {
    await owner.query(sql`create table secret (word text primary key)`);
    const word = [SECRET] as unknown as readonly never[];
    const insert = sql`insert into secret select unnest(${word}::text[])`;
    await owner.query(insert);
    await assert.rejects(owner.query(insert), { code: "23505" });
    await assert.rejects(owner.query(sql`select unnest(${word}::text[])::integer`), { code: "22P02" });
    await assert.rejects(owner.query(script(`select '${SECRET}'::integer`)), { code: "22P02" });
    const logs = join(folder, "data", "log");
    const texts = await Promise.all((await readdir(logs)).map((name) => readFile(join(logs, name), "utf8")));
    assert.match(texts.join(""), /database system is ready/);
    assert.equal(texts.join("").includes(SECRET), false);
  });

  test("keeps what it was told when it is stopped and started", async () => {
    await owner.query(sql`create table kept as select 7 as number`);
    await owner.close();
    await server.stop();
    server = await startEmbedded({ folder });
    owner = openDatabase({ url: server.ownerUrl, connectionsMax: 2 });
    assert.deepEqual(await owner.query(sql`select number from kept`), [{ number: 7 }]);
  });
});
