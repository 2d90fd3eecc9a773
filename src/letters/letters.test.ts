// Letters on paper: each is printed in one batch, goes where its customer may be written to and nowhere else, and posting it is proof; a crash loses none and doubles none.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import { openTestPortal, type TestPortal } from "../portal/test-portal.ts";
import { sql } from "../postgres/sql.ts";
import type { LetterOrder, Letters } from "./letters.ts";
import { textOf } from "./test-printed-text.ts";

let bench: TestPortal;
let dpo: Client;
let officerId: string;
let letters: Letters;
let offsetMs = 0;
const DAY_MS = 86_400_000;
const NOBODY = { actorId: null, actorRevision: null, purpose: null, basis: null };
before(async () => {
  bench = await openTestPortal({ clock: { now: () => new Date(Date.now() + offsetMs) } });
  const { token, principalId } = await bench.server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  dpo = bench.as(token);
  officerId = principalId;
  letters = bench.server.app.domains.letters;
});
after(() => bench.close());

const database = () => bench.server.app.domains.database;
const today = (): string => new Date(Date.now() + offsetMs).toISOString().slice(0, 10);

const order = (customerId: Uuid, more: Partial<LetterOrder> = {}): LetterOrder => ({
  customerId,
  kind: "right-refused",
  values: { received: "2026-03-01", ground: "It is accurate.", reason: "We looked at it again." },
  serves: newId(),
  ...more,
});

interface Printed {
  readonly batchId: string;
  readonly pdf: Buffer;
  readonly text: string;
  readonly digest: string;
}

async function printAll(): Promise<Printed> {
  const { batchId } = await dpo.letters.batches.make();
  return print(batchId);
}

async function print(batchId: string): Promise<Printed> {
  const answer = await dpo.letters.batches.print(batchId);
  const pdf = Buffer.from(await answer.arrayBuffer());
  return { batchId, pdf, text: textOf(pdf), digest: createHash("sha256").update(pdf).digest("hex") };
}

/** Nothing of another test waits. */
async function emptied(): Promise<void> {
  for (const state of ["waiting", "held"] as const)
    for (const { letterId } of (await dpo.letters.list({ state, limit: 200 })).items)
      await dpo.letters.step(letterId, { step: "cancel" });
  for (const { batchId, state } of (await dpo.letters.batches.list({ limit: 200 })).items)
    if (state !== "posted") {
      await dpo.letters.batches.dissolve(batchId);
      await emptied();
    }
}

test("a letter is queued once for what it tells of, printed to the address on file, and posted with the digest of the print", async () => {
  await emptied();
  const { customerId } = await bench.customer({ lastName: "Holloway" });
  const asked = order(customerId);
  const letterId = await letters.enqueue(asked);
  assert.equal(await letters.enqueue(asked), letterId, "whoever crashed may ask again");
  const { batchId, text, digest } = await printAll();
  assert.match(text, /Ada Holloway\n1 Elm Street\nNew York, 10001/);
  assert.match(text, /We looked at it again/);
  assert.match(text, /March 1, 2026/);
  assert.match(text, new RegExp(letterId));
  const stands = await dpo.letters.batches.get(batchId);
  assert.deepEqual([stands.state, stands.printed?.digest], ["printed", digest]);
  await assert.rejects(dpo.letters.batches.post(batchId, { digest: "0".repeat(64), on: today() }), {
    code: "other-print",
  });
  await assert.rejects(dpo.letters.batches.post(batchId, { digest, on: "2020-01-01" }), { code: "bad-day" });
  const posted = await dpo.letters.batches.post(batchId, { digest, on: today() });
  assert.equal(posted.state, "posted");
  const letter = await dpo.letters.get(letterId);
  assert.deepEqual([letter.state, letter.posted?.on, letter.posted?.digest], ["posted", today(), digest]);
  await assert.rejects(dpo.letters.batches.print(batchId), { code: "wrong-state" });
  await assert.rejects(dpo.letters.batches.dissolve(batchId), { code: "wrong-state" });
});

test("every letter that is printed is an entry in the printer's name, before the file leaves", async () => {
  await emptied();
  const { customerId } = await bench.customer();
  const letterId = await letters.enqueue(order(customerId));
  await printAll();
  const { items } = await bench.server.app.domains.ledger.list(
    { customerId, kinds: ["disclosure"] },
    { limit: 50 },
    "cleared",
  );
  const details = await Promise.all(
    items.map(async ({ entryId, actorId }) => ({
      actorId,
      detail: (await bench.server.app.domains.ledger.opening(entryId, "cleared"))?.detail ?? {},
    })),
  );
  const mine = details.filter(({ detail }) => detail["serves"] === letterId);
  assert.deepEqual(mine.map(({ detail }) => detail["ownUse"]).toSorted(), ["letter-address", "letter-words"]);
  assert.ok(mine.every(({ actorId }) => actorId !== bench.server.app.domains.access.system.principalId));
});

test("under a protection order nothing is printed to the address on file, and what was to be is held", async () => {
  await emptied();
  const { customerId } = await bench.customer();
  const other = await bench.customer();
  const held = await letters.enqueue(order(customerId));
  await letters.enqueue(order(other.customerId));
  const { batchId } = await dpo.letters.batches.make();
  await bench.flag(customerId, "protection-order");
  const { text } = await print(batchId);
  assert.ok(!text.includes(held));
  const letter = await dpo.letters.get(held);
  assert.deepEqual([letter.state, letter.held], ["held", "protected"]);
  assert.equal((await dpo.letters.batches.get(batchId)).letters, 1);
});

test("an order that comes while letters are printed keeps the file from leaving", async () => {
  await emptied();
  const [{ customerId }, later] = [await bench.customer(), await bench.customer()];
  await letters.enqueue(order(customerId));
  await letters.enqueue(order(later.customerId));
  const { batchId } = await dpo.letters.batches.make();
  const { gate } = bench.server.app.domains;
  const readValues = gate.readValues;
  Object.assign(gate, {
    readValues: async (...asked: Parameters<typeof readValues>) => {
      // The first letter is made by then.
      if (asked[1].customerId === later.customerId) await bench.flag(customerId, "protection-order");
      return readValues(...asked);
    },
  });
  try {
    await assert.rejects(dpo.letters.batches.print(batchId), { code: "changed-meanwhile" });
  } finally {
    Object.assign(gate, { readValues });
  }
  await print(batchId);
  assert.equal((await dpo.letters.batches.get(batchId)).letters, 1);
});

test("whoever asked for another postal address gets letters there alone; whoever asked for e-mail instead gets none", async () => {
  await emptied();
  const [email, next] = ["letters.a@mailbox.example", "letters.b@mailbox.example"];
  const [one, two] = [await bench.customer({ email }), await bench.customer({ email: next })];
  const address = { line1: "7 Harbour Row", city: "Boston", region: "MA", postcode: "02110", country: "US" };
  await bench
    .as(await bench.signIn(email))
    .portal.preferences.set({ language: "de", alternative: { channel: "post", address } });
  await bench
    .as(await bench.signIn(next))
    .portal.preferences.set({ alternative: { channel: "email", contact: "letters.c@mailbox.example" } });
  await bench.flag(one.customerId, "protection-order");
  await letters.enqueue(order(one.customerId));
  const held = await letters.enqueue(order(two.customerId));
  const { text } = await printAll();
  assert.match(text, /7 Harbour Row\nBoston, MA 02110/);
  assert.ok(!text.includes("Elm Street"));
  assert.match(text, /Unsere Antwort auf Ihre Anfrage/);
  assert.equal((await dpo.letters.get(held)).held, "other-channel");
});

test("what is specially protected is not printed unless the law demands the letter", async () => {
  await emptied();
  const { customerId } = await bench.customer();
  const values = { withdrawn: "2026-03-01" };
  const told = { kind: "authorization-withdrawn", values, classes: ["specially-protected-health"] } as const;
  const letterId = await letters.enqueue(order(customerId, told));
  await letters.enqueue(order(customerId, { classes: ["specially-protected-health"] }));
  await printAll();
  assert.equal((await dpo.letters.get(letterId)).held, "class-not-on-paper");
});

test("a notice sent by letter counts as delivered once it is posted, and is due again when it comes back", async () => {
  await emptied();
  const { customerId } = await bench.customer();
  await bench.as(bench.server.admin.token).assignments.create({ customerId, clientId: officerId, kind: "case" });
  const letter = await dpo.letters.sendNotice(customerId, { kind: "annual-privacy-notice", notice: "glba" });
  const isDue = async () => (await dpo.notices.deliveries(customerId)).due.includes("glba");
  const { batchId, digest, text } = await printAll();
  assert.match(text, /Privacy notice \(financial information\)/);
  assert.equal(await isDue(), true, "printed is not posted");
  await dpo.letters.batches.post(batchId, { digest, on: today() });
  assert.equal(await isDue(), false);
  const [delivery] = (await dpo.notices.deliveries(customerId)).items;
  assert.deepEqual(
    [delivery?.channel, delivery?.deliveryId],
    ["letter", (await dpo.letters.get(letter.letterId)).deliveryId],
  );
  await dpo.letters.step(letter.letterId, { step: "returned", reason: "moved" });
  assert.equal(await isDue(), true);
});

test("nothing more goes to an address that mail came back from, until somebody has seen to it", async () => {
  await emptied();
  const { customerId } = await bench.customer();
  const first = await letters.enqueue(order(customerId));
  const { batchId, digest } = await printAll();
  await dpo.letters.batches.post(batchId, { digest, on: today() });
  await dpo.letters.step(first, { step: "returned", reason: "unknown-address" });
  const second = await letters.enqueue(order(customerId));
  await assert.rejects(printAll(), { code: "empty-batch" });
  assert.equal((await dpo.letters.get(second)).held, "returned-before");
  await dpo.letters.step(first, { step: "queue-again" });
  await dpo.letters.step(second, { step: "queue-again" });
  assert.equal((await dpo.letters.batches.get((await printAll()).batchId)).letters, 2);
});

test("a crash after printing leaves the batch as it was: the same file again, or its letters back in the queue", async () => {
  await emptied();
  const { customerId } = await bench.customer();
  const letterId = await letters.enqueue(order(customerId));
  const { batchId, digest } = await printAll();
  await assert.rejects(dpo.letters.batches.make(), { code: "nothing-waits" }, "no letter stands in two batches");
  assert.equal((await print(batchId)).digest, digest);
  await dpo.letters.batches.dissolve(batchId);
  assert.equal((await dpo.letters.get(letterId)).state, "waiting");
  await assert.rejects(dpo.letters.batches.post(batchId, { digest, on: today() }), { status: 404 });
});

test("two who make batches at one moment share no letter", async () => {
  await emptied();
  for (let count = 0; count < 6; count += 1) await letters.enqueue(order((await bench.customer()).customerId));
  const made = await Promise.allSettled([1, 2, 3].map(() => dpo.letters.batches.make({ most: 6 })));
  const batches = made.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  assert.equal(batches.reduce((sum, batch) => sum + batch.letters, 0) + (await dpo.letters.counts()).waiting, 6);
  const inBatch = (await dpo.letters.list({ state: "in-batch" })).items;
  assert.equal(new Set(inBatch.map(({ letterId }) => letterId)).size, inBatch.length);
});

test("a row taken out of the index, or put into it, forgets no letter and prints none", async () => {
  await emptied();
  const { customerId } = await bench.customer();
  const letterId = await letters.enqueue(order(customerId));
  await database().query(sql`delete from letter_queue where letter_id = ${letterId}`);
  const ghost = newId();
  await database().query(
    sql`insert into letter_queue (letter_id, customer_id, state, revision) values (${ghost}, ${customerId}, 'waiting', 1)`,
  );
  assert.deepEqual((await dpo.letters.list({ state: "waiting" })).items, []);
  offsetMs += DAY_MS;
  for (let walk = 0; walk < 5; walk += 1) await letters.look();
  assert.deepEqual(
    (await dpo.letters.list({ state: "waiting" })).items.map((one) => one.letterId),
    [letterId],
  );
});

test("an erased customer's letter opens no more", async () => {
  await emptied();
  const { customerId } = await bench.customer();
  const letterId = await letters.enqueue(order(customerId));
  await bench.server.app.domains.vault.erase({ customerId, unitId: null }, NOBODY);
  const { batchId } = await dpo.letters.batches.make();
  await assert.rejects(dpo.letters.batches.print(batchId), { code: "empty-batch" });
  assert.equal((await dpo.letters.get(letterId)).held, "gone");
});

test("whoever may not print gets no batch, and the attempt is an entry", async () => {
  const { token, principalId } = await bench.server.createClient({ role: "csr", purposes: ["policy-servicing"] });
  const csr = bench.as(token);
  await assert.rejects(csr.letters.batches.make(), { status: 403 });
  await assert.rejects(csr.letters.list(), { status: 403 });
  const { items } = await bench.server.app.domains.ledger.list(
    { actorId: asId(principalId), outcomes: ["denied"] },
    { limit: 10 },
    "cleared",
  );
  assert.equal(items.length, 2);
});

test("a letter to a third party about a customer goes to the address given for it", async () => {
  await emptied();
  const { customerId } = await bench.customer();
  await bench.flag(customerId, "protection-order");
  const recipient = { recipientId: newId(), lines: ["Harbour Clinic", "4 Quay Street", "Boston, MA 02110"] };
  const values = { reference: "CL-1", given: "2026-02-03" };
  await letters.enqueue(order(customerId, { kind: "correction-told", values, recipient }));
  const { text } = await printAll();
  assert.match(text, /Harbour Clinic\n4 Quay Street/);
  assert.ok(!text.includes("Elm Street"));
});
