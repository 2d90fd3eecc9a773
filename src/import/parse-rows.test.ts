// Cutting a byte stream into rows, however it comes and whatever is broken in it.
// In a process of its own: measures the memory of all of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type RawRow, splitRows } from "./parse-rows.ts";

const COMMA = 0x2c;
const OPTIONS = { rowBytesMax: 64, delimiter: COMMA };
const START = { byte: 0, line: 1 };

async function* chunked(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function rowsOf(
  bytes: Uint8Array,
  sizes: readonly number[] = [1 << 20],
  from = START,
  options = OPTIONS,
): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const row of splitRows(chunked(bytes.subarray(from.byte), sizes), from, options))
    rows.push({ ...row, bytes: Buffer.from(row.bytes) });
  return rows;
}

/** Each row as `line:text`, with its fault where it has one. */
async function shown(text: string, options = OPTIONS): Promise<string[]> {
  const rows = await rowsOf(Buffer.from(text), [7], START, options);
  return rows.map(
    (row) => `${row.line}:${Buffer.from(row.bytes).toString()}${row.fault === null ? "" : ` !${row.fault}`}`,
  );
}

// Bytes in which what matters to the splitter is common.
const feed = fc
  .array(fc.constantFrom(...'",\n\r\n"a,b\n'.split("").map((character) => character.charCodeAt(0)), 0xff), {
    maxLength: 400,
  })
  .map((bytes) => Buffer.from(bytes));
const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 });

test("rows do not depend on how the stream is cut into chunks", async () => {
  await fc.assert(
    fc.asyncProperty(feed, sizes, async (bytes, cut) =>
      assert.deepEqual(await rowsOf(bytes, cut), await rowsOf(bytes)),
    ),
  );
});

test("a run that resumes after any row sees exactly the rows that follow", async () => {
  await fc.assert(
    fc.asyncProperty(feed, fc.nat(), async (bytes, pick) => {
      const rows = await rowsOf(bytes);
      if (rows.length === 0) return;
      const at = pick % rows.length;
      const { endByte = 0, nextLine = 1 } = rows[at] ?? {};
      assert.deepEqual(await rowsOf(bytes, [5], { byte: endByte, line: nextLine }), rows.slice(at + 1));
    }),
  );
});

test("every row's place leads to its bytes, and no byte of a line is lost", async () => {
  await fc.assert(
    fc.asyncProperty(feed, async (bytes) => {
      let next = 0;
      for (const row of await rowsOf(bytes)) {
        assert.ok(row.startByte >= next && row.endByte > row.startByte);
        // Between two rows there are blank lines only.
        assert.match(bytes.subarray(next, row.startByte).toString("latin1"), /^[\r\n]*$/);
        assert.equal(bytes.subarray(row.startByte, row.startByte + row.bytes.length).equals(row.bytes), true);
        assert.equal(row.line, 1 + (bytes.subarray(0, row.startByte).toString("latin1").match(/\n/g) ?? []).length);
        next = row.endByte;
      }
      assert.match(bytes.subarray(next).toString("latin1"), /^[\r\n]*$/);
    }),
  );
});

test("line ends of both kinds, blank lines and a last line without an end are understood", async () => {
  assert.deepEqual(await shown("a,b\r\n\r\nc,d\n\n\ne"), ["1:a,b", "3:c,d", "6:e"]);
});

test("a quoted field may hold line ends, delimiters and doubled quotes", async () => {
  assert.deepEqual(await shown('1,"a\r\nb, ""c""",2\n3,4,5\n'), ['1:1,"a\r\nb, ""c""",2', "3:3,4,5"]);
});

test("a quote that is never closed costs its own line only", async () => {
  assert.deepEqual(await shown('1,"a\n2,b\n3,c\n'), ['1:1,"a !broken-quoting', "2:2,b", "3:3,c"]);
});

test("a quote that swallows more than a row may hold costs its own line only", async () => {
  const good = Array.from({ length: 30 }, (_, at) => `${at},x`);
  const rows = await shown(['1,"a', ...good].join("\n"));
  assert.equal(rows[0], '1:1,"a !row-too-long');
  assert.deepEqual(
    rows.slice(1),
    good.map((row, at) => `${at + 2}:${row}`),
  );
});

test("text after a closing quote costs its own line only", async () => {
  assert.deepEqual(await shown('1,"a\n2,"b",c\n3,d\n'), ['1:1,"a !broken-quoting', '2:2,"b",c', "3:3,d"]);
});

test("a line that is too long is refused with its beginning, and the next is read", async () => {
  const rows = await rowsOf(Buffer.from(`${"x".repeat(5_000)}\nok\n`), [100]);
  assert.deepEqual(
    rows.map((row) => [row.line, row.bytes.length, row.fault]),
    [
      [1, 64, "row-too-long"],
      [2, 2, null],
    ],
  );
  assert.equal(rows[0]?.endByte, 5_001);
});

test("quotes mean nothing in a format without quoting", async () => {
  const rows = await rowsOf(Buffer.from('"a\nb"\n'), [3], START, {
    rowBytesMax: 64,
    delimiter: null,
  } as unknown as typeof OPTIONS);
  assert.deepEqual(
    rows.map((row) => row.bytes.toString()),
    ['"a', 'b"'],
  );
});

test("memory stays constant over a line of 64 MB and over a million rows", async () => {
  const block = Buffer.alloc(65_536, "x");
  const lines = Buffer.from("1,2,3\n".repeat(10_000));
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let turn = 0; turn < 1_000; turn += 1) yield block;
    yield Buffer.from("\n");
    for (let turn = 0; turn < 100; turn += 1) yield lines;
  }
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  let count = 0;
  for await (const row of splitRows(source(), START, { rowBytesMax: 65_536, delimiter: COMMA })) {
    count += row.bytes.length > 0 ? 1 : 0;
    if (count % 10_000 === 0) most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  assert.equal(count, 1_000_001);
  assert.ok(most < 32 * 1_024 * 1_024, `${most} bytes`);
});
