// Whatever is changed, removed or swapped in the stored ledger is found, and nothing else is.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { newId } from "../kernel/ids.ts";
import { script, sql } from "../postgres/sql.ts";
import type { Statement } from "../postgres/sql.ts";
import { checkLedger } from "./ledger.ts";
import type { CheckedEntry, Discrepancy, DiscrepancyCode } from "./ledger.ts";
import { appendMany, openTestLedger } from "./test-ledger.ts";
import type { TestLedger } from "./test-ledger.ts";

let log: TestLedger;
const ENTRIES = 300;

before(async () => {
  log = await openTestLedger();
  const { owner } = log.db;
  await owner.query(sql`alter table ledger_tile disable trigger user`);
  await owner.query(sql`alter table ledger_checkpoint disable trigger user`);
  const subjects = [newId(), newId()].map(
    (customerId) => ({ customerId, outcome: "allowed", classes: ["identity"], revision: null }) as const,
  );
  await appendMany(log.ledger, ENTRIES - 1);
  await appendMany(log.ledger, 1, { customerId: null, subjects });
  await log.publish();
});
after(() => log.close());

function check(onEntry?: (entry: CheckedEntry) => void): Promise<Discrepancy[]> {
  return Array.fromAsync(checkLedger({ ...log.options, ...(onEntry === undefined ? {} : { onEntry }) }));
}

/** Tampers in a copy of the tables, checks, and puts everything back. */
async function checkAfter(tamper: readonly Statement[]): Promise<Discrepancy[]> {
  const { owner } = log.db;
  const tables = ["ledger_head", "ledger_entry", "ledger_subject", "ledger_tile", "ledger_checkpoint"];
  for (const table of tables) await owner.query(script(`create table saved_${table} as table ${table}`));
  try {
    for (const statement of tamper) await owner.query(statement);
    return await check();
  } finally {
    for (const table of tables) {
      await owner.query(
        script(`delete from ${table}; insert into ${table} select * from saved_${table}; drop table saved_${table}`),
      );
    }
  }
}

const codesAt = (found: readonly Discrepancy[], index: number): DiscrepancyCode[] =>
  found.filter((one) => one.index === index).map((one) => one.code);
const codes = (found: readonly Discrepancy[]): Set<DiscrepancyCode> => new Set(found.map((one) => one.code));

test("a ledger nobody touched shows no discrepancy, and hands over every detail in order", async () => {
  const seen: number[] = [];
  const found = await check(({ index, detail }) => {
    seen.push(index);
    assert.equal(detail.v, 1);
  });
  assert.deepEqual(found, []);
  assert.deepEqual(
    seen,
    Array.from({ length: ENTRIES }, (_, at) => at),
  );
});

test("entries not yet published are checked too, without complaint about what is still to come", async () => {
  await appendMany(log.ledger, 3);
  assert.deepEqual(await check(), []);
  const found = await checkAfter([sql`update ledger_entry set outcome = 'denied' where index = 302`]);
  assert.deepEqual(found, [{ code: "outcome-differs", index: 302 }]);
});

describe("a changed clear column is named", () => {
  const id = newId();
  const cases: [DiscrepancyCode, Statement][] = [
    ["entry-id-differs", sql`update ledger_entry set entry_id = ${id} where index = 7`],
    ["time-differs", sql`update ledger_entry set at = at + interval '1 second' where index = 7`],
    ["time-differs", sql`update ledger_entry set at = at + interval '1 millisecond' where index = 7`],
    ["kind-differs", sql`update ledger_entry set kind = 'search' where index = 7`],
    ["outcome-differs", sql`update ledger_entry set outcome = 'denied' where index = 7`],
    ["actor-differs", sql`update ledger_entry set actor_id = ${id} where index = 7`],
    ["actor-differs", sql`update ledger_entry set actor_id = null where index = 7`],
    ["customer-differs", sql`update ledger_entry set customer_id = ${id} where index = 7`],
    ["recipient-differs", sql`update ledger_entry set recipient_id = ${id} where index = 7`],
    ["purpose-differs", sql`update ledger_entry set purpose = 'audit' where index = 7`],
    ["basis-differs", sql`update ledger_entry set basis = null where index = 7`],
    ["classes-differ", sql`update ledger_entry set classes = classes | 16 where index = 7`],
    ["withheld-differs", sql`update ledger_entry set withheld = true where index = 7`],
    [
      "subjects-differ",
      sql`insert into ledger_subject select log_shard, 7, ${id}::uuid, outcome, classes, actor_id, at, withheld from ledger_subject limit 1`,
    ],
  ];
  for (const [code, statement] of cases) {
    test(`${code}: ${statement.text.slice(0, 60)}`, async () => {
      assert.deepEqual(await checkAfter([statement]), [{ code, index: 7 }]);
    });
  }

  test("of a subject, or a subject removed", async () => {
    const last = ENTRIES - 1;
    for (const statement of [
      sql`update ledger_subject set outcome = 'denied'`,
      sql`update ledger_subject set classes = 0`,
      sql`update ledger_subject set actor_id = null`,
      sql`update ledger_subject set withheld = true`,
      sql`update ledger_subject set at = at - interval '1 hour'`,
      sql`delete from ledger_subject where customer_id = (select min(customer_id::text)::uuid from ledger_subject)`,
      sql`delete from ledger_subject`,
    ]) {
      assert.deepEqual(await checkAfter([statement]), [{ code: "subjects-differ", index: last }], statement.text);
    }
  });
});

test("a leaf, blinding or detail changed in any place does not open, and the tree shows a changed leaf", async () => {
  for (const at of [0, 1, 8, 9, 40]) {
    const found = await checkAfter([
      sql`update ledger_entry set leaf = set_byte(leaf, ${at}, get_byte(leaf, ${at}) # 1) where index = 5`,
    ]);
    assert.deepEqual(codesAt(found, 5), [at <= 1 ? "leaf-malformed" : "detail-does-not-open"]);
    assert.ok(codes(found).has("tile-differs") && codes(found).has("root-differs"));
  }
  for (const at of [0, 20, 60]) {
    const found = await checkAfter([
      sql`update ledger_entry set detail = set_byte(detail, ${at}, get_byte(detail, ${at}) # 1) where index = 5`,
    ]);
    assert.deepEqual(found, [{ code: "detail-does-not-open", index: 5 }]);
  }
});

test("two rows swapped whole, each good in itself, are caught by the tree", async () => {
  const found = await checkAfter([
    sql`update ledger_entry set index = 100000 where index = 10`,
    sql`update ledger_entry set index = 10 where index = 11`,
    sql`update ledger_entry set index = 11 where index = 100000`,
  ]);
  assert.deepEqual(codes(found), new Set(["tile-differs", "root-differs", "forked"]));
});

test("a row that takes another's place is caught", async () => {
  const found = await checkAfter([
    sql`delete from ledger_entry where index = 20`,
    sql`insert into ledger_entry select log_shard, 20, gen_random_uuid(), at, leaf, kind, outcome, actor_id, customer_id, recipient_id, purpose,
      basis, classes, withheld, detail from ledger_entry where index = 21`,
  ]);
  assert.deepEqual(codesAt(found, 20), ["entry-id-differs"]);
  assert.ok(codes(found).has("root-differs"));
});

test("removed rows are named, in the middle and at the end", async () => {
  const middle = await checkAfter([sql`delete from ledger_entry where index in (3, 4)`]);
  assert.deepEqual([codesAt(middle, 3), codesAt(middle, 4)], [["entry-missing"], ["entry-missing"]]);
  assert.ok(codes(middle).has("root-differs"));
  const end = await checkAfter([
    sql`delete from ledger_entry where index >= 290`,
    sql`delete from ledger_subject where index >= 290`,
    sql`update ledger_head set size = 290`,
  ]);
  assert.deepEqual(codes(end), new Set(["rolled-back"]));
  const subjects = await checkAfter([sql`delete from ledger_entry where index = ${ENTRIES - 1}`]);
  assert.deepEqual(codesAt(subjects, ENTRIES - 1), ["subject-without-entry", "entry-missing"]);
});

test("rows beyond the log's size are named", async () => {
  const entry = await checkAfter([
    sql`insert into ledger_entry select log_shard, 5000, gen_random_uuid(), at, leaf, kind, outcome, actor_id, customer_id, recipient_id, purpose,
      basis, classes, withheld, detail from ledger_entry where index = 21`,
  ]);
  assert.deepEqual(entry, [{ code: "entry-beyond-head", index: 5000 }]);
});

test("tiles that are changed or missing are named, at every level", async () => {
  for (const [level, number, index] of [
    [0, 0, 0],
    [0, 1, 256],
    [1, 0, 0],
  ] as const) {
    const where = sql`where level = ${level} and number = ${number}`;
    const changed = await checkAfter([
      sql`update ledger_tile set hashes = set_byte(hashes, 31, get_byte(hashes, 31) # 128) ${where}`,
    ]);
    assert.deepEqual(changed, [{ code: "tile-differs", index }]);
    assert.deepEqual(await checkAfter([sql`delete from ledger_tile ${where}`]), [{ code: "tile-differs", index }]);
  }
});

test("a checkpoint that was changed, or signed by somebody else, is not ours", async () => {
  const flip = sql`set_byte(root, 0, get_byte(root, 0) # 1)`;
  const root = await checkAfter([sql`update ledger_checkpoint set root = ${flip}`]);
  assert.deepEqual(codes(root), new Set(["checkpoint-not-ours", "root-differs"]));
  // A letter of the signature, in base64: another one, whichever it was.
  const at = sql`octet_length(note) - 20`;
  const other = sql`case get_byte(note, ${at}) when 65 then 66 else 65 end`;
  const note = await checkAfter([sql`update ledger_checkpoint set note = set_byte(note, ${at}, ${other})`]);
  assert.deepEqual(note, [{ code: "checkpoint-not-ours", index: 0 }]);
  const none = await checkAfter([sql`update ledger_checkpoint set note = ''`]);
  assert.deepEqual(none, [{ code: "checkpoint-not-ours", index: 0 }]);
});

test("a history rewritten throughout, tiles and all, does not pass the signer's memory", async () => {
  const other = await openTestLedger();
  try {
    await appendMany(other.ledger, ENTRIES);
    await other.publish();
    // The other history under the same keys, as somebody with the keys but not the memory could make it.
    const found = await Array.fromAsync(checkLedger({ ...other.options, signerMemory: log.options.signerMemory }));
    assert.deepEqual(codes(found), new Set(["forked"]));
  } finally {
    await other.close();
  }
});
