// Rooms by a passkey or the recipient's own identity provider: each proof opens one room once, and counts only while the recipient is who it was.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, type Client } from "../../sdk/client.ts";
import { CLIENT, PUBLIC_CLIENT, startTestProvider, type TestProvider } from "../federation/test-provider.ts";
import { type Authenticator, type AuthenticatorOptions, createAuthenticator } from "../signin/test-authenticator.ts";
import { openTestSharing, type TestRecipient, type TestSharing } from "./test-sharing.ts";

let sharing: TestSharing;
let provider: TestProvider;
let anybody: Client;
/** Where browsers reach the server. */
let site = "";
before(async () => {
  sharing = await openTestSharing();
  // Passkeys are bound to names, not to addresses.
  site = `http://localhost:${new URL(sharing.url).port}`;
  anybody = connect({ url: sharing.url, token: "none" });
  const person = { sub: "reader-7", claims: { email: "reader@partner.example", email_verified: true } };
  provider = await startTestProvider(person, `${site}/v1/rooms/callback`);
});
after(async () => {
  await provider.stop();
  await sharing.close();
});

const BAD = { code: "bad-passkey", status: 403 };
const UNKNOWN = { code: "unknown-package", status: 404 };

async function made(recipientId: string, changes: { readonly mayDownload?: boolean } = {}) {
  const { customerId } = await sharing.customer();
  return sharing.vendor.packages.make({
    recipientId,
    purpose: "policy-servicing",
    wanted: [{ form: "clear", fields: ["person.last-name"] }],
    customers: [{ customerId }],
    justification: "printing and posting of a policy",
    delivery: "room",
    ...changes,
  });
}

const room = async (recipientId: string): Promise<string> => (await made(recipientId)).secret ?? "";

/** Whoever has just opened a room with a code makes a passkey. */
async function enrolled(at: TestRecipient & { readonly contact: string }): Promise<Authenticator> {
  const authenticator = createAuthenticator(site);
  const { packageId, passkey } = await sharing.opened(await room(at.recipientId), at.contact);
  const response = authenticator.register(passkey?.options as AuthenticatorOptions);
  await anybody.packages.addRoomPasskey({ packageId, state: passkey?.state ?? "", response });
  await assert.rejects(anybody.packages.addRoomPasskey({ packageId, state: passkey?.state ?? "", response }), BAD);
  return authenticator;
}

async function shown(secret: string, authenticator: Authenticator, behaviour: object = {}) {
  const { passkey } = await anybody.packages.roomWays(secret);
  const response = authenticator.sign(passkey?.options as AuthenticatorOptions, behaviour);
  return { state: passkey?.state ?? "", response };
}

test("a passkey made after the code opens a later room, once, and its answer no other", async () => {
  const at = await sharing.room();
  const authenticator = await enrolled(at);
  const [one, other] = [await room(at.recipientId), await room(at.recipientId)];
  const passkey = await shown(one, authenticator);
  await assert.rejects(anybody.packages.openRoomBy({ secret: other, passkey }), BAD);
  const opened = await anybody.packages.openRoomBy({ secret: one, passkey: await shown(one, authenticator) });
  assert.deepEqual([opened.lines[0]?.fields["person.last-name"], opened.passkey], ["Marlowe", null]);
  await assert.rejects(anybody.packages.openRoomBy({ secret: one, passkey }), UNKNOWN);
  const used = (await sharing.dpo.recipients.read(at.recipientId)).passkeys;
  assert.ok(used.length === 1 && used[0]?.usedAt !== null);
});

test("a room that was revoked, or whose time is over, opens by nothing and sends no code; one that its reader may keep says so", async () => {
  const at = await sharing.room();
  const authenticator = await enrolled(at);
  for (const end of [
    async (packageId: string) => void (await sharing.vendor.packages.revoke(packageId)),
    async () => sharing.pass(73 * 3_600_000),
  ]) {
    const { package: face, secret } = await made(at.recipientId);
    await anybody.packages.askRoomCode(secret ?? "");
    const [code, passkey] = [await sharing.codeTo(at.contact), await shown(secret ?? "", authenticator)];
    await end(face.packageId);
    await assert.rejects(anybody.packages.openRoom(secret ?? "", code), UNKNOWN);
    await assert.rejects(anybody.packages.openRoomBy({ secret: secret ?? "", passkey }), UNKNOWN);
    await assert.rejects(anybody.packages.askRoomCode(secret ?? ""), UNKNOWN);
    await assert.rejects(anybody.packages.roomWays(secret ?? ""), UNKNOWN);
  }
  const kept = await made(at.recipientId, { mayDownload: true });
  assert.equal((await sharing.opened(kept.secret ?? "", at.contact)).mayDownload, true);
});

test("nobody's passkey, one of another origin, and one that was not verified open nothing", async () => {
  const [at, elsewhere] = [await sharing.room(), await sharing.room()];
  const [authenticator, stranger] = [await enrolled(at), await enrolled(elsewhere)];
  const secret = await room(at.recipientId);
  const open = async (passkey: Awaited<ReturnType<typeof shown>>) => anybody.packages.openRoomBy({ secret, passkey });
  await assert.rejects(open(await shown(secret, stranger)), BAD);
  await assert.rejects(open(await shown(secret, authenticator, { origin: "https://elsewhere.example" })), BAD);
  await assert.rejects(open(await shown(secret, authenticator, { userVerified: false })), BAD);
  assert.equal((await open(await shown(secret, authenticator))).lines.length, 1);
});

test("a passkey counts no more once it is ended, or the registered contact is another", async () => {
  const [at, moved] = [await sharing.room(), await sharing.room()];
  await enrolled(at);
  const [passkey] = (await sharing.dpo.recipients.read(at.recipientId)).passkeys;
  await sharing.dpo.recipients.endPasskey(at.recipientId, passkey?.passkeyId ?? "");
  assert.equal((await anybody.packages.roomWays(await room(at.recipientId))).passkey, null);
  await enrolled(moved);
  const { name, type, jurisdiction, verification } = await sharing.dpo.recipients.read(moved.recipientId);
  const contact = "successor@partner.example";
  await sharing.compliance.recipients.change(moved.recipientId, { name, type, jurisdiction, verification, contact });
  await sharing.dpo.recipients.approve(moved.recipientId);
  assert.equal((await anybody.packages.roomWays(await room(moved.recipientId))).passkey, null);
});

/** A recipient with an identity provider of its own. The interface takes https alone; this one is on this machine. */
async function federated(issuer: string, client: object = { identityClientId: PUBLIC_CLIENT }): Promise<string> {
  const at = await sharing.room();
  const { recipients, access } = sharing.domains;
  const actor = (await access.authenticate(sharing.complianceToken))!;
  const { recipient } = await recipients.file(at.recipientId as never);
  const { name, type, jurisdiction, contact, postalAddress, subcontractors, verification } = recipient.content;
  const kept = { name, type, jurisdiction, contact, postalAddress, subcontractors, verification };
  const details = { ...kept, identityProvider: issuer, identityClientId: null, ...client };
  await recipients.change({ recipientId: at.recipientId as never, details }, actor);
  await sharing.dpo.recipients.approve(at.recipientId);
  return at.recipientId;
}

interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly cookie: string;
}

/** As a browser asks, with its cookie. */
async function asked(path: string, body: object, cookie = ""): Promise<Answered> {
  const answer = await fetch(`${sharing.url}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-uberrima-request": "portal",
      origin: sharing.url,
      ...(cookie === "" ? {} : { cookie }),
    },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as never, cookie: cookieOf(answer) };
}

const cookieOf = (answer: Response): string => answer.headers.getSetCookie().at(-1)?.split(";")[0] ?? "";

/** Away and back again: the cookie that says who came. */
async function signedIn(secret: string): Promise<string> {
  const left = await asked("/v1/rooms/ways", { secret, depart: true });
  const back = await provider.browse(String(left.body["departure"]));
  const answer = await fetch(`${sharing.url}${back.pathname}${back.search}`, {
    headers: { cookie: left.cookie },
    redirect: "manual",
  });
  assert.equal(answer.status, 303, await answer.text());
  assert.equal(answer.headers.get("location"), `/portal/room#${secret}`);
  return cookieOf(answer);
}

test("whoever the recipient's own provider signs in opens the one room they came for, and is named over it", async () => {
  const recipientId = await federated(provider.issuer.href);
  const [one, other] = [await room(recipientId), await room(recipientId)];
  const none = await asked("/v1/rooms/openings", { secret: one });
  assert.deepEqual([none.status, none.body["code"]], [403, "sign-in-refused"]);
  const cookie = await signedIn(one);
  const ways = await asked("/v1/rooms/ways", { secret: one }, cookie);
  assert.deepEqual([ways.body["isSignedIn"], ways.body["provider"]], [true, provider.issuer.host]);
  assert.equal((await asked("/v1/rooms/openings", { secret: other }, cookie)).status, 403);
  const opened = await asked("/v1/rooms/openings", { secret: one }, cookie);
  assert.equal(opened.status, 200, JSON.stringify(opened.body));
  assert.equal((opened.body["watermark"] as { contact: string }).contact, "reader@partner.example");
  assert.equal((await asked("/v1/rooms/openings", { secret: one }, cookie)).status, 404);
});

test("a confidential client proves itself by its secret", async () => {
  const of = (identityClientSecret: string) => ({ identityClientId: CLIENT.clientId, identityClientSecret });
  const one = await room(await federated(provider.issuer.href, of(CLIENT.secret)));
  assert.equal((await asked("/v1/rooms/openings", { secret: one }, await signedIn(one))).status, 200);
  const wrong = await federated(provider.issuer.href, of(`${CLIENT.secret}-not`));
  assert.equal(await cameBackWith(await room(wrong)), "refused");
});

test("a provider's secret is shown to nobody, stays while the provider is the same, and goes to no other", async () => {
  const at = await sharing.room();
  const { name, type, jurisdiction, verification, contact } = await sharing.dpo.recipients.read(at.recipientId);
  const base = { name, type, jurisdiction, verification, contact, identityClientId: "uberrima" };
  const [issuer, other] = ["https://sign-in.partner.example", "https://sign-in.elsewhere.example"];
  const change = async (details: object): Promise<boolean> => {
    const changed = await sharing.compliance.recipients.change(at.recipientId, { ...base, ...details });
    const read = await sharing.dpo.recipients.read(at.recipientId);
    assert.ok(!JSON.stringify([changed, read]).includes(CLIENT.secret));
    return read.hasIdentityClientSecret;
  };
  assert.equal(await change({ identityProvider: issuer, identityClientSecret: CLIENT.secret }), true);
  assert.equal(await change({ identityProvider: issuer }), true);
  assert.equal(await change({ identityProvider: issuer, identityClientSecret: null }), false);
  assert.equal(await change({ identityProvider: issuer, identityClientSecret: CLIENT.secret }), true);
  assert.equal(await change({ identityProvider: other }), false);
});

/** What the page is told of a sign-in that does not count. */
async function cameBackWith(secret: string, query?: string): Promise<string | null> {
  const left = await asked("/v1/rooms/ways", { secret, depart: true });
  const back = query === undefined ? await provider.browse(String(left.body["departure"])) : null;
  const answer = await fetch(`${sharing.url}/v1/rooms/callback${back?.search ?? query ?? ""}`, {
    headers: { cookie: left.cookie },
    redirect: "manual",
  });
  assert.equal(answer.status, 303, await answer.text());
  const location = new URL(answer.headers.get("location") ?? "", site);
  assert.deepEqual([location.pathname, location.hash], ["/portal/room", `#${secret}`]);
  return location.searchParams.get("sign-in");
}

test("a way back that fails leads to the room's own page with what happened, and opens nothing", async () => {
  const secret = await room(await federated(provider.issuer.href));
  assert.equal(await cameBackWith(secret, "?error=access_denied&state=x"), "refused");
  assert.equal(await cameBackWith(secret, "?code=made-up&state=made-up"), "refused");
  assert.equal((await asked("/v1/rooms/openings", { secret })).status, 403);
});

test("a sign-in counts no more once the recipient has another provider, and a way back that nobody left on leads nowhere", async () => {
  const recipientId = await federated(provider.issuer.href);
  const secret = await room(recipientId);
  const cookie = await signedIn(secret);
  const actor = (await sharing.domains.access.authenticate(sharing.complianceToken))!;
  const { content } = (await sharing.domains.recipients.file(recipientId as never)).recipient;
  const { state: _s, requestedBy: _r, requestedAt: _t, approvedBy: _a, approvedAt: _w, exit: _e, ...kept } = content;
  const details = { ...kept, identityProvider: "https://sign-in.elsewhere.example" };
  await sharing.domains.recipients.change({ recipientId: recipientId as never, details }, actor);
  await sharing.dpo.recipients.approve(recipientId);
  assert.equal((await asked("/v1/rooms/openings", { secret }, cookie)).status, 403);
  const lost = await fetch(`${sharing.url}/v1/rooms/callback?code=x&state=y`, { redirect: "manual" });
  assert.deepEqual([lost.status, lost.headers.get("location")], [303, "/portal/room?sign-in=lost"]);
});
