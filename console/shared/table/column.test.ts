// Tables: sorted either way with nothing last, and as files that no spreadsheet takes for more than text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Column, shown, sorted, texts } from "./column.ts";
import { csvOf } from "./csv-of.ts";

interface Row {
  readonly name: string;
  readonly count: number | null;
}

const ROWS: readonly Row[] = [
  { name: "b", count: 2 },
  { name: "a", count: null },
  { name: "c", count: 10 },
];
const COLUMNS: readonly Column<Row>[] = [
  { key: "name", title: "Name", cell: ({ name }) => name, sortBy: ({ name }) => name },
  { key: "count", title: "Count", cell: ({ count }) => count, sortBy: ({ count }) => count, isExtra: true },
  { key: "picture", title: "Picture", cell: () => null },
];
const names = (sort: string | undefined): string =>
  sorted(ROWS, COLUMNS, sort)
    .map(({ name }) => name)
    .join("");

test("rows are sorted by a column either way, numbers as numbers, and what is empty comes last", () => {
  assert.equal(names(undefined), "bac");
  assert.equal(names("name"), "abc");
  assert.equal(names("-name"), "cba");
  assert.equal(names("count"), "bca");
  assert.equal(names("-count"), "cba");
  assert.equal(names("nothing"), "bac");
});

test("columns are those chosen, else the usual ones; a choice of none that exist shows all", () => {
  const keys = (chosen: string | undefined): string =>
    shown(COLUMNS, chosen)
      .map(({ key }) => key)
      .join(" ");
  assert.equal(keys(undefined), "name picture");
  assert.equal(keys("count"), "count");
  assert.equal(keys("gone"), "name count picture");
});

test("a file holds headings and texts, quoted where they must be, and nothing that a spreadsheet would run", () => {
  assert.deepEqual(texts(ROWS.slice(0, 2), COLUMNS), [
    ["Name", "Count"],
    ["b", "2"],
    ["a", ""],
  ]);
  assert.equal(csvOf([["=1+1", 'say "so"', "a,b"]]), `'=1+1,"say ""so""","a,b"\r\n`);
});
