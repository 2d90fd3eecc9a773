// A database operator who means harm: forges, swaps, copies, deletes, puts back older rows in every table. Verification finds each of it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { FATAL_ATTACKS, LEDGER_ATTACKS } from "./test-ledger-attacks.ts";
import { ATTACKS } from "./test-operator-attacks.ts";
import { PAPER_ATTACKS } from "./test-paper-attacks.ts";
import { SESSION_ATTACKS } from "./test-session-attacks.ts";
import { type Attack, type Scene, setScene } from "./test-operator-scene.ts";

const ALL: readonly Attack[] = [...ATTACKS, ...PAPER_ATTACKS, ...SESSION_ATTACKS, ...LEDGER_ATTACKS, ...FATAL_ATTACKS];

/** What grants nothing, or proves itself: caches and progress, bound to what they were made for, copies of details under newer keys, signed notes. */
const NOT_ATTACKED = [
  "assertion_used",
  "client_allowance",
  "code_allowance",
  "event_position",
  "idempotency_key",
  "import_customer",
  "import_reject",
  "import_reject_reseal",
  "import_run",
  "ledger_detail_reseal",
  "issued_token",
  // Only finds tellings, each of which is read from its own row; a walk makes it anew (src/tellings/tellings.test.ts).
  "telling_queue",
  "log_key_handover",
  "mail_outbox",
  "package_file",
  // Sealed under the customer's own key, bound to copy and place: what is changed does not open, what is gone is missed (src/fulfilment/packages.test.ts).
  "data_copy_part",
  // A preview's lines stand under a digest in its authority row, outcomes under keyed seals: a run stops at what is not so (src/retention/disposals.test.ts).
  "disposal_line",
  "disposal_outcome",
  "disposal_certificate",
  "disposal_progress",
  // The same of rounds of a notice (src/rounds/rounds.test.ts).
  "notice_line",
  "notice_outcome",
  "notice_progress",
  "schema_migration",
  "search_allowance",
  "session_activity",
  "sign_in_attempt",
  "spent_challenge",
  "webhook_delivery",
];

describe("an operator with every right on the database who", () => {
  let scene: Scene;
  before(async () => {
    scene = await setScene();
  });
  after(() => scene.stage.close());

  test("does nothing is not accused of anything", async () => {
    assert.deepEqual(await scene.stage.verify(), []);
  });

  for (const attack of ALL) {
    const [does, , , found] = attack;
    test(`${does} is found out (${found})`, async () => {
      const codes = await attacked(scene, attack);
      assert.ok(codes.includes(found), `found ${codes.join(", ")}`);
    });
  }

  test("has put everything right again is not accused of anything, and no table was left out", async () => {
    assert.deepEqual(await scene.stage.verify(), []);
    const { rows } = await scene.stage.intruder.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' and tablename !~ '^(old_|requested_)'",
    );
    const attackedTables = ALL.map(([, table]) => table);
    const left = rows.map(({ name }) => name).filter((name) => !attackedTables.includes(name));
    assert.deepEqual(left.toSorted(), NOT_ATTACKED.toSorted());
  });
});

/**
 * In one transaction, so that the server's own work does not come in between; as it was before afterwards, but for what it has appended since. That
 * is put back in one transaction too: a server that looks for its domain keys while there are none refuses for the seconds until it looks again.
 * Whoever was writing there, or publishing, is waited for: what they commit after the copy would be lost when the copy is put back.
 */
async function attacked(scene: Scene, [, table, how]: Attack): Promise<readonly string[]> {
  const { intruder, verify } = scene.stage;
  await intruder.query(`${alone(table)}; create table kept as select * from ${table}; ${how(scene)}`);
  try {
    return await verify();
  } finally {
    await undo(scene, table);
  }
}

async function undo({ stage: { intruder } }: Scene, table: string): Promise<void> {
  const entries = table === "ledger_entry" || table === "ledger_subject";
  const since = entries ? "where index <= (select max(index) from kept) or index >= 1000000" : "";
  await intruder.query(
    `${alone(table)}; delete from ${table} ${since}; insert into ${table} select * from kept; drop table kept`,
  );
}

/** A publisher holds the checkpoint's row from before it reads the tiles. */
const alone = (table: string): string => `lock table ledger_checkpoint, ${table} in exclusive mode`;
