// Many seals in one pass: as an independent reading of the format makes them, each bound to its own place, none opened with any bit changed.
import assert from "node:assert/strict";
import { createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type AeadKey, open, seal } from "./aead.ts";
import { sealMany, type ToSeal } from "./seal-many.ts";

const refused = { name: "KeysError", code: "does-not-open" };
const OVERHEAD_BYTES = 5 + 16 + 16;

function newKey(version = 1): AeadKey {
  return { version, key: randomBytes(32), algorithm: "aes-256-ctr-hmac-sha-256" };
}

/** Slow and plain, after docs/decisions/0015: HKDF-Expand, counter mode, HMAC. */
function openSlowly(key: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Buffer | null {
  const label = Buffer.from("uberrima/aes-256-ctr-hmac-sha-256/v1");
  const encryption = createHmac("sha256", key).update(label).update(Uint8Array.of(1)).digest();
  const mac = createHmac("sha256", key).update(encryption).update(label).update(Uint8Array.of(2)).digest();
  const body = sealed.subarray(0, -16);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(aad.length);
  const tag = createHmac("sha256", mac).update(size).update(aad).update(body).digest().subarray(0, 16);
  if (!tag.equals(sealed.subarray(-16))) return null;
  const cipher = createDecipheriv("aes-256-ctr", encryption, body.subarray(5, 21));
  return Buffer.concat([cipher.update(body.subarray(21)), cipher.final()]);
}

const item = fc.record({
  plaintext: fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: "binary", maxLength: 200 }).filter((text) => text.isWellFormed()),
  ),
  aad: fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 3 }),
  key: fc.nat({ max: 2 }),
});

test("each opens alone, in the order given, with its own associated data, as the format says", () => {
  const keys = [newKey(), newKey(7), { ...newKey(), algorithm: "aes-256-gcm-siv" as const }];
  fc.assert(
    fc.property(fc.array(item, { maxLength: 12 }), (drawn) => {
      const items: ToSeal[] = drawn.map((one) => ({ ...one, key: keys[one.key]! }));
      const sealed = sealMany(items);
      items.forEach(({ key, plaintext, aad }, at) => {
        const envelope = sealed[at]!;
        const expected = Buffer.from(plaintext as string);
        assert.deepEqual(open(key, envelope, Buffer.concat(aad)), expected);
        if (key.algorithm === "aes-256-gcm-siv") return;
        assert.equal(envelope.length, expected.length + OVERHEAD_BYTES);
        assert.deepEqual(openSlowly(key.key, envelope, Buffer.concat(aad)), expected);
      });
    }),
  );
});

test("the published vector opens", () => {
  const file = new URL("../../vectors/aes-256-ctr-hmac-sha-256.json", import.meta.url);
  const { tests } = JSON.parse(readFileSync(file, "utf8")) as { tests: Record<string, string>[] };
  assert.ok(tests.length >= 3);
  const bytes = (text: string | undefined) => Buffer.from(text ?? "", "hex");
  for (const vector of tests) {
    const key = { version: bytes(vector["sealed"]).readUInt32BE(1), key: bytes(vector["key"]) };
    assert.equal(
      open(key, bytes(vector["sealed"]), bytes(vector["aad"])).toString("hex"),
      vector["plaintext"],
      vector["name"] ?? "",
    );
  }
});

describe("nothing opens", () => {
  const key = newKey(3);
  const aad = randomBytes(40);
  const [first, second] = sealMany([
    { key, plaintext: "somebody's number", aad: [aad] },
    { key, plaintext: "somebody's number", aad: [aad] },
  ]) as unknown as [Uint8Array, Uint8Array];

  test("with any single bit of envelope or associated data changed", () => {
    for (let bit = 0; bit < first.length * 8; bit += 1) {
      const changed = Uint8Array.from(first);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      assert.throws(() => open(key, changed, aad), refused);
    }
    for (let bit = 0; bit < aad.length * 8; bit += 1) {
      const changed = Uint8Array.from(aad);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      assert.throws(() => open(key, first, changed), refused);
    }
  });

  test("cut short, or lengthened", () => {
    for (let size = 0; size < first.length; size += 1)
      assert.throws(() => open(key, first.subarray(0, size), aad), refused);
    assert.throws(() => open(key, Buffer.concat([first, Buffer.alloc(1)]), aad), refused);
  });

  test("with parts of another seal of the same pass", () => {
    for (const at of [21, 30, first.length - 16, first.length - 8]) {
      const mixed = Buffer.concat([first.subarray(0, at), second.subarray(at)]);
      assert.throws(() => open(key, mixed, aad), refused);
    }
  });

  test("where a byte moves from the associated data into the envelope's end of them", () => {
    const [sealed] = sealMany([{ key, plaintext: "x", aad: [Buffer.from("ab"), Buffer.from("c")] }]);
    assert.equal(open(key, sealed!, Buffer.from("abc")).toString(), "x");
    assert.throws(() => open(key, sealed!, Buffer.from("ab")), refused);
  });

  test("under another algorithm's reading of the same key", () => {
    const other = seal({ ...key, algorithm: "aes-256-gcm-siv" }, Buffer.from("x".repeat(40)), aad);
    const relabelled = Uint8Array.from(other);
    relabelled[0] = 3;
    assert.throws(() => open(key, relabelled, aad), refused);
  });
});

test("no counter block serves twice within a pass, nor, as far as chance goes, in another", () => {
  const key = newKey();
  const seen = new Set<string>();
  let blocks = 0;
  for (let pass = 0; pass < 50; pass += 1) {
    const items = Array.from({ length: 20 }, (_, at) => ({ key, plaintext: "a".repeat(at * 7), aad: [] }));
    for (const envelope of sealMany(items)) {
      const counter = Buffer.from(envelope.subarray(5, 21));
      const count = Math.ceil((envelope.length - OVERHEAD_BYTES) / 16);
      for (let block = 0; block < count; block += 1) {
        seen.add(counter.toString("hex"));
        counter.writeUInt32BE(counter.readUInt32BE(12) + 1, 12);
        blocks += 1;
      }
    }
  }
  assert.equal(seen.size, blocks);
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

test("a key made for passes seals nothing alone, so that it serves one algorithm", () => {
  assert.throws(() => seal(newKey(), Buffer.from("x"), Buffer.alloc(0)), TypeError);
});
