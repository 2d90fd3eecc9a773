// Tokens: as published, in the value's format, on large domains alone, and never alike for two recipients.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FF1 } from "@noble/ciphers/ff1.js";
import fc from "fast-check";
import { z } from "zod";
import { asToken } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { tokenFor, type TokenStyle } from "./tokens.ts";

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
const vectors = z.object({
  tests: z.array(
    z.object({
      name: z.string(),
      radix: z.int(),
      key: z.string(),
      tweak: z.string(),
      plaintext: z.string(),
      ciphertext: z.string(),
    }),
  ),
});
const { tests } = vectors.parse(JSON.parse(readFileSync(join(import.meta.dirname, "../../vectors/ff1.json"), "utf8")));

for (const { name, radix, key, tweak, plaintext, ciphertext } of tests)
  test(`${name} of NIST SP 800-38G, there and back`, () => {
    const cipher = FF1(radix, Buffer.from(key, "hex"), Buffer.from(tweak, "hex"));
    const numerals = (text: string): number[] => [...text].map((sign) => ALPHABET.indexOf(sign));
    assert.deepEqual(cipher.encrypt(numerals(plaintext)), numerals(ciphertext));
    assert.deepEqual(cipher.decrypt(numerals(ciphertext)), numerals(plaintext));
  });

const keys = {
  keyedDigest: (...parts: readonly string[]) => asToken(createHmac("sha256", "test").update(parts.join("\0")).digest()),
};
const [one, other] = [newId(), newId()];
const token = (style: TokenStyle, value: string, receiver = one, field = "policy.number"): string =>
  tokenFor(keys, { receiver, styleOf: () => style }, field, value);

test("a token in the value's format has its length, separators and kinds of sign, and is the value's alone", () => {
  const formatted = fc.oneof(
    fc.stringMatching(/^[0-9]{3}-[0-9]{2}-[0-9]{4}$/),
    fc.stringMatching(/^[0-9A-Z]{17}$/),
    fc.stringMatching(/^[A-Z]{2}[0-9]{6,12}$/),
  );
  const seen = new Map<string, string>();
  fc.assert(
    fc.property(formatted, (value) => {
      const made = token("format-preserving", value);
      assert.equal(made.length, value.length);
      assert.equal(made.replaceAll(/[^-]/g, "x"), value.replaceAll(/[^-]/g, "x"));
      if (/^[0-9-]+$/.test(value)) assert.match(made, /^[0-9-]+$/);
      else assert.match(made, /^[0-9A-Z]+$/);
      assert.equal(token("format-preserving", value), made);
      assert.equal(seen.get(made) ?? value, value);
      seen.set(made, value);
      assert.notEqual(token("format-preserving", value, other), made);
    }),
    { numRuns: 200 },
  );
});

test("domains below a million, and what is of no format, get no token in their format", () => {
  for (const value of ["12345", "ABC", "", "Mara Hölloway", "aB1234567"])
    assert.match(token("format-preserving", value), /^tok_[\w-]{22}$/, value);
  assert.match(token("format-preserving", "123456"), /^\d{6}$/);
  assert.match(token("format-preserving", "AB12"), /^[0-9A-Z]{4}$/);
});

test("deterministic tokens match within one recipient and field, and nowhere else; random ones never", () => {
  const made = token("deterministic", "P-1");
  assert.equal(token("deterministic", "P-1"), made);
  assert.notEqual(token("deterministic", "P-2"), made);
  assert.notEqual(token("deterministic", "P-1", other), made);
  assert.notEqual(token("deterministic", "P-1", one, "claim.number"), made);
  assert.notEqual(token("random", "P-1"), token("random", "P-1"));
});
