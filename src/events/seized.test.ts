// Guarantee: whoever holds the database can delay a stream's events only while they keep writing, and then the lag tells; they can silence none.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { appendMany } from "../ledger/test-ledger.ts";
import { sql } from "../postgres/sql.ts";
import { fileSink } from "./file-sink.ts";
import { openTestStreams, until } from "./test-streams.ts";

async function started(context: TestContext) {
  const streams = await openTestStreams(context);
  const folder = await mkdtemp(join(tmpdir(), "uberrima-events-"));
  context.after(() => rm(folder, { recursive: true }));
  const path = join(folder, "events");
  const sent = async (): Promise<number> => (await readFile(path, "utf8")).split("\n").length - 1;
  const stream = streams.start(fileSink(path), { name: "file" });
  await appendMany(streams.ledger, 3);
  await until(async () => (await sent().catch(() => 0)) === 3 && stream.state().waitingSince === null);
  return { streams, stream, sent };
}

test("a hold longer than any lease is nobody's: the stream is taken over at once", async (context) => {
  const { streams, stream } = await started(context);
  await streams.owner.query(sql`update event_position set holder = gen_random_uuid(), held_until = 'infinity'`);
  await appendMany(streams.ledger, 3);
  // What was under way is sent once more in any case; only who holds the stream moves its place.
  await until(async () => {
    const [row] = await streams.owner.query<{ position: number }>(sql`select position from event_position`);
    return row?.position === 5;
  });
  await until(() => stream.state().waitingSince === null);
});

test("while somebody else says that they hold the stream, what waits is told of as before, and goes out afterwards", async (context) => {
  const { streams, stream, sent } = await started(context);
  // Within the lease, so that it could be another server.
  const seize = () =>
    streams.owner.query(
      sql`update event_position set holder = gen_random_uuid(), held_until = now() + interval '1500 milliseconds'`,
    );
  await seize();
  // Until it is noticed, what is sent is only repeated.
  await until(async () => {
    await appendMany(streams.ledger, 1);
    await seize();
    const before = await sent();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return (await sent()) === before && stream.state().waitingSince !== null;
  });
  await seize();
  const waiting = stream.state().waitingSince;
  assert.ok(waiting !== null && Math.abs(waiting - Date.now() / 1000) < 60);
  await until(() => stream.state().waitingSince === null);
  assert.deepEqual(streams.forged, []);
});
