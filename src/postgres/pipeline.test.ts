// Many statements at once on one connection.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PostgresError } from "./errors.ts";
import { openPipeline } from "./pipeline.ts";
import { sql } from "./sql.ts";
import { openTestDatabase, type TestDatabase } from "./test-database.ts";

describe("a pipeline", () => {
  let db: TestDatabase;
  before(async () => {
    db = await openTestDatabase();
  });
  after(() => db.close());

  test("runs statements in the order they were asked for, also the first ones, for which it connects", async () => {
    const pipeline = openPipeline(db.url);
    const begun = await Promise.all(
      Array.from({ length: 20 }, () => pipeline.query<{ at: Date }>(sql`select clock_timestamp() as at`)),
    );
    const times = begun.map(([row]) => row!.at.getTime());
    assert.deepEqual(
      times,
      times.toSorted((left, right) => left - right),
    );
    await pipeline.close();
  });

  test("says that the database is away, whether it could not connect or lost its connection, and connects anew", async () => {
    const isAway = (error: unknown): boolean => error instanceof PostgresError && error.code === "unavailable";
    const nowhere = openPipeline("postgres://nobody@localhost/nothing?host=/nowhere");
    await assert.rejects(nowhere.query(sql`select 1`), isAway);
    const pipeline = openPipeline(db.url);
    const [row] = await pipeline.query<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    const sleeping = pipeline.query(sql`select pg_sleep(60)`);
    await Promise.all([assert.rejects(sleeping), db.database.query(sql`select pg_terminate_backend(${row!.pid})`)]);
    assert.equal((await pipeline.query(sql`select 1`)).length, 1);
    await pipeline.close();
  });
});
