// Readings that arrive together travel together, and each caller gets its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { gatherReads } from "./gather-reads.ts";

test("concurrent readings become one query that asks for each id once", async () => {
  const queries: (readonly Uuid[])[] = [];
  const read = gatherReads(async (ids) => {
    queries.push(ids);
    return new Map(ids.map((id) => [id, `about ${id}`]));
  });
  const [a, b, c] = [newId(), newId(), newId()];
  const found = await Promise.all([read([a, b]), read([b]), read([c])]);
  assert.equal(queries.length, 1);
  assert.deepEqual([...queries[0]!].sort(), [a, b, c].sort());
  assert.deepEqual(
    found.map((each) => [...each.keys()]),
    [[a, b], [b], [c]],
  );
});

test("what is not there is absent for the caller that asked, and for no other", async () => {
  const [known, unknown] = [newId(), newId()];
  const read = gatherReads(async (ids) => new Map(ids.filter((id) => id === known).map((id) => [id, 1])));
  const found = await Promise.all([read([unknown]), read([known, unknown])]);
  assert.deepEqual(
    found.map((each) => each.size),
    [0, 1],
  );
});

test("a failed query fails those that shared it, and later readings go on", async () => {
  let fails = true;
  const read = gatherReads(async (ids) => {
    if (fails) throw new Error("no connection");
    return new Map(ids.map((id) => [id, 1]));
  });
  const outcomes = await Promise.allSettled([read([newId()]), read([newId()])]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ["rejected", "rejected"],
  );
  fails = false;
  assert.equal((await read([newId()])).size, 1);
});

test("many readings at once are split into queries of bounded size", async () => {
  let largest = 0;
  const read = gatherReads(async (ids) => {
    largest = Math.max(largest, ids.length);
    return new Map(ids.map((id) => [id, 1]));
  });
  const all = await Promise.all(Array.from({ length: 40 }, () => read(Array.from({ length: 40 }, () => newId()))));
  assert.ok(all.every((each) => each.size === 40));
  assert.ok(largest <= 500);
});
