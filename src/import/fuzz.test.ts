// Feeds and mappings on hostile input: a file is read or refused as a whole, a row is read or refused by itself, and nothing of it is quoted.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import {
  damagedBytes,
  damagedText,
  MARK,
  nastyBytes,
  nastyText,
  REFUSED,
  runs,
  tried,
  triedAsync,
} from "../../test/support/test-hostile.ts";
import { ImportError } from "./errors.ts";
import { MAPPINGS_FOLDER, mappingOf, SMALL } from "./mapping-fixture.ts";
import { draftRow } from "./mapping-row.ts";
import type { Mapping } from "./mapping.ts";
import { parseNdjsonRow } from "./parse-ndjson.ts";
import { type FeedItem, readFeedHeader, readFeedRows } from "./parse.ts";

const csv = mappingOf(SMALL);
const ndjson = mappingOf(
  SMALL.replace('{ type: csv, delimiter: ";", encoding: utf-8 }', "{ type: ndjson, encoding: utf-8 }"),
);
const CSV_FEED = Buffer.from(
  `\ufeffid;first;last;born;sex;phone;paid;seen;country;spare\r\n1;Ann;"O""Hara";02/03/1980;F;701-555-0143;12.50;14/02/2023 10:19:05;US;x\n` +
    `2;"Bo\nb";Lee;;M;;;;;\n3;;${MARK};n/a;;;;;;\n`,
);
const NDJSON_FEED = Buffer.from(
  `{"id":"1","first":"Ann","last":"O'Hara","born":"02/03/1980","paid":12.50,"seen":null}\n{"id":2,"last":"Lee","first":true}\n`,
);
const CODE = /^[a-z][a-z0-9-]+$/;

async function* streamOf(bytes: Uint8Array, step: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
}

async function read(bytes: Uint8Array, mapping: Mapping, step: number): Promise<FeedItem[]> {
  const header = await readFeedHeader(streamOf(bytes, step), mapping);
  return Array.fromAsync(readFeedRows(streamOf(bytes.subarray(header.rows.byte), step), mapping, header));
}

for (const [name, mapping, feed] of [
  ["CSV", csv, CSV_FEED],
  ["NDJSON", ndjson, NDJSON_FEED],
] as const) {
  test(`a damaged ${name} feed is refused without a word of it, or its rows come in order, within limits, each drafted or refused by codes`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(damagedBytes(fc.constant(feed)), nastyBytes),
        fc.integer({ min: 1, max: 64 }),
        async (bytes, step) => {
          const items = await triedAsync(() => read(bytes, mapping, step), { error: ImportError });
          if (items === REFUSED) return;
          let end = 0;
          for (const item of items) {
            assert.ok(item.startByte >= end && item.endByte <= bytes.length && item.endByte > item.startByte);
            end = item.endByte;
            checkItem(item, mapping);
          }
        },
      ),
      runs(120),
    );
  });
}

function checkItem(item: FeedItem, mapping: Mapping): void {
  if (item.kind === "reject") {
    assert.match(item.code, CODE);
    return;
  }
  for (const [column, value] of item.values) {
    assert.ok(mapping.columns.includes(column));
    assert.ok(
      (value.length <= mapping.limits.fieldCharacters && value.isWellFormed() === true) ||
        mapping.format.type === "ndjson",
    );
  }
  const drafted = draftRow(mapping, item);
  if (drafted.ok) return assertPlain(drafted.draft);
  assert.ok(drafted.rejects.length > 0);
  for (const { field, code } of drafted.rejects) {
    assert.match(code, CODE);
    assert.match(field, /^[a-z-]+(\.[a-z-]+)?$/);
  }
}

/** Nothing of a row may change what every object has. */
function assertPlain(draft: object): void {
  assert.equal(Object.getPrototypeOf(draft), Object.prototype);
  assert.equal(({} as { readonly a?: unknown }).a, undefined);
}

test("a line of NDJSON with a name twice is refused, wherever it stands", () => {
  const limits = { members: new Set(ndjson.columns), fieldCharacters: 100 };
  assert.equal(parseNdjsonRow('{"id":"1","last":"Lee","id":"2"}', limits), "repeated-member");
  assert.equal(parseNdjsonRow('{"id":"1","i\\u0064":"1"}', limits), "repeated-member");
  assert.ok(parseNdjsonRow('{"id":"a:b","last":"\\":\\\\"}', limits) instanceof Map);
});

test("any line of NDJSON is members that were declared, or a code", () => {
  const limits = { members: new Set(ndjson.columns), fieldCharacters: 100 };
  const lines = fc.constant(NDJSON_FEED.toString("utf8").split("\n")[0] ?? "");
  fc.assert(
    fc.property(fc.oneof(damagedText(lines), nastyText), (line) => {
      const members = tried(() => parseNdjsonRow(line, limits), { error: ImportError });
      assert.notEqual(members, REFUSED);
      if (typeof members === "string") assert.match(members, CODE);
      else if (members !== REFUSED)
        for (const [name, value] of members) assert.ok(limits.members.has(name) && value.length <= 100);
    }),
    runs(600),
  );
});

test("a damaged mapping is used or refused by file, line and column, and never breaks the reader", () => {
  const shipped = ["life-policy", "customer-master", "sample-claims"].map((name) =>
    readFileSync(join(MAPPINGS_FOLDER, `${name}.yaml`), "utf8"),
  );
  fc.assert(
    fc.property(fc.oneof(damagedText(fc.constantFrom(SMALL, ...shipped)), nastyText), (text) => {
      const mapping = tried(() => mappingOf(text), { error: ImportError, mayQuote: true });
      if (mapping === REFUSED) return;
      const drafted = draftRow(mapping, { line: 1, values: new Map(mapping.columns.map((column) => [column, "1"])) });
      if (drafted.ok) assertPlain(drafted.draft);
    }),
    runs(30),
  );
});
