// That the customers of a demand are told: whoever is counted as told has it on its way to them, and whoever is not reached is listed with the reason.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import pg from "pg";
import { startTestProcess } from "../test-process.ts";
import { startTestServer } from "../test-server.ts";
import { connect } from "../../sdk/client.ts";
import { type DemandScene, type DemandsBench, openDemandsBench } from "./test-demands.ts";

let bench: DemandsBench;
before(async () => (bench = await openDemandsBench()));
after(() => bench.close());

const look = async (): Promise<void> => {
  bench.later(1 / 24);
  await bench.server.app.domains.demands.look(new AbortController().signal);
};

/** A demand with everything met, whose customer is to be told before anything is approved. */
async function toTellBefore(at: DemandScene): Promise<string> {
  const { demandId } = await bench.clerk.client.demands.takeIn(at.draft());
  await bench.settle(demandId);
  await bench.clerk.client.demands.notice(demandId, { mode: "before" });
  return demandId;
}

async function stands(demandId: string) {
  const { notice } = await bench.clerk.client.demands.read(demandId);
  const [customer] = notice?.customers ?? [];
  return { isTold: notice?.toldAt != null, ...customer };
}

const notTold = (demandId: string): Promise<void> =>
  assert.rejects(bench.compliance.client.demands.approve(demandId), { code: "notice-open" });

const letterTo = (email: string): number =>
  bench.smtp.letters.filter((one) => JSON.stringify(one.to).includes(email)).length;

/** Its state in the queue of letters. */
async function queued(at: DemandScene): Promise<readonly string[]> {
  const letters = await bench.server.app.domains.letters.ofCustomer(at.customerId);
  return letters.filter(({ kind }) => kind === "demand-notice").map(({ state }) => state);
}

test("by mail: on its way it unblocks the approval, and taken by the mail server it is told, with its proof", async () => {
  const at = await bench.scene();
  const demandId = await toTellBefore(at);
  await notTold(demandId);
  await bench.clerk.client.demands.tell(demandId);
  const sent = await stands(demandId);
  assert.deepEqual([sent.isTold, sent.state, sent.way], [true, "mailed", "mail"]);
  await bench.deliver();
  assert.equal((await stands(demandId)).state, "told");
  assert.match(sent.reference ?? "", /^[0-9a-f-]{36}$/);
  await assert.rejects(bench.clerk.client.demands.tell(demandId), { code: "wrong-state" });
  await bench.compliance.client.demands.approve(demandId);
});

test("without a contact it goes by letter; what the mail server refuses does as well, and until then nobody is told", async () => {
  const none = await bench.scene({ contact: false });
  const byLetter = await toTellBefore(none);
  await bench.clerk.client.demands.tell(byLetter);
  assert.deepEqual([(await stands(byLetter)).state, await queued(none)], ["letter", ["waiting"]]);
  const at = await bench.scene();
  const demandId = await toTellBefore(at);
  bench.smtp.mishaps.push("refuse");
  await bench.clerk.client.demands.tell(demandId);
  await bench.deliver();
  const refused = await stands(demandId);
  if (refused.state === "planned") {
    assert.deepEqual([refused.isTold, refused.fault], [false, "mail-refused"]);
    await notTold(demandId);
  }
  await look();
  const { isTold, state, fault } = await stands(demandId);
  assert.deepEqual([isTold, state, fault], [true, "letter", "mail-refused"]);
  assert.deepEqual(await queued(at), ["waiting"]);
});

test("without a mail server it goes by letter", async () => {
  const at = await bench.scene();
  const demandId = await toTellBefore(at);
  const mute = await startTestServer({ beside: bench.server, clock: { now: bench.now } });
  try {
    await connect({ url: mute.url, token: bench.clerk.token }).demands.tell(demandId);
  } finally {
    await mute.stop();
  }
  assert.deepEqual([(await stands(demandId)).state, await queued(at)], ["letter", ["waiting"]]);
});

test("under a protection order nothing goes to what is on file: it blocks, until somebody has told them, and that is kept", async () => {
  const at = await bench.scene();
  await bench.flag(at.customerId, "protection-order");
  const demandId = await toTellBefore(at);
  await bench.clerk.client.demands.tell(demandId);
  await bench.deliver();
  const { isTold, state, fault } = await stands(demandId);
  assert.deepEqual([isTold, state, fault], [false, "unreached", "protected"]);
  assert.deepEqual([letterTo(at.email), await queued(at)], [0, []]);
  await notTold(demandId);
  const told = { customerId: at.customerId, reference: "served by their lawyer, file 12" };
  await bench.clerk.client.demands.toldByHand(demandId, told);
  const done = await stands(demandId);
  assert.deepEqual([done.isTold, done.way, done.reference], [true, "hand", told.reference]);
  await bench.compliance.client.demands.approve(demandId);
});

test("of several customers all have to be reached, and a letter that cannot be printed or comes back is none", async () => {
  const [first, second] = [await bench.scene(), await bench.scene({ contact: false, address: false })];
  const named = [first, second].map(({ customerId }) => ({ customerId, classes: ["identity" as const] }));
  const { demandId } = await bench.clerk.client.demands.takeIn(first.draft({ named }));
  await bench.settle(demandId);
  await bench.clerk.client.demands.tell(demandId);
  const { notice } = await bench.clerk.client.demands.read(demandId);
  const of = (id: string) => notice?.customers.find(({ customerId }) => customerId === id);
  assert.deepEqual([of(first.customerId)?.state, of(second.customerId)?.fault], ["mailed", "no-address"]);
  assert.equal(notice?.toldAt, null);

  const paper = await bench.scene({ contact: false });
  const byLetter = await toTellBefore(paper);
  await bench.clerk.client.demands.tell(byLetter);
  const { letters } = bench.server.app.domains;
  const [letter] = await letters.ofCustomer(paper.customerId);
  const printer = (await bench.server.app.domains.access.authenticate(bench.dpo.token))!;
  const batchId = await letters.makeBatch(printer, { sides: "one", most: 100 });
  const { digest } = await letters.print(printer, batchId);
  await letters.post(printer, { batchId, digest, on: bench.now().toISOString().slice(0, 10) });
  await look();
  assert.deepEqual([(await stands(byLetter)).state, (await stands(byLetter)).isTold], ["told", true]);
  await letters.step(printer, { letterId: letter!.letterId, step: "returned", reason: "moved" });
  await look();
  const back = await stands(byLetter);
  assert.deepEqual([back.isTold, back.state, back.fault], [false, "unreached", "letter-returned"]);
  await notTold(byLetter);
});

test("a server killed between what it plans and what it sends loses no letter and sends none twice", async (context) => {
  const at = await bench.scene();
  const demandId = await toTellBefore(at);
  const operator = new pg.Client({ connectionString: bench.server.database.superuserUrl });
  await operator.connect();
  const folder = await mkdtemp(join(tmpdir(), "uberrima-told-"));
  context.after(async () => {
    await operator.end();
    await rm(folder, { recursive: true, force: true });
  });
  const { config, dataFolder, database } = bench.server;
  const other = await startTestProcess(context, {
    ...bench.smtp.settings,
    UBERRIMA_DATA: folder,
    UBERRIMA_KEYRING: join(dataFolder, "keyring"),
    UBERRIMA_DATABASE_URL: database.url,
    UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl,
    UBERRIMA_LEASE_SECONDS: String(config.leaseSeconds),
  });
  // Whoever writes to the outbox waits here.
  await operator.query("begin");
  await operator.query("lock table mail_outbox in access exclusive mode");
  const telling = connect({ url: other.url, token: bench.clerk.token }).demands.tell(demandId);
  telling.catch(() => {});
  for (let tries = 0; (await stands(demandId)).state !== "planned"; tries += 1) {
    assert.ok(tries < 500);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await notTold(demandId);
  other.child.kill("SIGKILL");
  await other.ended;
  await operator.query("rollback");
  await look();
  assert.equal((await stands(demandId)).isTold, true);
  await look();
  await bench.deliver();
  assert.deepEqual([(await stands(demandId)).state, letterTo(at.email)], ["told", 1]);
});

test("whoever is still to be told stays in the work list: after it was approved, after a delay, when they are not reached, and when it is closed", async (context) => {
  // The server's own look, which comes when it comes, tells them by itself.
  context.mock.method(bench.server.app.domains.demands, "look", async () => {});
  const { client } = bench.clerk;
  const owedFor = async (demandId: string): Promise<readonly string[]> =>
    (await client.work.list()).waiting
      .filter(({ kind, id }) => kind === "demand-notice" && id === demandId)
      .map(({ what }) => what);
  const at = await bench.scene();
  const { demandId } = await client.demands.takeIn(at.draft());
  await bench.settle(demandId);
  assert.deepEqual(await owedFor(demandId), [], "nothing is produced yet");
  await bench.approve(demandId);
  await client.demands.close(demandId, { how: "produced" });
  assert.deepEqual(await owedFor(demandId), ["to-be-told"]);
  await client.demands.tell(demandId);
  assert.deepEqual(await owedFor(demandId), []);

  const late = await bench.scene({ contact: false, address: false });
  const { demandId: delayed } = await client.demands.takeIn(late.draft());
  await bench.settle(delayed);
  const untilAt = new Date(bench.now().getTime() + 20 * 86_400_000).toISOString();
  await client.demands.notice(delayed, { mode: "delayed", ground: "agency-statement", untilAt });
  await bench.approve(delayed);
  await client.demands.close(delayed, { how: "produced" });
  assert.deepEqual(await owedFor(delayed), []);
  bench.later(21);
  assert.deepEqual(await owedFor(delayed), ["to-be-told"]);
  await client.demands.tell(delayed);
  assert.deepEqual(await owedFor(delayed), ["not-reached"]);
  await client.demands.toldByHand(delayed, { customerId: late.customerId, reference: "by telephone, file 9" });
  assert.deepEqual(await owedFor(delayed), []);
  const early = await toTellBefore(await bench.scene());
  assert.deepEqual(await owedFor(early), ["to-be-told"]);
});
