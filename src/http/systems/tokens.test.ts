// Tokens for keys and certificates over real TLS: given to whoever proves themselves, and good for nobody else.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { parseKeys } from "../../systems/systems.ts";
import { makeKey, type TestKey } from "../../systems/test-assertion.ts";
import { makeTestCertificate } from "../test-certificate.ts";
import { assertionForm, startTlsServer, type Answered, type TlsServer } from "./test-systems.ts";

let tls: TlsServer;
let beside: TlsServer;
before(async () => {
  tls = await startTlsServer();
  beside = await startTlsServer({ beside: tls.server });
});
after(async () => {
  await beside.server.stop();
  await tls.server.stop();
});

const DRAFT = {
  name: "desk",
  role: "claims-adjuster",
  purposes: ["claim-handling"],
  entities: ["acme"],
  lines: ["life"],
};

async function makeClient(proofs: object, more: object = {}): Promise<string> {
  const made = await tls.send("/v1/clients", { token: tls.server.admin.token, json: { ...DRAFT, ...more, proofs } });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(made.body["token"], null);
  return (made.body["client"] as { clientId: string }).clientId;
}
const keyed = (...keys: readonly TestKey[]): object => ({ jwks: { keys: keys.map(({ publicJwk }) => publicJwk) } });
const tokenOf = ({ status, body }: Answered): string => {
  assert.equal(status, 200, JSON.stringify(body));
  return String(body["access_token"]);
};
const asks = async (token: string, at: TlsServer = tls, sent = {}): Promise<number> =>
  (await at.send("/v1/assignments?clientId=01980000-0000-7000-8000-000000000000", { token, ...sent })).status;
/** Authenticated, and then refused for want of a right. */
const IN = 403;
const OUT = 401;

test("a client with a key gets a token by signing, and asks with it until it ends", async () => {
  const key = makeKey("ES256");
  const clientId = await makeClient(keyed(key));
  const answer = await tls.tokenFor(key, clientId);
  const token = tokenOf(answer);
  assert.match(token, /^uba_/);
  assert.equal(answer.body["token_type"], "Bearer");
  assert.equal(answer.body["expires_in"], 300);
  assert.equal(answer.body["scope"], "claim-handling");
  assert.equal(answer.headers["cache-control"], "no-store");
  assert.equal(await asks(token), IN);
  assert.equal(await asks(token, beside), IN);
});

test("the metadata says where and how", async () => {
  const { body } = await tls.send("/.well-known/oauth-authorization-server");
  assert.equal(body["issuer"], tls.server.url);
  assert.equal(body["token_endpoint"], `${tls.server.url}/oauth/token`);
  assert.deepEqual(body["token_endpoint_auth_methods_supported"], [
    "private_key_jwt",
    "self_signed_tls_client_auth",
    "tls_client_auth",
  ]);
  assert.equal(body["tls_client_certificate_bound_access_tokens"], true);
});

test("an assertion counts once, in all processes", async () => {
  const key = makeKey("EdDSA");
  const clientId = await makeClient(keyed(key));
  const shared = await startTlsServer({ beside: tls.server, settings: { UBERRIMA_PUBLIC_URL: tls.server.url } });
  try {
    const form = assertionForm(await tls.sign(key, { clientId }));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? tls : shared).send("/oauth/token", { form })),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    for (const { status, body } of answers.filter((each) => each.status !== 200)) {
      assert.equal(status, 401);
      assert.equal(body["error"], "invalid_client");
    }
  } finally {
    await shared.server.stop();
  }
});

test("no failure tells another: unknown client, wrong key, wrong server, expired, replaced algorithm, suspended", async () => {
  const [key, stranger] = [makeKey("ES256"), makeKey("ES256")];
  const clientId = await makeClient(keyed(key));
  const suspended = await makeClient(keyed(key));
  const admin = { token: tls.server.admin.token };
  await tls.send(`/v1/clients/${suspended}`, { ...admin, method: "PATCH", json: { status: "suspended" } });
  const now = Math.floor(Date.now() / 1000);
  const failures = await Promise.all([
    tls.tokenFor(stranger, clientId),
    tls.tokenFor(key, "01980000-0000-7000-8000-000000000000"),
    tls.tokenFor(key, suspended),
    tls.send("/oauth/token", {
      form: assertionForm(await tls.sign(key, { clientId, audience: "https://elsewhere.test" })),
    }),
    tls.send("/oauth/token", { form: assertionForm(await tls.sign(key, { clientId, claims: { exp: now - 60 } })) }),
    tls.send("/oauth/token", { form: assertionForm(await tls.sign(key, { clientId, claims: { iss: suspended } })) }),
    tls.send("/oauth/token", { form: assertionForm("a.b.c") }),
    tls.send("/oauth/token", { form: { grant_type: "client_credentials", client_id: clientId } }),
  ]);
  for (const { status, body } of failures) {
    assert.equal(status, 401);
    assert.deepEqual(body, failures[0]?.body);
  }
});

test("a request that is not of the form is refused in the form of RFC 6749, and repeats nothing", async () => {
  const key = makeKey("ES256");
  const clientId = await makeClient(keyed(key));
  const good = assertionForm(await tls.sign(key, { clientId }));
  const asked: [string, object][] = [
    ["invalid_request", { form: { ...good, grant_type: "" } }],
    ["unsupported_grant_type", { form: { ...good, grant_type: "password" } }],
    ["invalid_request", { form: `${new URLSearchParams(good)}&grant_type=client_credentials` }],
    ["invalid_request", { json: good }],
    ["invalid_request", { form: { ...good, client_secret: "hush" } }],
    ["invalid_request", { form: good, headers: { authorization: "Basic aGVsbG86aHVzaA==" } }],
    ["invalid_request", { form: { ...good, client_assertion_type: "MARKER" } }],
    ["invalid_client", { form: { ...good, client_id: "01980000-0000-7000-8000-000000000000" } }],
    ["invalid_request", { form: "a".repeat(20_000) }],
  ];
  for (const [code, sent] of asked) {
    const { status, body } = await tls.send("/oauth/token", sent);
    assert.ok(status >= 400 && status < 500, String(status));
    assert.equal(body["error"], code);
    assert.ok(!JSON.stringify(body).includes("MARKER"));
  }
  const scoped = await tls.tokenFor(key, clientId, { scope: "billing" });
  assert.equal(scoped.body["error"], "invalid_scope");
});

test("a certificate that was registered gets a token that is bound to it", async () => {
  const own = makeTestCertificate(new Date(), { commonName: "desk" });
  const other = makeTestCertificate(new Date(), { commonName: "desk" });
  const clientId = await makeClient({ certificate: own.certPem });
  const form = { grant_type: "client_credentials", client_id: clientId };
  const token = tokenOf(await tls.send("/oauth/token", { form, certificate: own }));
  assert.equal(await asks(token, tls, { certificate: own }), IN);
  assert.equal(await asks(token, beside, { certificate: own }), IN);
  // Stolen: over no certificate, over another, and with headers that claim one.
  assert.equal(await asks(token), OUT);
  assert.equal(await asks(token, tls, { certificate: other }), OUT);
  const claims = {
    "x-client-cert": encodeURIComponent(own.certPem),
    "x-ssl-client-verify": "SUCCESS",
    "client-cert": "x",
  };
  assert.equal(await asks(token, tls, { headers: claims }), OUT);
  for (const sent of [{ form }, { form, certificate: other }, { form, headers: claims }])
    assert.equal((await tls.send("/oauth/token", sent)).body["error"], "invalid_client");
});

test("a name counts in a certificate of the client authority, and in none that names itself", async () => {
  const issued = makeTestCertificate(new Date(), { commonName: "desk", uri: "spiffe://acme/desk", by: tls.authority });
  const selfMade = makeTestCertificate(new Date(), { commonName: "desk", uri: "spiffe://acme/desk" });
  const impostor = makeTestCertificate(new Date(), { commonName: "authority" });
  const forged = makeTestCertificate(new Date(), { uri: "spiffe://acme/desk", by: impostor });
  const expired = makeTestCertificate(new Date(), { uri: "spiffe://acme/desk", by: tls.authority, days: -1 });
  const clientId = await makeClient({ certificateName: { type: "san-uri", value: "spiffe://acme/desk" } });
  const form = { grant_type: "client_credentials", client_id: clientId };
  const token = tokenOf(await tls.send("/oauth/token", { form, certificate: issued }));
  assert.equal(await asks(token, tls, { certificate: issued }), IN);
  for (const certificate of [selfMade, forged, expired])
    assert.equal((await tls.send("/oauth/token", { form, certificate })).body["error"], "invalid_client");
});

test("a token asked for by signing over a connection with a certificate is bound as well", async () => {
  const key = makeKey("ES384");
  const certificate = makeTestCertificate(new Date());
  const clientId = await makeClient(keyed(key));
  const token = tokenOf(await tls.tokenFor(key, clientId, {}, { certificate }));
  assert.equal(await asks(token, tls, { certificate }), IN);
  assert.equal(await asks(token), OUT);
});

test("a live token ends with its client, its key, or by itself, on the next request in every process", async () => {
  const [first, second] = [makeKey("ES256", "first"), makeKey("ES256", "second")];
  const clientId = await makeClient(keyed(first, second));
  const admin = { token: tls.server.admin.token };
  const sign = async (key: TestKey, kid: string): Promise<string> =>
    tokenOf(
      await tls.send("/oauth/token", { form: assertionForm(await tls.sign(key, { clientId, header: { kid } })) }),
    );
  const [byFirst, revoked, bySecond] = [
    await sign(first, "first"),
    await sign(second, "second"),
    await sign(second, "second"),
  ];
  for (const at of [tls, beside])
    for (const token of [byFirst, revoked, bySecond]) assert.equal(await asks(token, at), IN);

  const { body } = await tls.send(`/v1/clients/${clientId}/keys`, admin);
  const held = (body["items"] as { keyId: string; kid: string }[]).find(({ kid }) => kid === "first");
  await tls.send(`/v1/clients/${clientId}/keys/${held?.keyId}`, { ...admin, method: "DELETE" });
  for (const at of [tls, beside]) assert.equal(await asks(byFirst, at), OUT);

  const proof = assertionForm(await tls.sign(second, { clientId, header: { kid: "second" } }));
  assert.equal((await tls.send("/oauth/revoke", { form: { ...proof, token: revoked } })).status, 200);
  for (const at of [tls, beside]) assert.equal(await asks(revoked, at), OUT);
  for (const at of [tls, beside]) assert.equal(await asks(bySecond, at), IN);

  await tls.send(`/v1/clients/${clientId}`, { ...admin, method: "PATCH", json: { status: "suspended" } });
  for (const at of [tls, beside]) assert.equal(await asks(bySecond, at), OUT);
});

test("nobody ends another's token", async () => {
  const [key, other] = [makeKey("ES256"), makeKey("ES256")];
  const [clientId, thief] = [await makeClient(keyed(key)), await makeClient(keyed(other))];
  const token = tokenOf(await tls.tokenFor(key, clientId));
  const proof = assertionForm(await tls.sign(other, { clientId: thief }));
  assert.equal((await tls.send("/oauth/revoke", { form: { ...proof, token } })).status, 200);
  assert.equal(await asks(token), IN);
});

test("each token given out, and each refusal, stands in the ledger", async () => {
  const key = makeKey("ES256");
  const clientId = await makeClient(keyed(key));
  tokenOf(await tls.tokenFor(key, clientId));
  await tls.tokenFor(makeKey("ES256"), clientId);
  const { items } = await tls.server.app.domains.ledger.list(
    { kinds: ["session"], actorId: clientId as never },
    { limit: 10 },
    "cleared",
  );
  assert.deepEqual(items.map(({ outcome }) => outcome).toSorted(), ["denied", "done"]);
});

test("a private key, or one of another kind, is not registered", async () => {
  const admin = tls.server.admin.token;
  const jwk = makeKey("ES256").privateKey.export({ format: "jwk" });
  const made = await tls.send("/v1/clients", { token: admin, json: { ...DRAFT, proofs: { jwks: { keys: [jwk] } } } });
  assert.equal(made.status, 422);
  assert.equal(made.body["code"], "bad-keys");
  assert.ok(!JSON.stringify(made.body).includes(String(jwk.d)));
  assert.equal(parseKeys(makeKey("ES256").publicJwk).length, 1);
});
