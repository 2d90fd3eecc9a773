// The bytes of records and checks: round trips, strictness, and what their lengths tell.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { asSealed } from "../kernel/bytes.ts";
import { encodeChecks, parseChecks } from "./checks.ts";
import { VaultError } from "./errors.ts";
import { fieldValueText, padded, paddedLength, parseFieldValue } from "./field-value.ts";
import { encodePack, parsePack } from "./pack.ts";
import { anyText } from "../../test/support/test-text.ts";

const bytes = (min: number, max: number) => fc.uint8Array({ minLength: min, maxLength: max });
const field = fc.record({
  name: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
  revision: fc.integer({ min: 1, max: 2 ** 31 }),
  value: bytes(1, 200).map(asSealed),
  mask: fc.option(bytes(1, 60).map(asSealed)),
});
const fields = fc.uniqueArray(field, { maxLength: 40, selector: (one) => one.name });

function plain(list: ReturnType<typeof parsePack>) {
  return list.map(({ name, revision, value, mask }) => [name, revision, [...value], mask === null ? null : [...mask]]);
}

test("a pack gives back what was put in, in the order of names", () => {
  fc.assert(
    fc.property(fields, (list) => {
      const expected = list.toSorted((left, right) => (left.name < right.name ? -1 : 1));
      assert.deepEqual(plain(parsePack(encodePack(list))), plain(expected));
    }),
  );
});

test("a pack gives only the fields that are wanted", () => {
  fc.assert(
    fc.property(fields, fc.integer({ min: 0, max: 5 }), (list, count) => {
      const wanted = new Set(list.slice(0, count).map((one) => one.name));
      assert.deepEqual(new Set(parsePack(encodePack(list), wanted).map((one) => one.name)), wanted);
    }),
  );
});

test("a pack cut short, made longer or with a field twice is refused as malformed", () => {
  const refused = (pack: Uint8Array) =>
    assert.throws(
      () => parsePack(pack),
      (error) => error instanceof VaultError && error.code === "malformed",
    );
  fc.assert(
    fc.property(fields, fc.nat(), bytes(1, 9), (list, cut, more) => {
      const pack = encodePack(list);
      refused(pack.subarray(0, cut % pack.length));
      refused(Buffer.concat([pack, more]));
    }),
  );
  const twice = { name: "phone", revision: 1, value: asSealed(Buffer.from("v")), mask: null };
  refused(encodePack([twice, twice]));
  refused(Buffer.from([2, 0, 0]));
});

test("checks give back what was put in, and nothing from bytes cut short", () => {
  const checks = fc.record({
    indexes: fc.array(
      fc.record({ name: fc.stringMatching(/^[a-z-]{1,20}$/), inners: fc.array(bytes(32, 32), { maxLength: 4 }) }),
      {
        maxLength: 5,
      },
    ),
    digests: fc.array(bytes(12, 12), { maxLength: 30 }),
  });
  fc.assert(
    fc.property(checks, fc.nat(), (given, cut) => {
      const encoded = encodeChecks(given);
      const found = parseChecks(encoded);
      assert.deepEqual(
        found.indexes.map((index) => [index.name, index.inners.map((inner) => [...inner])]),
        given.indexes.map((index) => [index.name, index.inners.map((inner) => [...inner])]),
      );
      assert.deepEqual(
        found.digests.map((one) => [...one]),
        given.digests.map((one) => [...one]),
      );
      assert.throws(() => parseChecks(encoded.subarray(0, cut % encoded.length)), VaultError);
    }),
  );
});

test("a value comes back in both its forms, whatever characters it holds", () => {
  const text = anyText({ maxLength: 300 }).filter((one) => one.isWellFormed());
  fc.assert(
    fc.property(text, text, (normalised, given) => {
      assert.deepEqual(parseFieldValue(padded(fieldValueText({ normalised, given }))), { normalised, given });
    }),
  );
});

test("short values of different length are sealed at the same length, and long ones cost at most an eighth more", () => {
  const length = (value: string) => padded(fieldValueText({ normalised: value, given: value })).length;
  assert.equal(length("single"), length("separated"));
  assert.equal(length("male"), length("unspecified"));
  fc.assert(
    fc.property(fc.integer({ min: 257, max: 70_000 }), (size) => {
      const out = paddedLength(size);
      assert.ok(out >= size && out <= size * 1.125);
    }),
  );
});
