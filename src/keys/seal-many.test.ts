// Many seals at once: each bound to its own place, in the order given.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { type AeadKey, open } from "./aead.ts";
import { sealMany, type ToSeal } from "./seal-many.ts";
import { anyText } from "../../test/support/test-text.ts";

const newKey = (): AeadKey => ({ version: 1, key: randomBytes(32) });

const item = fc.record({
  plaintext: fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    anyText({ maxLength: 200 }).filter((text) => text.isWellFormed()),
  ),
  aad: fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 3 }),
  key: fc.nat({ max: 2 }),
});

test("each opens alone, in the order given, with its own associated data", () => {
  const keys: AeadKey[] = [
    newKey(),
    { ...newKey(), version: 7, algorithm: "xchacha20-poly1305" },
    { ...newKey(), algorithm: "aes-256-gcm" },
  ];
  fc.assert(
    fc.property(fc.array(item, { maxLength: 12 }), (drawn) => {
      const items: ToSeal[] = drawn.map((one) => ({ ...one, key: keys[one.key]! }));
      const sealed = sealMany(items);
      items.forEach(({ key, plaintext, aad }, at) => {
        assert.deepEqual(open(key, sealed[at]!, Buffer.concat(aad)), Buffer.from(plaintext as string));
      });
    }),
  );
});

test("equal values are not equal once sealed", () => {
  const same = { key: newKey(), plaintext: "somebody's number", aad: [Buffer.from("place")] };
  const [first, second] = sealMany([same, same]);
  assert.notDeepEqual(first, second);
});

test("text is filled up with spaces to the size asked for", () => {
  const key = newKey();
  const [sealed] = sealMany([{ key, plaintext: "é", paddedBytes: 8, aad: [] }]);
  assert.equal(open(key, sealed!, Buffer.alloc(0)).toString(), "é      ");
});

test("a wiped key does not seal", () => {
  const key = { ...newKey(), key: new Uint8Array(32) };
  assert.throws(() => sealMany([{ key, plaintext: "x", aad: [] }]), { code: "lease-expired" });
});
