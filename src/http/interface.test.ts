// The interface as a whole: documented completely, limited, measured without personal data, and public only where it is meant to be.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ROUTES } from "../../contract/routes.ts";
import { problem } from "../../contract/common.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

let server: TestServer;

before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

interface Operation {
  readonly operationId?: string;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly security?: readonly object[];
}

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: object };
}

async function readOpenApi(): Promise<OpenApi> {
  const answer = await fetch(`${server.url}/openapi.json`);
  assert.equal(answer.status, 200);
  return (await answer.json()) as OpenApi;
}

test("the OpenAPI 3.1 document lists every operation of the contract and no other", async () => {
  const { openapi, paths } = await readOpenApi();
  assert.match(openapi, /^3\.1\./);
  const listed = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const described = ROUTES.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
  assert.deepEqual(listed.toSorted(), described.toSorted());
});

test("each operation has its own name, its parameters, a success, problems, and a token where it needs one", async () => {
  const { paths } = await readOpenApi();
  const operations = Object.entries(paths).flatMap(([path, each]) =>
    Object.values(each).map((operation) => ({ path, operation })),
  );
  assert.equal(new Set(operations.map(({ operation }) => operation.operationId)).size, operations.length);
  for (const { path, operation } of operations) {
    const declared = (operation.parameters ?? [])
      .filter((parameter) => parameter.in === "path")
      .map(({ name }) => name);
    assert.deepEqual(
      declared,
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      path,
    );
    assert.ok(
      Object.keys(operation.responses).some((status) => status.startsWith("2")),
      path,
    );
    for (const status of ["400", "429", "500", "503"])
      assert.ok(operation.responses[status] !== undefined, `${path} ${status}`);
    assert.equal(operation.responses["default"], undefined, path);
    const isOpen = ROUTES.some(({ id, open }) => id === operation.operationId && open === true);
    assert.deepEqual(operation.security, isOpen ? [] : [{ bearer: [] }], path);
  }
});

test("the document holds no reference that leads nowhere", async () => {
  const document = await readOpenApi();
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
    ([, reference]) => reference ?? "",
  );
  for (const reference of references) {
    const found = reference
      .slice(2)
      .split("/")
      .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);
    assert.notEqual(found, undefined, reference);
  }
});

test("a browser that went astray gets the page that says so, under the pages' own policy; programs get the problem document", async () => {
  const browser = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };
  for (const path of ["/nowhere", "/nowhere/at/all?x=1", "/portals", "/hom"]) {
    const answer = await fetch(`${server.url}${path}`, { headers: browser });
    assert.equal(answer.status, 404, path);
    assert.match(answer.headers.get("content-type") ?? "", /^text\/html/, path);
    assert.match(answer.headers.get("content-security-policy") ?? "", /script-src 'self'/);
    assert.ok((await answer.text()).includes("/assets/"), path);
  }
  const asked = [
    ["/nowhere", { accept: "*/*" }],
    ["/nowhere", { accept: "application/json" }],
    ["/v1/nowhere", browser],
    ["/assets/nowhere.js", browser],
  ] as const;
  for (const [path, headers] of asked) {
    const answer = await fetch(`${server.url}${path}`, { headers });
    assert.equal(answer.status, 404, path);
    assert.equal(problem.parse(await answer.json()).code, "not-found");
  }
  const posted = await fetch(`${server.url}/nowhere`, { method: "POST", headers: browser });
  assert.equal(problem.parse(await posted.json()).code, "not-found");
});

test("the documentation pages load nothing from elsewhere", async () => {
  const page = await fetch(`${server.url}/docs/`);
  assert.equal(page.status, 200);
  const html = await page.text();
  assert.match(html, /<title>Uberrima API<\/title>/);
  for (const [, target] of html.matchAll(/(?:src|href)="([^"]+)"/g)) assert.match(target ?? "", /^\.\/static\//);
  const policy = page.headers.get("content-security-policy") ?? "";
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self';/);
  assert.ok(!policy.includes("http"), policy);
  const script = await fetch(`${server.url}/docs/static/swagger-initializer.js`);
  assert.match(await script.text(), /"validatorUrl":null/);
});

test("without a token only health, metrics, the public log, the documentation, the way to a token and customer sign-in answer", async () => {
  const oauth = "/.well-known/oauth-authorization-server";
  for (const path of [oauth, "/health/live", "/health/ready", "/metrics", "/openapi.json", "/docs/", "/v1/log"]) {
    assert.equal((await fetch(server.url + path)).status, 200, path);
  }
  for (const { method, path } of ROUTES.filter(({ open }) => open !== true)) {
    const url = server.url + path.replaceAll(/:\w+/g, "01980000-0000-7000-8000-000000000000");
    const answer = await fetch(url, { method });
    assert.equal(answer.status, 401, `${method} ${path}`);
    assert.equal(problem.parse(await answer.json()).code, "unauthenticated");
  }
});

test("what answers without a token is the log's description and the ways to sign in, and nothing else", () => {
  const open = ROUTES.filter((each) => each.open === true).map(({ id }) => id);
  assert.deepEqual(open, [
    "describeLog",
    "claimErasures",
    "claimErasureCertificate",
    "askSignInCode",
    "signInCustomer",
    "askCustomerPasskey",
    "signInCustomerByPasskey",
    "fetchCalendar",
    "submitReport",
    "readReportByReceipt",
    "addToReport",
    "signIn",
    "askPasskeySignIn",
    "signInByPasskey",
    "lookAtInvitation",
    "acceptInvitation",
    "pickUpPackage",
    "askRoomCode",
    "askRoomWays",
    "addRoomPasskey",
    "openRoom",
  ]);
});

test("metrics know route templates, methods and codes, and nothing that was sent", async () => {
  const token = server.admin.token;
  await fetch(`${server.url}/v1/customers/01980000-0000-7000-8000-00000000abcd?purpose=administration`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await fetch(`${server.url}/v1/Marlowe/078-05-1120`);
  const text = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(text, /route="\/v1\/customers\/:customerId"/);
  assert.match(text, /process_resident_memory_bytes/);
  for (const sent of ["Marlowe", "078-05", "abcd", token]) assert.ok(!text.includes(sent), sent);
});

test("the public log is served as files that may be kept: tiles for ever, the checkpoint never", async () => {
  await server.createClient({ role: "csr", purposes: ["policy-servicing"] });
  const checkpoint = await untilServed("/log/checkpoint");
  assert.equal(checkpoint.headers.get("cache-control"), "no-cache");
  const [origin, size] = (await checkpoint.text()).split("\n");
  assert.equal(origin, server.app.domains.ledger.origin);
  const tile = await fetch(`${server.url}/log/tile/0/000.p/${size}`);
  assert.equal(tile.headers.get("content-type"), "application/octet-stream");
  assert.match(tile.headers.get("cache-control") ?? "", /immutable/);
  assert.equal((await tile.arrayBuffer()).byteLength, Number(size) * 32);
  const again = await fetch(tile.url, { headers: { "if-none-match": tile.headers.get("etag") ?? "" } });
  assert.equal(again.status, 304);
  for (const path of ["0/001", "0/000.p/255", "0/x000/000", "64/000", "0/../0/000", "entries/000.p/0"]) {
    assert.equal((await fetch(`${server.url}/log/tile/${path}`)).status, 404, path);
  }
});

async function untilServed(path: string): Promise<Response> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await fetch(server.url + path);
    if (answer.status === 200) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail(`${path} was not served in time`);
}
