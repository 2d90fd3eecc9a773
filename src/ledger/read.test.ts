// What readers are told of entries, and what they cannot tell of withheld ones.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { sql } from "../postgres/sql.ts";
import type { EntryDraft } from "./entry-draft.ts";
import { LedgerError } from "./errors.ts";
import type { Ledger, Page, PageRequest } from "./ledger.ts";
import { appendMany, draft, openTestLedger } from "./test-ledger.ts";
import type { TestLedger } from "./test-ledger.ts";

let log: TestLedger;
let ledger: Ledger;
before(async () => {
  log = await openTestLedger();
  ({ ledger } = log);
});
after(() => log.close());

async function append(changes: Partial<EntryDraft>): Promise<Uuid> {
  const sequenced = await ledger.append(draft(changes));
  return sequenced!.entryId;
}

/** Every item, page by page, and the lengths of the pages. */
async function readAll<Item>(read: (page: PageRequest) => Promise<Page<Item>>, limit: number) {
  const items: Item[] = [];
  const lengths: number[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await read({ cursor, limit });
    items.push(...page.items);
    lengths.push(page.items.length);
    cursor = page.next;
  } while (cursor !== null);
  return { items, lengths };
}

const subjectOf = (customerId: Uuid) =>
  ({ customerId, outcome: "partial", classes: ["health"], revision: null }) as const;

describe("a customer's accounting", () => {
  test("names every entry about the customer, direct or as one of several, newest first and once", async () => {
    const customerId = newId();
    const direct = await append({ customerId });
    const among = await append({
      customerId: null,
      outcome: "allowed",
      classes: ["identity", "health"],
      subjects: [subjectOf(newId()), subjectOf(customerId)],
    });
    const both = await append({ customerId, subjects: [subjectOf(customerId)] });
    await append({});
    const { items } = await ledger.accounting(customerId, {}, {});
    assert.deepEqual(
      items.map((item) => item.entryId),
      [both, among, direct],
    );
    // As a subject, the customer's own part and not the others'.
    assert.deepEqual([items[1]?.outcome, items[1]?.classes, items[1]?.customerId], ["partial", ["health"], customerId]);
  });

  test("does not tell withheld entries from absent ones, by content, page lengths, cursors or single look-ups", async () => {
    const [watched, plain] = [newId(), newId()];
    const withheldIds: Uuid[] = [];
    for (let round = 0; round < 9; round += 1) {
      await append({ customerId: watched });
      await append({ customerId: plain });
      withheldIds.push(await append({ customerId: watched, withheld: true }));
      withheldIds.push(await append({ customerId: null, withheld: true, subjects: [subjectOf(watched)] }));
    }
    await log.publish();
    for (const limit of [1, 2, 3, 4, 100]) {
      const ofWatched = await readAll((page) => ledger.accounting(watched, {}, page), limit);
      const ofPlain = await readAll((page) => ledger.accounting(plain, {}, page), limit);
      assert.deepEqual(ofWatched.lengths, ofPlain.lengths);
      assert.ok(ofWatched.items.every((item) => !item.withheld && !withheldIds.includes(item.entryId)));
    }
    for (const entryId of withheldIds) {
      assert.equal(await ledger.entry(entryId), null);
      assert.equal(await ledger.receipt(entryId), null);
      assert.equal(await ledger.opening(entryId), null);
      assert.equal((await ledger.entry(entryId, "cleared"))?.withheld, true);
      assert.notEqual(await ledger.receipt(entryId, "cleared"), null);
      assert.equal((await ledger.opening(entryId, "cleared"))?.detail.withheld, true);
    }
    assert.equal((await readAll((page) => ledger.accounting(watched, {}, page, "cleared"), 4)).items.length, 27);
    const listed = await readAll((page) => ledger.list({ customerId: watched }, page), 4);
    assert.equal(listed.items.length, 9);
  });

  test("does not open a withheld entry whose column was changed behind the ledger's back", async () => {
    const entryId = await append({ withheld: true });
    await log.db.owner.query(sql`update ledger_entry set withheld = false where entry_id = ${entryId}`);
    assert.equal(await ledger.opening(entryId), null);
  });

  test("is filtered by kind, outcome and time without short pages", async () => {
    const customerId = newId();
    for (let round = 0; round < 6; round += 1) {
      await append({ customerId, kind: "search", outcome: "denied" });
      await append({ customerId, kind: "disclosure", outcome: "allowed" });
    }
    const filtered = await readAll(
      (page) => ledger.accounting(customerId, { kinds: ["disclosure"], outcomes: ["allowed"] }, page),
      4,
    );
    assert.deepEqual(filtered.lengths, [4, 2]);
    const future = new Date(Date.now() + 60_000);
    assert.equal((await ledger.accounting(customerId, { from: future }, {})).items.length, 0);
    assert.equal((await ledger.accounting(customerId, { to: future }, {})).items.length, 12);
  });
});

describe("lists", () => {
  test("page through every entry once, newest first, while more are appended", async () => {
    const actorId = newId();
    await appendMany(ledger, 25, { actorId });
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<{ index: number }> = await ledger.list({ actorId }, { cursor, limit: 4 });
      seen.push(...page.items.map((item) => item.index));
      cursor = page.next;
      await append({ actorId });
    } while (cursor !== null);
    assert.equal(seen.length, 25);
    assert.deepEqual(
      seen,
      [...new Set(seen)].sort((a, b) => b - a),
    );
  });

  test("refuse a cursor they did not give out", async () => {
    const bad = (error: unknown): boolean => error instanceof LedgerError && error.code === "bad-cursor";
    for (const cursor of ["", "x", "-1", "1.5", "99999999999999999", "1; drop table"]) {
      await assert.rejects(ledger.list({}, { cursor }), bad);
      const question = { actorId: newId(), from: new Date(0), to: new Date() };
      await assert.rejects(ledger.customersSeenBy(question, { cursor }), bad);
    }
  });
});

describe("whom a principal saw", () => {
  test("are the customers shown to it in the time asked about, directly or among several, and nobody else", async () => {
    const actorId = newId();
    const shown = [newId(), newId(), newId()] as const;
    const denied = newId();
    for (const customerId of [shown[0], shown[0], shown[1]]) await append({ actorId, customerId });
    await append({
      actorId,
      customerId: null,
      kind: "search",
      subjects: [subjectOf(shown[2]), { ...subjectOf(denied), outcome: "denied" }],
    });
    await append({ actorId, customerId: denied, outcome: "denied" });
    await append({ actorId, customerId: newId(), kind: "record-create", outcome: "done" });
    const hidden = newId();
    await append({ actorId, customerId: hidden, withheld: true });
    await append({ customerId: newId() });
    const now = Date.now();
    const question = { actorId, from: new Date(now - 60_000), to: new Date(now + 60_000) };
    const { items } = await readAll((page) => ledger.customersSeenBy(question, page), 2);
    assert.deepEqual(
      items.map((seen) => seen.customerId),
      shown.toSorted(),
    );
    assert.equal(items.find((seen) => seen.customerId === shown[0])?.times, 2);
    const cleared = await ledger.customersSeenBy(question, {}, "cleared");
    assert.deepEqual(
      cleared.items.map((seen) => seen.customerId),
      [...shown, hidden].toSorted(),
    );
    const earlier = { actorId, from: new Date(now - 120_000), to: new Date(now - 60_000) };
    assert.deepEqual((await ledger.customersSeenBy(earlier, {})).items, []);
  });
});

describe("what comes back from storage", () => {
  test("is refused when its word is none the ledger writes", async () => {
    const entryId = await append({});
    await log.db.owner.query(sql`update ledger_entry set kind = 'something-else' where entry_id = ${entryId}`);
    await assert.rejects(ledger.entry(entryId), (error) => error instanceof LedgerError && error.code === "corrupt");
  });

  test("gives no opening when leaf and detail do not belong together", async () => {
    const [one, other] = [await append({}), await append({})];
    await log.db.owner.query(
      sql`update ledger_entry set detail = (select detail from ledger_entry where entry_id = ${other}) where entry_id = ${one}`,
    );
    await assert.rejects(ledger.opening(one), (error) => error instanceof LedgerError && error.code === "corrupt");
  });

  test("gives no receipt for an entry that is not the signed one", async () => {
    const entryId = await append({});
    await log.publish();
    await log.db.owner.query(
      sql`update ledger_entry set leaf = set_byte(leaf, 30, get_byte(leaf, 30) # 1) where entry_id = ${entryId}`,
    );
    await assert.rejects(ledger.receipt(entryId), (error) => error instanceof LedgerError && error.code === "forked");
  });
});
