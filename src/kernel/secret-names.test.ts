// What a process calls secrets in its memory.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { secretNames } from "./secret-names.ts";

test("a secret has one name in a process's memory, no other secret has it, and it says nothing outside of it", () => {
  const [nameOf, another] = [secretNames(), secretNames()];
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, two) => {
      assert.equal(nameOf(one), nameOf(one));
      assert.equal(nameOf(one) === nameOf(two), one === two);
      assert.notEqual(nameOf(one), another(one));
      assert.equal(nameOf(one).length, 32);
    }),
  );
});
