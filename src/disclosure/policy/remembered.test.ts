// The memory of decisions: bounded, faithful, and keyed without collisions.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { inputKey } from "./input-key.ts";
import { createRemembered } from "./remembered.ts";
import { anyInput } from "./test-inputs.ts";

test("never holds more than its bound, nor anything but what was put in", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.tuple(fc.constantFrom(..."abcdefghijklmnop"), fc.nat()), { maxLength: 200 }),
      (bound, puts) => {
        const remembered = createRemembered<number>(bound);
        const latest = new Map<string, number>();
        for (const [key, value] of puts) {
          const known = remembered.get(key);
          assert.ok(known === undefined || known === latest.get(key));
          remembered.set(key, value);
          latest.set(key, value);
          assert.equal(remembered.get(key), value);
          assert.ok(remembered.size() <= Math.max(2, bound));
        }
      },
    ),
  );
});

test("keeps what is asked for again and again", () => {
  const remembered = createRemembered<string>(10);
  remembered.set("kept", "value");
  for (let at = 0; at < 1000; at += 1) {
    remembered.set(`passing ${at}`, "other");
    assert.equal(remembered.get("kept"), "value");
  }
  assert.equal(remembered.get("passing 1"), undefined);
});

test("two inputs have the same key only when they are the same input", () => {
  fc.assert(
    fc.property(
      anyInput,
      anyInput,
      fc.constantFrom("clear", "masked", "token"),
      fc.boolean(),
      (left, right, wanted, exactly) => {
        const key = inputKey(left, wanted, exactly);
        assert.ok(key !== null);
        assert.notEqual(inputKey(left, wanted, !exactly), key);
        const isSame = Object.entries(left).every(([name, value]) => right[name as keyof typeof right] === value);
        assert.equal(inputKey(right, wanted, exactly) === key, isSame);
        for (const name of Object.keys(left) as (keyof typeof left)[]) {
          const changed = { ...left, [name]: right[name] };
          assert.equal(inputKey(changed, wanted, exactly) === key, left[name] === right[name], name);
        }
      },
    ),
  );
});
