// Stored bytes of records on hostile input: a damaged pack, its checks or a value is refused as malformed, or is another whole one.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  damagedBytes,
  damagedText,
  nastyBytes,
  nastyText,
  REFUSED,
  runs,
  tried,
} from "../../test/support/test-hostile.ts";
import { asSealed } from "../kernel/bytes.ts";
import { encodeChecks, parseChecks } from "./checks.ts";
import { VaultError } from "./errors.ts";
import { fieldValueText, padded, parseFieldValue } from "./field-value.ts";
import { encodePack, parsePack } from "./pack.ts";

const refusing = { error: VaultError };
const bytes = (size: number, seed: number): Buffer => Buffer.alloc(size, seed);

test("a damaged pack is refused, or is one that would be written just so", () => {
  const pack = encodePack([
    { name: "first-name", revision: 1, value: asSealed(bytes(60, 1)), mask: asSealed(bytes(40, 2)) },
    { name: "last-name", revision: 7, value: asSealed(bytes(61, 3)), mask: null },
    { name: "ssn", revision: 2 ** 31, value: asSealed(bytes(0, 0)), mask: asSealed(bytes(1, 4)) },
  ]);
  fc.assert(
    fc.property(fc.oneof(damagedBytes(fc.constant(pack)), nastyBytes), (damaged) => {
      const fields = tried(() => parsePack(damaged), refusing);
      if (fields !== REFUSED) assert.deepEqual(Buffer.from(encodePack(fields)), damaged);
    }),
    runs(1000),
  );
});

test("damaged checks are refused, or are such as would be written just so", () => {
  const written = encodeChecks({
    indexes: [
      { name: "ssn", inners: [bytes(32, 1)] },
      { name: "person-name", inners: [bytes(32, 2), bytes(32, 3)] },
    ],
    digests: [bytes(12, 4), bytes(12, 5)],
  });
  fc.assert(
    fc.property(fc.oneof(damagedBytes(fc.constant(written)), nastyBytes), (damaged) => {
      const checks = tried(() => parseChecks(damaged), refusing);
      if (checks !== REFUSED) assert.deepEqual(encodeChecks(checks), damaged);
    }),
    runs(1000),
  );
});

test("the plaintext of a field is a value in both forms, or malformed without a word of it", () => {
  const texts = fc.constantFrom(
    fieldValueText({ normalised: "Lee", given: " lee" }),
    fieldValueText({ normalised: "é\n🙂", given: "é\n🙂" }),
  );
  const plain = fc.oneof(
    damagedText(texts).map((text) => padded(text)),
    nastyBytes,
    nastyText.map((text) => Buffer.from(JSON.stringify({ n: text }))),
  );
  fc.assert(
    fc.property(plain, (bytesOfField) => {
      const value = tried(() => parseFieldValue(bytesOfField), refusing);
      if (value !== REFUSED) assert.deepEqual(parseFieldValue(padded(fieldValueText(value))), value);
    }),
    runs(1000),
  );
});
