// Imports through a whole server: resumed exactly, repeated without effect, with broken rows refused one by one and kept sealed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { asCode } from "../kernel/bytes.ts";
import { sql } from "../postgres/sql.ts";
import { type Client, connect } from "../../sdk/client.ts";
import type { ImportRun } from "../../sdk/imports.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { feedOf, policyFeed, policyRow, type TestFeed } from "./test-feed.ts";

let server: TestServer;
let feed: Client;
let auditor: Client;

before(async () => {
  server = await startTestServer();
  const feeds = { entities: ["life-company"], lines: ["life", "general"] } as const;
  const nothing = { rowScope: "none", ...feeds, classCeiling: ["identity"] } as const;
  const made = await server.createClient({ role: "service-account", purposes: ["administration"], ...nothing });
  feed = connect({ url: server.url, token: made.token });
  const { token } = await server.createClient({ role: "internal-auditor", purposes: ["audit"] });
  auditor = connect({ url: server.url, token });
});
after(() => server.stop());

function announce({ bytes, sha256 }: TestFeed): Promise<ImportRun> {
  return feed.imports.start({ mapping: "life-policy", sizeBytes: bytes.length, sha256 });
}

async function importAll(file: TestFeed, partBytes?: number): Promise<ImportRun> {
  const options = partBytes === undefined ? {} : { partBytes };
  return feed.imports.send(await announce(file), new Blob([file.bytes]), options);
}

async function countRows(table: "customer" | "record" | "import_customer"): Promise<number> {
  const [row] = await server.database.owner.query<{ count: number }>(
    sql`select count(*) from ${table === "customer" ? sql`customer` : table === "record" ? sql`record` : sql`import_customer`}`,
  );
  return row?.count ?? 0;
}

test("several policies of a person become one customer, and the same file again changes nothing", async () => {
  const file = policyFeed(60);
  const run = await importAll(file);
  assert.equal(run.state, "done");
  assert.equal(run.totals.rows, 60);
  assert.equal(run.totals.customers, 40);
  assert.equal(run.totals.customersCreated, 40);
  assert.equal(run.totals.rejected, 0);
  assert.equal(run.totals.sums["annual-premium:USD"], `${60 * 134}.00`);
  assert.equal(await countRows("customer"), 40);
  assert.equal(run.totals.created, await countRows("record"));

  const again = await announce(file);
  assert.deepEqual(again, run);
  await assert.rejects(feed.imports.send({ ...again, state: "running" }, new Blob([file.bytes])), {
    code: "import-over",
  });
  assert.equal(await countRows("customer"), 40);
});

test("the same rows in another file are known, and only what changed is corrected", async () => {
  const rows = Array.from({ length: 60 }, (_, at) => policyRow(at, at === 0 ? { yearlypremium: "150" } : {}));
  const recordsBefore = await countRows("record");
  const run = await importAll(feedOf(rows));
  assert.equal(run.totals.created, 0);
  assert.equal(run.totals.corrected, 1);
  assert.equal(run.totals.customersCreated, 0);
  assert.equal(run.totals.customers, 40);
  assert.equal(await countRows("record"), recordsBefore);
});

test("parts may end anywhere: the outcome is the same as in one piece", async () => {
  const rows = Array.from({ length: 50 }, (_, at) =>
    policyRow(1000 + at, { city: at % 7 === 0 ? '"Fargo, north\nof the river"' : "Fargo" }),
  );
  const file = feedOf(rows);
  const run = await importAll(file, 997);
  assert.equal(run.state, "done");
  assert.equal(run.offsetBytes, file.bytes.length);
  assert.equal(run.totals.rows, 50);
  assert.equal(run.totals.rejected, 0);
  assert.equal(run.totals.customersCreated, run.totals.customers);
  assert.equal(await countRows("import_customer"), 0, "what was kept to count by is gone");
});

test("broken rows are listed by line, field and reason; their text is kept sealed only", async () => {
  const rows = [
    policyRow(2000),
    policyRow(2001, { customerdob: "Marlowe" }),
    policyRow(2002, { policyid: "" }),
    "too,few,columns",
    policyRow(2004, { sex: "Marlowe", yearlypremium: "much" }),
    policyRow(2005, { lastname: 'Mar"lowe' }),
  ];
  const bytes = Buffer.concat([feedOf(rows).bytes, Buffer.from([0xc3, 0x28, 0x0a])]);
  const run = await importAll({ bytes, sha256: "a".repeat(64) });
  assert.equal(run.totals.rows, 7);
  assert.equal(run.totals.rejected, 6);
  const { items } = await feed.imports.rejects(run.importId);
  assert.deepEqual(
    items.map(({ line, field }) => `${line} ${field}`),
    ["3 person.birth-date", "4 unit", "5 row", "6 person.sex", "6 policy.annual-premium", "7 row", "8 row"],
  );
  const stored = await server.database.owner.query<{ sealed_line: Buffer }>(sql`select sealed_line from import_reject`);
  assert.equal(stored.length, items.length);
  for (const { sealed_line: sealed } of stored) assert.ok(!sealed.includes("Marlowe"));
  assert.ok(!server.logged.join("").includes("Marlowe"));
});

test("a policy that is another customer's is refused and reported, not moved", async () => {
  const first = policyRow(3000);
  const moved = policyRow(3000, { customerno: "999999" });
  const run = await importAll(feedOf([first, moved]));
  assert.equal(run.totals.rejected, 1);
  const { items } = await feed.imports.rejects(run.importId);
  assert.deepEqual(items, [{ line: 3, field: "record", reason: "other-customer" }]);
});

test("rows of a legal entity or line outside the client's scope are refused, and write nothing", async () => {
  const bound = async (entities: readonly string[], lines: readonly ("life" | "auto")[]): Promise<Client> => {
    const scope = { rowScope: "none", entities, lines, classCeiling: ["identity"] } as const;
    const { token } = await server.createClient({ role: "service-account", purposes: ["administration"], ...scope });
    return connect({ url: server.url, token });
  };
  const recordsBefore = await countRows("record");
  for (const [client, reason, at] of [
    [await bound(["other-company"], ["life"]), "entity-outside-scope", 3100],
    [await bound(["life-company"], ["auto"]), "line-outside-scope", 3110],
  ] as const) {
    const { bytes, sha256 } = feedOf([policyRow(at)]);
    const started = await client.imports.start({ mapping: "life-policy", sizeBytes: bytes.length, sha256 });
    const run = await client.imports.send(started, new Blob([bytes]));
    assert.equal(run.totals.rejected, 1);
    assert.deepEqual((await client.imports.rejects(run.importId)).items, [{ line: 2, field: "unit", reason }]);
  }
  assert.equal(await countRows("record"), recordsBefore);
});

test("an older file does not overwrite what a newer one said, and says so", async () => {
  const row = (yearlypremium: string, lastupdated: string, policystatus = "A") =>
    feedOf([policyRow(3200, { yearlypremium, lastupdated, policystatus })]);
  await importAll(row("134", "14/02/2023 10:19:05"));
  const newer = await importAll(row("150", "15/02/2023 00:00:00"));
  assert.equal(newer.totals.corrected, 1);
  const older = await importAll(row("99", "14/02/2023 23:59:59", "T"));
  assert.deepEqual([older.totals.corrected, older.totals.unchanged], [0, newer.totals.unchanged + 1]);
  assert.equal(older.totals.warningKinds["older-than-known"], 1);
  assert.equal(older.totals.warnings, 1 + newer.totals.warnings);
  const { items } = await auditor.ledger.entries({ kind: "unit-change", limit: 1 });
  assert.deepEqual(items, [], "an older row closed the policy");
  const same = await importAll(row("151", "15/02/2023 00:00:00"));
  assert.equal(same.totals.corrected, 1);
});

test("what is wrong with many records of a batch is corrected with them, each with its history", async () => {
  const rows = (change: Readonly<Record<string, string>>) =>
    feedOf(Array.from({ length: 30 }, (_, at) => policyRow(3300 + at, change)));
  await importAll(rows({}));
  // Twice in one file: a record corrected in one batch again is corrected in turn.
  const twice = feedOf([
    ...Array.from({ length: 30 }, (_, at) => policyRow(3300 + at, { yearlypremium: "200" })),
    policyRow(3300, { yearlypremium: "201" }),
  ]);
  const run = await importAll(twice);
  assert.deepEqual([run.totals.corrected, run.totals.created], [31, 0]);
  const [history] = await server.database.owner.query<{ revisions: number }>(
    sql`select max(revision) as revisions from record where record_type = ${asCode("policy")}`,
  );
  assert.equal(history?.revisions, 3);
});

test("rows of an erased customer are refused alone, and the rest of the batch is written", async () => {
  const { token } = await server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  const officer = connect({ url: server.url, token });
  await importAll(feedOf([policyRow(4000)]));
  const { items } = await auditor.ledger.entries({ kind: "import", limit: 1 });
  const customerId = items[0]?.customerId ?? "";
  await officer.erasures.request({ customerId, reason: "request 9" });
  const run = await importAll(
    feedOf([policyRow(4000, { yearlypremium: "1" }), ...[10, 20, 30].map((at) => policyRow(4000 + at))]),
  );
  assert.equal(run.totals.rows, 4);
  assert.equal(run.totals.rejected, 1);
  assert.equal(run.totals.customersCreated, 3);
  assert.deepEqual((await feed.imports.rejects(run.importId)).items, [{ line: 2, field: "row", reason: "erased" }]);
});

test("too many refused rows end the run: it is likely the wrong mapping", async () => {
  const rows = Array.from({ length: 1100 }, (_, at) => policyRow(5000 + at, { customerdob: "never" }));
  const file = feedOf(rows);
  await assert.rejects(importAll(file), { code: "too-many-rejects" });
  assert.equal((await announce(file)).state, "failed");
});

test("two senders of one file do not write a row twice", async () => {
  const file = policyFeed(300);
  const rows = { bytes: Buffer.from(file.bytes.toString().replaceAll(",5", ",6")), sha256: "b".repeat(64) };
  const run = await announce(rows);
  const outcomes = await Promise.allSettled([1, 2].map(() => feed.imports.send(run, new Blob([rows.bytes]))));
  const refused = outcomes.flatMap((each) =>
    each.status === "rejected" ? [(each.reason as { code: string }).code] : [],
  );
  for (const code of refused) assert.match(code, /^(wrong-offset|import-over)$/);
  const finished = await feed.imports.get(run.importId);
  assert.equal(finished.state, "done");
  assert.equal(finished.totals.rows, 300);
});

test("a run whose place was moved in storage does not go on", async () => {
  const file = { ...policyFeed(40), sha256: "c".repeat(64) };
  const { importId } = await announce(file);
  await server.database.owner.query(
    sql`update import_run set offset_bytes = 900 where import_id = ${importId as never}`,
  );
  await assert.rejects(feed.imports.get(importId), { status: 500 });
});

test("every batch is an entry, and what is stored is what the ledger says", async () => {
  const report = await auditor.operations.verify();
  assert.deepEqual(report.findings, []);
  const { items } = await auditor.ledger.entries({ kind: "import", limit: 200 });
  assert.ok(items.length >= 8);
  assert.ok(items.every(({ outcome }) => outcome === asCode("done")));
});
