// Sealing and opening: the published vectors, and no changed bit that opens.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  type AeadAlgorithm,
  FORMAT_GCM,
  FORMAT_GCM_SIV,
  FORMAT_XCHACHA,
  decrypt,
  encryptInto,
  open,
  seal,
  versionOf,
} from "./aead.ts";

const hex = (text: string): Buffer => Buffer.from(text, "hex");
const VECTORS = new URL("../../vectors/", import.meta.url);
const WYCHEPROOF = new URL("../../../shared/data/vectors/wycheproof/", import.meta.url);
const ALGORITHMS: AeadAlgorithm[] = ["xchacha20-poly1305", "aes-256-gcm-siv", "aes-256-gcm"];
const FORMATS = { "xchacha20-poly1305": FORMAT_XCHACHA, "aes-256-gcm-siv": FORMAT_GCM_SIV, "aes-256-gcm": FORMAT_GCM };
const refused = { name: "KeysError", code: "does-not-open" };

interface Vector {
  readonly name: string;
  readonly key: string;
  readonly nonce: string;
  readonly aad: string;
  readonly plaintext: string;
  readonly ciphertext: string;
  readonly tag: string;
}

describe("the published vectors", () => {
  for (const algorithm of ALGORITHMS) {
    test(`${algorithm} agrees with its specification`, () => {
      const { tests } = JSON.parse(readFileSync(new URL(`${algorithm}.json`, VECTORS), "utf8")) as { tests: Vector[] };
      assert.ok(tests.length >= 4);
      for (const vector of tests) {
        const by = {
          format: FORMATS[algorithm],
          key: hex(vector.key),
          nonce: hex(vector.nonce),
          aad: [hex(vector.aad)],
        };
        const out = Buffer.alloc((vector.ciphertext.length + vector.tag.length) / 2);
        encryptInto(out, by, hex(vector.plaintext));
        assert.equal(out.toString("hex"), vector.ciphertext + vector.tag, vector.name);
        assert.equal(decrypt(by, out).toString("hex"), vector.plaintext, vector.name);
      }
    });
  }
});

interface WycheproofGroup {
  readonly keySize: number;
  readonly ivSize: number;
  readonly tagSize: number;
  readonly tests: readonly {
    tcId: number;
    key: string;
    iv: string;
    aad: string;
    msg: string;
    ct: string;
    tag: string;
    result: string;
  }[];
}

describe("Wycheproof", { skip: !existsSync(WYCHEPROOF) && "the shared vectors are not here" }, () => {
  for (const [file, algorithm] of [
    ["aes_gcm_siv_test", "aes-256-gcm-siv"],
    ["aes_gcm_test", "aes-256-gcm"],
  ] as const) {
    test(`${algorithm} opens every valid case and none of the others`, () => {
      const { testGroups } = JSON.parse(readFileSync(new URL(`${file}.json`, WYCHEPROOF), "utf8")) as {
        testGroups: WycheproofGroup[];
      };
      const groups = testGroups.filter(
        ({ keySize, ivSize, tagSize }) => keySize === 256 && ivSize === 96 && tagSize === 128,
      );
      const tests = groups.flatMap((group) => group.tests);
      assert.ok(tests.length > 60);
      for (const { tcId, key, iv, aad, msg, ct, tag, result } of tests) {
        const by = { format: FORMATS[algorithm], key: hex(key), nonce: hex(iv), aad: [hex(aad)] };
        if (result !== "valid") {
          assert.throws(() => decrypt(by, hex(ct + tag)), refused, `case ${tcId}`);
          continue;
        }
        assert.equal(decrypt(by, hex(ct + tag)).toString("hex"), msg, `case ${tcId}`);
        const out = Buffer.alloc((ct.length + tag.length) / 2);
        encryptInto(out, by, hex(msg));
        assert.equal(out.toString("hex"), ct + tag, `case ${tcId}`);
      }
    });
  }
});

const bytes = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });
const keyBytes = fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((key) => key.some((byte) => byte !== 0));
const version = fc.integer({ min: 1, max: 0xffffffff });

for (const algorithm of ALGORITHMS) {
  describe(algorithm, () => {
    test("opens what it sealed", () => {
      fc.assert(
        fc.property(keyBytes, version, bytes(300), bytes(300), (key, keyVersion, plaintext, aad) => {
          const aeadKey = { version: keyVersion, key, algorithm };
          const sealed = seal(aeadKey, plaintext, aad);
          assert.equal(versionOf(sealed), keyVersion);
          assert.deepEqual(new Uint8Array(open(aeadKey, sealed, aad)), plaintext);
        }),
      );
    });

    test("refuses any single changed bit of the envelope or of the associated data", () => {
      const key = { version: 7, key: randomBytes(32), algorithm };
      const aad = randomBytes(24);
      const sealed = seal(key, randomBytes(20), aad);
      for (let bit = 0; bit < sealed.length * 8; bit += 1)
        assert.throws(() => open(key, flipped(sealed, bit), aad), refused);
      for (let bit = 0; bit < aad.length * 8; bit += 1)
        assert.throws(() => open(key, sealed, flipped(aad, bit)), refused);
    });

    test("refuses every truncation and any other key", () => {
      const key = { version: 1, key: randomBytes(32), algorithm };
      const sealed = seal(key, randomBytes(20), new Uint8Array(0));
      for (let end = 0; end < sealed.length; end += 1) {
        assert.throws(() => open(key, sealed.subarray(0, end), new Uint8Array(0)), refused);
      }
      assert.throws(() => open({ version: 1, key: randomBytes(32) }, sealed, new Uint8Array(0)), refused);
      assert.throws(() => open({ ...key, version: 2 }, sealed, new Uint8Array(0)), refused);
    });
  });
}

test("one key sealing the same twice shows nothing of it", () => {
  const key = { version: 1, key: randomBytes(32) };
  const aad = new Uint8Array(0);
  assert.notDeepEqual(seal(key, Buffer.from("same"), aad), seal(key, Buffer.from("same"), aad));
});

test("what one algorithm sealed opens under a key that prefers the other", () => {
  const key = randomBytes(32);
  const sealed = seal({ version: 1, key, algorithm: "aes-256-gcm" }, Buffer.from("value"), new Uint8Array(0));
  assert.equal(open({ version: 1, key, algorithm: "aes-256-gcm-siv" }, sealed, new Uint8Array(0)).toString(), "value");
});

test("a wiped key neither seals nor opens", () => {
  const key = { version: 1, key: randomBytes(32) };
  const sealed = seal(key, Buffer.from("value"), new Uint8Array(0));
  key.key.fill(0);
  assert.throws(() => seal(key, Buffer.from("value"), new Uint8Array(0)), { code: "lease-expired" });
  assert.throws(() => open(key, sealed, new Uint8Array(0)), { code: "lease-expired" });
});

function flipped(value: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(value);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}
