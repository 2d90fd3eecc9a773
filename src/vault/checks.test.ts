// What was sealed before there were origins is read as it was, and what no format has is refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeChecks, parseChecks } from "./checks.ts";
import { originText, parseOrigin } from "./schema/origins.ts";

const HELD = { indexes: [{ name: "email", inners: [Buffer.alloc(32, 7)] }], digests: [Buffer.alloc(12, 9)] };
const ORIGIN = { source: "employer", ground: "contract", reference: null, institution: "Bäckerei Ω & Söhne" };

test("an origin comes back as it was said, in any script, beside the time of the source", () => {
  const checks = { ...HELD, asOf: "2026-01-02", origin: originText(ORIGIN) };
  const parsed = parseChecks(encodeChecks(checks));
  assert.deepEqual(parseOrigin(parsed.origin ?? ""), ORIGIN);
  assert.equal(parsed.asOf, "2026-01-02");
  assert.equal(parseChecks(encodeChecks(HELD)).origin, undefined);
});

test("checks of the format before are read, without an origin", () => {
  for (const asOf of [undefined, "2025-12-31T10:00:00"]) {
    const now = encodeChecks({ ...HELD, ...(asOf === undefined ? {} : { asOf }) });
    const before = Buffer.from(now.subarray(0, -2));
    before.writeUInt8(2, 0);
    const { indexes, digests, ...rest } = parseChecks(before);
    assert.deepEqual([indexes.length, digests.length, rest], [1, 1, asOf === undefined ? {} : { asOf }]);
  }
});

test("a byte too many or too few is refused", () => {
  const whole = encodeChecks({ ...HELD, origin: originText(ORIGIN) });
  for (const bytes of [whole.subarray(0, -1), Buffer.concat([whole, Buffer.from([0])])])
    assert.throws(() => parseChecks(bytes), { code: "malformed" });
});
