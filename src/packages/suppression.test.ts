// Small groups: told neither directly nor by subtraction, whatever the groups are.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { counted, type Group, suppressed } from "./suppression.ts";

const groups = fc
  .array(fc.integer({ min: 1, max: 60 }), { maxLength: 12 })
  .map((counts): Group[] => counts.map((count, at) => ({ values: { place: String(at) }, count })));

test("no small group is shown, and none can be had by subtraction from the total", () => {
  fc.assert(
    fc.property(groups, fc.integer({ min: 2, max: 20 }), (all, smallest) => {
      const shown = suppressed(all, smallest);
      assert.deepEqual(
        shown.map(({ values }) => values),
        all.map(({ values }) => values),
      );
      const told = shown.flatMap(({ count }) => count ?? []);
      assert.ok(told.every((count) => count >= smallest));
      const hidden = all.filter((_, at) => shown[at]?.count === null);
      if (hidden.length === 0 || told.length === 0) return;
      assert.ok(hidden.length >= 2, "one alone is the total less the others");
      assert.ok(hidden.reduce((sum, { count }) => sum + count, 0) >= smallest);
    }),
  );
});

test("what is large enough is shown as it is, and rows are counted by all of their values", () => {
  const rows = [...Array.from({ length: 12 }, () => ({ postcode: "10001" })), { postcode: "10002" }];
  const large = counted(rows.slice(0, 12));
  assert.deepEqual(suppressed(large, 11), [{ values: { postcode: "10001" }, count: 12 }]);
  assert.deepEqual(
    suppressed(counted(rows), 11).map(({ count }) => count),
    [null, null],
  );
});
