// Sequencing against the database: batches, guards, limits, and what the application may not do.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { verifyPromise } from "../../sdk/verify/promise.ts";
import { newId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import type { TestDatabase } from "../postgres/test-database.ts";
import { DETAIL_BYTES_MAX, RESERVED_KEYS } from "./entry-draft.ts";
import { LedgerError } from "./errors.ts";
import type { LedgerErrorCode } from "./errors.ts";
import { openLedger } from "./ledger.ts";
import type { Ledger } from "./ledger.ts";
import { openGuardTables, setCustomer, setPolicy, setPrincipal } from "./test-guards.ts";
import { appendMany, draft, openTestLedger, storedIndexes, TEST_SHARD, upTo } from "./test-ledger.ts";
import type { TestLedger } from "./test-ledger.ts";

function failsWith(code: LedgerErrorCode) {
  return (error: unknown): boolean => error instanceof LedgerError && error.code === code;
}

async function countEntries(on: Querier): Promise<number> {
  const [row] = await on.query<{ entries: number }>(sql`select count(*) as entries from ledger_entry`);
  return row!.entries;
}

/** Rows of the guarded tables that this transaction has come by without an index. */
async function rowsReadInOrder(tx: Querier): Promise<number> {
  const [row] = await tx.query<{ rows: number }>(
    sql`select sum(seq_tup_read)::bigint as rows from pg_stat_xact_user_tables where relname in ('customer', 'principal')`,
  );
  return row!.rows;
}

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
    const sizeBefore = await countEntries(db.owner);
    const entries = await appendMany(gathering, 600);
    // 256, then of those that wait half at a time: 172, 86, 43, 32, 11; the first may be cut by the turn it starts in.
    assert.ok(commits <= 7, `${commits} commits`);
    assert.deepEqual(
      entries.map((entry) => entry.index).sort((a, b) => a - b),
      upTo(600).map((at) => sizeBefore + at),
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
    const sizeBefore = await countEntries(db.owner);
    // In one batch, so that a stale neighbour neither takes an index nor a promise.
    const [written, ...refused] = await Promise.all([fresh, ...stale].map((entry) => ledger.append(entry)));
    assert.equal(written?.index, sizeBefore);
    assert.deepEqual(
      refused,
      stale.map(() => null),
    );
    assert.equal(await countEntries(db.owner), sizeBefore + 1);
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

  test("looks guards up by key, also on a connection that knew the tables when they were empty", async () => {
    const [actorId, customerId, other] = [newId(), newId(), newId()];
    const guarded = () => {
      const subjects = [{ customerId: other, outcome: "allowed", classes: [], revision: 1 }] as const;
      const guard = { actorRevision: 1, customerRevision: 1, policyRevision: null };
      return draft({ actorId, customerId, guard, subjects });
    };
    await db.owner.transaction(async (tx) => {
      for (const [id, set] of [
        [actorId, setPrincipal],
        [customerId, setCustomer],
        [other, setCustomer],
      ] as const)
        await set(tx, id, 1);
      // Often enough for its plans to be kept.
      for (let times = 0; times < 12; times += 1) await ledger.appendIn(tx, [guarded()]);
      await tx.query(
        sql`insert into customer (customer_id, revision) select gen_random_uuid(), 1 from generate_series(1, 5000)`,
      );
      const earlier = await rowsReadInOrder(tx);
      await ledger.appendIn(tx, [guarded(), guarded()]);
      assert.equal((await rowsReadInOrder(tx)) - earlier, 0);
    });
  });

  test("inside a transaction leaves nothing when that rolls back, and refuses all for one stale guard", async () => {
    const sizeBefore = await countEntries(db.owner);
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
    assert.equal(await countEntries(db.owner), sizeBefore);
    const places = await db.database.transaction((tx) => ledger.appendIn(tx, [draft(), draft()]));
    assert.deepEqual(
      places.map((place) => place.index),
      [sizeBefore, sizeBefore + 1],
    );
    assert.deepEqual(await storedIndexes(db.owner), upTo(sizeBefore + 2));
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
    assert.deepEqual(await storedIndexes(db.owner), upTo(await countEntries(db.owner)));
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
