// Rows that grant or prove something: found, changed and ended by the server alone; whatever else is done to them is refused and reported.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, test } from "node:test";
import { asToken, type Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { sql, type Statement } from "../postgres/sql.ts";
import { putRow, type RowChange } from "./authority.ts";
import { NOTE, openTestAuthority, type TestAuthority } from "./test-authority.ts";

let bench: TestAuthority;
beforeEach(async () => {
  bench = await openTestAuthority();
});
afterEach(() => bench.close());

function write(
  ownerId: Uuid,
  changes: readonly RowChange[],
  store = bench.authority,
): Promise<readonly { revision: number }[]> {
  const attempt = { kind: "session", action: "session.start", actor: bench.access.system, targets: [] } as const;
  return bench.access.write(attempt, async ({ tx, act }) => {
    const written = await store.change(tx, { ownerId, act, reads: [NOTE.kind], make: () => changes });
    return { result: written, written };
  });
}
const note = (
  rowId: Uuid,
  says: string,
  more: { lookup?: ReturnType<typeof asToken>; endsAt?: Date } = {},
): RowChange => putRow(NOTE, { rowId, content: { says }, ...more });
const live = (ownerId: Uuid, store = bench.authority) => store.live(bench.db.database, NOTE, ownerId);
const behindOurBack = (statement: Statement): Promise<unknown> => bench.db.owner.query(statement);

test("a row is read as it was written, by every process, until it is ended, and is kept then", async () => {
  const [owner, row] = [newId(), newId()];
  await write(owner, [note(row, "one")]);
  await write(owner, [note(row, "two")]);
  const [found, ...others] = await live(owner, bench.fresh());
  assert.deepEqual([found?.content, found?.revision, others], [{ says: "two" }, 2, []]);
  await write(owner, [{ end: row }]);
  assert.deepEqual(await live(owner), []);
  const kept = await bench.authority.get(bench.db.database, NOTE, { ownerId: owner, rowId: row });
  assert.deepEqual([kept?.state, kept?.content, kept?.revision], ["ended", { says: "two" }, 3]);
  assert.deepEqual(bench.reported, []);
});

test("a row lapses by itself, and is swept out when its owner is next changed", async () => {
  const [owner, row] = [newId(), newId()];
  await write(owner, [note(row, "for an hour", { endsAt: new Date(bench.now().getTime() + 3_600_000) })]);
  assert.equal((await live(owner)).length, 1);
  bench.pass(3_600_000);
  assert.deepEqual(await live(owner), []);
  await write(owner, [note(newId(), "next")]);
  assert.equal((await bench.authority.get(bench.db.database, NOTE, { ownerId: owner, rowId: row }))?.state, "ended");
});

test("a row is found by its keyed digest while it is in force, and two cannot share one", async () => {
  const [owner, other, row] = [newId(), newId(), newId()];
  const lookup = asToken(randomBytes(32));
  await write(owner, [note(row, "named", { lookup })]);
  assert.equal((await bench.authority.find(bench.db.database, NOTE, lookup))?.rowId, row);
  await assert.rejects(write(other, [note(newId(), "named", { lookup })]), { code: "lookup-taken" });
  await write(owner, [{ end: row }]);
  assert.equal(await bench.authority.find(bench.db.database, NOTE, lookup), null);
  await write(other, [note(newId(), "named", { lookup })]);
});

test("an ended row cannot be written over, and what is not there cannot be ended", async () => {
  const [owner, row] = [newId(), newId()];
  await write(owner, [note(row, "one")]);
  await write(owner, [{ end: row }]);
  await assert.rejects(write(owner, [note(row, "again")]), { code: "unknown-row" });
  await assert.rejects(write(owner, [{ end: row }]), { code: "unknown-row" });
  await assert.rejects(write(owner, [note(newId(), "x".repeat(65_536))]), Error);
  assert.deepEqual(await live(owner), []);
});

test("of many writers at once to one owner, every row stands", async () => {
  const owner = newId();
  await Promise.all(Array.from({ length: 12 }, (_, at) => write(owner, [note(newId(), String(at))])));
  assert.equal((await live(owner, bench.fresh())).length, 12);
});

test("a page lists rows of all owners and names those that do not verify", async () => {
  const [row, forged] = [newId(), newId()];
  await write(newId(), [note(row, "one")]);
  await write(newId(), [note(forged, "two")]);
  await behindOurBack(sql`update authority_row set ends_at = now() where row_id = ${forged}`);
  const page = await bench.authority.page(bench.db.database, NOTE, { state: "live", after: null, limit: 10 });
  assert.deepEqual([page.rows.map(({ rowId }) => rowId), page.unverified, page.next], [[row], [forged], null]);
});

const [owner, other, row, second] = [newId(), newId(), newId(), newId()];
const ATTACKS: readonly (readonly [does: string, statement: Statement])[] = [
  ["hides a row", sql`delete from authority_row where row_id = ${second}`],
  ["ends a row", sql`update authority_row set state = 'ended' where row_id = ${second}`],
  ["revives a row", sql`update authority_row set state = 'live' where state = 'ended'`],
  ["lengthens a row", sql`update authority_row set ends_at = null`],
  ["renames a row", sql`update authority_row set lookup = sha256('x') where row_id = ${second}`],
  ["makes another kind of it", sql`update authority_row set kind = 'session' where row_id = ${second}`],
  ["gives it to somebody else", sql`update authority_row set owner_id = ${owner} where owner_id = ${other}`],
  [
    "exchanges contents",
    sql`update authority_row set content = (select content from authority_row where row_id = ${row}) where row_id = ${second}`,
  ],
  ["takes the head away", sql`delete from authority_head where owner_id = ${owner}`],
  [
    "exchanges heads",
    sql`update authority_head set digest = (select digest from authority_head where owner_id = ${other}) where owner_id = ${owner}`,
  ],
];
for (const [does, statement] of ATTACKS) {
  test(`whoever ${does} behind our back gets nothing: it is refused, reported and not built upon`, async () => {
    const ended = newId();
    const endsAt = new Date(bench.now().getTime() + 3_600_000);
    await write(owner, [note(row, "one", { endsAt }), note(second, "two"), note(ended, "three")]);
    await write(owner, [{ end: ended }]);
    await write(other, [note(newId(), "elsewhere")]);
    await behindOurBack(statement);
    for (const store of [bench.authority, bench.fresh()])
      await assert.rejects(live(owner, store), { code: "forged-authority" });
    await assert.rejects(write(owner, [note(newId(), "more")]), { code: "forged-authority" });
    assert.ok(bench.reported.some(({ id }) => id === owner));
  });
}

test("rows and head put back together are refused by whoever saw the newer ones, also when all of them are gone", async () => {
  await write(owner, [note(row, "one")]);
  await behindOurBack(sql`create table kept_row as select * from authority_row`);
  await behindOurBack(sql`create table kept_head as select * from authority_head`);
  await write(owner, [{ end: row }]);
  assert.deepEqual(await live(owner), []);
  await behindOurBack(sql`delete from authority_row`);
  await behindOurBack(sql`delete from authority_head`);
  await assert.rejects(live(owner), { code: "forged-authority" });
  await assert.rejects(write(owner, [note(newId(), "new")]), { code: "forged-authority" });
  await behindOurBack(sql`insert into authority_row select * from kept_row`);
  await behindOurBack(sql`insert into authority_head select * from kept_head`);
  await assert.rejects(live(owner), { code: "forged-authority" });
  assert.deepEqual(bench.reported.at(-1), { code: "rolled-back", row: "holder", id: owner });
});
