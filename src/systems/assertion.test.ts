// Assertions as an attacker would write them: only one that the client's own key signed, for us, now and once, is taken.
import assert from "node:assert/strict";
import { createHmac, createPublicKey, randomUUID } from "node:crypto";
import { test } from "node:test";
import { SignJWT } from "jose";
import { newId } from "../kernel/ids.ts";
import { keyFor, proveAssertion, readClaimed, type ProvenAssertion } from "./assertion.ts";
import { ASSERTION_ALGORITHMS, parseKeys, type RegisteredKey } from "./public-key.ts";
import { makeKey, signAssertion, type AssertionParts, type TestKey } from "./test-assertion.ts";

const ISSUER = "https://uberrima.test";
const ENDPOINT = `${ISSUER}/oauth/token`;
const NOW = new Date("2026-11-29T09:00:00Z");
const SECONDS = NOW.getTime() / 1000;
const clientId = newId();

const registered = (...keys: readonly TestKey[]): RegisteredKey[] =>
  parseKeys({ keys: keys.map(({ publicJwk }) => publicJwk) });

async function prove(text: string, keys: readonly RegisteredKey[]): Promise<ProvenAssertion | null> {
  const claimed = readClaimed(text);
  if (claimed === null) return null;
  return proveAssertion(claimed, keyFor(claimed, keys), { audiences: [ISSUER, ENDPOINT], now: NOW });
}

const sign = (key: TestKey, parts: Partial<AssertionParts> = {}): Promise<string> =>
  signAssertion(key, { clientId, audience: ISSUER, now: NOW, ...parts });

test("an assertion by each of the four algorithms proves its client, to the issuer and to the token endpoint", async () => {
  for (const algorithm of ASSERTION_ALGORITHMS) {
    const key = makeKey(algorithm);
    for (const audience of [ISSUER, ENDPOINT, [ISSUER]]) {
      const proven = await prove(await sign(key, { audience, claims: { jti: "once" } }), registered(key));
      assert.equal(proven?.tokenId, "once");
      assert.deepEqual(proven.endsAt, new Date(NOW.getTime() + 90_000));
    }
  }
});

test("nobody signs with another's key, with a key of another algorithm, or with none", async () => {
  const [key, other] = [makeKey("ES256"), makeKey("ES256")];
  assert.equal(await prove(await sign(other), registered(key)), null);
  assert.equal(await prove(await sign(makeKey("ES384")), registered(key)), null);
  assert.equal(await prove(await sign(key), []), null);
});

test("a header cannot bring its own key, nor a way to one", async () => {
  const [key, forger] = [makeKey("ES256"), makeKey("ES256")];
  const bait = [
    { jwk: forger.publicJwk },
    { jku: "https://forger.test/keys" },
    { x5u: "https://forger.test/cert" },
    { x5c: ["MIIB"] },
    { x5t: "abc" },
  ];
  for (const header of bait) {
    assert.equal(await prove(await sign(forger, { header }), registered(key)), null);
    // Not even beside a good signature: it would be asked for by nobody honest.
    assert.equal(await prove(await sign(key, { header }), registered(key)), null);
  }
});

test("no algorithm can be had by asking for it: none, HMAC over the public key, RSA of another padding", async () => {
  const key = makeKey("PS256");
  const keys = registered(key);
  const claims = { iss: clientId, sub: clientId, aud: ISSUER, jti: randomUUID(), exp: SECONDS + 60 };
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  for (const alg of ["none", "None", "NONE", ""])
    assert.equal(await prove(`${encode({ alg })}.${encode(claims)}.`, keys), null, alg);
  const pem = createPublicKey({ key: { ...keys[0]!.jwk }, format: "jwk" }).export({ type: "spki", format: "pem" });
  const signed = `${encode({ alg: "HS256" })}.${encode(claims)}`;
  const forged = createHmac("sha256", pem).update(signed).digest("base64url");
  assert.equal(await prove(`${signed}.${forged}`, keys), null);
  for (const alg of ["RS256", "PS384", "PS512"]) {
    const text = await new SignJWT(claims).setProtectedHeader({ alg }).sign(key.privateKey);
    assert.equal(await prove(text, keys), null, alg);
  }
});

test("an assertion for another server, or for others as well, is refused", async () => {
  const key = makeKey("EdDSA");
  for (const audience of ["https://elsewhere.test", `${ISSUER}/`, [ISSUER, "https://elsewhere.test"], []])
    assert.equal(await prove(await sign(key, { audience }), registered(key)), null);
  assert.equal(await prove(await sign(key, { claims: { aud: undefined as never } }), registered(key)), null);
});

test("issuer and subject are the client, written as we write it", async () => {
  const key = makeKey("ES256");
  const odd = [
    { iss: newId() },
    { sub: newId() },
    { iss: clientId.toUpperCase(), sub: clientId.toUpperCase() },
    { sub: undefined as never },
    { iss: undefined as never },
    { iss: "desk", sub: "desk" },
  ];
  for (const claims of odd) assert.equal(await prove(await sign(key, { claims }), registered(key)), null);
});

test("time is held narrowly: half a minute of skew, five minutes of life, both ends needed", async () => {
  const key = makeKey("ES384");
  const at = async (claims: object): Promise<boolean> =>
    (await prove(await sign(key, { claims: { iat: undefined, ...claims } as never }), registered(key))) !== null;
  assert.ok(await at({ exp: SECONDS - 29 }));
  assert.ok(!(await at({ exp: SECONDS - 31 })));
  assert.ok(await at({ exp: SECONDS + 330 }));
  assert.ok(!(await at({ exp: SECONDS + 331 })));
  assert.ok(!(await at({ exp: undefined })));
  assert.ok(!(await at({ exp: "soon" })));
  assert.ok(await at({ exp: SECONDS + 60, nbf: SECONDS + 29 }));
  assert.ok(!(await at({ exp: SECONDS + 60, nbf: SECONDS + 31 })));
  assert.ok(await at({ exp: SECONDS + 60, iat: SECONDS + 30 }));
  assert.ok(!(await at({ exp: SECONDS + 60, iat: SECONDS + 31 })));
  assert.ok(!(await at({ exp: SECONDS + 60, iat: SECONDS - 241 })));
  assert.ok(!(await at({ exp: SECONDS + 60, iat: "now" })));
});

test("an assertion names itself, so that it can be taken once", async () => {
  const key = makeKey("ES256");
  for (const jti of [undefined, "", 7, "with space", "x".repeat(256)])
    assert.equal(await prove(await sign(key, { claims: { jti } as never }), registered(key)), null);
});

test("the named key must be the one; unnamed, there must be no choice", async () => {
  const [first, second] = [makeKey("ES256", "first"), makeKey("ES256", "second")];
  const keys = registered(first, second);
  assert.ok(await prove(await sign(first, { header: { kid: "first" } }), keys));
  assert.equal(await prove(await sign(first, { header: { kid: "second" } }), keys), null);
  assert.equal(await prove(await sign(first, { header: { kid: "../first" } }), keys), null);
  assert.equal(await prove(await sign(first), keys), null);
  assert.ok(await prove(await sign(first), registered(first, makeKey("EdDSA"))));
});

test("any change of the token's text is noticed, and other types of token are not taken", async () => {
  const key = makeKey("ES256");
  const good = await sign(key);
  const [header, payload, signature] = good.split(".") as [string, string, string];
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
  const longer = Buffer.from(JSON.stringify({ ...claims, exp: SECONDS + 200 })).toString("base64url");
  for (const text of [`${header}.${longer}.${signature}`, `${good}.`, good.slice(0, -4), "", "a.b.c", `${good} `])
    assert.equal(await prove(text, registered(key)), null);
  assert.ok(await prove(await sign(key, { header: { typ: "client-authentication+jwt" } }), registered(key)));
  for (const extra of [
    { typ: "at+jwt" },
    { typ: "logout+jwt" },
    { crit: ["b64"], b64: false },
    { crit: ["exp"], exp: 1 },
  ]) {
    const text = await sign(key, { header: extra }).catch(() => null);
    if (text !== null) assert.equal(await prove(text, registered(key)), null);
  }
  assert.equal(readClaimed(`${"a".repeat(5000)}.b.c`), null);
});
