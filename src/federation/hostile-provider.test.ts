// A provider, or whoever stands in its place, that sends ID tokens it should not: none of them is anybody's sign-in.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { SignJWT, exportJWK, importJWK, type JWTPayload, UnsecuredJWT } from "jose";
import type { Federated } from "./federation.ts";
import { draft, openTestFederation, type TestFederation } from "./test-federation.ts";
import { CLIENT } from "./test-provider.ts";

const OURS = generateKeyPairSync("rsa", { modulusLength: 2048 });
const THEIRS = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** What the token endpoint answers, made of the claims that would be right. */
let forge: (right: JWTPayload) => Promise<string> | string;
let nonce = "";
let bench: TestFederation;
let federated: Federated;
let issuer: URL;

const server = createServer((request, response) => {
  void (async () => {
    const answer = async (): Promise<unknown> => {
      const path = request.url ?? "";
      if (path.startsWith("/.well-known")) return metadata();
      if (path === "/jwks")
        return { keys: [{ ...(await exportJWK(OURS.publicKey)), kid: "k", alg: "RS256", use: "sig" }] };
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        sub: "s",
        iss: issuer.origin,
        aud: CLIENT.clientId,
        iat: now,
        exp: now + 60,
        nonce,
        preferred_username: "ada@insurer.example",
      };
      return { access_token: "a", token_type: "Bearer", id_token: await forge(claims) };
    };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(await answer()));
  })();
});

function metadata() {
  const at = issuer.origin;
  return {
    issuer: at,
    authorization_endpoint: `${at}/authorize`,
    token_endpoint: `${at}/token`,
    jwks_uri: `${at}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
  };
}

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  bench = await openTestFederation();
  await bench.federated.people.create(draft(), bench.admin);
  federated = bench.openWith({ issuer });
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await bench.close();
});

async function come(): Promise<unknown> {
  const { url, carried } = await federated.singleSignOn.depart({ returnTo: "/", stepUp: null });
  const asked = new URL(url).searchParams;
  nonce = asked.get("nonce") ?? "";
  const back = new URL(
    `${asked.get("redirect_uri")}?code=c&state=${asked.get("state")}&iss=${encodeURIComponent(issuer.origin)}`,
  );
  return federated.singleSignOn.arrive(back, carried, { device: "", address: "" });
}
const signed = (claims: JWTPayload, key = OURS.privateKey, header = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "k", ...header }).sign(key);

test("the token that is right is taken, so that the others are refused for what they are", async () => {
  forge = (right) => signed(right);
  await come();
});

const FORGERIES: readonly (readonly [what: string, make: (right: JWTPayload) => Promise<string> | string])[] = [
  ["without a signature (alg none)", (right) => new UnsecuredJWT(right).encode()],
  ["signed by another key", (right) => signed(right, THEIRS.privateKey)],
  [
    "signed by another key that it brings along (jwk)",
    async (right) => signed(right, THEIRS.privateKey, { jwk: await exportJWK(THEIRS.publicKey) }),
  ],
  [
    "signed with the public key as if it were a secret (alg confusion)",
    async (right) => {
      const pem = OURS.publicKey.export({ type: "spki", format: "pem" });
      return new SignJWT(right).setProtectedHeader({ alg: "HS256", kid: "k" }).sign(Buffer.from(pem));
    },
  ],
  [
    "signed with the client's own secret",
    (right) => new SignJWT(right).setProtectedHeader({ alg: "HS256" }).sign(Buffer.from(CLIENT.secret)),
  ],
  [
    "signed by another algorithm of the same key",
    async (right) => {
      const key = await importJWK({ ...(await exportJWK(OURS.privateKey)), alg: "PS256" });
      return new SignJWT(right).setProtectedHeader({ alg: "PS256", kid: "k" }).sign(key);
    },
  ],
  ["of another issuer", (right) => signed({ ...right, iss: "https://elsewhere.example" })],
  ["for another client", (right) => signed({ ...right, aud: "another" })],
  [
    "for two clients, of whom another may act",
    (right) => signed({ ...right, aud: [CLIENT.clientId, "another"], azp: "another" }),
  ],
  ["that ended a minute ago", (right) => signed({ ...right, exp: Number(right.exp) - 120 })],
  ["of another sign-in (nonce)", (right) => signed({ ...right, nonce: "another" })],
  ["without a nonce", ({ nonce: _none, ...right }) => signed(right)],
  ["of nobody", ({ sub: _none, ...right }) => signed(right)],
  ["that is no token", () => "nonsense"],
];
for (const [what, make] of FORGERIES) {
  test(`an ID token ${what} is nobody's sign-in`, async () => {
    forge = make;
    await assert.rejects(come(), { code: "sso-refused" });
  });
}

test("clocks may differ by half a minute, not by more", async () => {
  forge = (right) => signed({ ...right, exp: Number(right.exp) - 60 - 15 });
  await come();
  forge = (right) => signed({ ...right, exp: Number(right.exp) - 60 - 45 });
  await assert.rejects(come(), { code: "sso-refused" });
});
