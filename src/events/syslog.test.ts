// Syslog over TLS to a real receiver that refuses, stalls, goes away in the middle and comes back: no event is lost, the order is kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeTestCertificate } from "../http/test-certificate.ts";
import { appendMany } from "../ledger/test-ledger.ts";
import { sql } from "../postgres/sql.ts";
import { startTestReceiver } from "./test-receiver.ts";
import { assertNothingLost, failingOnce, openTestStreams, sinkTo, until } from "./test-streams.ts";

const idsOf = (entries: readonly { readonly entryId: string; readonly index: number }[]): string[] =>
  entries.toSorted((left, right) => left.index - right.index).map(({ entryId }) => entryId);

const distinct = (received: readonly { readonly id: string }[]): number => new Set(received.map(({ id }) => id)).size;

test("everything in the ledger comes out in order, what happens later too", async (context) => {
  const streams = await openTestStreams(context);
  const receiver = await startTestReceiver();
  context.after(() => receiver.close());
  const before = await appendMany(streams.ledger, 300);
  const stream = streams.start(sinkTo(receiver));
  await until(() => receiver.received.length >= 300);
  const later = await appendMany(streams.ledger, 20);
  await until(() => receiver.received.length >= 320);
  assertNothingLost(receiver.received, idsOf([...before, ...later]));
  assert.equal(receiver.received.length, 320, "nothing was sent twice while all was well");
  await until(() => stream.state().waitingSince === null);
  assert.deepEqual(streams.failures, []);
});

test("a receiver that resets connections in the middle, again and again, loses nothing in the end", async (context) => {
  const streams = await openTestStreams(context);
  const receiver = await startTestReceiver();
  context.after(() => receiver.close());
  const entries = await appendMany(streams.ledger, 400);
  receiver.resetAfterBytes(150_000);
  streams.start(sinkTo(receiver));
  await until(() => streams.failures.length >= 2);
  receiver.resetAfterBytes(null);
  await until(() => distinct(receiver.received) === 400);
  assertNothingLost(receiver.received, idsOf(entries));
});

test("a receiver that is down for a while gets everything once it is back", async (context) => {
  const streams = await openTestStreams(context);
  const receiver = await startTestReceiver();
  context.after(() => receiver.close());
  const first = await appendMany(streams.ledger, 50);
  const stream = streams.start(sinkTo(receiver));
  await until(() => distinct(receiver.received) === 50 && stream.state().waitingSince === null);
  await receiver.close();
  const second = await appendMany(streams.ledger, 50);
  await until(() => streams.failures.length >= 2);
  assert.equal(stream.state().failing, "receiver-unavailable");
  assert.notEqual(stream.state().waitingSince, null);
  await receiver.listen();
  await until(() => distinct(receiver.received) === 100);
  await until(() => stream.state().failing === null && stream.state().waitingSince === null);
  assertNothingLost(receiver.received, idsOf([...first, ...second]));
});

test("a receiver that takes nothing holds the stream up, in bounded memory, and loses nothing", async (context) => {
  const streams = await openTestStreams(context);
  const receiver = await startTestReceiver();
  context.after(() => receiver.close());
  let pages = 0;
  let most = 0;
  const ledger = {
    ...streams.ledger,
    tail: async (from: number, limit: number) => {
      const entries = await streams.ledger.tail(from, limit);
      pages += 1;
      most = Math.max(most, entries.length);
      return entries;
    },
  };
  receiver.stall();
  const entries: Awaited<ReturnType<typeof appendMany>> = [];
  for (let left = 6000; left > 0; left -= 2000) entries.push(...(await appendMany(streams.ledger, 2000)));
  streams.start(sinkTo(receiver, { confirmAfterMs: 60_000, stallMs: 300 }), { ledger });
  await until(() => streams.failures.includes("receiver-stalled"));
  const read = pages * 64;
  assert.ok(read < 6000, `${read} entries were read for a receiver that took none`);
  assert.ok(most <= 64, "a page is all that is held");
  assert.equal(receiver.received.length, 0);
  receiver.resume();
  await until(() => distinct(receiver.received) === 6000);
  assertNothingLost(receiver.received, idsOf(entries));
});

test("a process that dies between sending and moving its place on sends again, under the same numbers", async (context) => {
  const streams = await openTestStreams(context);
  const receiver = await startTestReceiver();
  context.after(() => receiver.close());
  const entries = await appendMany(streams.ledger, 30);
  const database = failingOnce(streams.database, /update event_position set position/);
  streams.start(sinkTo(receiver), { database });
  await until(() => database.failed() && receiver.received.length >= 60);
  assertNothingLost(receiver.received, idsOf(entries));
});

test("two processes share one stream: each entry is sent by one of them, and the other takes over when it dies", async (context) => {
  const streams = await openTestStreams(context);
  const receiver = await startTestReceiver();
  context.after(() => receiver.close());
  const first = await appendMany(streams.ledger, 100);
  const one = streams.start(sinkTo(receiver));
  const two = streams.start(sinkTo(receiver));
  await until(() => distinct(receiver.received) === 100);
  assert.equal(receiver.received.length, 100, "one of the two has sent each");
  const second = await appendMany(streams.ledger, 100);
  await until(() => distinct(receiver.received) === 200);
  await one.stop();
  const third = await appendMany(streams.ledger, 100);
  await until(() => distinct(receiver.received) === 300);
  await two.stop();
  assertNothingLost(receiver.received, idsOf([...first, ...second, ...third]));
});

test("a process that was frozen while another took over moves nothing on any more", async (context) => {
  const streams = await openTestStreams(context);
  const receiver = await startTestReceiver();
  context.after(() => receiver.close());
  const entries = await appendMany(streams.ledger, 10);
  // As if its statements waited for as long as the process was stopped: the stream is in other hands when they arrive.
  const database = {
    query: async <Row extends object>(statement: Parameters<typeof streams.database.query>[0]): Promise<Row[]> => {
      if (statement.text.includes("update event_position set position")) {
        await streams.database.query(
          sql`update event_position set holder = gen_random_uuid(), held_until = now() - interval '1 second'`,
        );
      }
      return streams.database.query<Row>(statement);
    },
  };
  const frozen = streams.start(sinkTo(receiver), { database });
  await until(() => receiver.received.length >= 10);
  await frozen.stop();
  const [row] = await streams.database.query<{ position: number }>(sql`select position from event_position`);
  assert.equal(row?.position, -1, "what another process holds was moved");
  streams.start(sinkTo(receiver));
  await until(async () => {
    const rows = await streams.database.query<{ position: number }>(sql`select position from event_position`);
    return rows[0]?.position === 9;
  });
  assertNothingLost(receiver.received, idsOf(entries));
});

test("a position moved forward behind our back is not believed: everything is sent again rather than something not at all", async (context) => {
  const streams = await openTestStreams(context);
  const receiver = await startTestReceiver();
  context.after(() => receiver.close());
  const entries = await appendMany(streams.ledger, 5);
  await streams.start(sinkTo(receiver)).stop();
  await streams.owner.query(sql`update event_position set position = 3, events = 4`);
  streams.start(sinkTo(receiver));
  await until(() => distinct(receiver.received) === 5);
  assert.deepEqual(streams.forged, ["forged"]);
  assertNothingLost(receiver.received, idsOf(entries));
});

test("a receiver with a certificate of somebody else, or for another name, gets nothing", async (context) => {
  const streams = await openTestStreams(context);
  const receiver = await startTestReceiver();
  context.after(() => receiver.close());
  await appendMany(streams.ledger, 3);
  const stranger = { port: receiver.port, certificate: makeTestCertificate(new Date()) };
  const stream = streams.start(sinkTo(stranger));
  await until(() => streams.failures.length >= 1);
  assert.equal(stream.state().failing, "receiver-untrusted");
  await stream.stop();
  const named = streams.start(sinkTo(receiver, { host: "ip6-localhost" }), { name: "other" });
  await until(() => streams.failures.length >= 2);
  await named.stop();
  assert.equal(receiver.received.length, 0);
});

test("a receiver that asks for a certificate gets ours, and refuses whoever has none", async (context) => {
  const streams = await openTestStreams(context);
  const ours = makeTestCertificate(new Date());
  const receiver = await startTestReceiver({ clientCa: ours.certPem });
  context.after(() => receiver.close());
  await appendMany(streams.ledger, 3);
  const without = streams.start(sinkTo(receiver));
  await until(() => streams.failures.length >= 1);
  await without.stop();
  assert.equal(receiver.received.length, 0);
  streams.start(sinkTo(receiver, { client: { cert: ours.certPem, key: ours.keyPem } }));
  await until(() => distinct(receiver.received) === 3);
});
