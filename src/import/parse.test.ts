// Reading feeds: headers, broken rows, resumption, both formats.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ImportError } from "./errors.ts";
import { mappingOf, SMALL } from "./mapping-fixture.ts";
import { type FeedItem, readFeedHeader, readFeedRows } from "./parse.ts";

const csv = mappingOf(SMALL);
const ndjson = mappingOf(
  SMALL.replace('format: { type: csv, delimiter: ";", encoding: utf-8 }', "format: { type: ndjson, encoding: utf-8 }"),
);
const HEADER = "id;first;last;born;sex;phone;paid;seen;country;spare";

async function* streamOf(bytes: Uint8Array, from = 0): AsyncGenerator<Uint8Array> {
  for (let at = from; at < bytes.length; at += 11) yield bytes.subarray(at, at + 11);
}

async function read(content: string | Uint8Array, mapping = csv): Promise<FeedItem[]> {
  const bytes = Buffer.from(content);
  const header = await readFeedHeader(streamOf(bytes), mapping);
  return Array.fromAsync(readFeedRows(streamOf(bytes, header.rows.byte), mapping, header));
}

function shown(items: readonly FeedItem[]): string[] {
  return items.map((item) => `${item.line}:${item.kind === "row" ? (item.values.get("last") ?? "") : `!${item.code}`}`);
}

async function headerFault(first: string | Uint8Array): Promise<ImportError> {
  const error = await readFeedHeader(streamOf(Buffer.from(first)), csv).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ImportError);
  return error;
}

test("columns are found by name, in any order", async () => {
  const items = await read("last;first;id;born;sex;phone;paid;seen;country;spare\nLee;Ann;1;;;;;;;\n");
  assert.deepEqual(
    items.map((item) => item.kind === "row" && [item.values.get("last"), item.values.get("id")]),
    [["Lee", "1"]],
  );
});

test("a byte order mark is passed over", async () => {
  assert.deepEqual(shown(await read(`\ufeff${HEADER}\n1;;Lee;;;;;;;\n`)), ["2:Lee"]);
});

test("missing columns are named, and unknown ones by their number", async () => {
  const error = await headerFault(`${HEADER.replace("phone", "telephone")}\n`);
  assert.equal(error.code, "bad-header");
  assert.equal(error.message, "missing columns: phone; unknown columns: number 6");
});

test("a file without a header is refused without naming what stands in its first line", async () => {
  const error = await headerFault("77;Ann;Secretperson;1964;F;850-535-8715;1;1;US;x\n");
  assert.equal(error.message, "the first line is not this feed's header: 0 of 10 columns found");
});

test("a customer who stands behind a header that lost its line end is not named", async () => {
  const error = await headerFault(`${HEADER}\r77;Ann;Secretperson;1964\r`);
  assert.equal(error.message, "missing columns: spare; unknown columns: number 10, number 11, number 12, number 13");
});

test("a column that stands twice is refused", async () => {
  assert.match((await headerFault(`${HEADER};last\n`)).message, /twice/);
});

test("an empty file, a binary file and UTF-16 are refused", async () => {
  assert.equal((await headerFault("")).code, "bad-header");
  assert.equal((await headerFault(Buffer.from([0x50, 0x4b, 0x00, 0x00]))).code, "bad-encoding");
  assert.equal((await headerFault(Buffer.from(`\ufeff${HEADER}`, "utf16le"))).code, "bad-encoding");
  assert.equal((await headerFault(Buffer.from([0xc3, 0x28, 0x0a]))).code, "bad-encoding");
});

test("invalid UTF-8 costs its own row only, and its bytes are kept for sealing", async () => {
  const content = Buffer.concat([
    Buffer.from(`${HEADER}\n1;;`),
    Buffer.from([0xc3, 0x28]),
    Buffer.from(";;;;;;;\n2;;Lee;;;;;;;\n"),
  ]);
  const items = await read(content);
  assert.deepEqual(shown(items), ["2:!invalid-utf8", "3:Lee"]);
  assert.equal(Buffer.from(items[0]?.bytes ?? []).includes(0xc3), true);
});

test("rows with too few or too many columns, too long fields and broken quotes cost themselves only", async () => {
  const rows = [
    "1;;Lee",
    `2;;${"x".repeat(101)};;;;;;;`,
    '3;;a"b"c;;;;;;;',
    "4;;Lee;;;;;;;;",
    '5;;"Lee;;;;;;;',
    "6;;Lee;;;;;;;",
  ];
  assert.deepEqual(shown(await read([HEADER, ...rows].join("\n"))), [
    "2:!column-count",
    "3:!field-too-long",
    "4:!broken-quoting",
    "5:!column-count",
    "6:!broken-quoting",
    "7:Lee",
  ]);
});

test("whatever fields hold comes back from RFC 4180 quoting", async () => {
  const field = fc
    .string({ unit: "grapheme", maxLength: 12 })
    .filter((text) => text.isWellFormed() && !text.includes("\0"));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(field, { minLength: 10, maxLength: 10 }), { minLength: 1, maxLength: 5 }),
      async (rows) => {
        const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(";")).join("\r\n");
        const items = await read(`${HEADER}\r\n${text}`);
        assert.deepEqual(
          items.map((item) => item.kind === "row" && [...item.values.values()]),
          rows,
        );
      },
    ),
    { numRuns: 50 },
  );
});

test("a run resumes at a byte with the same lines and values", async () => {
  const bytes = Buffer.from(`${HEADER}\n1;;"Le\ne";;;;;;;\n2;;Kim;;;;;;;\n3;;Ray;;;;;;;\n`);
  const header = await readFeedHeader(streamOf(bytes), csv);
  const all = await Array.fromAsync(readFeedRows(streamOf(bytes, header.rows.byte), csv, header));
  const [first] = all;
  assert.ok(first);
  const from = { byte: first.endByte, line: first.nextLine };
  assert.deepEqual(await Array.fromAsync(readFeedRows(streamOf(bytes, from.byte), csv, header, from)), all.slice(1));
  assert.deepEqual(shown(all), ["2:Le\ne", "4:Kim", "5:Ray"]);
});

test("NDJSON gives the same values, with the digits of its numbers kept", async () => {
  const items = await read('{"id":"1","last":"Lee","paid":1200.10000000000000001}\n{"id":2,"last":null}\n', ndjson);
  assert.deepEqual(
    items.map((item) => item.kind === "row" && Object.fromEntries(item.values)),
    [{ id: "1", last: "Lee", paid: "1200.10000000000000001" }, { id: "2" }],
  );
});

test("NDJSON that is broken, nested or has members nobody declared costs its own line only", async () => {
  const lines = [
    '{"id":1,',
    "[1]",
    "7",
    '{"last":{"a":1}}',
    '{"shoe":1}',
    '{"__proto__":{"a":1}}',
    '{"last":"Lee"}',
    `${"[".repeat(400)}`,
  ];
  assert.deepEqual(shown(await read(lines.join("\n"), ndjson)), [
    "1:!malformed-json",
    "2:!not-an-object",
    "3:!not-an-object",
    "4:!nested-value",
    "5:!unknown-member",
    "6:!unknown-member",
    "7:Lee",
    "8:!malformed-json",
  ]);
});
