// Keyed hashes: the published vectors, and agreement with OpenSSL for any input.
import assert from "node:assert/strict";
import { createHmac, hkdfSync } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { lengthPrefixed } from "../kernel/bytes.ts";
import { macKey, ofParts, subkey } from "./mac.ts";
import { anyText } from "../../test/support/test-text.ts";

const hex = (text: string): Buffer => Buffer.from(text, "hex");
const VECTORS = new URL("../../vectors/", import.meta.url);
const WYCHEPROOF = new URL("../../../shared/data/vectors/wycheproof/", import.meta.url);
const skip = !existsSync(WYCHEPROOF) && "the shared vectors are not here";

interface HkdfVector {
  readonly name: string;
  readonly ikm: string;
  readonly salt: string;
  readonly info: string;
  readonly okm: string;
}

describe("the published vectors", () => {
  test("HMAC-SHA-256 agrees with RFC 4231", () => {
    const { tests } = JSON.parse(readFileSync(new URL("hmac-sha-256.json", VECTORS), "utf8")) as {
      tests: { name: string; key: string; message: string; mac: string }[];
    };
    assert.equal(tests.length, 7);
    for (const { name, key, message, mac } of tests) {
      const whole = macKey(hex(key)).of(hex(message)).toString("hex");
      assert.equal(whole.slice(0, mac.length), mac, name);
    }
  });

  test("HKDF-SHA-256 agrees with RFC 5869", () => {
    const { tests } = JSON.parse(readFileSync(new URL("hkdf-sha-256.json", VECTORS), "utf8")) as {
      tests: HkdfVector[];
    };
    assert.equal(tests.length, 3);
    for (const { name, ikm, salt, info, okm } of tests) {
      assert.equal(
        Buffer.from(hkdfSync("sha256", hex(ikm), hex(salt), hex(info), okm.length / 2)).toString("hex"),
        okm,
        name,
      );
    }
  });
});

interface MacGroup {
  readonly tagSize: number;
  readonly tests: readonly { tcId: number; key: string; msg: string; tag: string; result: string }[];
}

interface HkdfGroup {
  readonly tests: readonly (HkdfVector & { tcId: number; size: number; result: string })[];
}

describe("Wycheproof", { skip }, () => {
  test("HMAC-SHA-256 matches every valid case and none of the others", () => {
    const { testGroups } = JSON.parse(readFileSync(new URL("hmac_sha256_test.json", WYCHEPROOF), "utf8")) as {
      testGroups: MacGroup[];
    };
    const tests = testGroups.flatMap((group) => group.tests.map((each) => ({ ...each, tagSize: group.tagSize })));
    assert.ok(tests.length > 100);
    for (const { tcId, key, msg, tag, result, tagSize } of tests) {
      const mac = macKey(hex(key))
        .of(hex(msg))
        .toString("hex")
        .slice(0, tagSize / 4);
      assert.equal(mac === tag, result === "valid", `case ${tcId}`);
    }
  });

  test("HKDF-SHA-256 matches every valid case", () => {
    const { testGroups } = JSON.parse(readFileSync(new URL("hkdf_sha256_test.json", WYCHEPROOF), "utf8")) as {
      testGroups: HkdfGroup[];
    };
    const tests = testGroups.flatMap((group) => group.tests);
    assert.ok(tests.length > 80);
    for (const { tcId, ikm, salt, info, okm, size, result } of tests) {
      const derive = (): string =>
        Buffer.from(hkdfSync("sha256", hex(ikm), hex(salt), hex(info), size)).toString("hex");
      if (result === "valid") assert.equal(derive(), okm, `case ${tcId}`);
      else assert.throws(derive, `case ${tcId}`);
    }
  });
});

const bytes = fc.uint8Array({ maxLength: 3000 });
const part = fc.oneof(fc.uint8Array({ maxLength: 100 }), anyText({ maxLength: 100 }), fc.string({ maxLength: 3000 }));

test("equals OpenSSL's HMAC for keys and messages of any length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes, (key, message) => {
      assert.deepEqual(macKey(key).of(message), createHmac("sha256", key).update(message).digest());
    }),
  );
});

test("equals OpenSSL's HMAC of the length-prefixed parts, one after another under one key", () => {
  const key = Buffer.alloc(32, 7);
  const mac = macKey(key);
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      assert.deepEqual(
        ofParts(mac, parts),
        createHmac("sha256", key)
          .update(lengthPrefixed(...parts))
          .digest(),
      );
    }),
  );
});

test("subkeys of different purposes differ, however the purposes are cut into parts", () => {
  const key = Buffer.alloc(32, 9);
  assert.notDeepEqual(subkey(key, "ab", "c"), subkey(key, "a", "bc"));
  assert.deepEqual(subkey(key, "ab", "c"), subkey(key, "ab", "c"));
});
