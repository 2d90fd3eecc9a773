// Named statements: the same rows at every use, whichever connection, after failures, and after the table has changed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Database, openDatabase, type Querier } from "./database.ts";
import { openPipeline } from "./pipeline.ts";
import { named, sql, type Statement } from "./sql.ts";
import { openTestDatabase, type TestDatabase } from "./test-database.ts";

let db: TestDatabase;
before(async () => {
  db = await openTestDatabase({ migrated: false });
});
after(() => db.close());

const numbers = (upTo: number): Statement =>
  named(
    "numbers",
    sql`select n as number, 12 / (n - 4) as share, null as nothing, '{a,b}'::text[] as list, 'epoch'::timestamptz as at
      from generate_series(1, ${upTo}::integer) as n`,
  );
const row = (number: number) => ({
  number,
  share: Math.trunc(12 / (number - 4)),
  nothing: null,
  list: ["a", "b"],
  at: new Date(0),
});

async function answers(on: Querier): Promise<void> {
  for (let use = 0; use < 3; use += 1) {
    assert.deepEqual(await on.query(numbers(2)), [row(1), row(2)]);
    assert.deepEqual(await on.query(numbers(0)), []);
    await assert.rejects(on.query(numbers(5)), { code: "22012" });
  }
}

test("a named statement answers whole rows at each use, also after it failed, from a pool, a transaction and a pipeline", async () => {
  await answers(db.owner);
  await db.owner.transaction(async (tx) => {
    for (let use = 0; use < 3; use += 1) assert.deepEqual(await tx.query(numbers(3)), [row(1), row(2), row(3)]);
  });
  const pipeline = openPipeline(db.url);
  await answers(pipeline);
  const many = await Promise.all(Array.from({ length: 50 }, (_, at) => pipeline.query(numbers(at % 4))));
  many.forEach((rows, at) => assert.equal(rows.length, at % 4));
  await pipeline.close();
});

test("a pipeline's first uses of a name, under way together, are each answered", async () => {
  const pipeline = openPipeline(db.url);
  const first = await Promise.allSettled([numbers(1), numbers(5), numbers(2)].map((each) => pipeline.query(each)));
  assert.deepEqual(
    first.map((one) => (one.status === "fulfilled" ? one.value.length : "failed")),
    [1, "failed", 2],
  );
  await pipeline.close();
});

test("a statement whose columns a migration changed is refused, not read as what it was", async () => {
  const database: Database = openDatabase({ url: db.ownerUrl, connectionsMax: 1 });
  await database.query(sql`create table changing (one integer, two integer)`);
  await database.query(sql`insert into changing values (1, 2)`);
  const all = named("all-of-changing", sql`select * from changing`);
  for (let use = 0; use < 2; use += 1) assert.deepEqual(await database.query(all), [{ one: 1, two: 2 }]);
  await database.query(sql`alter table changing drop column one`);
  await assert.rejects(database.query(all), { code: "0A000" });
  await database.close();
});
