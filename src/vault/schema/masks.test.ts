// Masked forms give the value away to nobody.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { HIDDEN, isConstantMask, isShownWhole, maskFits, MASKS, maskValue } from "./masks.ts";
import { normaliseField } from "./normalise.ts";
import { loadRegistry } from "./registry.ts";
import type { FieldType } from "./schema.ts";
import type { MaskName, ValueType } from "./vocabulary.ts";

const registry = loadRegistry(fileURLToPath(new URL("../../../governance/schema", import.meta.url)));

function field(type: ValueType, mask: MaskName): FieldType {
  const found = registry.allFields().find((one) => one.type === type);
  assert.ok(found);
  return { ...found, mask };
}

function masked(type: ValueType, mask: MaskName, given: string): string {
  const one = field(type, mask);
  const normalised = normaliseField(one, given, { country: "US", currency: "USD" });
  assert.ok(normalised.ok, type);
  return maskValue(one, normalised.value);
}

test("masks show what the officer was told and no more", () => {
  assert.equal(masked("ssn", "last4", "648-28-2059"), "••••2059");
  assert.equal(masked("name", "first-initial", "Gonzalez"), "G••••");
  assert.equal(masked("date", "year-only", "1964-05-02"), "1964");
  assert.equal(masked("email", "email-domain", "nmorales@hotmail.com"), "n••••@hotmail.com");
  assert.equal(masked("phone", "phone-last4", "850-535-8715"), "••••8715");
  assert.equal(masked("phone", "phone-last2", "850-535-8715 ext. 42"), "••••15");
  assert.equal(masked("postcode", "postcode-area", "72000-0000"), "720••••");
  assert.equal(masked("us-state", "region", "North Dakota"), "ND");
  assert.equal(masked("money", "band", "96000"), "USD 50,000 to 100,000");
  assert.equal(masked("money", "band", "-150.20"), "USD -200 to -100");
  assert.equal(masked("money", "band", "0.00"), "USD 0 to 10");
  assert.equal(masked("money", "band", "9.99"), "USD 0 to 10");
  assert.equal(masked("integer", "band", "58"), "50 to 100");
});

test("a short value is never shown whole", () => {
  assert.equal(masked("account-number", "last4", "1234"), "••••34");
  assert.equal(masked("account-number", "last4", "1"), "••••");
  assert.equal(masked("plate", "last2", "AB"), "••••B");
  assert.equal(masked("name", "first-initial", "D"), "••••");
  assert.equal(masked("email", "email-domain", "ab@gmail.com"), "••••@gmail.com");
  assert.equal(masked("phone", "phone-last4", "12345"), "••••");
});

test("the domain of a family or a firm is not shown, since it names its owner", () => {
  assert.equal(masked("email", "email-domain", "jane@doe-family.example"), "j••••@••••");
});

test("a region that is no code is not shown", () => {
  assert.equal(maskValue(field("region", "region"), "Upper Bavaria, Miesbach"), "••••");
});

test("a masked form is the whole of a value only where there is no more to it", () => {
  assert.equal(isShownWhole(field("us-state", "region"), "ND"), true);
  assert.equal(isShownWhole(field("region", "region"), HIDDEN), false);
  assert.equal(isShownWhole(field("code", "status-only"), "open"), true);
  assert.equal(isShownWhole(field("year", "year-only"), "1964"), true);
  assert.equal(isShownWhole(field("date", "year-only"), "1964"), false);
  assert.equal(isShownWhole(field("ssn", "last4"), "••••2059"), false);
});

const SHOWN_MAX: Partial<Record<MaskName, number>> = {
  "first-initial": 1,
  last2: 2,
  last4: 4,
  "phone-last2": 2,
  "phone-last4": 4,
  "postcode-area": 3,
};

test("a mask shows at most its number of characters and at most half of the value", () => {
  const characters = (text: string): number => (text.match(/[\p{L}\p{N}]/gu) ?? []).length;
  for (const [mask, max] of Object.entries(SHOWN_MAX)) {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "grapheme" }), fc.stringMatching(/^[A-Z0-9]{0,20}$/)), (value) => {
        const shown = MASKS[mask as MaskName].apply(value);
        assert.ok(characters(shown) <= max);
        assert.ok(characters(shown) * 2 <= characters(value));
      }),
    );
  }
});

test("a masked form does not tell how long the value is", () => {
  for (const mask of Object.keys(SHOWN_MAX) as MaskName[]) {
    assert.equal(MASKS[mask].apply("7".repeat(10)).length, MASKS[mask].apply("7".repeat(30)).length);
  }
});

test("a band holds at least ten whole numbers and the value itself", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (number) => {
      const bounds = MASKS.band
        .apply(`USD ${number}.00`)
        .replace("USD ", "")
        .replaceAll(",", "")
        .split(" to ")
        .map(BigInt);
      const [from = 0n, to = 0n] = bounds;
      assert.ok(from <= number && number <= to && to - from >= 10n);
    }),
  );
});

test("the hidden mask is the same for every value, so it needs no sealing", () => {
  fc.assert(fc.property(fc.string(), (value) => assert.equal(MASKS.hidden.apply(value), HIDDEN)));
  assert.equal(isConstantMask("hidden"), true);
  assert.equal(isConstantMask("last4"), false);
});

test("narratives fit no mask but hidden", () => {
  const fitting = (Object.keys(MASKS) as MaskName[]).filter((mask) => maskFits(mask, "narrative"));
  assert.deepEqual(fitting, ["hidden"]);
});
