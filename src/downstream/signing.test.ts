// Signatures after Standard Webhooks: the published vector, and both secrets while one is replaced.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { newSecret, signedHeaders } from "./signing.ts";

/** standard-webhooks/standard-webhooks, libraries' test "sign function works"; the same in every language. */
const VECTOR = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  sentAt: new Date(1_614_265_330_000),
  body: '{"test": 2432232314}',
  signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};

test("the published vector is signed as published", () => {
  assert.deepEqual(signedHeaders([VECTOR.secret], VECTOR), {
    "webhook-id": VECTOR.id,
    "webhook-timestamp": "1614265330",
    "webhook-signature": VECTOR.signature,
  });
});

test("the library signs what the specification says, also beyond ASCII: HMAC-SHA-256 over id, time and body", () => {
  const [first, second] = [newSecret(), newSecret()];
  const message = { id: "0198", sentAt: new Date(1_700_000_000_999), body: '{"name":"Zoë ✓"}' };
  const expected = [first, second].map((secret) => {
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    assert.equal(key.length, 32);
    return `v1,${createHmac("sha256", key).update(`0198.1700000000.${message.body}`).digest("base64")}`;
  });
  assert.equal(signedHeaders([first, second], message)["webhook-signature"], expected.join(" "));
});
