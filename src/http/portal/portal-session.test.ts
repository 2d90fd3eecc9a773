// Customers' browsers hold a session of their own in a cookie of its own: by code or passkey, on the portal's pages alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { asId } from "../../kernel/ids.ts";
import { openTestPortal, type TestPortal } from "../../portal/test-portal.ts";
import { createAuthenticator } from "../../signin/test-authenticator.ts";
import { peopleOn } from "../../signin/test-people.ts";

let bench: TestPortal;
let offsetMs = 0;
before(async () => {
  bench = await openTestPortal({ clock: { now: () => new Date(Date.now() + offsetMs) }, paperBytes: false });
});
after(() => bench.close());

const HOUR_MS = 3_600_000;
const OWN = { "x-uberrima-request": "portal", "sec-fetch-site": "same-origin" };
const site = (): string => bench.server.url.replace("127.0.0.1", "localhost");
let asked = 0;
const newEmail = (): string => `pages.${(asked += 1)}@mailbox.example`;

interface Sent {
  readonly cookie?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

async function send(method: string, path: string, { cookie, headers = {}, body }: Sent = {}) {
  const answer = await fetch(`${bench.server.url}${path}`, {
    method,
    headers: {
      ...(cookie === undefined ? {} : { cookie }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const cookies = new Map(answer.headers.getSetCookie().map((line) => [line.split("=")[0] ?? "", line]));
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, cookies };
}

const pairOf = (line: string | undefined): string => line?.split(";")[0] ?? "";

async function byCode(email: string, headers: Record<string, string> = OWN) {
  offsetMs += HOUR_MS;
  const { challengeId } = await bench.anybody.portal.askCode({ contact: email });
  await bench.deliver();
  const body = { challengeId, code: bench.codeTo(email), as: "cookie" };
  return send("POST", "/v1/portal/sessions", { body, headers });
}

async function signedIn() {
  const email = newEmail();
  const customer = await bench.customer({ email });
  const answer = await byCode(email);
  assert.equal(answer.status, 201);
  return { ...customer, email, cookie: pairOf(answer.cookies.get("uberrima-portal")), answer };
}

test("a code begins a session in the portal's own cookie, which no script reads and no other site sends", async () => {
  const { customerId, cookie, answer } = await signedIn();
  assert.deepEqual([...answer.cookies.keys()], ["uberrima-portal"]);
  for (const part of ["HttpOnly", "SameSite=Strict", "Path=/"])
    assert.ok(answer.cookies.get("uberrima-portal")?.includes(part), part);
  assert.equal(answer.body["token"], null);
  const { status, body } = await send("GET", "/v1/portal/session", { cookie });
  assert.equal(status, 200);
  const { methods, strongAt, standsFor, language, mayAddPasskey } = body;
  assert.deepEqual(
    { customerId: body["customerId"], methods, strongAt, standsFor, language, mayAddPasskey },
    { customerId, methods: ["one-time-code"], strongAt: null, standsFor: [], language: null, mayAddPasskey: true },
  );
});

test("the portal's cookie opens nothing at the staff's door, nor theirs anything at the portal's", async () => {
  const { customerId, cookie } = await signedIn();
  const token = cookie.split("=")[1] ?? "";
  assert.equal((await send("GET", "/v1/session", { cookie })).status, 401, "without the portal's header");
  assert.equal((await send("GET", "/v1/session", { cookie, headers: OWN })).status, 200);
  const renamed = `uberrima=${token}`;
  assert.equal((await send("GET", "/v1/session", { cookie: renamed })).status, 401);
  assert.equal((await send("GET", "/v1/portal/session", { cookie: renamed })).status, 401);
  const people = peopleOn(bench.server);
  const staff = (await people.withPasskey()).token;
  const disguised = `uberrima-portal=${staff}`;
  assert.equal((await send("GET", "/v1/session", { cookie: disguised, headers: OWN })).status, 401);
  assert.equal((await send("GET", "/v1/portal/session", { cookie: disguised })).status, 401);
  const both = `uberrima=${staff}; ${cookie}`;
  assert.equal((await send("GET", "/v1/portal/session", { cookie: both })).body["customerId"], customerId);
  assert.notEqual((await send("GET", "/v1/session", { cookie: both })).body["customerId"], customerId);
  assert.equal(
    await bench
      .as(staff)
      .portal.session()
      .catch((error: { status: number }) => error.status),
    403,
  );
});

test("another site signs nobody in at the portal and uses no cookie of it", async () => {
  const email = newEmail();
  await bench.customer({ email });
  const foreign = [{}, { "x-uberrima-request": "portal" }, { ...OWN, "sec-fetch-site": "cross-site" }];
  for (const headers of foreign) assert.equal((await byCode(email, headers)).status, 403);
  const { cookie } = await signedIn();
  for (const headers of foreign)
    assert.equal((await send("DELETE", "/v1/portal/session", { cookie, headers })).status, 403);
  assert.equal((await send("GET", "/v1/portal/session", { cookie })).status, 200);
});

test("signing out ends the session and empties the cookie", async () => {
  const { cookie } = await signedIn();
  const { status, cookies } = await send("DELETE", "/v1/portal/session", { cookie, headers: OWN });
  assert.equal(status, 200);
  assert.ok(cookies.get("uberrima-portal")?.includes("Max-Age=0"));
  assert.equal((await send("GET", "/v1/portal/session", { cookie })).status, 401);
});

type Authenticator = ReturnType<typeof createAuthenticator>;

async function addPasskey(cookie: string): Promise<Authenticator> {
  const authenticator = createAuthenticator(site());
  const options = await send("POST", "/v1/me/passkeys/options", { cookie, headers: OWN });
  assert.equal(options.status, 201, JSON.stringify(options.body));
  const response = authenticator.register(options.body["options"] as Parameters<typeof authenticator.register>[0]);
  const body = { state: options.body["state"], name: "telephone", response };
  const added = await send("POST", "/v1/me/passkeys", { cookie, headers: OWN, body });
  assert.equal(added.status, 201, JSON.stringify(added.body));
  return authenticator;
}

async function enter(by: Authenticator, as: "cookie" | "token") {
  const question = (await send("POST", "/v1/portal/sessions/passkey-options")).body;
  const options = question["options"] as Parameters<typeof by.sign>[0];
  assert.equal((options as { allowCredentials?: unknown }).allowCredentials, undefined, "names nobody");
  const body = { state: question["state"], response: by.sign(options), as };
  return send("POST", "/v1/portal/sessions/passkey", { body, headers: OWN });
}

test("a customer's passkey signs in without an address, and a member of staff's does not", async () => {
  const { cookie, customerId } = await signedIn();
  const authenticator = await addPasskey(cookie);
  const entered = await enter(authenticator, "cookie");
  assert.deepEqual([entered.status, entered.body["customerId"], entered.body["token"]], [201, customerId, null]);
  assert.deepEqual([...entered.cookies.keys()].toSorted(), ["uberrima-portal", "uberrima-portal-device"]);
  const people = peopleOn(bench.server);
  const staff = await people.withPasskey();
  const refused = await enter(staff.authenticator, "token");
  assert.deepEqual([refused.status, refused.body["code"]], [401, "wrong-credentials"]);
});

test("the session tells whose files one may open, as the gate would decide it now", async () => {
  const [person, email] = [await bench.customer(), newEmail()];
  const representative = await bench.customer({ email });
  const { vault } = bench.server.app.domains;
  const ends = { from: representative.customerId, to: person.customerId };
  const actor = { actorId: null, actorRevision: null, purpose: null, basis: null };
  await vault.link({ ...ends, kind: "representative", unitId: null }, actor);
  offsetMs += HOUR_MS;
  const self = bench.as(await bench.signIn(email));
  assert.deepEqual((await self.portal.session()).standsFor, [], "a link alone is nothing");
  const { customerId } = person;
  const hire = async (role: "dpo" | "compliance") => {
    const rows = role === "compliance" ? ({ rowScope: "everything-masked" } as const) : {};
    return bench.as((await bench.server.createClient({ role, purposes: ["complaint"], ...rows })).token);
  };
  const { representationId } = await (
    await hire("dpo")
  ).representatives.request(customerId, {
    representativeId: representative.customerId,
    kind: "power-of-attorney",
    documentId: person.recordIds.get("document")!,
    classes: ["identity"],
  });
  const compliance = await hire("compliance");
  await compliance.representatives.approve(customerId, representationId);
  const { standsFor } = await self.portal.session();
  assert.deepEqual(standsFor, [{ customerId, as: "representative", unitIds: null, classes: ["identity"] }]);
  await compliance.representatives.end(customerId, representationId);
  assert.deepEqual((await self.portal.session()).standsFor, []);
});

test("a customer sees who may act for them, and ends it at once; nobody else's", async () => {
  const [email, otherEmail] = [newEmail(), newEmail()];
  const [person, representative] = [await bench.customer({ email }), await bench.customer({ email: otherEmail })];
  const { customerId } = person;
  const dpo = bench.as((await bench.server.createClient({ role: "dpo", purposes: ["complaint"] })).token);
  const { representationId } = await dpo.representatives.request(customerId, {
    representativeId: representative.customerId,
    kind: "power-of-attorney",
    documentId: person.recordIds.get("document")!,
  });
  offsetMs += HOUR_MS;
  const other = bench.as(await bench.signIn(otherEmail));
  const unknown = { code: "unknown-representation", status: 404 };
  await assert.rejects(other.portal.endRepresentative(representationId), unknown);
  offsetMs += HOUR_MS;
  const self = bench.as(await bench.signIn(email));
  const [item] = (await self.portal.representatives()).items;
  assert.deepEqual(
    [item?.representationId, item?.kind, item?.isGranted],
    [representationId, "power-of-attorney", false],
  );
  await self.portal.endRepresentative(representationId);
  assert.deepEqual((await self.portal.representatives()).items, []);
});

test("whoever is erased is out with that very commit: sessions, passkeys and codes that were on their way", async () => {
  const email = newEmail();
  const records = [
    { type: "person", fields: { "first-name": "Iris", "last-name": "Quill", "birth-date": "1980-05-04" } },
    { type: "contact", fields: { email } },
  ];
  const unit = { kind: "relationship", entity: "acme", brand: "acme", line: "auto", records } as const;
  const customerId = asId((await bench.maker.customers.create({ kind: "person", units: [unit] })).customerId);
  const cookie = pairOf((await byCode(email)).cookies.get("uberrima-portal"));
  const authenticator = await addPasskey(cookie);
  const again = pairOf((await enter(authenticator, "cookie")).cookies.get("uberrima-portal"));
  const { challengeId } = await bench.anybody.portal.askCode({ contact: email });
  await bench.deliver();
  for (const one of [cookie, again])
    assert.equal((await send("GET", "/v1/portal/rights", { cookie: one })).status, 200);
  const { access, authority, database, operations } = bench.server.app.domains;
  const principalId = await access.enrolCustomer(customerId, access.system);
  const dpo = bench.as((await bench.server.createClient({ role: "dpo", purposes: ["data-subject-request"] })).token);
  await dpo.erasures.request({ customerId, reason: "the customer asked" });
  for (const one of [cookie, again])
    assert.equal((await send("GET", "/v1/portal/rights", { cookie: one })).status, 401);
  assert.equal((await enter(authenticator, "cookie")).body["code"], "wrong-credentials");
  const tried = { challengeId, code: bench.codeTo(email) ?? "" };
  await assert.rejects(bench.anybody.portal.signIn(tried), { code: "wrong-code", status: 401 });
  await assert.rejects(access.enrolCustomer(customerId, access.system), { code: "erased" });
  const live = (await authority.liveOfMany(database, [], [principalId])).get(principalId);
  assert.deepEqual(live?.places, []);
  const auditor = await bench.server.createClient({ role: "internal-auditor", purposes: ["audit"] });
  assert.deepEqual((await operations.verifyData((await access.authenticate(auditor.token))!)).findings, []);
});
