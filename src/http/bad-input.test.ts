// Bad input over a real server: each kind has its status and problem, and nothing that was sent comes back or reaches the log.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { z } from "zod";
import { problem } from "../../contract/common.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

const SECRET = "zq-Marlowe-078-05-1120";
const UNKNOWN_ID = "01980000-0000-7000-8000-000000000000";
const JSON_TYPE = { "content-type": "application/json" };

let server: TestServer;
let adjuster: string;
let feed: string;

before(async () => {
  server = await startTestServer();
  adjuster = (await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] })).token;
  const none = { entities: ["life-company"], lines: ["life"], rowScope: "none", classCeiling: ["identity"] } as const;
  feed = (await server.createClient({ role: "service-account", purposes: ["administration"], ...none })).token;
});

after(async () => {
  // The whole run: whatever was sent above, no line of the log repeats it.
  assert.ok(server.logged.length > 20);
  assert.ok(!server.logged.join("").includes("Marlowe"), "the log repeats what was sent");
  assert.ok(!server.logged.join("").includes(adjuster.slice(-20)), "the log holds a token");
  await server.stop();
});

interface Sent {
  readonly method?: string;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function send(path: string, { method, token = adjuster, headers = {}, body }: Sent = {}): Promise<Response> {
  const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  return fetch(server.url + path, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: { ...authorization, ...(body === undefined ? {} : JSON_TYPE), ...headers },
    ...(body === undefined ? {} : { body }),
  });
}

async function refusal(answer: Response, status: number, code: string): Promise<z.output<typeof problem>> {
  const text = await answer.text();
  assert.equal(answer.status, status, text);
  assert.equal(answer.headers.get("content-type")?.split(";")[0], "application/problem+json");
  assert.ok(!text.includes("Marlowe"), `repeats what was sent: ${text}`);
  const document = problem.parse(JSON.parse(text));
  assert.equal(document.code, code);
  return document;
}

const disclosure = { customerId: UNKNOWN_ID, fields: ["person.last-name"], purpose: "claim-handling" };

test("malformed, empty, foreign and oversized bodies are refused before anything is decided", async () => {
  await refusal(await send("/v1/disclosures", { body: `{"purpose": "${SECRET}"` }), 400, "malformed-json");
  await refusal(await send("/v1/disclosures", { body: "", method: "POST" }), 400, "empty-body");
  const foreign = { body: SECRET, headers: { "content-type": "text/csv" } };
  await refusal(await send("/v1/disclosures", foreign), 415, "unsupported-media-type");
  await refusal(await send("/v1/disclosures", { body: `"${SECRET.repeat(60_000)}"` }), 413, "body-too-large");
});

test("unknown members, wrong types and unknown words are pointed at without being repeated", async () => {
  const ask = async (change: object) => {
    const { errors } = await refusal(
      await send("/v1/disclosures", { body: JSON.stringify({ ...disclosure, ...change }) }),
      400,
      "invalid-request",
    );
    return errors?.map(({ pointer }) => pointer);
  };
  assert.deepEqual(await ask({ [SECRET]: 1 }), ["#/body"]);
  assert.deepEqual(await ask({ purpose: SECRET }), ["#/body/purpose"]);
  assert.deepEqual(await ask({ purpose: "curiosity" }), ["#/body/purpose"]);
  assert.deepEqual(await ask({ customerId: SECRET }), ["#/body/customerId"]);
  assert.deepEqual(await ask({ fields: [SECRET] }), ["#/body/fields/0"]);
  assert.deepEqual(await ask({ fields: [] }), ["#/body/fields"]);
  assert.deepEqual(await ask({ fields: { [SECRET]: true } }), ["#/body/fields"]);
  assert.deepEqual(await ask({ form: "denied" }), ["#/body/form"]);
});

test("a value pasted as the name of a field or of an index part is not repeated", async () => {
  const clerk = await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const values = { [SECRET.toLowerCase()]: SECRET };
  const units = [
    { kind: "claim", entity: "acme", brand: "acme", line: "auto", records: [{ type: "person", fields: values }] },
  ];
  const created = await send("/v1/customers", { token: clerk.token, body: JSON.stringify({ kind: "person", units }) });
  await refusal(created, 422, "invalid-field");
  const searched = { index: "policy-number", values, purpose: "claim-handling" };
  const answer = await send("/v1/searches", { token: clerk.token, body: JSON.stringify(searched) });
  assert.ok(answer.status === 403 || answer.status === 422, `status ${answer.status}`);
  assert.ok(!(await answer.text()).includes("marlowe"));
});

test("missing, malformed, forged and foreign credentials are all answered alike", async () => {
  const forged = `${adjuster.slice(0, -4)}AAAA`;
  const foreign = `ubc_${"0".repeat(32)}_${"A".repeat(43)}`;
  const answers: string[] = [];
  for (const token of [null, SECRET, forged, foreign, `${adjuster}x`]) {
    const answer = await send("/v1/clients", { token });
    assert.match(answer.headers.get("www-authenticate") ?? "", /^Bearer /);
    const { instance: _reference, ...document } = await refusal(answer, 401, "unauthenticated");
    answers.push(JSON.stringify(document));
  }
  assert.equal(new Set(answers).size, 1, "the answers tell what was wrong");
});

test("a revoked client's token ends at once", async () => {
  const { principalId, token } = await server.createClient({ role: "csr", purposes: ["policy-servicing"] });
  assert.equal((await send("/v1/schema", { token })).status, 200);
  const revoke = { method: "PATCH", token: server.admin.token, body: JSON.stringify({ status: "revoked" }) };
  assert.equal((await send(`/v1/clients/${principalId}`, revoke)).status, 200);
  await refusal(await send("/v1/schema", { token }), 401, "unauthenticated");
});

test("an expired client's token is refused", async () => {
  const expiresAt = new Date(Date.now() + 1500);
  const { token } = await server.createClient({ role: "csr", purposes: ["policy-servicing"], expiresAt });
  assert.equal((await send("/v1/schema", { token })).status, 200);
  await new Promise((resolve) => setTimeout(resolve, 1600));
  await refusal(await send("/v1/schema", { token }), 401, "unauthenticated");
});

test("a client without the right is refused, and told no more", async () => {
  await refusal(await send("/v1/clients"), 403, "not-permitted");
  await refusal(await send("/v1/verifications", { method: "POST" }), 403, "not-permitted");
  const erasure = { customerId: UNKNOWN_ID, reason: "request of today" };
  await refusal(await send("/v1/erasures", { body: JSON.stringify(erasure) }), 403, "not-permitted");
});

test("what does not exist and what lies outside the client's rows look the same", async () => {
  await refusal(await send(`/v1/customers/${UNKNOWN_ID}?purpose=claim-handling`), 404, "not-found");
  await refusal(await send(`/v1/entries/${UNKNOWN_ID}`), 404, "not-found");
  await refusal(await send(`/v1/entries/${UNKNOWN_ID}/receipt`), 404, "not-found");
  await refusal(
    await send("/v1/customers/00000000-0000-0000-0000-000000000000?purpose=claim-handling"),
    404,
    "not-found",
  );
});

test("a principal that does not exist is unknown to those who may ask, and nothing is said of it to others", async () => {
  const { token, principalId } = await server.createClient({ role: "internal-auditor", purposes: ["audit"] });
  const seenBy = (id: string) => `/v1/principals/${id}/customers?from=2020-01-01T00:00:00Z&to=2099-01-01T00:00:00Z`;
  await refusal(await send(seenBy(UNKNOWN_ID), { token }), 404, "not-found");
  assert.equal((await send(seenBy(principalId), { token })).status, 200);
  for (const id of [UNKNOWN_ID, principalId]) await refusal(await send(seenBy(id)), 403, "not-permitted");
});

test("an idempotency key used for another request is refused, and one that is no key too", async () => {
  const key = { "idempotency-key": "order-1" };
  const first = JSON.stringify({
    name: "desk one",
    role: "csr",
    purposes: ["policy-servicing"],
    entities: ["acme"],
    lines: ["life"],
  });
  const token = server.admin.token;
  assert.equal((await send("/v1/clients", { token, headers: key, body: first })).status, 201);
  const other = first.replace("desk one", SECRET);
  await refusal(await send("/v1/clients", { token, headers: key, body: other }), 422, "idempotency-key-reused");
  const bad = { "idempotency-key": `${SECRET}${"x".repeat(200)}` };
  await refusal(await send("/v1/clients", { token, headers: bad, body: first }), 400, "invalid-idempotency-key");
});

test("cursors that this server did not give to this client for this list are refused", async () => {
  const token = server.admin.token;
  const page = (await (await send("/v1/clients?limit=1", { token })).json()) as { next: string };
  assert.equal((await send(`/v1/clients?limit=1&cursor=${page.next}`, { token })).status, 200);
  const tampered = page.next.replace(/^./, (first) => (first === "A" ? "B" : "A"));
  await refusal(await send(`/v1/clients?cursor=${tampered}`, { token }), 400, "invalid-cursor");
  await refusal(await send(`/v1/clients?cursor=${SECRET}`, { token }), 400, "invalid-cursor");
  await refusal(
    await send(`/v1/assignments?clientId=${UNKNOWN_ID}&cursor=${page.next}`, { token }),
    400,
    "invalid-cursor",
  );
});

test("queries are strict: unknown, repeated and wrong members are refused", async () => {
  const token = server.admin.token;
  await refusal(await send(`/v1/clients?${encodeURIComponent(SECRET)}=1`, { token }), 400, "invalid-request");
  await refusal(await send("/v1/clients?limit=0", { token }), 400, "invalid-request");
  await refusal(await send("/v1/clients?limit=1&limit=2", { token }), 400, "invalid-request");
  await refusal(await send(`/v1/customers/${UNKNOWN_ID}?purpose=${SECRET}`), 400, "invalid-request");
  // Where no query is known, none is passed over; and a number is its digits, not whatever the language reads as one.
  await refusal(await send(`/v1/mappings?name=${SECRET}`), 400, "invalid-request");
  for (const limit of ["0x10", "1e1", "%205", "05", ""])
    await refusal(await send(`/v1/clients?limit=${limit}`, { token }), 400, "invalid-request");
});

test("a body with a name twice is refused: whoever looked at it on its way may have read the other", async () => {
  const twice = `{"customerId":"${UNKNOWN_ID}","purpose":"claim-handling","fields":["person.last-name"],"purpose":"subrogation"}`;
  await refusal(await send("/v1/disclosures", { body: twice }), 400, "repeated-name");
  await refusal(
    await send("/v1/disclosures", { body: twice.replace('"purpose":"s', String.raw`"purpose":"s`) }),
    400,
    "repeated-name",
  );
});

test("wrong methods name the right ones; nothing under /local answers over TCP", async () => {
  const answer = await send("/v1/disclosures", { method: "PUT", body: "{}" });
  assert.equal(answer.headers.get("allow"), "POST");
  await refusal(answer, 405, "method-not-allowed");
  await refusal(await send("/local/bootstrap", { body: JSON.stringify({ name: SECRET }) }), 404, "not-found");
});

test("an import refuses unknown mappings, wrong offsets, too many bytes and files that are no such feed", async () => {
  const announce = (mapping: string, sizeBytes: number, sha256: string) =>
    send("/v1/imports", { token: feed, body: JSON.stringify({ mapping, sizeBytes, sha256 }) });
  const put = (importId: string, offset: number, body: string) =>
    send(`/v1/imports/${importId}/content?offset=${offset}`, {
      method: "PUT",
      token: feed,
      body,
      headers: { "content-type": "application/octet-stream" },
    });
  await refusal(await announce("no-such-mapping", 10, "0".repeat(64)), 404, "unknown-mapping");
  await refusal(await announce(SECRET, 10, "0".repeat(64)), 400, "invalid-request");

  const started = (await (await announce("life-policy", 40, "1".repeat(64))).json()) as { importId: string };
  const bare = `/v1/imports/${started.importId}/content?offset=0`;
  await refusal(await send(bare, { method: "PUT", token: feed }), 415, "unsupported-media-type");
  await refusal(await put(started.importId, 7, "x"), 409, "wrong-offset");
  await refusal(await put(started.importId, 0, SECRET.repeat(10)), 422, "longer-than-announced");
  const noHeader = SECRET.padEnd(40, "x");
  await refusal(await put(started.importId, 0, noHeader), 422, "bad-header");
  await refusal(await put(started.importId, 0, noHeader), 409, "import-over");
  await refusal(await put(UNKNOWN_ID, 0, "x"), 404, "unknown-import");
});

test("a field path that no schema can have is refused before any store is asked", async () => {
  const paths = ["-0.0", "0.x", "a.-b", `${"a".repeat(32)}.b`, `a.${"b".repeat(33)}`];
  for (const path of paths)
    await refusal(
      await send(`/v1/recipients/${UNKNOWN_ID}/tokens/${path}`, { method: "DELETE" }),
      400,
      "invalid-request",
    );
});
