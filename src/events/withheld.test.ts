// Withheld entries reach only receivers that are cleared for them; to others they cannot be told from entries that were never made.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { appendMany } from "../ledger/test-ledger.ts";
import { sql } from "../postgres/sql.ts";
import { fileSink } from "./file-sink.ts";
import { openTestStreams, until } from "./test-streams.ts";

interface Line {
  readonly metadata: { readonly uid: string; readonly sequence: number };
  readonly unmapped: { readonly withheld?: boolean };
}

async function folderFor(context: { after(work: () => Promise<void>): void }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-events-"));
  context.after(() => rm(folder, { recursive: true }));
  return folder;
}

async function linesOf(path: string): Promise<Line[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}

test("a stream without clearance shows the same with withheld entries as without them, numbers too", async (context) => {
  const streams = await openTestStreams(context);
  const folder = await folderFor(context);
  const shown = [
    ...(await appendMany(streams.ledger, 3)),
    ...(await appendMany(streams.ledger, 5, { withheld: true })),
    ...(await appendMany(streams.ledger, 3)),
    ...(await appendMany(streams.ledger, 2, { withheld: true })),
  ].filter((_, at) => at < 3 || (at >= 8 && at < 11));
  const [plain, cleared] = [join(folder, "plain"), join(folder, "cleared")];
  streams.start(fileSink(plain), { name: "file" });
  streams.start(fileSink(cleared), { name: "file", cleared: true });
  await until(async () => (await linesOf(plain)).length === 6 && (await linesOf(cleared)).length === 13);
  const lines = await linesOf(plain);
  assert.deepEqual(
    lines.map(({ metadata }) => metadata.uid),
    shown.map(({ entryId }) => entryId),
  );
  assert.deepEqual(
    lines.map(({ metadata }) => metadata.sequence),
    [1, 2, 3, 4, 5, 6],
  );
  const all = await linesOf(cleared);
  assert.equal(all.filter(({ unmapped }) => unmapped.withheld === true).length, 7);
});

test("a column changed behind our back shows nobody what the seal withholds, and hides nothing that it does not", async (context) => {
  const streams = await openTestStreams(context);
  const folder = await folderFor(context);
  const [open] = await appendMany(streams.ledger, 1);
  await appendMany(streams.ledger, 1, { withheld: true });
  await streams.owner.query(sql`update ledger_entry set withheld = not withheld, kind = 'backup', outcome = 'done'`);
  streams.start(fileSink(join(folder, "plain")), { name: "file" });
  await until(async () => (await linesOf(join(folder, "plain"))).length > 0);
  await until(async () => {
    const [row] = await streams.database.query<{ position: number }>(sql`select position from event_position`);
    return row?.position === 1;
  });
  const lines = await linesOf(join(folder, "plain"));
  assert.deepEqual(
    lines.map(({ metadata }) => metadata.uid),
    [open!.entryId],
  );
});
