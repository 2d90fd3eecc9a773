// Single sign-on as a browser goes through it: real provider, real cookies, and the sites that would like to take part.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ADA, draft } from "../../federation/test-federation.ts";
import { CLIENT, startTestProvider, type TestProvider } from "../../federation/test-provider.ts";
import { startTestServer, type TestServer } from "../../test-server.ts";

let server: TestServer;
let provider: TestProvider;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "uberrima-sso-"));
  const secretFile = join(folder, "secret");
  await writeFile(secretFile, `${CLIENT.secret}\n`, { mode: 0o600 });
  const port = await freePort();
  provider = await startTestProvider(ADA, `http://127.0.0.1:${port}/v1/sso/callback`);
  server = await startTestServer({
    settings: {
      UBERRIMA_PORT: String(port),
      UBERRIMA_OIDC_ISSUER: provider.issuer.href,
      UBERRIMA_OIDC_CLIENT_ID: CLIENT.clientId,
      UBERRIMA_OIDC_SECRET_FILE: secretFile,
    },
  });
  const { access, federated } = server.app.domains;
  const admin = await access.authenticate(server.admin.token);
  await federated.people.create(draft({ groups: ["uberrima-access-admins"] }), admin!);
});
after(async () => {
  await server.stop();
  await provider.stop();
  await rm(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, server.url), { redirect: "manual", headers });
const cookieIn = (answer: Response, name: string): string =>
  answer.headers.getSetCookie().find((line) => line.startsWith(`${name}=`)) ?? "";
const pairOf = (line: string): string => line.split(";")[0] ?? "";

/** Through the provider and back, as one browser. */
async function signIn(path = "/v1/sso/start?returnTo=/work"): Promise<{ answer: Response; cookie: string }> {
  const away = await get(path);
  assert.equal(away.status, 303);
  const carried = pairOf(cookieIn(away, "uberrima-sso"));
  const back = await provider.browse(away.headers.get("location")!);
  const answer = await get(`${back.pathname}${back.search}`, { cookie: carried });
  return { answer, cookie: pairOf(cookieIn(answer, "uberrima")) };
}

test("a browser comes back with a session's cookie that no script reads and no other site sends", async () => {
  const { answer, cookie } = await signIn();
  assert.deepEqual([answer.status, answer.headers.get("location")], [303, "/work"]);
  const line = cookieIn(answer, "uberrima");
  for (const part of ["HttpOnly", "SameSite=Strict", "Path=/"]) assert.ok(line.includes(part), line);
  assert.ok(cookieIn(answer, "uberrima-sso").includes("Max-Age=0"));
  assert.equal((await get("/v1/clients", { cookie })).status, 200);
  assert.ok(!server.logged.some((logged) => logged.includes(cookie.split("=")[1]!) || logged.includes("ada@insurer")));
});

test("a request that the cookie vouches for needs our own page's header, and no other site's doing", async () => {
  const { cookie } = await signIn();
  const post = async (headers: Record<string, string>) => {
    const body = JSON.stringify({ status: "suspended" });
    const answer = await fetch(`${server.url}/v1/clients/00000000-0000-7000-8000-000000000001`, {
      method: "PATCH",
      headers: { cookie, "content-type": "application/json", ...headers },
      body,
    });
    return answer.status;
  };
  assert.equal(await post({}), 403);
  assert.equal(await post({ "x-uberrima-request": "1", "sec-fetch-site": "cross-site" }), 403);
  assert.equal(await post({ "x-uberrima-request": "1", "sec-fetch-site": "same-site" }), 403);
  assert.equal(await post({ "x-uberrima-request": "1", "sec-fetch-site": "same-origin" }), 404);
});

test("a session that was there before the sign-in is not the one that comes out of it", async () => {
  const first = await signIn();
  const away = await get("/v1/sso/start", { cookie: first.cookie });
  const back = await provider.browse(away.headers.get("location")!);
  const cookie = `${first.cookie}; ${pairOf(cookieIn(away, "uberrima-sso"))}`;
  const answer = await get(`${back.pathname}${back.search}`, { cookie });
  const second = pairOf(cookieIn(answer, "uberrima"));
  assert.ok(second.length > 20 && second !== first.cookie);
});

test("a way back begun in another browser signs nobody in (login CSRF)", async () => {
  const away = await get("/v1/sso/start");
  const back = await provider.browse(away.headers.get("location")!);
  const answer = await get(`${back.pathname}${back.search}`);
  assert.equal(answer.status, 401);
  assert.equal(cookieIn(answer, "uberrima"), "");
});

test("the cookie's plain name counts on loopback alone: elsewhere a neighbour's page could have set it", async () => {
  const { cookie } = await signIn();
  const statusAt = (host: string, header: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(server.url);
      const asked = request({ hostname, port, path: "/v1/clients", headers: { host, cookie: header } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on("error", reject).end();
    });
  assert.equal(await statusAt("localhost", cookie), 200);
  for (const host of ["insurer.example", "localhost.insurer.example", "127.0.0.1.insurer.example"])
    assert.equal(await statusAt(host, cookie), 401, host);
  assert.equal(await statusAt("insurer.example", `__Host-${cookie}`), 200);
});

test("two cookies of one name are no session: one of them would be somebody else's", async () => {
  const { cookie } = await signIn();
  assert.equal((await get("/v1/clients", { cookie: `${cookie}; ${cookie}` })).status, 401);
});

test("a step-up needs a session, and renews it", async () => {
  assert.equal((await get("/v1/sso/start?stepUp=1")).status, 401);
  const { cookie } = await signIn();
  const away = await get("/v1/sso/start?stepUp=1&returnTo=/there", { cookie });
  assert.equal(new URL(away.headers.get("location")!).searchParams.get("prompt"), "login");
});
