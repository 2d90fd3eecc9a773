// Single sign-on against a real OpenID provider: who the directory knows gets in with what the mapping says, and nobody by any trick.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import type { Federated } from "./federation.ts";
import { ADA, draft, openTestFederation, type TestFederation } from "./test-federation.ts";

let bench: TestFederation;
beforeEach(async () => {
  bench = await openTestFederation();
});
afterEach(() => bench.close());

const FROM = { device: "a browser", address: "127.0.0.1" };
const PLAIN = { returnTo: "/work", stepUp: null };

async function come(
  federated: Federated = bench.federated,
  asked: Parameters<Federated["singleSignOn"]["depart"]>[0] = PLAIN,
) {
  const { url, carried } = await federated.singleSignOn.depart(asked);
  return federated.singleSignOn.arrive(await bench.provider.browse(url), carried, FROM);
}
const whoIs = async (token: string) => bench.sessions.authenticate(token, true);

async function reasons(): Promise<unknown[]> {
  const { items } = await bench.ledger.list({ kinds: ["sign-in"] }, { limit: 20 }, "cleared");
  return Promise.all(
    items.map(async ({ entryId }) => (await bench.ledger.opening(entryId, "cleared"))?.detail["reason"]),
  );
}

test("somebody the directory knows gets a session with the role of their group, as strong as the provider says", async () => {
  const person = await bench.federated.people.create(draft(), bench.admin);
  const arrived = await come();
  assert.equal(arrived.returnTo, "/work");
  const found = await whoIs(arrived.session.token);
  assert.equal(found?.role, "claims-adjuster");
  assert.equal(found?.principalId, person.content.principalId);
  assert.deepEqual(found?.signIn?.methods, ["sso"]);
  assert.ok(found?.signIn?.strongAt != null && found.signIn.phishingResistantAt === null);
});

test("a password alone at the provider is no strong sign-in; a hardware key is one that cannot be phished", async () => {
  await bench.federated.people.create(draft(), bench.admin);
  bench.provider.person = { ...ADA, amr: ["pwd"] };
  assert.equal((await whoIs((await come()).session.token))?.signIn?.strongAt, null);
  bench.provider.person = { ...ADA, amr: ["hwk"] };
  assert.ok((await whoIs((await come()).session.token))?.signIn?.phishingResistantAt != null);
});

test("whom the directory does not know, who left, and who is in no group that counts are all refused in the same words", async () => {
  const refused = {
    code: "sso-refused",
    message: "you could not be signed in: start again, or ask whoever administers access",
  };
  await assert.rejects(come(), refused);
  const { ownerId } = await bench.federated.people.create(draft({ groups: [] }), bench.admin);
  await assert.rejects(come(), refused);
  await bench.federated.people.replace(ownerId, draft({ active: false }), bench.admin);
  await assert.rejects(come(), refused);
  assert.deepEqual(await reasons(), ["left", "no-role", "unknown"]);
});

test("whoever is suspended here stays out, whatever the provider says", async () => {
  const person = await bench.federated.people.create(draft(), bench.admin);
  const { token } = (await come()).session;
  const principalId = (await whoIs(token))!.principalId;
  await bench.access.setClientStatus({ principalId, action: "client.suspend" }, bench.admin);
  assert.equal(await whoIs(token), null);
  await assert.rejects(come(), { code: "sso-refused" });
  await bench.federated.people.replace(person.ownerId, draft({ groups: [] }), bench.admin);
  await bench.federated.people.replace(person.ownerId, draft(), bench.admin);
  await assert.rejects(come(), { code: "sso-refused" });
});

test("a user name that passed to another subject does not bring the first one's rights along", async () => {
  await bench.federated.people.create(draft(), bench.admin);
  await come();
  bench.provider.person = { ...ADA, sub: "0194-another-ada" };
  await assert.rejects(come(), { code: "sso-refused" });
  assert.deepEqual(await reasons(), ["other-subject"]);
});

test("what the provider says of groups at a sign-in moves somebody to another role: a new principal, the old one revoked", async () => {
  await bench.federated.people.create(draft(), bench.admin);
  const first = (await come()).session;
  const before = (await whoIs(first.token))!;
  bench.provider.person = { ...ADA, claims: { ...ADA.claims, groups: ["staff", "uberrima-service-desk"] } };
  const after = (await whoIs((await come()).session.token))!;
  assert.deepEqual([before.role, after.role], ["claims-adjuster", "csr"]);
  assert.notEqual(after.principalId, before.principalId);
  assert.equal(await whoIs(first.token), null);
  assert.equal((await bench.access.describePrincipal(before.principalId))?.status, "revoked");
});

test("people join at their first sign-in where that is allowed, with a verified address alone where it is their name", async () => {
  const folder = mkdtempSync(join(tmpdir(), "uberrima-federation-"));
  const text = readFileSync(join(import.meta.dirname, "../../governance/access/federation.yaml"), "utf8");
  const file = join(folder, "federation.yaml");
  writeFileSync(
    file,
    text
      .replace("joinOnSignIn: false", "joinOnSignIn: true")
      .replace("userNameClaim: preferred_username", "userNameClaim: email"),
  );
  const joining = bench.openWith({ file });
  rmSync(folder, { recursive: true });
  const groups = ["uberrima-claims"];
  bench.provider.person = { ...ADA, claims: { ...ADA.claims, email_verified: false, groups } };
  await assert.rejects(come(joining), { code: "sso-refused" });
  bench.provider.person = { ...ADA, claims: { ...ADA.claims, groups } };
  assert.equal((await whoIs((await come(joining)).session.token))?.role, "claims-adjuster");
});

test("a way back that was not begun here, by another browser, long ago or twice, leads nowhere", async () => {
  await bench.federated.people.create(draft(), bench.admin);
  const { singleSignOn } = bench.federated;
  const [mine, theirs] = [await singleSignOn.depart(PLAIN), await singleSignOn.depart(PLAIN)];
  const back = await bench.provider.browse(mine.url);
  for (const carried of [null, "", "x".repeat(200), theirs.carried, `${mine.carried.slice(0, -4)}AAAA`])
    await assert.rejects(
      singleSignOn.arrive(back, carried, FROM),
      { code: "sso-refused" },
      String(carried).slice(0, 10),
    );
  const altered = new URL(back);
  altered.searchParams.set("state", "another");
  await assert.rejects(singleSignOn.arrive(altered, mine.carried, FROM), { code: "sso-refused" });
  const late = await singleSignOn.depart(PLAIN);
  const lateBack = await bench.provider.browse(late.url);
  bench.pass(600_000);
  await assert.rejects(singleSignOn.arrive(lateBack, late.carried, FROM), { code: "sso-refused" });
  bench.pass(-600_000);
  const again = await singleSignOn.depart(PLAIN);
  const once = await bench.provider.browse(again.url);
  assert.ok((await singleSignOn.arrive(once, again.carried, FROM)).session !== null);
  await assert.rejects(singleSignOn.arrive(once, again.carried, FROM), { code: "sso-refused" }, "the code was used");
});

test("nobody is sent to another site afterwards", async () => {
  await bench.federated.people.create(draft(), bench.admin);
  for (const returnTo of [
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "/a b",
    undefined,
  ])
    assert.equal((await come(bench.federated, { returnTo, stepUp: null })).returnTo, "/", String(returnTo));
});

test("a step-up needs a fresh strong factor of the very same person, asked of the provider anew", async () => {
  await bench.federated.people.create(draft(), bench.admin);
  await bench.federated.people.create(draft({ userName: "eve@insurer.example", externalId: "e-2" }), bench.admin);
  bench.provider.person = { ...ADA, amr: ["pwd"] };
  const { token } = (await come()).session;
  const before = (await whoIs(token))!;
  assert.equal(before.signIn?.strongAt, null);
  const stepUp = { principalId: before.principalId, sessionId: before.signIn!.sessionId };
  const { url } = await bench.federated.singleSignOn.depart({ returnTo: "/", stepUp });
  const asked = new URL(url).searchParams;
  assert.deepEqual([asked.get("prompt"), asked.get("max_age"), asked.get("acr_values")], ["login", "0", "phr"]);
  await assert.rejects(
    come(bench.federated, { returnTo: "/", stepUp }),
    { code: "step-up-refused" },
    "a password alone",
  );
  bench.provider.person = { sub: "eve", amr: ["hwk"], claims: { preferred_username: "eve@insurer.example" } };
  await assert.rejects(come(bench.federated, { returnTo: "/", stepUp }), { code: "step-up-refused" }, "somebody else");
  bench.provider.person = { ...ADA, amr: ["hwk"] };
  const { session } = await come(bench.federated, { returnTo: "/there", stepUp });
  assert.equal(session.sessionId, stepUp.sessionId);
  assert.equal(await whoIs(token), null, "whoever knew the token before has nothing of it");
  assert.ok((await whoIs(session.token))?.signIn?.phishingResistantAt != null);
});

test("a provider that is away is said to be away, and is found once it is there", async () => {
  const away = bench.openWith({ issuer: new URL("http://127.0.0.1:9") });
  await assert.rejects(away.singleSignOn.depart(PLAIN), { code: "provider-away" });
  await assert.rejects(bench.openWith({ issuer: new URL("http://example.invalid") }).singleSignOn.depart(PLAIN), {
    code: "provider-away",
  });
});
