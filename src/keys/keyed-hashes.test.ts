// Authority MACs, keyed digests and blind-index tokens.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { openHashKeys } from "./keyed-hashes.ts";
import type { Keys } from "./keys.ts";
import { type TestKeys, openTestKeys } from "./test-keys.ts";

let world: TestKeys;
let keys: Keys;

before(async () => {
  world = await openTestKeys();
  ({ keys } = world);
});
after(() => world.close());

const part = fc.oneof(fc.string({ maxLength: 20 }), fc.uint8Array({ maxLength: 20 }));
const parts = fc.array(part, { minLength: 1, maxLength: 5 });

test("a MAC verifies over its own parts and no others", () => {
  fc.assert(
    fc.property(parts, parts, (left, right) => {
      const mac = keys.authorityMac(left);
      assert.equal(mac.length, 36);
      assert.ok(keys.verifyAuthorityMac(mac, left));
      const same = JSON.stringify(left.map(bytesOf)) === JSON.stringify(right.map(bytesOf));
      assert.equal(keys.verifyAuthorityMac(mac, right), same);
    }),
  );
});

test("a MAC with any changed bit, or of any other length, verifies nothing", () => {
  const mac = keys.authorityMac(["principal", "a"]);
  for (let bit = 0; bit < mac.length * 8; bit += 1) {
    const changed = Uint8Array.from(mac);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.ok(!keys.verifyAuthorityMac(changed, ["principal", "a"]));
  }
  for (let length = 0; length < mac.length; length += 1)
    assert.ok(!keys.verifyAuthorityMac(mac.subarray(0, length), ["principal", "a"]));
});

test("parts cannot be cut differently and pass for the same", () => {
  assert.ok(!keys.verifyAuthorityMac(keys.authorityMac(["ab", "c"]), ["a", "bc"]));
  assert.notDeepEqual(keys.keyedDigest("label", "ab", "c"), keys.keyedDigest("label", "a", "bc"));
  assert.notDeepEqual(keys.indexInner("name", ["ab", "c"]), keys.indexInner("name", ["a", "bc"]));
});

test("the same value under another label or index is another hash", () => {
  assert.notDeepEqual(keys.keyedDigest("one", "value"), keys.keyedDigest("two", "value"));
  assert.notDeepEqual(keys.indexInner("one", ["value"]), keys.indexInner("two", ["value"]));
  const inner = keys.indexInner("one", ["value"]);
  assert.notDeepEqual(keys.indexToken("one", inner, 256).token, keys.indexToken("two", inner, 256).token);
});

test("every process finds what another hashed", async () => {
  const other = await world.reopen();
  assert.deepEqual(other.keyedDigest("label", "value"), keys.keyedDigest("label", "value"));
  const inner = other.indexInner("name", ["value"]);
  assert.deepEqual(other.indexToken("name", inner, 32), keys.indexToken("name", inner, 32));
  assert.deepEqual(keys.indexTokensForSearch("name", inner, 32), [keys.indexToken("name", inner, 32)]);
});

test("a worker hashes as its process does, from plain data sent to it", () => {
  const worker = openHashKeys(structuredClone(keys.exportHashKeys()));
  const inner = keys.indexInner("name", ["value"]);
  assert.deepEqual(worker.indexInner("name", ["value"]), inner);
  assert.deepEqual(worker.indexToken("name", inner, 40), keys.indexToken("name", inner, 40));
  assert.deepEqual(worker.keyedDigest("label", "value"), keys.keyedDigest("label", "value"));
});

test("a token has just the bits asked for, the first of the full one", () => {
  const inner = keys.indexInner("name", ["value"]);
  const full = keys.indexToken("name", inner, 256).token;
  const bitsOf = (token: Uint8Array): string => [...token].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  for (let bits = 1; bits <= 256; bits += 1) {
    const { token } = keys.indexToken("name", inner, bits);
    assert.equal(token.length, Math.ceil(bits / 8));
    assert.equal(
      bitsOf(token),
      bitsOf(full)
        .slice(0, bits)
        .padEnd(token.length * 8, "0"),
    );
  }
  for (const bits of [0, -1, 257, 8.5]) assert.throws(() => keys.indexToken("name", inner, bits), { code: "limit" });
});

test("names beyond the limit are refused, since they can only come from input", async () => {
  const fresh = await world.reopen();
  const many = (): void => {
    for (let count = 0; count <= 1000; count += 1) fresh.keyedDigest(`label ${count}`, "value");
  };
  assert.throws(many, { code: "limit" });
});

function bytesOf(value: string | Uint8Array): number[] {
  return [...Buffer.from(value as string)];
}
