// Opening several envelopes together gives what opening each alone gives, and nothing when one of them was touched.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { type AeadAlgorithm, type AeadKey, open, openMany } from "./aead.ts";
import { KeysError } from "./errors.ts";
import { sealMany } from "./seal-many.ts";

const keyOf = (algorithm: AeadAlgorithm): AeadKey => ({ version: 3, key: randomBytes(32), algorithm });
const CTR_HMAC = keyOf("aes-256-ctr-hmac-sha-256");
const values = fc.array(fc.uint8Array({ maxLength: 5000 }), { minLength: 1, maxLength: 12 });

interface Sealed {
  readonly sealed: Uint8Array;
  readonly aad: readonly Uint8Array[];
}

function sealedTogether(key: AeadKey, plaintexts: readonly Uint8Array[]): Sealed[] {
  const aads = plaintexts.map((_, at) => [Buffer.from("place"), Buffer.of(at)]);
  const sealed = sealMany(plaintexts.map((plaintext, at) => ({ key, plaintext, aad: aads[at]! })));
  return sealed.map((envelope, at) => ({ sealed: envelope, aad: aads[at]! }));
}

for (const algorithm of ["aes-256-ctr-hmac-sha-256", "aes-256-gcm-siv", "aes-256-gcm"] as const) {
  test(`${algorithm}: any of them, in any order, of one pass or several, open together as each opens alone`, () => {
    const key = keyOf(algorithm);
    fc.assert(
      fc.property(values, values, fc.infiniteStream(fc.nat()), (first, second, picks) => {
        const all = [...sealedTogether(key, first), ...sealedTogether(key, second)];
        const plaintexts = [...first, ...second];
        const places = [...picks.take(all.length)].map((pick) => pick % all.length);
        const opened = openMany(
          key,
          places.map((at) => all[at]!),
        );
        places.forEach((at, nth) => {
          assert.deepEqual(opened[nth], Buffer.from(plaintexts[at]!));
          assert.deepEqual(opened[nth], open(key, all[at]!.sealed, Buffer.concat(all[at]!.aad)));
        });
      }),
    );
  });
}

test("one changed bit, in whichever of them, opens none", () => {
  fc.assert(
    fc.property(values, fc.nat(), fc.nat(), fc.integer({ min: 0, max: 7 }), (plaintexts, which, where, bit) => {
      const all = sealedTogether(CTR_HMAC, plaintexts);
      const target = all[which % all.length]!;
      const changed = Buffer.from(target.sealed);
      const at = where % changed.length;
      changed[at] = changed[at]! ^ (1 << bit);
      const items = all.map((item) => (item === target ? { ...item, sealed: changed } : item));
      assert.throws(() => openMany(CTR_HMAC, items), isRefusal);
    }),
  );
});

test("two that changed places open nothing, nor does one under another key, nor after the key was wiped", () => {
  const [left, right] = sealedTogether(CTR_HMAC, [Buffer.from("left"), Buffer.from("right")]) as [Sealed, Sealed];
  assert.throws(
    () =>
      openMany(CTR_HMAC, [
        { ...left, aad: right.aad },
        { ...right, aad: left.aad },
      ]),
    isRefusal,
  );
  assert.throws(() => openMany(keyOf("aes-256-ctr-hmac-sha-256"), [left, right]), isRefusal);
  const wiped = { ...CTR_HMAC, key: Buffer.alloc(32) };
  assert.throws(() => openMany(wiped, [left]), { code: "lease-expired" });
});

function isRefusal(error: unknown): boolean {
  return error instanceof KeysError && error.code === "does-not-open";
}
