// Transactions and pools: nothing half-kept passes for success, and no lost connection ends the process.
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { type Database, type Querier, openDatabase } from "./database.ts";
import { openPipeline } from "./pipeline.ts";
import { named, sql } from "./sql.ts";
import { type TestDatabase, openTestDatabase } from "./test-database.ts";

let db: TestDatabase;
let database: Database;
let superuser: Database;
before(async () => {
  db = await openTestDatabase({ migrated: false });
  database = db.owner;
  superuser = openDatabase({ url: db.superuserUrl, connectionsMax: 1 });
  await database.query(sql`create table note (id integer primary key)`);
});
beforeEach(() => database.query(sql`truncate note`));
after(async () => {
  await superuser.close();
  await db.close();
});

const insert = (on: Querier, id: number): Promise<object[]> => on.query(sql`insert into note values (${id})`);
const stored = async (): Promise<number[]> => {
  const rows = await database.query<{ id: number }>(sql`select id from note order by id`);
  return rows.map((row) => row.id);
};
/** As an administrator or a failover would. */
const endConnections = (): Promise<object[]> =>
  superuser.query(sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and usename like 'uberrima%'`);

test("a transaction keeps all of its work, or none when it throws", async () => {
  await database.transaction(async (tx) => {
    await insert(tx, 1);
    await insert(tx, 2);
  });
  const failed = database.transaction(async (tx) => {
    await insert(tx, 3);
    throw new Error("changed its mind");
  });
  await assert.rejects(failed, /changed its mind/);
  assert.deepEqual(await stored(), [1, 2]);
});

test("a transaction that went on after a failed statement does not pass for committed", async () => {
  const swallowed = database.transaction(async (tx) => {
    await insert(tx, 1);
    await insert(tx, 1).catch(() => {});
  });
  await assert.rejects(swallowed, { code: "not-committed" });
  assert.deepEqual(await stored(), []);
});

test("statements that a transaction asks for together run one after another, in order, and the driver has nothing to queue", async () => {
  const warnings: string[] = [];
  const note = ({ message }: Error): void => void warnings.push(message);
  process.on("warning", note);
  const ran: number[] = [];
  await database.transaction((tx) => Promise.all([1, 2, 3, 4].map((id) => insert(tx, id).then(() => ran.push(id)))));
  await setImmediate();
  process.off("warning", note);
  assert.deepEqual(warnings, []);
  assert.deepEqual(ran, [1, 2, 3, 4]);
  assert.deepEqual(await stored(), [1, 2, 3, 4]);
});

test("what a transaction asked for without waiting is neither kept when it fails nor lost when it succeeds", async () => {
  const leaves = (id: number) => async (tx: Querier) => void Promise.all([insert(tx, id), insert(tx, id + 1)]);
  const failed = database.transaction(async (tx) => {
    await leaves(1)(tx);
    throw new Error("changed its mind");
  });
  await assert.rejects(failed, /changed its mind/);
  await database.transaction(leaves(3));
  assert.deepEqual(await stored(), [3, 4]);
});

test("a connection lost within a transaction rejects it and the next one works", async () => {
  const lost = database.transaction(async (tx) => {
    await insert(tx, 1);
    await endConnections();
    await insert(tx, 2);
  });
  await assert.rejects(lost);
  await database.transaction((tx) => insert(tx, 3));
  assert.deepEqual(await stored(), [3]);
});

test("a database that cannot be reached, or hangs up, is a passing trouble and not an error of our own", async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const pool = openDatabase({ url: `postgres://nobody@127.0.0.1:${port}/none`, connectionsMax: 1 });
  const unavailable = { code: "unavailable", status: 503 };
  await assert.rejects(pool.query(sql`select 1 as one`), unavailable);
  await assert.rejects(
    pool.transaction(async () => {}),
    unavailable,
  );
  server.close();
  await once(server, "close");
  await assert.rejects(pool.query(sql`select 1 as one`), unavailable);
  await pool.close();
});

test("a connection lost while idle is replaced", async () => {
  const pool = openDatabase({ url: db.url, connectionsMax: 2 });
  await pool.query(sql`select 1 as one`);
  await endConnections();
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(await pool.query(sql`select 1 as one`), [{ one: 1 }]);
  await pool.close();
});

test("a pipeline answers each of many statements with its own rows, and one failure touches no other", async () => {
  const pipeline = openPipeline(db.ownerUrl);
  const numbers = Array.from({ length: 200 }, (_, at) => at);
  const answers = await Promise.all(
    numbers.map((number) =>
      number === 100
        ? pipeline.query(sql`select 1 / ${0}::integer as number`).catch((error: { code: string }) => error.code)
        : pipeline.query(named("echo", sql`select ${number}::integer as number`)),
    ),
  );
  assert.deepEqual(
    answers,
    numbers.map((number) => (number === 100 ? "22012" : [{ number }])),
  );
  await pipeline.close();
});

test("a pipeline whose connection was lost opens another", async () => {
  const pipeline = openPipeline(db.ownerUrl);
  await pipeline.query(sql`select 1 as one`);
  const lost = pipeline.query(sql`select pg_sleep(5)`);
  await Promise.all([assert.rejects(lost), new Promise((r) => setTimeout(r, 50)).then(endConnections)]);
  assert.deepEqual(await pipeline.query(sql`select 2 as two`), [{ two: 2 }]);
  await pipeline.close();
});
