// The age format as published: X25519 and the post-quantum hybrid open what the vectors say, and nothing that was changed (C2SP CCTV).
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Decrypter } from "age-encryption";
import { z } from "zod";

const vectors = z.object({
  tests: z.array(
    z.object({
      name: z.string(),
      expect: z.string(),
      identity: z.string().nullable(),
      payloadSha256: z.string().nullable(),
      file: z.base64(),
    }),
  ),
});
const file = readFileSync(join(import.meta.dirname, "../../vectors/age.json"), "utf8");
const { tests } = vectors.parse(JSON.parse(file));

test("the vectors are of both kinds of key, good and bad", () => {
  const good = tests.filter(({ expect }) => expect === "success").map(({ name }) => name);
  assert.deepEqual(good, ["x25519", "hybrid"]);
  assert.ok(tests.length >= 8);
});

for (const { name, expect, identity, payloadSha256, file: text } of tests) {
  test(`${name}: ${expect}`, async () => {
    const decrypter = new Decrypter();
    if (identity !== null) decrypter.addIdentity(identity);
    const opening = decrypter.decrypt(Buffer.from(text, "base64"));
    if (expect !== "success") return assert.rejects(opening);
    assert.equal(
      createHash("sha256")
        .update(await opening)
        .digest("hex"),
      payloadSha256,
    );
  });
}
