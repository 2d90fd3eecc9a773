// Quantiles are values that were measured, and as many of the others lie below them as they say.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { quantile } from "./measure.ts";

test("a quantile is the nearest rank of what was measured, in whatever order it came", () => {
  const hundred = Array.from({ length: 100 }, (_, at) => ((at * 37) % 100) + 1);
  assert.deepEqual(
    [0, 0.5, 0.95, 0.99, 1].map((share) => quantile(hundred, share)),
    [1, 50, 95, 99, 100],
  );
  assert.equal(quantile([7], 0.99), 7);
  assert.equal(quantile([], 0.5), 0);
});

test("at least its share of the values does not exceed a quantile, and no smaller value would do", () => {
  const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 100 }), (all, hundredths) => {
      const found = quantile(all, hundredths / 100);
      const wanted = (hundredths * all.length) / 100 - 1e-9;
      assert.ok(all.filter((value) => value <= found).length >= wanted);
      assert.ok(all.filter((value) => value < found).length < wanted + 1e-6);
    }),
  );
});
