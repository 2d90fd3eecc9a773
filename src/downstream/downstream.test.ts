// Webhooks: of two people, ids only, signed, tried again after whatever fails, dead letters, replay; the queue is believed nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventType } from "../../contract/webhooks.ts";
import { newId } from "../kernel/ids.ts";
import { sql } from "../postgres/sql.ts";
import { EVENT_TYPES } from "./downstream.ts";
import { openTestDownstream, verified } from "./test-downstream.ts";

const MADE = ["disclosure.made"] as const;

test("what is told of is told alike in the contract", () => {
  assert.deepEqual(eventType.options, [...EVENT_TYPES]);
});

test("an event arrives as a CloudEvent of ids and codes, signed, once approved by another person, and of the types asked for alone", async (context) => {
  const bench = await openTestDownstream(context);
  const { downstream, asker, second, receiver } = bench;
  const asked = { name: "copy", url: receiver.url, types: MADE };
  const { webhook, secret } = await downstream.request(asked, asker);
  const before = await bench.disclose();
  await assert.rejects(downstream.approve(webhook.webhookId, asker), { code: "not-permitted" });
  bench.pass(2000);
  await downstream.approve(webhook.webhookId, second);
  const customerId = newId();
  await bench.disclose({ outcome: "denied" });
  await bench.disclose({ withheld: true });
  const entryId = await bench.disclose({ customerId, purpose: "claim-handling" });
  await bench.until(() => receiver.received.length > 0);
  const [got] = receiver.received;
  assert.ok(got !== undefined && verified(secret, got) && got.id === entryId && got.id !== before);
  assert.equal(got.headers["content-type"], "application/cloudevents+json");
  const { time, ...event } = got.event;
  assert.ok(!Number.isNaN(Date.parse(String(time))));
  assert.deepEqual(event, {
    specversion: "1.0",
    id: entryId,
    source: "//ledger.test/access",
    type: "uberrima.disclosure.made.v1",
    subject: customerId,
    datacontenttype: "application/json",
    data: {
      customers: [customerId],
      customersCount: 1,
      recipient: null,
      purpose: "claim-handling",
      basis: "role-duty",
      classes: ["identity", "contact"],
      outcome: "allowed",
      action: null,
      flag: null,
      about: null,
    },
  });
  const { items } = await downstream.deliveries({ webhookId: webhook.webhookId, state: null, before: null, limit: 50 });
  assert.deepEqual(
    items.map((one) => one.entryId),
    [entryId],
  );
  assert.deepEqual(bench.failures, []);
});

test("a request that is due, authorizations and packages are told of by their ids, through a receiver that fails and hangs; demands never", async (context) => {
  const bench = await openTestDownstream(context, { stallMs: 300 });
  const { receiver, downstream } = bench;
  const { webhookId, secret } = await bench.subscribe(EVENT_TYPES);
  const [customerId, about] = [newId(), newId()];
  const done = { outcome: "done", customerId } as const;
  receiver.answers.push(503, -1);
  const told = [
    [{ kind: "right", detail: { action: "right.remind", request: about, step: "reminded" } }, "request.due"],
    [
      { kind: "authorization", detail: { action: "authorization.record", authorization: about, answer: "given" } },
      "authorization.given",
    ],
    [
      { kind: "authorization", detail: { action: "authorization.record", authorization: about, answer: "refused" } },
      "authorization.refused",
    ],
    [
      { kind: "authorization", detail: { action: "authorization.withdraw", authorization: about } },
      "authorization.withdrawn",
    ],
    [{ kind: "package", detail: { action: "package.make", package: about, delivery: "key" } }, "package.made"],
    [
      { kind: "package", detail: { action: "package.pick-up", package: about, state: "picked-up" } },
      "package.picked-up",
    ],
    [{ kind: "package", detail: { action: "package.stop", package: about, state: "expired" } }, "package.expired"],
  ] as const;
  for (const [entry] of told) await bench.disclose({ ...done, ...entry });
  // A code that was sent, a step of a request that falls due for nobody, and whatever becomes of a legal demand.
  await bench.disclose({
    ...done,
    kind: "package",
    detail: { action: "package.pick-up", package: about, state: "waiting" },
  });
  await bench.disclose({ ...done, kind: "right", detail: { action: "right.work", request: about } });
  await bench.disclose({
    ...done,
    kind: "demand",
    detail: { action: "demand.approve", demand: about },
    withheld: true,
  });
  const taken = async () => {
    const asked = { webhookId, state: "delivered", before: null, limit: 50 } as const;
    return (await downstream.deliveries(asked)).items.length;
  };
  await bench.until(async () => (await taken()) === told.length);
  const last = new Map(receiver.received.map((one) => [one.id, one]));
  assert.deepEqual(
    [...last.values()].map(({ event }) => event["type"]).toSorted(),
    told.map(([, type]) => `uberrima.${type}.v1`).toSorted(),
  );
  for (const one of last.values()) {
    assert.ok(verified(secret, one));
    assert.deepEqual([one.event.data["about"], one.event.data["customers"]], [about, [customerId]]);
  }
});

test("whoever asked does not approve as another principal of theirs, and the attempt is an entry", async (context) => {
  const people: ReturnType<typeof newId>[] = [];
  const bench = await openTestDownstream(context, {}, people);
  people.push(bench.asker.principalId, bench.second.principalId);
  await assert.rejects(bench.subscribe(MADE), { code: "own-authority", status: 403 });
  const { items } = await bench.ledger.list({ kinds: ["webhook"], outcomes: ["denied"] }, { limit: 10 }, "cleared");
  assert.equal(items.length, 1);
});

test("refusals, redirections, cut connections and silence are tried again under one id, until it is taken", async (context) => {
  const bench = await openTestDownstream(context, { stallMs: 300, scheduleSeconds: [0, 0, 0, 0, 0, 0] });
  const { receiver, downstream } = bench;
  const { webhookId, secret } = await bench.subscribe(MADE);
  receiver.answers.push(500, 307, 0, -1, 404);
  const entryId = await bench.disclose();
  await bench.until(async () => (await downstream.list())[0]?.waiting === 0 && receiver.received.length > 5);
  assert.deepEqual([...new Set(receiver.received.map(({ id }) => id))], [entryId]);
  assert.equal(receiver.received.length, 6);
  assert.ok(receiver.received.every((one) => verified(secret, one)));
  const { items } = await downstream.deliveries({ webhookId, state: "delivered", before: null, limit: 10 });
  assert.deepEqual([items[0]?.attempts, items[0]?.outcome, items[0]?.status], [6, "delivered", 204]);
});

test("what is never taken becomes a dead letter that is listed, and arrives when it is replayed", async (context) => {
  const bench = await openTestDownstream(context);
  const { receiver, downstream, asker } = bench;
  const { webhookId } = await bench.subscribe(MADE);
  receiver.answers.push(500, 500, 500, 503);
  const entryId = await bench.disclose();
  await bench.until(async () => (await downstream.list())[0]?.dead === 1);
  const { items } = await downstream.deliveries({ webhookId, state: "dead", before: null, limit: 10 });
  assert.deepEqual(
    items.map(({ entryId: id, attempts, outcome, status }) => [id, attempts, outcome, status]),
    [[entryId, 4, "refused", 503]],
  );
  const count = receiver.received.length;
  assert.equal(await downstream.replay({ webhookId, replaying: { what: "dead" } }, asker), 1);
  await bench.until(() => receiver.received.length > count);
  assert.equal(receiver.received.at(-1)?.id, entryId);
});

test("a queue that was emptied behind the server's back is made good from the ledger; a forged row sends nothing untrue", async (context) => {
  const bench = await openTestDownstream(context);
  const { receiver, downstream, asker } = bench;
  const { webhookId } = await bench.subscribe(MADE);
  const ids = [await bench.disclose(), await bench.disclose()];
  const denied = await bench.disclose({ outcome: "denied" });
  await bench.until(() => receiver.received.length === 2);
  await bench.db.owner.query(sql`delete from webhook_delivery`);
  for (const entryId of [denied, newId()])
    await bench.db.owner.query(
      sql`insert into webhook_delivery (webhook_id, entry_id, entry_index, type, state, attempts, due_at)
          select ${webhookId}, ${entryId}, coalesce((select index from ledger_entry where entry_id = ${entryId}), 0), 'disclosure.made', 'waiting', 0, now()`,
    );
  await bench.until(async () => (await downstream.list())[0]?.dead === 2);
  assert.equal(receiver.received.length, 2);
  const since = new Date(bench.now().getTime() - 60_000);
  assert.equal(await downstream.replay({ webhookId, replaying: { what: "since", since } }, asker), 2);
  await bench.until(() => receiver.received.length === 4);
  assert.deepEqual(
    receiver.received
      .slice(2)
      .map(({ id }) => id)
      .toSorted(),
    ids.toSorted(),
  );
});

test("a receiver that hangs holds up nobody else", async (context) => {
  const bench = await openTestDownstream(context, { stallMs: 60_000 });
  const { receiver } = bench;
  receiver.answers.push(-1);
  await bench.subscribe(MADE);
  await bench.disclose();
  await bench.until(() => receiver.received.length === 1);
  await bench.subscribe(["record.corrected"]);
  const entryId = await bench.disclose({ kind: "record-correct", outcome: "done" });
  await bench.until(() => receiver.received.some(({ id }) => id === entryId));
  await bench.downstream.end((await bench.downstream.list())[0]!.webhookId, bench.asker);
});

test("a replaced secret signs beside the new one for a day, and no longer", async (context) => {
  const bench = await openTestDownstream(context);
  const { receiver, downstream, asker } = bench;
  const { webhookId, secret } = await bench.subscribe(MADE);
  const renewed = await downstream.renewSecret(webhookId, asker);
  assert.ok(!JSON.stringify(renewed.webhook).includes("whsec"));
  await bench.disclose();
  await bench.until(() => receiver.received.length === 1);
  assert.ok(verified(secret, receiver.received[0]!) && verified(renewed.secret, receiver.received[0]!));
  bench.pass(25 * 3_600_000);
  await bench.disclose();
  await bench.until(() => receiver.received.length === 2);
  const [, later] = receiver.received;
  assert.equal(later?.headers["webhook-signature"]?.split(" ").length, 1);
});

test("a receiver that says it is gone is asked no more, until somebody lets it go on", async (context) => {
  const bench = await openTestDownstream(context);
  const { receiver, downstream, asker } = bench;
  const { webhookId } = await bench.subscribe(MADE);
  receiver.answers.push(410);
  await bench.disclose();
  await bench.until(async () => (await downstream.show(webhookId)).state === "paused");
  assert.equal((await downstream.list())[0]?.dead, 1);
  assert.equal((await downstream.pause({ webhookId, isPaused: false }, asker)).state, "in-force");
  await bench.disclose();
  await bench.until(() => receiver.received.length === 2);
});

test("neither a certificate that is not trusted nor an address within gets anything", async (context) => {
  const bench = await openTestDownstream(context, { isPrivateAllowed: false, scheduleSeconds: [] });
  const { downstream, asker } = bench;
  await assert.rejects(bench.subscribe(MADE), { code: "private-destination", status: 422 });
  const untrusted = await openTestDownstream(context, { ca: null, scheduleSeconds: [] });
  const { webhookId } = await untrusted.subscribe(MADE);
  await untrusted.disclose();
  await untrusted.until(async () => (await untrusted.downstream.list())[0]?.dead === 1);
  const { items } = await untrusted.downstream.deliveries({ webhookId, state: null, before: null, limit: 1 });
  assert.deepEqual([items[0]?.outcome, untrusted.receiver.received.length], ["receiver-untrusted", 0]);
  await assert.rejects(downstream.request({ name: "x", url: "http://example.com/", types: MADE }, asker), {
    code: "bad-destination",
  });
});
