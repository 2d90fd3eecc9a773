// The bare server over real sockets: broken requests get problem documents, and nothing that was sent comes back or is logged.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { request as httpsRequest } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { connect as tlsConnect, type TLSSocket } from "node:tls";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { problem } from "../../contract/common.ts";
import { createLog } from "./request-log.ts";
import { createServer } from "./server.ts";
import { makeTestCertificate } from "./test-certificate.ts";

const SECRET = "078-05-1120";

interface Started {
  readonly http: FastifyInstance;
  readonly url: string;
  readonly port: number;
  readonly logged: string[];
}

async function start(
  context: TestContext,
  tls: NonNullable<Parameters<typeof createServer>[0]["tls"]> | null = null,
): Promise<Started> {
  const logged: string[] = [];
  const log = createLog("debug", { write: (line) => void logged.push(line) });
  const http = createServer({ log, tls, names: new Set(["name", "limit"]), trustedProxies: [] });
  const body = z.strictObject({ name: z.string().max(20) });
  http.post("/v1/things/:thingId", { schema: { body } }, () => ({ fine: true }));
  http.get(
    "/v1/things/:thingId",
    { schema: { querystring: z.strictObject({ limit: z.coerce.number().max(5).optional() }) } },
    () => ({}),
  );
  http.get("/v1/broken", () => {
    throw new Error(`cannot read ${SECRET}`, { cause: new Error(SECRET) });
  });
  http.get("/v1/mistaken", { schema: { response: { 200: z.strictObject({ name: z.string() }) } } }, () => ({
    [SECRET]: SECRET,
  }));
  await http.listen({ host: "127.0.0.1", port: 0 });
  context.after(() => http.close());
  const { port } = http.server.address() as AddressInfo;
  return { http, port, logged, url: `http://127.0.0.1:${port}` };
}

async function expectProblem(answer: Response, status: number, code: string): Promise<z.output<typeof problem>> {
  const text = await answer.text();
  assert.equal(answer.status, status, text);
  assert.equal(answer.headers.get("content-type")?.split(";")[0], "application/problem+json");
  const document = problem.parse(JSON.parse(text));
  assert.equal(document.code, code);
  assert.equal(document.status, status);
  assert.ok(!text.includes(SECRET), "the answer repeats what was sent");
  return document;
}

const json = { "content-type": "application/json" };

test("every kind of broken body is refused with its own problem, and none is repeated or logged", async (context) => {
  const { url, logged } = await start(context);
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json): Promise<Response> =>
    fetch(`${url}/v1/things/1`, { method: "POST", body, headers });
  const cut = Buffer.from(JSON.stringify({ name: `${SECRET}\u00e9` })).subarray(0, -3);
  const invalidUtf8 = new Uint8Array([...cut, ...Buffer.from('"}')]);

  await expectProblem(await post(`{"name": "${SECRET}"`), 400, "malformed-json");
  await expectProblem(await post(`${SECRET}`), 400, "malformed-json");
  await expectProblem(await post(invalidUtf8), 400, "invalid-utf8");
  await expectProblem(await post(""), 400, "empty-body");
  await expectProblem(await post(`{"name": 1, "${SECRET}": 2}`), 400, "invalid-request");
  await expectProblem(await post(`{"__proto__": {"name": "${SECRET}"}}`), 400, "invalid-request");
  await expectProblem(await post(`"${SECRET}"`), 400, "invalid-request");
  await expectProblem(await post(`{"name": "${SECRET.repeat(9)}"}`), 400, "invalid-request");
  await expectProblem(await post(`{"name": "${SECRET.repeat(100_000)}"}`), 413, "body-too-large");
  await expectProblem(await post(`name=${SECRET}`, { "content-type": "text/plain" }), 415, "unsupported-media-type");
  await expectProblem(await post(SECRET, { "content-type": `text/${SECRET}` }), 415, "unsupported-media-type");
  await expectProblem(await post("[".repeat(500_000)), 400, "malformed-json");

  const accepted = await post('{"name":"anna"}');
  assert.equal(accepted.status, 200);
  assert.ok(logged.length > 0);
  assert.ok(!logged.join("").includes(SECRET), "the log repeats what was sent");
});

test("wrong members are pointed at by known names only", async (context) => {
  const { url } = await start(context);
  const body = `{"name": 1, "${SECRET}": 2}`;
  const answer = await fetch(`${url}/v1/things/1`, { method: "POST", body, headers: json });
  const { errors } = await expectProblem(answer, 400, "invalid-request");
  assert.deepEqual(errors, [
    { pointer: "#/body/name", code: "invalid-type", detail: "must be a string" },
    { pointer: "#/body", code: "unrecognized-keys", detail: "holds a member that is not known" },
  ]);
});

test("unknown URLs, wrong methods, bad URLs and bad queries are told apart, without repeating the URL", async (context) => {
  const { url, logged } = await start(context);
  await expectProblem(await fetch(`${url}/v1/${SECRET}`), 404, "not-found");
  await expectProblem(
    await fetch(`${url}/v1/${SECRET}`, { method: "POST", body: "{", headers: json }),
    404,
    "not-found",
  );
  const wrongMethod = await fetch(`${url}/v1/things/${SECRET}?limit=1`, { method: "DELETE" });
  assert.equal(wrongMethod.headers.get("allow"), "POST, GET, HEAD");
  await expectProblem(wrongMethod, 405, "method-not-allowed");
  await expectProblem(await fetch(`${url}/v1/things/%E0%A4%A`), 400, "invalid-url");
  await expectProblem(await fetch(`${url}/v1/things/${SECRET.repeat(30)}`), 414, "url-too-long");
  const { errors } = await expectProblem(await fetch(`${url}/v1/things/1?limit=${SECRET}`), 400, "invalid-request");
  assert.equal(errors?.[0]?.pointer, "#/query/limit");
  await expectProblem(await fetch(`${url}/v1/things/1?limit=1&limit=2`), 400, "invalid-request");
  assert.ok(!logged.join("").includes(SECRET));
});

test("a failure of ours shows a reference only, and its message is not logged either", async (context) => {
  const { url, logged } = await start(context);
  const document = await expectProblem(await fetch(`${url}/v1/broken`), 500, "internal");
  await expectProblem(await fetch(`${url}/v1/mistaken`), 500, "internal");
  const reference = document.instance?.slice("urn:uuid:".length) ?? "";
  const line = logged.find((each) => each.includes(reference) && each.includes('"failed"'));
  assert.match(line ?? "", /server\.test\.ts/, "the log holds the place, to be found by the reference");
  assert.ok(!logged.join("").includes(SECRET));
});

function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    const parts: Buffer[] = [];
    socket.on("data", (part: Buffer) => parts.push(part));
    socket.on("end", () => resolve(Buffer.concat(parts).toString("latin1")));
    socket.on("error", reject);
  });
}

test("bytes that are not HTTP get a problem document too, and the connection ends", async (context) => {
  const { port } = await start(context);
  const nonsense = await exchange(port, `${SECRET}\r\n\r\n`);
  assert.match(nonsense, /^HTTP\/1\.1 400 /);
  assert.match(nonsense, /"code":"malformed-http"/);
  assert.ok(!nonsense.includes(SECRET));
  const longHeaders = await exchange(port, `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${"a".repeat(20_000)}\r\n\r\n`);
  assert.match(longHeaders, /^HTTP\/1\.1 431 /);
  assert.match(longHeaders, /"code":"headers-too-large"/);
});

test("answers carry the security headers, also problems", async (context) => {
  const { url } = await start(context);
  for (const path of ["/v1/things/1", "/nowhere"]) {
    const { headers } = await fetch(url + path);
    assert.equal(headers.get("cache-control"), "no-store");
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'/);
    assert.equal(headers.get("server"), null);
    assert.equal(headers.get("x-powered-by"), null);
  }
});

test("serves TLS 1.3 and refuses TLS 1.2", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "uberrima-tls-"));
  context.after(() => rm(folder, { recursive: true }));
  const { certPem, keyPem } = makeTestCertificate(new Date());
  const files = { certFile: join(folder, "cert.pem"), keyFile: join(folder, "key.pem") };
  const tls = { ...files, requestsCertificates: true, clientCaFile: null };
  writeFileSync(tls.certFile, certPem);
  writeFileSync(tls.keyFile, keyPem, { mode: 0o600 });
  const { port } = await start(context, tls);

  const { status, protocol, transport } = await new Promise<{ status?: number; protocol: unknown; transport: unknown }>(
    (resolve, reject) => {
      const sent = httpsRequest({ host: "127.0.0.1", port, path: "/v1/things/1", ca: certPem }, (answer) => {
        answer.resume();
        const socket = answer.socket as TLSSocket;
        resolve({
          ...(answer.statusCode === undefined ? {} : { status: answer.statusCode }),
          protocol: socket.getProtocol(),
          transport: answer.headers["strict-transport-security"],
        });
      });
      sent.on("error", reject);
      sent.end();
    },
  );
  assert.equal(status, 200);
  assert.equal(protocol, "TLSv1.3");
  assert.match(String(transport), /max-age=/);

  const refused = await new Promise<string>((resolve) => {
    const socket = tlsConnect({ host: "127.0.0.1", port, ca: certPem, maxVersion: "TLSv1.2" });
    socket.on("secureConnect", () => resolve("connected"));
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "refused"));
  });
  assert.match(refused, /PROTOCOL_VERSION|ECONNRESET/);
});
