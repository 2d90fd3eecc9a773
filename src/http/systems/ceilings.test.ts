// What a client may not go beyond, however many ask at once of however many servers: ceilings, feeds, and a second person's approval.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makeKey } from "../../systems/test-assertion.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { startTestServer, type TestServer } from "../../test-server.ts";

let server: TestServer;
let beside: TestServer;
before(async () => {
  server = await startTestServer({ settings: { UBERRIMA_CLIENT_APPROVAL: "off" } });
  beside = await startTestServer({ beside: server, settings: { UBERRIMA_CLIENT_APPROVAL: "required" } });
});
after(async () => {
  await beside.stop();
  await server.stop();
});

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `path` may begin with a method. */
async function ask(at: TestServer, token: string, path: string, json?: object): Promise<Answer> {
  const [named = "", url = named] = path.split(" ");
  const usual = json === undefined ? "GET" : "POST";
  const answer = await fetch(at.url + url, {
    method: path.includes(" ") ? named : usual,
    headers: {
      authorization: `Bearer ${token}`,
      ...(json === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const PLACE = { entity: "acme", brand: "acme", line: "life" };
async function makeCustomer(token: string): Promise<string> {
  const person = { "first-name": "Mara", "last-name": "Holloway", "birth-date": "1971-03-09" };
  const units = [
    { kind: "relationship", ...PLACE, records: [{ type: "person", fields: person }] },
    { kind: "claim", ...PLACE, records: [] },
  ];
  const made = await ask(server, token, "/v1/customers", { kind: "person", units });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return String(made.body["customerId"]);
}
const NONE = {
  requestsAMinute: null,
  customersAnHour: null,
  customersADay: null,
  fieldsAnHour: null,
  assignmentsAnHour: null,
};
const limit = (clientId: string, ceilings: object): Promise<Answer> =>
  ask(server, server.admin.token, `PATCH /v1/clients/${clientId}/terms`, { ceilings: { ...NONE, ...ceilings } });

test("of fifty disclosures at once over two servers, as many get through as the ceiling says, and each refusal is an entry with its reason", async () => {
  const maker = await server.createClient({ role: "underwriter", purposes: ["underwriting"] });
  const desk = await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] });
  assert.equal((await limit(desk.principalId, { customersAnHour: 12 })).status, 200);
  const customers = await Promise.all(Array.from({ length: 50 }, () => makeCustomer(maker.token)));
  for (const customerId of customers) {
    const given = { customerId, clientId: desk.principalId, kind: "claim" };
    assert.equal((await ask(server, server.admin.token, "/v1/assignments", given)).status, 201);
  }
  const question = { purpose: "claim-handling", fields: ["person.last-name"] };
  const answers = await Promise.all(
    customers.map((customerId, at) =>
      ask(at % 2 === 0 ? server : beside, desk.token, "/v1/disclosures", { customerId, ...question }),
    ),
  );
  const through = answers.filter(({ status }) => status === 200);
  assert.equal(through.length, 12, JSON.stringify(answers.map(({ status, body }) => [status, body["code"]])));
  for (const { status, body } of answers.filter((each) => each.status !== 200)) {
    assert.equal(status, 429);
    assert.equal(body["code"], "ceiling-reached");
    assert.match(String(body["detail"]), /customersAnHour of 12/);
  }
  const listed = await server.app.domains.ledger.list(
    { kinds: ["disclosure"], actorId: desk.principalId, outcomes: ["denied"] },
    { limit: 100 },
    "cleared",
  );
  assert.equal(listed.items.length, 38);
});

test("a ceiling of requests holds over two servers", async () => {
  const desk = await server.createClient({ role: "csr", purposes: ["policy-servicing"] });
  await limit(desk.principalId, { requestsAMinute: 10 });
  // Within one minute, or the test begins in the next.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const minute = Math.floor(Date.now() / 60_000);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) => ask(at % 2 === 0 ? server : beside, desk.token, "/v1/mappings")),
    );
    if (Math.floor(Date.now() / 60_000) !== minute) continue;
    assert.equal(answers.filter(({ status }) => status !== 429).length, 10);
    return;
  }
});

test("a feed's assignment takes effect in the other process within five seconds, and its end as well", async (context) => {
  const maker = await server.createClient({ role: "underwriter", purposes: ["underwriting"] });
  const desk = await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const feed = await server.createClient({
    role: "service-account",
    purposes: ["administration"],
    rowScope: "none",
    classCeiling: ["identity"],
  });
  const customerId = await makeCustomer(maker.token);
  const question = { customerId, purpose: "claim-handling", fields: ["person.last-name"] };
  const outcome = async (): Promise<unknown> =>
    (await ask(beside, desk.token, "/v1/disclosures", question)).body["outcome"];
  assert.equal(await outcome(), "denied");
  const given = { customerId, clientId: desk.principalId, kind: "claim" };
  const made = await ask(server, feed.token, "/v1/assignments", given);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const start = performance.now();
  while ((await outcome()) !== "allowed") assert.ok(performance.now() - start < 5000);
  context.diagnostic(`in force elsewhere after ${(performance.now() - start).toFixed(0)} ms`);
  const path = `DELETE /v1/customers/${customerId}/assignments/${String(made.body["assignmentId"])}`;
  assert.equal((await ask(server, feed.token, path)).status, 200);
  assert.equal(await outcome(), "denied");
});

test("a feed gives out no more than its ceiling, no other kinds, and nothing to itself or whoever set it up", async () => {
  const maker = await server.createClient({ role: "underwriter", purposes: ["underwriting"] });
  const feed = await server.createClient({
    role: "service-account",
    purposes: ["administration"],
    rowScope: "none",
    classCeiling: ["identity"],
  });
  const made = await ask(server, server.admin.token, "/v1/clients", {
    name: "feed",
    role: "service-account",
    purposes: ["administration"],
    rowScope: "none",
    classes: ["identity"],
    terms: { assignmentKinds: ["claim"], ceilings: { ...NONE, assignmentsAnHour: 3 } },
  });
  const token = String(made.body["token"]);
  const feedId = (made.body["client"] as { clientId: string }).clientId;
  const desk = await ask(server, server.admin.token, "/v1/clients", {
    name: "desk",
    role: "claims-adjuster",
    purposes: ["claim-handling"],
    entities: ["acme"],
    lines: ["life"],
  });
  const deskId = (desk.body["client"] as { clientId: string }).clientId;
  const customers = await Promise.all(Array.from({ length: 6 }, () => makeCustomer(maker.token)));
  const give = (customerId: string, to: string, kind = "claim", at = server): Promise<Answer> =>
    ask(at, token, "/v1/assignments", { customerId, clientId: to, kind });
  const [first = ""] = customers;
  assert.equal((await give(first, deskId, "book")).body["code"], "feed-not-entitled");
  assert.equal((await give(first, feedId)).body["code"], "feed-not-entitled");
  assert.equal((await give(first, server.admin.principalId)).body["code"], "feed-not-entitled");
  // Where a second person is asked for, feed and desk that one person alone made are in the same hands.
  assert.equal((await give(first, deskId, "claim", beside)).body["code"], "feed-not-entitled");
  const answers = await Promise.all(customers.map((customerId) => give(customerId, deskId)));
  assert.equal(answers.filter(({ status }) => status === 201).length, 3);
  assert.equal(answers.filter(({ body }) => body["code"] === "ceiling-reached").length, 3);
  assert.ok(feed.principalId !== feedId);
});

test("whoever asks for a powerful client does not approve it, sees no secret of it, and cannot use it meanwhile", async () => {
  const admin = server.admin.token;
  const key = makeKey("ES256");
  const draft = { name: "officer", role: "dpo", purposes: ["audit"], entities: ["acme"], lines: ["life"] };
  assert.equal((await ask(beside, admin, "/v1/clients", draft)).body["code"], "needs-second-person");
  const made = await ask(beside, admin, "/v1/clients", { ...draft, proofs: { jwks: { keys: [key.publicJwk] } } });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { clientId, status } = made.body["client"] as { clientId: string; status: string };
  assert.equal(status, "pending");
  const approval = `POST /v1/clients/${clientId}/approval`;
  assert.equal((await ask(beside, admin, approval)).body["code"], "own-authority");
  const { systems, access } = beside.app.domains;
  assert.equal(await access.reread(clientId as Uuid), null);
  // The machine's holder approves the second administrator; from then on there are two.
  const second = await ask(beside, admin, "/v1/clients", {
    name: "second",
    role: "access-admin",
    purposes: ["administration"],
    rowScope: "none",
    proofs: { jwks: { keys: [makeKey("ES256").publicJwk] } },
  });
  const secondId = (second.body["client"] as { clientId: Uuid }).clientId;
  await systems.approve(secondId, access.system);
  const other = await access.reread(secondId);
  assert.ok(other !== null);
  await systems.approve(clientId as Uuid, other);
  assert.equal((await access.reread(clientId as Uuid))?.role, "dpo");
  // A key added later waits as well, and is not its requester's to approve.
  const added = await ask(beside, admin, `/v1/clients/${clientId}/keys`, {
    jwks: { keys: [makeKey("EdDSA").publicJwk] },
  });
  const waiting = (body: Answer["body"]): number =>
    (body["items"] as { awaitsApproval: boolean }[]).filter(({ awaitsApproval }) => awaitsApproval).length;
  assert.equal(waiting(added.body), 1);
  assert.equal((await ask(beside, admin, approval)).body["code"], "own-authority");
  await systems.approve(clientId as Uuid, other);
  assert.equal(waiting((await ask(beside, admin, `/v1/clients/${clientId}/keys`)).body), 0);
  assert.equal((await ask(beside, admin, `POST /v1/clients/${clientId}/secret`)).body["code"], "needs-second-person");
});

test("terms that are widened bind once a second administrator approves them; what narrows them binds at once and takes back what waits", async () => {
  const admin = server.admin.token;
  const { access, systems } = beside.app.domains;
  const made = await ask(beside, admin, "/v1/clients", {
    name: "desk",
    role: "csr",
    purposes: ["policy-servicing"],
    entities: ["acme"],
    lines: ["life"],
    proofs: { jwks: { keys: [makeKey("ES256").publicJwk] } },
  });
  const { clientId, status } = made.body["client"] as { clientId: Uuid; status: string };
  assert.equal(status, "active");
  const set = (terms: object) => ask(beside, admin, `PATCH /v1/clients/${clientId}/terms`, terms);
  const few = { ...NONE, customersAnHour: 10 };
  const narrowed = (await set({ ceilings: few, assignmentKinds: ["claim"] })).body;
  assert.deepEqual([narrowed["ceilings"], narrowed["waiting"]], [few, null]);
  for (const wider of [
    { actsFor: "staff" },
    { assignmentKinds: null },
    { assignmentKinds: ["book"] },
    { ceilings: NONE },
  ])
    assert.notEqual((await set(wider)).body["waiting"], null, JSON.stringify(wider));
  const asked = (await set({ actsFor: "staff" })).body;
  assert.equal(asked["actsFor"], "nobody");
  assert.equal((await systems.fileOf(clientId)).terms.actsFor, "nobody");
  assert.equal((await ask(beside, admin, `POST /v1/clients/${clientId}/approval`)).body["code"], "own-authority");
  await set({ ceilings: { ...NONE, customersAnHour: 5 } });
  await assert.rejects(systems.approve(clientId, access.system), { code: "nothing-to-approve" });
  await set({ actsFor: "staff" });
  await systems.approve(clientId, access.system);
  const { terms, waitingTerms } = await systems.fileOf(clientId);
  assert.deepEqual([terms.actsFor, terms.ceilings?.customersAnHour, waitingTerms], ["staff", 5, null]);
  const place = { entities: ["acme"], lines: ["life"] };
  const wide = { name: "wide", role: "csr", purposes: ["policy-servicing"], ...place, terms: { actsFor: "staff" } };
  const keyed = { ...wide, proofs: { jwks: { keys: [makeKey("ES256").publicJwk] } } };
  const waits = (await ask(beside, admin, "/v1/clients", keyed)).body["client"] as { status: string };
  assert.equal(
    waits.status,
    "pending",
    "what it could not be given later by one alone it is not made with by one alone",
  );
});

test("static secrets are findings where they are allowed, and stand for nobody where they are not", async () => {
  const listed = await ask(server, server.admin.token, "/v1/findings");
  const codes = (listed.body["items"] as { code: string; clientId: string | null }[]).map(({ code, clientId }) => [
    code,
    clientId,
  ]);
  assert.ok(codes.some(([code, id]) => code === "static-secret" && id === server.admin.principalId));
  assert.ok(codes.some(([code]) => code === "static-secrets-allowed"));
  const strict = await startTestServer({ beside: server, settings: { UBERRIMA_STATIC_SECRETS: "refuse" } });
  try {
    assert.equal((await ask(strict, server.admin.token, "/v1/findings")).status, 401);
  } finally {
    await strict.stop();
  }
});
