// Exports: RFC 4180 that reads back, nothing that a spreadsheet would run, a PDF that holds what it says, and an entry before either is handed over.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { constants, inflateSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { nastyText, runs } from "../../test/support/test-hostile.ts";
import { codeOf } from "../access/test-access.ts";
import { printCsv, type Printing } from "./print-csv.ts";
import { begun, decide, makePerson, openTestReviews, type TestReviews } from "./test-reviews.ts";

let bench: TestReviews;
beforeEach(async () => {
  bench = await openTestReviews();
});
afterEach(() => bench.close());

async function published(): Promise<void> {
  const publishing = bench.ledger.startPublishing({ everyMs: 10 });
  while ((await bench.ledger.checkpoint().catch(() => null)) === null)
    await new Promise((resolve) => setTimeout(resolve, 10));
  await publishing.stop();
}

async function somePrinting(): Promise<Printing & { readonly reviewId: string }> {
  const { reviewId, lines } = await begun(bench, [await makePerson(bench, "csr", { name: 'Ida "Q", Brand' })]);
  await decide(bench, reviewId, lines[0]!, "approve");
  const { review, totals } = await bench.reviews.show(reviewId, bench.officer);
  const held = await bench.reviews.lines(reviewId, bench.officer);
  return { reviewId, review, totals, lines: held, checkpoint: "", now: bench.now() };
}

test("a review reads back from its CSV", async () => {
  const printing = await somePrinting();
  const text = printCsv(printing).toString("utf8");
  assert.ok(text.endsWith("\r\n"));
  const [row] = parse(text, { columns: true }) as Record<string, string>[];
  assert.equal(row?.["name"], 'Ida "Q", Brand');
  assert.equal(row["decision"], "approve");
  assert.equal(row["ledger entry"], printing.lines[0]?.act);
});

test("whatever a name or a reason is, no cell begins as a formula, and the rest of the row stays where it is", async () => {
  const printing = await somePrinting();
  const [line] = printing.lines;
  const hostile = fc.oneof(
    nastyText,
    fc.constantFrom("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "|x", "%0"),
  );
  fc.assert(
    fc.property(hostile, (name) => {
      const content = { ...line!.content, subject: { ...line!.content.subject, name } };
      const text = printCsv({ ...printing, lines: [{ ...line!, content }] }).toString("utf8");
      const rows = parse(text) as string[][];
      assert.equal(rows.length, 2);
      assert.equal(rows[1]?.length, rows[0]?.length);
      for (const cell of rows[1] ?? []) assert.ok(!/^[\s\u0000]*[=+\-@|%]/.test(cell), JSON.stringify(cell));
    }),
    runs(300),
  );
});

test("the PDF names people, decisions, the ledger's entries and its checkpoint", async () => {
  await published();
  const { reviewId, review, lines } = await somePrinting();
  const pdf = await bench.reviews.print(
    review.acts[0] === undefined ? lines[0]!.rowId : (reviewId as never),
    bench.officer,
    "pdf",
  );
  assert.equal(pdf.subarray(0, 5).toString("latin1"), "%PDF-");
  const text = textOf(pdf);
  for (const expected of [
    "Spring review",
    reviewId,
    review.acts[0]!,
    lines[0]!.act,
    "approve by",
    "ledger.test/access",
  ])
    assert.ok(text.includes(expected.replaceAll(" ", "")), expected);
});

test("an export is an entry, and who may not read all exports nothing", async () => {
  await published();
  const { reviewId } = await somePrinting();
  await bench.reviews.print(reviewId as never, bench.officer, "csv");
  const { items } = await bench.ledger.list({ kinds: ["review"] }, { limit: 1 });
  const opened = await bench.ledger.opening(items[0]!.entryId);
  assert.deepEqual(
    [opened?.detail["action"], opened?.detail["step"], opened?.detail["format"]],
    ["review.read", "export", "csv"],
  );
  assert.equal(await codeOf(() => bench.reviews.print(reviewId as never, bench.reviewers[0], "csv")), "not-permitted");
});

/** The shown text of a PDF by pdfkit without white space, since lines are broken within words: deflated content streams whose strings are hexadecimal. */
function textOf(pdf: Buffer): string {
  const source = pdf.toString("latin1");
  const streams = [...source.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = ""]) => {
    try {
      // What follows the data may have been taken for a part of it, or a part of it for what follows.
      return inflateSync(Buffer.from(body, "latin1"), { finishFlush: constants.Z_SYNC_FLUSH }).toString("latin1");
    } catch {
      return "";
    }
  });
  return streams
    .flatMap((content) => [...content.matchAll(/\[((?:<[0-9a-f]*>|[^\]])*)\] TJ/g)].map(([, parts = ""]) => parts))
    .map((parts) =>
      [...parts.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = ""]) => Buffer.from(hex, "hex").toString("latin1")).join(""),
    )
    .join("")
    .replaceAll(" ", "");
}
