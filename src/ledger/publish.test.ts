// Publishing through crashes, roll-backs, forks and competing publishers.
import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { verifyReceipt } from "../../sdk/verify/receipt.ts";
import { asPublicBytes } from "../kernel/bytes.ts";
import type { PublicBytes } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { script, sql } from "../postgres/sql.ts";
import { LedgerError } from "./errors.ts";
import type { LedgerErrorCode } from "./errors.ts";
import { openLedger } from "./ledger.ts";
import { hashLeaf, rootOfHashes } from "./merkle.ts";
import type { TreeHead } from "./merkle.ts";
import { publishOnce } from "./publish.ts";
import { fileSignerMemory } from "./signer-memory.ts";
import type { SignerMemory } from "./signer-memory.ts";
import { appendMany, draft, openTestLedger } from "./test-ledger.ts";
import type { TestLedger } from "./test-ledger.ts";

function failsWith(code: LedgerErrorCode) {
  return (error: unknown): boolean => error instanceof LedgerError && error.code === code;
}

async function opened(context: TestContext): Promise<TestLedger> {
  const ledger = await openTestLedger();
  context.after(() => ledger.close());
  return ledger;
}

async function sizeOf(log: TestLedger): Promise<number> {
  return Number((await log.ledger.checkpoint()).split("\n")[1]);
}

/** A memory that fails at a chosen moment, over the real one. */
function failingMemory(memory: SignerMemory, when: { before?: boolean; after?: boolean }): SignerMemory {
  return {
    read: () => memory.read(),
    remember: async (head: TreeHead) => {
      if (when.before === true) throw new Error("crash before remembering");
      await memory.remember(head);
      if (when.after === true) throw new Error("crash before signing");
    },
  };
}

test("the root published is that of the entries, at every size on the way", async (context) => {
  const log = await opened(context);
  const leaves: Buffer[] = [];
  await log.publish();
  assert.equal(await sizeOf(log), 0);
  for (const count of [1, 1, 253, 1, 1, 300, 2]) {
    leaves.push(...(await appendMany(log.ledger, count)).sort((a, b) => a.index - b.index).map((entry) => entry.leaf));
    await log.publish();
    const [, size, root] = (await log.ledger.checkpoint()).split("\n");
    assert.equal(Number(size), leaves.length);
    assert.equal(root, rootOfHashes(leaves.map(hashLeaf)).toString("base64"));
  }
});

test("nothing is published anew while nothing has happened", async (context) => {
  const log = await opened(context);
  await appendMany(log.ledger, 3);
  assert.equal(await publishOnce(log.parts), 3);
  assert.equal(await publishOnce(log.parts), null);
});

test("before the first checkpoint there is none, and no receipt", async (context) => {
  const log = await opened(context);
  const [entry] = await appendMany(log.ledger, 1);
  await assert.rejects(log.ledger.checkpoint(), failsWith("not-published"));
  assert.equal(await log.ledger.receipt(entry!.entryId), null);
  assert.equal(await log.ledger.tile({ level: 0, number: 0, width: 1 }), null);
  await log.publish();
  assert.notEqual(await log.ledger.receipt(entry!.entryId), null);
});

test("a checkpoint follows an append within a second", async (context) => {
  const log = await opened(context);
  const publishing = log.ledger.startPublishing();
  context.after(() => publishing.stop());
  for (let round = 0; round < 3; round += 1) {
    const [entry] = await appendMany(log.ledger, 1);
    const appendedAt = performance.now();
    let receipt = await log.ledger.receipt(entry!.entryId);
    while (receipt === null && performance.now() - appendedAt < 5000) {
      await sleep(20);
      receipt = await log.ledger.receipt(entry!.entryId);
    }
    assert.ok(performance.now() - appendedAt < 1000, "within a second");
    assert.equal(verifyReceipt(receipt!, log.ledger.logKey).index, entry!.index);
  }
});

test("publishers of several processes never sign against each other", async (context) => {
  const log = await opened(context);
  const other = await openLedger({ ...log.options, signerMemory: fileSignerMemory(join(log.folder, "other-machine")) });
  await log.publish();
  const failures: unknown[] = [];
  const onFailure = (failure: unknown): void => void failures.push(failure);
  const publishers = [log.ledger, other, log.ledger].map((ledger) => ledger.startPublishing({ everyMs: 1, onFailure }));
  const stop = () => Promise.all(publishers.map((publisher) => publisher.stop()));
  context.after(stop);
  const roots = new Map<string, string>();
  for (let round = 0; round < 20; round += 1) {
    await Promise.all([appendMany(log.ledger, 7), appendMany(other, 5)]);
    const [, size, root] = (await log.ledger.checkpoint()).split("\n");
    assert.equal(roots.get(size!) ?? root, root);
    roots.set(size!, root!);
  }
  await stop();
  await log.publish();
  assert.equal(await sizeOf(log), 240);
  assert.deepEqual(failures, []);
});

test("while one publisher is at it, another stands back instead of waiting", async (context) => {
  const log = await opened(context);
  await appendMany(log.ledger, 2);
  await log.db.owner.transaction(async (tx) => {
    await tx.query(sql`select from ledger_checkpoint for update`);
    assert.equal(await publishOnce(log.parts), null);
  });
  assert.equal(await publishOnce(log.parts), 2);
});

test("a crash before remembering leaves nothing signed, and the next round publishes", async (context) => {
  const log = await opened(context);
  await appendMany(log.ledger, 4);
  const memory = failingMemory(log.parts.memory, { before: true });
  await assert.rejects(publishOnce({ ...log.parts, memory }), /crash before remembering/);
  await assert.rejects(log.ledger.checkpoint(), failsWith("not-published"));
  assert.equal(await log.parts.memory.read(), null);
  await log.publish();
  assert.equal(await sizeOf(log), 4);
});

test("a crash between remembering and committing is caught up, also by a process started anew", async (context) => {
  const log = await opened(context);
  await appendMany(log.ledger, 300);
  await log.publish();
  await appendMany(log.ledger, 300);
  const memory = failingMemory(log.parts.memory, { after: true });
  await assert.rejects(publishOnce({ ...log.parts, memory }), /crash before signing/);
  assert.equal((await log.parts.memory.read())?.size, 600);
  assert.equal(await sizeOf(log), 300);
  await openLedger(log.options);
  await appendMany(log.ledger, 5);
  await log.publish();
  assert.equal(await sizeOf(log), 605);
});

test("after a crash before the commit, entries other than those remembered are never signed", async (context) => {
  const log = await opened(context);
  await appendMany(log.ledger, 6);
  await assert.rejects(
    publishOnce({ ...log.parts, memory: failingMemory(log.parts.memory, { after: true }) }),
    /crash/,
  );
  await log.db.owner.query(
    sql`update ledger_entry set leaf = set_byte(leaf, 20, get_byte(leaf, 20) # 1) where index = 2`,
  );
  await assert.rejects(publishOnce(log.parts), failsWith("forked"));
  await assert.rejects(openLedger(log.options), failsWith("forked"));
  await assert.rejects(log.ledger.checkpoint(), failsWith("not-published"));
});

test("a database behind the signer's memory is refused at start, and signed for no more", async (context) => {
  const log = await opened(context);
  await appendMany(log.ledger, 10);
  await log.publish();
  // The whole database of an earlier time, consistent in itself.
  const earlier = rootOfHashes((await leavesOf(log)).slice(0, 4).map(hashLeaf));
  const note = log.parts.signer.sign(`${log.options.origin}\n4\n${earlier.toString("base64")}\n`);
  await rollBackTo(log, 4, { root: earlier, note });
  await assert.rejects(openLedger(log.options), failsWith("rolled-back"));
  await assert.rejects(publishOnce(log.parts), failsWith("rolled-back"));
  // Grown past the memory again with other entries: the size no longer tells, the history does.
  await appendBehindTheBack(log, 8);
  await assert.rejects(openLedger(log.options), failsWith("forked"));
  await assert.rejects(publishOnce(log.parts), failsWith("forked"));
});

test("a checkpoint that does not continue what this machine remembers is not built upon, though another signed it", async (context) => {
  const log = await opened(context);
  await appendMany(log.ledger, 5);
  await log.publish();
  // Restored empty, and taken up by a machine that has the keys but never signed anything.
  for (const table of ["ledger_entry", "ledger_tile", "ledger_checkpoint", "ledger_head"]) {
    await log.db.owner.query(script(`delete from ${table}`));
  }
  const memory = fileSignerMemory(join(log.folder, "another-machine"));
  const another = await openLedger({ ...log.options, signerMemory: memory });
  await appendMany(another, 9);
  assert.equal(await publishOnce({ ...log.parts, memory }), 9);
  await assert.rejects(openLedger(log.options), failsWith("forked"));
  await appendMany(another, 1);
  await assert.rejects(publishOnce(log.parts), failsWith("forked"));
  assert.equal(await publishOnce({ ...log.parts, memory }), 10);
});

test("a running publisher that finds the database rolled back ends, and the ledger appends no more", async (context) => {
  const log = await opened(context);
  await appendMany(log.ledger, 10);
  const failed = Promise.withResolvers<unknown>();
  const publishing = log.ledger.startPublishing({ everyMs: 5, onFailure: failed.resolve });
  while ((await log.parts.memory.read())?.size !== 10) await sleep(5);
  await log.db.owner.query(sql`delete from ledger_entry where index >= 7`);
  await log.db.owner.query(sql`update ledger_head set size = 7`);
  assert.ok(failsWith("rolled-back")(await failed.promise));
  await assert.rejects(log.ledger.append(draft()), failsWith("rolled-back"));
  const within = log.db.database.transaction((tx) => log.ledger.appendIn(tx, [draft()]));
  await assert.rejects(within, failsWith("rolled-back"));
  await publishing.stop();
});

test("tampering with tiles, checkpoint or sequenced entries is never signed over", async (context) => {
  const log = await opened(context);
  await appendMany(log.ledger, 270);
  await log.publish();
  await appendMany(log.ledger, 3);
  await log.db.owner.query(sql`alter table ledger_tile disable trigger user`);
  await log.db.owner.query(sql`alter table ledger_checkpoint disable trigger user`);
  const { owner } = log.db;
  const cases: [() => Promise<unknown>, () => Promise<unknown>, LedgerErrorCode][] = [
    [
      () =>
        owner.query(
          sql`update ledger_tile set hashes = set_byte(hashes, 9, get_byte(hashes, 9) # 1) where level = 0 and number = 1`,
        ),
      () =>
        owner.query(
          sql`update ledger_tile set hashes = set_byte(hashes, 9, get_byte(hashes, 9) # 1) where level = 0 and number = 1`,
        ),
      "forked",
    ],
    [
      () => owner.query(sql`update ledger_checkpoint set root = set_byte(root, 0, get_byte(root, 0) # 1)`),
      () => owner.query(sql`update ledger_checkpoint set root = set_byte(root, 0, get_byte(root, 0) # 1)`),
      "forked",
    ],
    [
      () => owner.query(sql`update ledger_checkpoint set size = 269`),
      () => owner.query(sql`update ledger_checkpoint set size = 270`),
      "forked",
    ],
    [
      () => owner.query(sql`update ledger_entry set index = 1000 where index = 271`),
      () => owner.query(sql`update ledger_entry set index = 271 where index = 1000`),
      "corrupt",
    ],
  ];
  for (const [tamper, undo, code] of cases) {
    await tamper();
    await assert.rejects(publishOnce(log.parts), failsWith(code));
    await undo();
  }
  await log.publish();
  assert.equal(await sizeOf(log), 273);
});

async function leavesOf(log: TestLedger): Promise<Buffer[]> {
  const rows = await log.db.owner.query<{ leaf: Buffer }>(sql`select leaf from ledger_entry order by index`);
  return rows.map((row) => row.leaf);
}

async function rollBackTo(log: TestLedger, size: number, head: { root: Buffer; note: string }): Promise<void> {
  const { owner } = log.db;
  await owner.query(sql`alter table ledger_tile disable trigger user`);
  await owner.query(sql`alter table ledger_checkpoint disable trigger user`);
  await owner.query(sql`delete from ledger_entry where index >= ${size}`);
  await owner.query(sql`update ledger_head set size = ${size}`);
  await owner.query(sql`update ledger_tile set hashes = substring(hashes for ${size * 32}::integer)`);
  const [root, note] = [head.root, Buffer.from(head.note)].map(asPublicBytes) as [PublicBytes, PublicBytes];
  await owner.query(sql`update ledger_checkpoint set size = ${size}, root = ${root}, note = ${note}`);
}

/** Entries sequenced by somebody whose signer does not remember: the function itself, called as the application's role. */
async function appendBehindTheBack(log: TestLedger, count: number): Promise<void> {
  const memory: SignerMemory = { read: () => Promise.resolve(null), remember: () => Promise.resolve() };
  const forgetful = await openLedger({ ...log.options, signerMemory: memory });
  await appendMany(forgetful, count, { actorId: newId() });
}
