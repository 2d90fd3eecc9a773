// A system acts for a person by a token exchanged for that person's session: within both their rights, named in the entry, and for nobody else.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Uuid } from "../../kernel/bytes.ts";
import { makeKey, type TestKey } from "../../systems/test-assertion.ts";
import { startTlsServer, type Answered, type TlsServer } from "./test-systems.ts";

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

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const TYPE = "urn:ietf:params:oauth:token-type:access_token";

async function makeClient(key: TestKey, more: object = {}): Promise<string> {
  const draft = {
    name: "claims application",
    role: "claims-adjuster",
    purposes: ["claim-handling"],
    entities: ["acme"],
    lines: ["life"],
    terms: { actsFor: "staff" },
    proofs: { jwks: { keys: [key.publicJwk] } },
    ...more,
  };
  const made = await tls.send("/v1/clients", { token: tls.server.admin.token, json: draft });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return (made.body["client"] as { clientId: string }).clientId;
}

interface Person {
  readonly personId: Uuid;
  readonly sessionId: Uuid;
  readonly token: string;
}

async function signIn({
  isStrong = true,
  role,
}: { readonly isStrong?: boolean; readonly role?: "compliance" } = {}): Promise<Person> {
  const { access, signIns } = tls.server.app.domains;
  const admin = await access.authenticate(tls.server.admin.token);
  assert.ok(admin !== null);
  const adjuster = {
    role: "claims-adjuster",
    purposes: ["claim-handling", "subrogation"],
    rowScope: "assignments",
  } as const;
  const overseer = { role: "compliance", purposes: ["complaint", "audit"], rowScope: "everything-masked" } as const;
  const personId = await access.createStaff(
    {
      name: "Ada",
      ...(role === "compliance" ? overseer : adjuster),
      groups: [],
      entities: ["acme", "other"],
      lines: ["life", "auto"],
      classCeiling: null,
      expiresAt: null,
    },
    admin,
  );
  const { sessionId, token } = await signIns.sessions.start({
    principalId: personId,
    methods: ["password", "totp"],
    isStrong,
    isPhishingResistant: false,
    lifetimeSeconds: 3600,
    idleSeconds: 900,
    device: "a browser",
    address: "127.0.0.1",
  });
  return { personId, sessionId, token };
}

const exchange = (key: TestKey, clientId: string, subject: string, more: object = {}): Promise<Answered> =>
  tls.tokenFor(key, clientId, { grant_type: EXCHANGE, subject_token: subject, subject_token_type: TYPE, ...more });
const asks = async (token: string, at: TlsServer = tls): Promise<number> =>
  (await at.send("/v1/assignments?clientId=01980000-0000-7000-8000-000000000000", { token })).status;
const NOBODY = "01980000-0000-7000-8000-000000000000";
const IN = 403;
const OUT = 401;

test("the token stands for the person, within what person and client share, and the entry names both", async () => {
  const key = makeKey("ES256");
  const [clientId, person] = [await makeClient(key), await signIn()];
  const answer = await exchange(key, clientId, person.token);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.equal(answer.body["issued_token_type"], TYPE);
  assert.equal(answer.body["scope"], "claim-handling");
  const token = String(answer.body["access_token"]);
  assert.equal(await asks(token), IN);
  const { systems, ledger } = tls.server.app.domains;
  const asker = await systems.authenticate(token, { certificate: null, fresh: true });
  assert.equal(asker?.principalId, person.personId);
  assert.equal(asker.via, clientId);
  assert.deepEqual([asker.purposes, asker.entities, asker.lines], [["claim-handling"], ["acme"], ["life"]]);
  assert.ok(asker.signIn?.methods.includes("token-exchange"));
  const [entry] = (await ledger.list({ kinds: ["session"], actorId: person.personId }, { limit: 1 }, "cleared")).items;
  assert.ok(entry !== undefined);
  assert.ok(entry !== undefined);
  // What the person then does through the client names both in its entry.
  await tls.send(`/v1/customers/${NOBODY}?purpose=claim-handling`, { token });
  const [look] = (await ledger.list({ actorId: person.personId }, { limit: 1 }, "cleared")).items;
  const opening = await ledger.opening(look!.entryId, "cleared");
  assert.deepEqual([opening?.detail["actor"], opening?.detail["via"]], [person.personId, clientId]);
});

test("without a person's session, or with anything else in its place, nothing is exchanged", async () => {
  const key = makeKey("ES256");
  const [clientId, person] = [await makeClient(key), await signIn()];
  const own = String((await tls.tokenFor(key, clientId)).body["access_token"]);
  const exchanged = String((await exchange(key, clientId, person.token)).body["access_token"]);
  const half = await signIn({ isStrong: false });
  const codes: [string, Answered][] = [
    ["invalid_request", await tls.tokenFor(key, clientId, { grant_type: EXCHANGE })],
    ["invalid_request", await exchange(key, clientId, person.token, { subject_token_type: "urn:x" })],
    ["invalid_request", await exchange(key, clientId, person.token, { actor_token: own, actor_token_type: TYPE })],
    // A client's own token, a token exchanged already (no chains), a static secret, a stranger's text, a session of a password alone.
    ["invalid_grant", await exchange(key, clientId, own)],
    ["invalid_grant", await exchange(key, clientId, exchanged)],
    ["invalid_grant", await exchange(key, clientId, tls.server.admin.token)],
    ["invalid_grant", await exchange(key, clientId, `ubs_${"A".repeat(43)}`)],
    ["invalid_grant", await exchange(key, clientId, half.token)],
  ];
  for (const [code, { status, body }] of codes) {
    assert.equal(status, 400);
    assert.equal(body["error"], code);
  }
});

test("a client that was not given the right acts for nobody, and loses it at once", async () => {
  const key = makeKey("ES256");
  const person = await signIn();
  const none = await makeClient(key, { terms: {} });
  assert.equal((await exchange(key, none, person.token)).body["error"], "unauthorized_client");
  const clientId = await makeClient(key);
  const token = String((await exchange(key, clientId, person.token)).body["access_token"]);
  assert.equal(await asks(token), IN);
  await tls.send(`/v1/clients/${clientId}/terms`, {
    method: "PATCH",
    token: tls.server.admin.token,
    json: { actsFor: "nobody" },
  });
  for (const at of [tls, beside]) assert.equal(await asks(token, at), OUT);
});

test("where person and client share no purpose there is no token", async () => {
  const key = makeKey("ES256");
  const clientId = await makeClient(key, { role: "billing", purposes: ["billing"] });
  assert.equal((await exchange(key, clientId, (await signIn()).token)).body["error"], "invalid_scope");
});

test("it ends with the session, with the person, and with the client, on the next request in every process", async () => {
  const key = makeKey("ES256");
  const clientId = await makeClient(key);
  const { access, signIns } = tls.server.app.domains;
  const admin = await access.authenticate(tls.server.admin.token);
  assert.ok(admin !== null);
  const [left, suspended, kept] = [await signIn(), await signIn(), await signIn()];
  const tokens: string[] = [];
  for (const { token } of [left, suspended, kept])
    tokens.push(String((await exchange(key, clientId, token)).body["access_token"]));
  const [byLeft = "", bySuspended = "", byKept = ""] = tokens;
  for (const at of [tls, beside]) for (const token of tokens) assert.equal(await asks(token, at), IN);
  await signIns.sessions.end(left.personId, { only: left.sessionId }, admin);
  await access.setClientStatus({ principalId: suspended.personId, action: "client.suspend" }, admin);
  for (const at of [tls, beside]) {
    assert.equal(await asks(byLeft, at), OUT);
    assert.equal(await asks(bySuspended, at), OUT);
    assert.equal(await asks(byKept, at), IN);
  }
  await access.setClientStatus({ principalId: clientId as Uuid, action: "client.suspend" }, admin);
  for (const at of [tls, beside]) assert.equal(await asks(byKept, at), OUT);
});

test("it administers nothing that the client's own role may not, though the person may", async () => {
  const key = makeKey("ES256");
  const person = await signIn({ role: "compliance" });
  const entriesBy = async (token: string): Promise<number> => (await tls.send("/v1/entries?limit=1", { token })).status;
  assert.equal(await entriesBy(person.token), 200);
  const narrow = await makeClient(key, { role: "csr", purposes: ["complaint"] });
  assert.equal(await entriesBy(String((await exchange(key, narrow, person.token)).body["access_token"])), 403);
  const wide = await makeClient(key, { role: "compliance", purposes: ["complaint"], rowScope: "everything-masked" });
  assert.equal(await entriesBy(String((await exchange(key, wide, person.token)).body["access_token"])), 200);
});

test("it makes nothing that would outlast its five minutes: no factor, no session, no link to a calendar", async () => {
  const key = makeKey("ES256");
  const token = String((await exchange(key, await makeClient(key), (await signIn()).token)).body["access_token"]);
  for (const [method, path, json] of [
    ["POST", "/v1/me/passkeys/options", {}],
    ["POST", "/v1/me/totp", { name: "app" }],
    ["PUT", "/v1/me/password", { password: "correct horse battery staple" }],
    ["POST", "/v1/me/recovery-codes", {}],
    ["GET", "/v1/me/factors", undefined],
    ["POST", "/v1/me/calendar", {}],
  ] as const) {
    const { status } = await tls.send(path, { method, token, ...(json === undefined ? {} : { json }) });
    assert.equal(status, 403, `${method} ${path}`);
  }
});

test("what the client asked for itself it does not approve in a person's name", async () => {
  const key = makeKey("ES256");
  const clientId = await makeClient(key, {
    role: "compliance",
    purposes: ["complaint"],
    rowScope: "everything-masked",
  });
  const person = await signIn({ role: "compliance" });
  const [own, acting] = [await tls.tokenFor(key, clientId), await exchange(key, clientId, person.token)];
  const draft = {
    name: "Harbour Ltd",
    type: "service-provider",
    jurisdiction: "DE",
    verification: "extract of the register, called back",
  };
  const asked = await tls.send("/v1/recipients", { token: String(own.body["access_token"]), json: draft });
  assert.equal(asked.status, 201, JSON.stringify(asked.body));
  const at = `/v1/recipients/${String(asked.body["recipientId"])}/contracts`;
  const terms = {
    kind: "processor",
    reference: "AVV-7",
    purposes: ["policy-servicing"],
    classes: ["identity"],
    fields: null,
    jurisdictions: ["DE"],
    startsAt: "2020-01-01T00:00:00Z",
  };
  const contract = await tls.send(at, { token: String(own.body["access_token"]), json: terms });
  const approve = (token: string) =>
    tls.send(`${at}/${String(contract.body["contractId"])}/approval`, { method: "POST", token });
  const refused = await approve(String(acting.body["access_token"]));
  assert.deepEqual([refused.status, refused.body["code"]], [403, "own-request"]);
  assert.equal((await approve(person.token)).status, 201);
});
