// Requests that no client would send: every method, broken bytes, hostile headers and paths. Each is answered by the book or hung up on.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import type { Route } from "../../contract/route.ts";
import { ROUTES } from "../../contract/routes.ts";
import { damagedBytes, MARK, nastyText, runs } from "../support/test-hostile.ts";
import { readSources } from "../support/source-files.ts";
import { type FuzzScene, setFuzzScene } from "./test-fuzz-scene.ts";
import { exchange, type RawAnswer } from "./test-raw-http.ts";

/** What stands beside the OpenAPI document: the document itself, and what follows conventions of its own. */
const BESIDE = [
  "/",
  "/.well-known/oauth-authorization-server",
  "/docs",
  "/health/live",
  "/health/ready",
  "/log/checkpoint",
  "/log/tile/*",
  "/metrics",
  "/openapi.json",
  "/v1/sso/callback",
  "/v1/sso/start",
];
const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "QUERY"];
const REFUSALS = [400, 401, 403, 404, 405, 408, 409, 410, 413, 414, 415, 422, 429, 431, 503];
const ID = "01980000-0000-7000-8000-000000000000";
const PROBLEM = "application/problem+json";

describe("a server that is sent what no client sends", () => {
  let scene: FuzzScene;
  before(async () => {
    scene = await setFuzzScene();
  });
  after(async () => {
    const isReady = (await fetch(`${scene.server.url}/health/ready`)).ok;
    await scene.close();
    assert.ok(isReady, "the server still answers");
    assert.ok(!scene.server.logged.some((line) => line.includes(MARK)), "the log repeats what was sent");
    assert.equal(
      scene.server.logged.find((line) => line.includes('"failed"')),
      undefined,
    );
  });

  const send = (bytes: Uint8Array | string, quietMs = 150): Promise<RawAnswer[]> =>
    exchange(scene.server.url, typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes, quietMs);

  function judge({ status, headers, body }: RawAnswer): void {
    if (status === 100 || status === 304 || (status >= 200 && status < 300)) return;
    assert.ok(REFUSALS.includes(status), `status ${status}: ${body}`);
    assert.equal(headers.get("content-type")?.split(";")[0], PROBLEM);
    assert.equal(headers.get("cache-control"), "no-store");
    assert.ok(!body.includes(MARK), `repeats what was sent: ${body}`);
    if (body !== "") assert.equal((JSON.parse(body) as { readonly status: number }).status, status);
  }

  test("has no route that is neither in the document nor on the list of those beside it", () => {
    // SCIM is described by its own standard, and held to it by src/http/scim/scim.test.ts.
    const sources = readSources("src/http/**/*.ts").filter(
      ({ path }) => !path.endsWith(".test.ts") && !path.startsWith("src/http/scim/"),
    );
    const literal = sources.flatMap(({ text }) =>
      [
        ...text.matchAll(
          /\.(?:get|post|put|patch|delete|head|all)(?:<[^(]*>)?\(\s*"(\/[^"]*)"|routePrefix: "([^"]+)"/g,
        ),
      ].map(([, path, prefix]) => path ?? prefix),
    );
    assert.deepEqual(literal.toSorted(), BESIDE);
    const served = sources.flatMap(({ text }) =>
      [...text.matchAll(/serve(?:Public|Change)?\(\s*(?:\w+,\s*)+(\w+Routes\.\w+)/g)].map(([, name]) => name ?? ""),
    );
    assert.equal(new Set(served).size, served.length);
    // Three more, on the local socket alone.
    assert.equal(served.length, ROUTES.length + 3);
  });

  test("answers each method that a URL does not take with 405 and those it takes, and HEAD wherever no token is needed", async () => {
    const documented = Map.groupBy(ROUTES, ({ path }) => path);
    const openAt = (path: string): readonly string[] =>
      BESIDE.includes(path)
        ? ["GET"]
        : (documented.get(path) ?? []).filter((route: Route) => route.open === true).map(({ method }) => method);
    for (const path of [...documented.keys(), ...BESIDE]) {
      const taken: string[] = documented.get(path)?.map(({ method }) => method) ?? ["GET"];
      const open = [...openAt(path)];
      if (open.includes("GET")) open.push("HEAD");
      if (open.includes("HEAD")) taken.push("HEAD");
      const url = path.replaceAll(/:\w+/g, ID).replace("*", "0/000");
      for (const method of METHODS) {
        const [answer, ...more] = await send(
          `${method} ${url} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
          5000,
        );
        assert.ok(answer !== undefined && more.length === 0, `${method} ${path}`);
        if (answer.status < 300) assert.ok(open.includes(method), `${method} ${path}`);
        else judge(answer);
        if (taken.includes(method)) assert.notEqual(answer.status, 405, `${method} ${path}`);
        else
          assert.deepEqual(
            [answer.status, answer.headers.get("allow")?.split(", ").toSorted()],
            [405, taken.toSorted()],
            `${method} ${path}`,
          );
      }
    }
  });

  test("says at its bare address where the description is", async () => {
    const answer = await fetch(scene.server.url);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("link") ?? "", /<\/openapi\.json>; rel="service-desc"/);
    const { description, documentation, log, health } = (await answer.json()) as Record<string, string>;
    for (const path of [description, documentation, log, health].map(String))
      assert.equal((await fetch(scene.server.url + path)).status, 200, path);
  });

  test("answers a request with anything broken by the book, or hangs up", async () => {
    const body = JSON.stringify({ customerId: ID, purpose: "claim-handling", fields: ["person.last-name"] });
    const heads = [
      "Host: localhost",
      `Authorization: Bearer ${scene.people.adjuster.token}`,
      "Content-Type: application/json",
      "Idempotency-Key: one",
      "Connection: close",
    ];
    const whole = fc.constantFrom(
      `POST /v1/disclosures HTTP/1.1\r\n${[...heads, `Content-Length: ${body.length}`].join("\r\n")}\r\n\r\n${body}`,
      `POST /v1/disclosures HTTP/1.1\r\n${[...heads, "Transfer-Encoding: chunked"].join("\r\n")}\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
      `GET /v1/clients?limit=5&cursor=abc HTTP/1.1\r\n${heads.join("\r\n")}\r\n\r\n`,
      "GET /log/checkpoint HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: x\r\nConnection: close\r\n\r\n",
    );
    await fc.assert(
      fc.asyncProperty(damagedBytes(whole.map((text) => Buffer.from(text))), async (bytes) => {
        for (const answer of await send(bytes)) judge(answer);
      }),
      runs(50),
    );
  });

  test("answers hostile headers by the book", async () => {
    const names = fc.constantFrom(
      "Authorization",
      "Content-Type",
      "Content-Length",
      "Transfer-Encoding",
      "Expect",
      "Connection",
      "Upgrade",
      "Host",
      "Accept",
      "Accept-Encoding",
      "Content-Encoding",
      "Idempotency-Key",
      "If-None-Match",
      "Range",
      "Cookie",
      "Forwarded",
      "X-Forwarded-For",
      "X-HTTP-Method-Override",
      "Traceparent",
    );
    const values = fc.oneof(
      nastyText.map((text) => text.replaceAll(/[\r\n]/g, " ")),
      fc.constantFrom(
        "100-continue",
        "200-ok",
        "gzip",
        "chunked",
        "identity",
        "websocket",
        "h2c",
        "-1",
        "1e3",
        "99999999999999999999",
        "application/json; charset=utf-16",
        "multipart/form-data",
        "Bearer  x",
        "Basic eDp5",
        "bytes=0-",
        "*",
      ),
    );
    const header = fc.tuple(names, values).map(([name, value]) => `${name}: ${value}`);
    const targets = fc.constantFrom(
      "GET /v1/mappings",
      "POST /v1/searches",
      "GET /log/checkpoint",
      "GET /docs",
      "DELETE /v1/nothing",
    );
    await fc.assert(
      fc.asyncProperty(targets, fc.array(header, { minLength: 1, maxLength: 3 }), async (target, headers) => {
        const lines = [
          `${target} HTTP/1.1`,
          "Host: localhost",
          `Authorization: Bearer ${scene.people.adjuster.token}`,
          ...headers,
          "Connection: close",
          "",
          "{}",
        ];
        for (const answer of await send(Buffer.from(lines.join("\r\n"), "utf8"))) judge(answer);
      }),
      runs(50),
    );
  });

  test("has below its public prefixes what lies there and nothing else", async () => {
    const prefixes = fc.constantFrom(
      "/docs/",
      "/docs/static/",
      "/log/",
      "/log/tile/",
      "/log/tile/entries/",
      "/v1/",
      "/",
    );
    const climbing = fc.constantFrom(
      "..%2f..%2fpackage.json",
      "%2e%2e/%2e%2e/package.json",
      "..\\..\\package.json",
      "%252e%252e%252fpackage.json",
      "./../.././package.json",
      "index.html%00.js",
      "0/x999/x999/x999/x999/999",
      "0/000.p/0256",
    );
    await fc.assert(
      fc.asyncProperty(
        prefixes,
        fc.oneof(
          climbing,
          nastyText.map((text) => encodeURIComponent(text.toWellFormed())),
          nastyText,
        ),
        async (prefix, path) => {
          const target = `${prefix}${path}`.replaceAll(/[^\x21-\xff]/g, "");
          for (const answer of await send(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)) {
            judge(answer);
            assert.ok(
              !answer.body.includes("dependencies") && !answer.body.includes("root:x:"),
              "a file from elsewhere",
            );
          }
        },
      ),
      runs(50),
    );
  });
});
