// The mark below which a process believes no row.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { newId } from "./ids.ts";
import { createHighWater } from "./high-water.ts";

test("a revision lower than one seen is never accepted, nor the same one made by another act", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 50 }), (revisions) => {
      const marks = createHighWater(10);
      const acts = Array.from({ length: 21 }, () => newId());
      let highest = 0;
      for (const revision of revisions) {
        assert.equal(marks.accepts("row", revision, acts[revision]!), revision >= highest);
        highest = Math.max(highest, revision);
      }
      if (highest > 0) assert.equal(marks.accepts("row", highest, newId()), false);
    }),
  );
});

test("remembers no more rows than it may, and forgets the one seen longest ago", () => {
  const marks = createHighWater(2);
  const act = newId();
  marks.accepts("a", 5, act);
  marks.accepts("b", 5, act);
  marks.accepts("a", 5, act);
  marks.accepts("c", 5, act);
  assert.equal(marks.accepts("a", 4, act), false);
  assert.equal(marks.accepts("c", 4, act), false);
  assert.equal(marks.accepts("b", 4, act), true);
});
