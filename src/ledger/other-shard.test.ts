// Guarantee: a row on a shard whose log is not the one that was opened answers no question, and is found by verification.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { script, sql, type Statement } from "../postgres/sql.ts";
import { checkLedger, type Discrepancy, type Sequenced } from "./ledger.ts";
import { listCustomersSeen } from "./store-seen.ts";
import { draft, openTestLedger, TEST_SHARD, type TestLedger } from "./test-ledger.ts";

const OTHER = 2;
const SINCE = new Date(Date.now() - 3_600_000);
const UNTIL = new Date(Date.now() + 3_600_000);

let log: TestLedger;
let actorId: Uuid;
let template: Sequenced;

before(async () => {
  log = await openTestLedger();
  template = (await log.ledger.append(draft()))!;
  await log.publish();
});
after(() => log.close());
beforeEach(() => {
  actorId = newId();
});

/** Everything that a planted row could say of the actor, were it believed. */
async function saidOf(): Promise<Readonly<Record<string, unknown>>> {
  const { ledger } = log;
  const tomorrow = Math.floor(Date.now() / 86_400_000) + 1;
  const [seen, usage] = [
    await ledger.customersSeenBy({ actorId, from: SINCE, to: UNTIL }, { limit: 10 }, "cleared"),
    await ledger.usageSince(SINCE),
  ];
  return {
    seen: seen.items,
    searches: await ledger.countBy(actorId, "search", SINCE),
    days: await ledger.lookDays(actorId, { startsAtHourUtc: 0, before: tomorrow, limit: 28 }),
    looks: await ledger.looks(actorId, { since: SINCE, refusedAlone: false, limit: 10 }),
    followed: (await ledger.followLooks({ from: 0, customerIds: null, limit: 100 })).filter(
      (look) => look.actorId === actorId,
    ),
    recent: await ledger.recentCustomers({ actorId, since: SINCE, limit: 10 }),
    lastActs: [...(await ledger.lastActs([actorId]))],
    usage: usage.get(actorId),
    listed: (await ledger.list({ actorId }, { limit: 10 }, "cleared")).items,
  };
}

const NOTHING = {
  seen: [],
  searches: 0,
  days: [],
  looks: [],
  followed: [],
  recent: [],
  lastActs: [],
  usage: undefined,
  listed: [],
};

function entry(kind: "disclosure" | "search", index: number): Statement {
  return sql`insert into ledger_entry select (jsonb_populate_record(e, jsonb_build_object('log_shard', ${OTHER}::int, 'index', ${index}::int,
      'actor_id', ${actorId}::text, 'kind', case when ${kind === "search"} then 'search' else 'disclosure' end))).*
    from ledger_entry e where e.log_shard = ${TEST_SHARD} and e.entry_id = ${template.entryId}`;
}

function subject(): Statement {
  return sql`insert into ledger_subject values (${OTHER}::smallint, 5, ${newId()}, 'allowed', 1, ${actorId}, now(), false)`;
}

async function planted(statements: readonly Statement[], look: () => Promise<void>): Promise<void> {
  const { owner } = log.db;
  try {
    for (const statement of statements) await owner.query(statement);
    await look();
  } finally {
    for (const table of ["ledger_head", "ledger_entry", "ledger_subject", "ledger_tile", "ledger_checkpoint"])
      await owner.query(script(`delete from ${table} where log_shard = ${OTHER}`));
  }
}

const check = (): Promise<Discrepancy[]> => Array.fromAsync(checkLedger(log.options));

test("entries and subjects on another shard are no evidence of what somebody did", async () => {
  assert.deepEqual(await saidOf(), NOTHING);
  const statements = [
    entry("disclosure", 0),
    sql`update ledger_entry set entry_id = gen_random_uuid() where log_shard = ${OTHER}`,
    entry("search", 1),
    subject(),
  ];
  await planted(statements, async () => assert.deepEqual(await saidOf(), NOTHING));
});

test("verification names a row on another shard, of whatever table it is", async () => {
  assert.deepEqual(await check(), []);
  const rows = [
    entry("disclosure", 7),
    subject(),
    sql`insert into ledger_tile select ${OTHER}::smallint, level, number, hashes from ledger_tile where log_shard = ${TEST_SHARD}`,
    sql`insert into ledger_head values (${OTHER}, 'ledger.test/other', 0)`,
    sql`insert into ledger_checkpoint select (jsonb_populate_record(c, jsonb_build_object('log_shard', ${OTHER}::int))).* from ledger_checkpoint c`,
  ];
  for (const row of rows) {
    await planted([row], async () =>
      assert.deepEqual(
        (await check()).map(({ code }) => code),
        ["shard-not-opened"],
        row.text,
      ),
    );
  }
  assert.deepEqual(await check(), []);
});

test("what a principal saw is still answered from indexes alone", async () => {
  const plans: string[] = [];
  const { owner } = log.db;
  await owner.transaction(async (tx) => {
    await tx.query(sql`set local enable_seqscan = off`);
    await tx.query(sql`set local enable_bitmapscan = off`);
    const explained: Querier = {
      query: async (statement) => {
        const rows = await tx.query<{ "QUERY PLAN": string }>(sql`explain ${statement}`);
        plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
        return [];
      },
    };
    const question = { actorId, from: SINCE, to: UNTIL };
    await listCustomersSeen(
      { on: explained, logShard: TEST_SHARD },
      question,
      { after: newId(), rows: 100 },
      "ordinary",
    );
  });
  for (const index of ["ledger_entry_seen", "ledger_subject_seen"])
    assert.match(plans[0]!, new RegExp(`Index Only Scan using ${index}`));
  // Grouped in the order of the index, so that a page reads no further than itself.
  assert.doesNotMatch(plans[0]!, /HashAggregate/);
});
