import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { verifyPromise } from "../../sdk/verify/promise.ts";
import { newId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import type { TestDatabase } from "../postgres/test-database.ts";
import { startGatherer } from "./append.ts";
import type { SealedEntry } from "./detail.ts";
import { sealEntry } from "./detail.ts";
import { DETAIL_BYTES_MAX, RESERVED_KEYS } from "./entry-draft.ts";
import { LedgerError } from "./errors.ts";
import type { LedgerErrorCode } from "./errors.ts";
import { checkLedger, fileSignerMemory, openLedger } from "./ledger.ts";
import type { Ledger } from "./ledger.ts";
import { openGuardTables, setCustomer, setPolicy, setPrincipal } from "./test-guards.ts";
import { testKeys } from "./test-keys.ts";
import { appendMany, draft, openTestLedger, TEST_SHARD } from "./test-ledger.ts";
import type { TestLedger } from "./test-ledger.ts";

function failsWith(code: LedgerErrorCode) {
  return (error: unknown): boolean => error instanceof LedgerError && error.code === code;
}

async function countEntries(on: Querier): Promise<number> {
  const [row] = await on.query<{ entries: number }>(sql`select count(*) as entries from ledger_entry`);
  return row!.entries;
}

async function indexesStored(on: Querier): Promise<number[]> {
  const rows = await on.query<{ index: number }>(sql`select index from ledger_entry order by index`);
  return rows.map((row) => row.index);
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

describe("appending", () => {
  let opened: TestLedger;
  let db: TestDatabase;
  let ledger: Ledger;
  before(async () => {
    opened = await openTestLedger();
    ({ db, ledger } = opened);
    await openGuardTables(db.owner);
  });
  after(() => opened.close());

  test("gathers concurrent entries into few commits, each entry promised at its own index", async () => {
    let commits = 0;
    const counting: Querier = {
      query: (statement) => {
        commits += 1;
        return db.database.query(statement);
      },
    };
    const gathering = await openLedger({ ...opened.options, appendOn: counting });
    const before = await countEntries(db.owner);
    const entries = await appendMany(gathering, 600);
    // 600 at 256 a batch: the first may be cut by the turn it starts in.
    assert.ok(commits <= 4, `${commits} commits`);
    assert.deepEqual(
      entries.map((entry) => entry.index).sort((a, b) => a - b),
      upTo(600).map((at) => before + at),
    );
    for (const { index, at, leaf, promise } of entries) {
      const verified = verifyPromise(JSON.stringify(promise), gathering.promiseKey);
      assert.deepEqual([verified.index, verified.time, verified.leaf], [index, at, leaf]);
    }
  });

  test("writes nothing for a stale guard of actor, customer, subject or policy, and null is the answer", async () => {
    const [actorId, customerId, other] = [newId(), newId(), newId()];
    await setPrincipal(db.owner, actorId, 3);
    await setCustomer(db.owner, customerId, 5);
    await setCustomer(db.owner, other, 1);
    await setPolicy(db.owner, 7);
    const guard = { actorRevision: 3, customerRevision: 5, policyRevision: 7 };
    const subject = { customerId: other, outcome: "allowed", classes: [], revision: 1 } as const;
    const fresh = draft({ actorId, customerId, guard, subjects: [subject] });
    const stale = [
      draft({ ...fresh, entryId: newId(), guard: { ...guard, actorRevision: 2 } }),
      draft({ ...fresh, entryId: newId(), guard: { ...guard, customerRevision: 6 } }),
      draft({ ...fresh, entryId: newId(), guard: { ...guard, policyRevision: 8 } }),
      draft({ ...fresh, entryId: newId(), subjects: [{ ...subject, revision: 2 }] }),
      draft({ ...fresh, entryId: newId(), subjects: [{ ...subject, customerId: newId() }] }),
      draft({ ...fresh, entryId: newId(), actorId: newId() }),
      draft({ ...fresh, entryId: newId(), customerId: newId() }),
    ];
    const before = await countEntries(db.owner);
    // In one batch, so that a stale neighbour neither takes an index nor a promise.
    const [written, ...refused] = await Promise.all([fresh, ...stale].map((entry) => ledger.append(entry)));
    assert.equal(written?.index, before);
    assert.deepEqual(
      refused,
      stale.map(() => null),
    );
    assert.equal(await countEntries(db.owner), before + 1);
    for (const { entryId } of stale) assert.equal(await ledger.entry(entryId), null);
    const [subjects] = await db.owner.query<{ n: number }>(
      sql`select count(*) as n from ledger_subject where customer_id = ${other}`,
    );
    assert.equal(subjects?.n, 1);
  });

  test("sees a change that was committed while the batch waited for its turn", async () => {
    const actorId = newId();
    await setPrincipal(db.owner, actorId, 1);
    const guard = { actorRevision: 1, customerRevision: null, policyRevision: null };
    let appended: Promise<unknown> | undefined;
    await db.owner.transaction(async (tx) => {
      await tx.query(sql`select from ledger_head where log_shard = ${TEST_SHARD} for update`);
      appended = ledger.append(draft({ actorId, guard }));
      // The batch is now at the lock, its statement begun before this change.
      await untilWaitingFor(tx, db.owner);
      await setPrincipal(tx, actorId, 2);
    });
    assert.equal(await appended, null);
  });

  test("inside a transaction leaves nothing when that rolls back, and refuses all for one stale guard", async () => {
    const before = await countEntries(db.owner);
    const actorId = newId();
    await setPrincipal(db.owner, actorId, 4);
    const stale = draft({ actorId, guard: { actorRevision: 3, customerRevision: null, policyRevision: null } });
    await assert.rejects(
      db.database.transaction((tx) => ledger.appendIn(tx, [draft(), stale])),
      failsWith("stale"),
    );
    await assert.rejects(
      db.database.transaction(async (tx) => {
        await ledger.appendIn(tx, [draft()]);
        throw new Error("the caller changed its mind");
      }),
      /changed its mind/,
    );
    assert.equal(await countEntries(db.owner), before);
    const places = await db.database.transaction((tx) => ledger.appendIn(tx, [draft(), draft()]));
    assert.deepEqual(
      places.map((place) => place.index),
      [before, before + 1],
    );
    assert.deepEqual(await indexesStored(db.owner), upTo(before + 2));
  });

  test("refuses a detail above its limit and keys the ledger writes itself", async () => {
    const detailOf = (length: number) => draft({ detail: { text: "x".repeat(length) } });
    await assert.rejects(ledger.append(detailOf(DETAIL_BYTES_MAX)), failsWith("detail-too-large"));
    assert.notEqual(await ledger.append(detailOf(DETAIL_BYTES_MAX - 2000)), null);
    for (const key of RESERVED_KEYS) {
      await assert.rejects(ledger.append(draft({ detail: { [key]: "forged" } })), failsWith("bad-draft"));
    }
    const twice = { customerId: newId(), outcome: "allowed", classes: [], revision: null } as const;
    await assert.rejects(ledger.append(draft({ subjects: [twice, twice] })), failsWith("bad-draft"));
  });

  test("refuses an entry id a second time without refusing its neighbours", async () => {
    const first = draft();
    await ledger.append(first);
    const results = await Promise.allSettled([ledger.append(draft()), ledger.append(first), ledger.append(draft())]);
    assert.deepEqual(
      results.map((result) => result.status),
      ["fulfilled", "rejected", "fulfilled"],
    );
    const [, refused] = results;
    assert.ok(refused?.status === "rejected" && failsWith("duplicate-entry")(refused.reason));
    assert.deepEqual(await indexesStored(db.owner), upTo(await countEntries(db.owner)));
  });

  test("is not possible for the application's role except by the sequencing function, and never undone", async () => {
    const id = newId();
    for (const statement of [
      sql`update ledger_entry set kind = 'search'`,
      sql`update ledger_entry set detail = ''::bytea where index = 0`,
      sql`delete from ledger_entry`,
      sql`truncate ledger_entry`,
      sql`insert into ledger_entry (log_shard, index, entry_id, at, leaf, kind, outcome, classes, withheld, detail)
        select log_shard, index + 1000000, ${id}, at, leaf, kind, outcome, classes, withheld, detail from ledger_entry where index = 0`,
      sql`update ledger_subject set outcome = 'denied'`,
      sql`delete from ledger_subject`,
      sql`update ledger_head set size = 0`,
      sql`delete from ledger_head`,
      sql`delete from ledger_tile`,
      sql`delete from ledger_checkpoint`,
      sql`insert into ledger_checkpoint select 99::smallint, size, root, note, at from ledger_checkpoint`,
    ]) {
      await assert.rejects(db.database.query(statement), { code: "42501" }, statement.text);
    }
  });

  test("lets the application's role neither change a published tile nor shrink the published tree", async () => {
    await opened.publish();
    for (const statement of [
      sql`update ledger_tile set hashes = substring(hashes from 33) where octet_length(hashes) > 32`,
      sql`update ledger_tile set hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1)`,
      sql`update ledger_checkpoint set size = size - 1`,
      sql`update ledger_checkpoint set root = set_byte(root, 0, get_byte(root, 0) # 1)`,
    ]) {
      await assert.rejects(db.database.query(statement), { code: "23000" }, statement.text);
    }
  });

  test("refuses a shard that belongs to another origin", async () => {
    await assert.rejects(openLedger({ ...opened.options, origin: "ledger.test/other" }), failsWith("wrong-origin"));
  });
});

async function untilWaitingFor(blocker: Querier, on: Querier): Promise<void> {
  const [own] = await blocker.query<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  for (let attempt = 0; attempt < 5000; attempt += 1) {
    const [row] = await on.query<{ waiting: number }>(
      sql`select count(*) as waiting from pg_locks where not granted and ${own!.pid} = any(pg_blocking_pids(pid))`,
    );
    if (row!.waiting > 0) return;
  }
  assert.fail("nothing came to wait for the lock");
}

test("several processes append to one gapless history that verifies", async (context) => {
  const opened = await openTestLedger();
  context.after(() => opened.close());
  const secret = randomBytes(32);
  const keys = testKeys(secret);
  const script = new URL("test-append-process.ts", import.meta.url).pathname;
  const folder = join(opened.folder, "shared-memory");
  const processes = ["250", "300"].map((count) => {
    const child = spawn(process.execPath, [script, opened.db.url, secret.toString("hex"), count, folder], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
  });
  for (const { lines } of processes) assert.equal((await lines.next()).value, "ready");
  for (const { child } of processes) child.stdin.end("go");
  const outputs = await Promise.all(processes.map(({ lines }) => lines.next()));
  const indexes = outputs.map(({ value }) => JSON.parse(String(value)) as number[]);
  const all = indexes.flat();
  assert.deepEqual(
    all.toSorted((a, b) => a - b),
    upTo(550),
  );
  assert.deepEqual(await indexesStored(opened.db.owner), upTo(550));
  const signerMemory = fileSignerMemory(folder);
  const ledger = await openLedger({ ...opened.options, keys, signerMemory });
  await untilPublished(ledger, 550);
  const discrepancies = await Array.fromAsync(checkLedger({ ...opened.options, keys, signerMemory }));
  assert.deepEqual(discrepancies, []);
  // They really took turns: neither process had one block of its own.
  assert.ok(Math.max(...indexes[0]!) > Math.min(...indexes[1]!) && Math.max(...indexes[1]!) > Math.min(...indexes[0]!));
});

async function untilPublished(ledger: Ledger, size: number): Promise<void> {
  const publishing = ledger.startPublishing({ everyMs: 10 });
  while (!(await ledger.checkpoint()).includes(`\n${size}\n`)) await new Promise((resolve) => setTimeout(resolve, 10));
  await publishing.stop();
}

test("an index given out a second time halts the ledger for good", async (context) => {
  const opened = await openTestLedger();
  context.after(() => opened.close());
  await appendMany(opened.ledger, 5);
  // A failover to a replica that had not received the last entries.
  await opened.db.owner.query(sql`delete from ledger_entry where index >= 3`);
  await opened.db.owner.query(sql`update ledger_head set size = 3`);
  await assert.rejects(opened.ledger.append(draft()), failsWith("rolled-back"));
  await assert.rejects(opened.ledger.append(draft()), failsWith("rolled-back"));
});

describe("the gatherer", () => {
  const keys = testKeys();
  const sealed = (text: string): SealedEntry => sealEntry(keys, draft({ detail: { text } }), 1);

  test("answers every caller with its own place, whatever the batches and stale guards", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        async (fresh, batchEntriesMax) => {
          const entries = fresh.map((_, at) => sealed(String(at)));
          let size = 0;
          const batches: number[] = [];
          const gatherer = startGatherer<{ index: number; entry: SealedEntry }>(
            {
              sequence: async (batch) => {
                batches.push(batch.length);
                await new Promise((resolve) => setImmediate(resolve));
                return batch.map((entry) => (fresh[entries.indexOf(entry)] === true ? size++ : null));
              },
              finish: (placed) => placed,
            },
            { batchEntriesMax, batchBytesMax: 1e9, waitingEntriesMax: 100, waitingBytesMax: 1e9 },
          );
          const results = await Promise.all(entries.map((entry) => gatherer.append(entry)));
          results.forEach((result, at) => assert.equal(result?.entry ?? null, fresh[at] === true ? entries[at] : null));
          assert.deepEqual(
            results.flatMap((result) => (result === null ? [] : [result.index])),
            upTo(size),
          );
          assert.ok(batches.every((length) => length >= 1 && length <= batchEntriesMax));
        },
      ),
    );
  });

  test("cuts batches by bytes and refuses what would wait beyond its bounds", async () => {
    const entries = ["a", "b", "c"].map((text) => sealed(text.repeat(1000)));
    const batches: number[] = [];
    const gatherer = startGatherer<number>(
      {
        sequence: (batch) => {
          batches.push(batch.length);
          return Promise.resolve(batch.map((_, at) => at));
        },
        finish: (placed) => placed.map(({ index }) => index),
      },
      { batchEntriesMax: 100, batchBytesMax: 1500, waitingEntriesMax: 3, waitingBytesMax: 10_000 },
    );
    const waiting = entries.map((entry) => gatherer.append(entry));
    await assert.rejects(gatherer.append(sealed("d")), failsWith("busy"));
    await Promise.all(waiting);
    assert.deepEqual(batches, [1, 1, 1]);
    await assert.rejects(gatherer.append(sealed("e".repeat(20_000))), failsWith("busy"));
    assert.equal(await gatherer.append(sealed("f")), 0);
  });

  test("gives a failure to exactly those who waited for it, and goes on", async () => {
    let fail = true;
    const gatherer = startGatherer<number>({
      sequence: (batch) => {
        if (!fail) return Promise.resolve(batch.map((_, at) => at));
        fail = false;
        return Promise.reject(new LedgerError("unavailable", "gone"));
      },
      finish: (placed) => placed.map(({ index }) => index),
    });
    const results = await Promise.allSettled([gatherer.append(sealed("a")), gatherer.append(sealed("b"))]);
    assert.ok(results.every((result) => result.status === "rejected" && failsWith("unavailable")(result.reason)));
    assert.equal(await gatherer.append(sealed("c")), 0);
  });
});
