// What may be registered as a client's key, and what is refused.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { calculateJwkThumbprint } from "jose";
import { ASSERTION_ALGORITHMS, parseKeys, thumbprintOf, type PublicJwk } from "./public-key.ts";
import { makeKey } from "./test-assertion.ts";

const refused = (document: unknown): void => assert.throws(() => parseKeys(document), { code: "bad-keys" });

test("a key's algorithm follows from what key it is, and its id from its content where it names none", async () => {
  for (const algorithm of ASSERTION_ALGORITHMS) {
    const { publicJwk } = makeKey(algorithm);
    const [registered] = parseKeys({ keys: [publicJwk] });
    assert.equal(registered?.algorithm, algorithm);
    assert.equal(registered.keyId, await calculateJwkThumbprint(publicJwk));
    assert.equal(thumbprintOf(publicJwk as PublicJwk), registered.keyId);
  }
  assert.equal(parseKeys(makeKey("ES256", "first").publicJwk)[0]?.keyId, "first");
});

test("a key that names another algorithm than its own, or another use, is refused", () => {
  const { publicJwk } = makeKey("PS256");
  for (const odd of [{ alg: "RS256" }, { alg: "HS256" }, { alg: "none" }, { use: "enc" }, { key_ops: ["sign"] }])
    refused({ ...publicJwk, ...odd });
  assert.equal(parseKeys({ ...publicJwk, alg: "PS256", use: "sig", key_ops: ["verify"] }).length, 1);
});

test("a private or a shared key is refused, so that nobody leaves theirs with us", () => {
  for (const algorithm of ASSERTION_ALGORITHMS) refused(makeKey(algorithm).privateKey.export({ format: "jwk" }));
  refused({ kty: "oct", k: "c2VjcmV0LXNlY3JldC1zZWNyZXQ" });
});

test("weak and broken keys are refused", () => {
  const weak = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ format: "jwk" });
  refused(weak);
  const odd = generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 3 }).publicKey.export({
    format: "jwk",
  });
  refused(odd);
  refused(generateKeyPairSync("ec", { namedCurve: "secp256k1" }).publicKey.export({ format: "jwk" }));
  const point = makeKey("ES256").publicJwk as { x: string };
  refused({ ...point, x: Buffer.alloc(32, 7).toString("base64url") });
});

test("a document without keys, with too many, or with two of one id is refused", () => {
  const one = makeKey("ES256", "same").publicJwk;
  for (const document of [{}, null, { keys: [] }, { keys: [one, { ...makeKey("ES256", "same").publicJwk }] }])
    refused(document);
  refused({ keys: Array.from({ length: 11 }, (_, at) => ({ ...one, kid: String(at) })) });
});
