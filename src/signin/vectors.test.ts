// Codes by the vectors of RFC 6238, and passwords: hashed in turns, judged by what others would guess. (RFC 9106: src/keys/local-keyring.test.ts.)
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { z } from "zod";
import { createHasher } from "./argon2.ts";
import { createPasswordRules } from "./password-rules.ts";
import { stepOfCode } from "./totp.ts";

const VECTORS = join(import.meta.dirname, "../../vectors");
const read = (name: string): unknown => JSON.parse(readFileSync(join(VECTORS, name), "utf8"));

const totpVectors = z.object({
  secretBase32: z.string(),
  codes: z.array(z.object({ unixSeconds: z.int(), code8: z.string() })),
});

test("codes are those of RFC 6238, good one step to either side and no further", () => {
  const { secretBase32, codes } = totpVectors.parse(read("rfc6238-totp.json"));
  for (const { unixSeconds, code8 } of codes) {
    const code = code8.slice(-6);
    const step = Math.floor(unixSeconds / 30);
    const at = (seconds: number, lastStep = 0) =>
      stepOfCode(secretBase32, code, lastStep, new Date((unixSeconds + seconds) * 1000));
    for (const seconds of [-30, 0, 30]) assert.equal(at(seconds), step, `${unixSeconds} and ${seconds}`);
    for (const seconds of [-60, 60, 90].filter((each) => unixSeconds + each >= 0))
      assert.equal(at(seconds), null, `${unixSeconds} and ${seconds}`);
    assert.equal(at(0, step), null, "used already");
  }
});

const WEAK = { memoryKib: 64, passes: 1, lanes: 1, concurrentMax: 1, waitingMax: 2 };

test("a password matches its own hash alone, however its characters are composed, and older parameters are known as such", async () => {
  const hasher = createHasher(WEAK);
  const stored = await hasher.make("pass\u00e9 compos\u00e9");
  assert.equal(await hasher.matches("passe\u0301 compose\u0301", stored), true);
  assert.equal(await hasher.matches("passe compose", stored), false);
  assert.equal(await hasher.matchesNobody("pass\u00e9 compos\u00e9"), false);
  assert.notEqual((await hasher.make("pass\u00e9 compos\u00e9")).hash, stored.hash, "another salt");
  assert.deepEqual([hasher.isOutdated(stored), createHasher({ ...WEAK, passes: 2 }).isOutdated(stored)], [false, true]);
});

test("hashes wait for their turn, and too many are refused instead of exhausting memory", async () => {
  const hasher = createHasher(WEAK);
  const asked = await Promise.allSettled(Array.from({ length: 6 }, () => hasher.make("whatever it is")));
  assert.equal(asked.filter(({ status }) => status === "fulfilled").length, 3);
  const refused = asked.flatMap((each) => (each.status === "rejected" ? [(each.reason as { code: string }).code] : []));
  assert.deepEqual(refused, ["busy", "busy", "busy"]);
  await hasher.make("and afterwards there is room again");
});

test("passwords that are common, breached, short or made of the person's own words are not good enough", async () => {
  const judge = createPasswordRules({ lengthMin: 12, lengthMax: 128, scoreMin: 3 });
  const known = { name: "Ada Nightingale", email: "ada@insurer.example", company: "insurer" };
  for (const [password, fault] of [
    ["Tr0ub4dor&3", "too-short"],
    ["password2026!", "common"],
    ["Letmein!!!!!!", "common"],
    ["abcdefghijklmn", "guessable"],
    ["ada nightingale", "guessable"],
    ["x".repeat(129), "too-long"],
    ["glacier-tangent-ferment-41", null],
  ] as const)
    assert.equal(await judge(password, known), fault, password);
});
