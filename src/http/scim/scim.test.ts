// A directory's day over real HTTP: joiners, movers and leavers, in the dialects that large directories speak; and what it may not do.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startTestServer, type TestServer } from "../../test-server.ts";

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

interface Resource {
  readonly id: string;
  readonly [attribute: string]: unknown;
}
interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly body: Resource & {
    readonly Resources?: readonly Resource[];
    readonly totalResults?: number;
    readonly scimType?: string;
  };
}

async function ask(method: string, path: string, body?: unknown, token = server.admin.token): Promise<Answer> {
  const answer = await fetch(`${server.url}/scim/v2${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/scim+json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get("content-type"), body: text === "" ? {} : JSON.parse(text) };
}
const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
let made = 0;
const draft = (changes: object = {}) => {
  made += 1;
  const userName = `person-${made}@insurer.example`;
  return {
    schemas: [USER],
    userName,
    externalId: `e-${made}`,
    name: { givenName: "Ada", familyName: "Byron" },
    emails: [{ value: userName, primary: true }],
    active: true,
    ...changes,
  };
};
const patch = (...Operations: readonly object[]) => ({ schemas: [PATCH], Operations });

async function groupNamed(name: string): Promise<Resource> {
  const { body } = await ask("GET", `/Groups?filter=${encodeURIComponent(`displayName eq "${name}"`)}`);
  return body.Resources?.[0] ?? assert.fail(name);
}
async function principalOf(id: string) {
  const person = await server.app.domains.federated.people.get(id as never);
  const { principalId } = person?.content ?? {};
  return principalId == null ? null : server.app.domains.access.describePrincipal(principalId as never);
}
const sessionOf = (principalId: string) =>
  server.app.domains.signIns.sessions.start({
    principalId: principalId as never,
    methods: ["sso"],
    isStrong: true,
    isPhishingResistant: false,
    lifetimeSeconds: 3600,
    idleSeconds: 900,
    device: "",
    address: "",
  });
const looks = async (token: string) =>
  (await fetch(`${server.url}/v1/schema`, { headers: { authorization: `Bearer ${token}` } })).status;

test("joiner, mover and leaver: the group gives the role, another group another principal, and the leaver is cut off at once", async () => {
  const joined = await ask("POST", "/Users", draft());
  assert.deepEqual([joined.status, joined.type], [201, "application/scim+json"]);
  const { id } = joined.body;
  assert.equal(await principalOf(id), null, "in no group yet");
  const claims = await groupNamed("uberrima-claims");
  await ask("PATCH", `/Groups/${claims.id}`, patch({ op: "add", path: "members", value: [{ value: id }] }));
  const adjuster = await principalOf(id);
  assert.equal(adjuster?.role, "claims-adjuster");
  const { token } = await sessionOf(adjuster!.principalId);
  assert.equal(await looks(token), 200);

  const desk = await groupNamed("uberrima-service-desk");
  await ask("PATCH", `/Groups/${desk.id}`, patch({ op: "add", path: "members", value: [{ value: id }] }));
  await ask("PATCH", `/Groups/${claims.id}`, patch({ op: "remove", path: `members[value eq "${id}"]` }));
  const agent = await principalOf(id);
  assert.equal(agent?.role, "csr");
  assert.notEqual(agent?.principalId, adjuster?.principalId);
  assert.equal(await looks(token), 401);

  const second = await sessionOf(agent!.principalId);
  assert.equal(await looks(second.token), 200);
  // As Entra ID sends it: capitalised operation, no path, a word for a boolean.
  const left = await ask("PATCH", `/Users/${id}`, patch({ op: "Replace", value: { active: "False" } }));
  assert.deepEqual([left.status, left.body["active"]], [200, false]);
  assert.equal(await looks(second.token), 401);
  assert.equal((await server.app.domains.access.describePrincipal(agent!.principalId))?.status, "revoked");
});

test("a group dropped and added again within minutes costs nobody their principal", async () => {
  const { body } = await ask("POST", "/Users", draft());
  const claims = await groupNamed("uberrima-claims");
  const add = () =>
    ask("PATCH", `/Groups/${claims.id}`, patch({ op: "add", path: "members", value: [{ value: body.id }] }));
  await add();
  const first = await principalOf(body.id);
  await ask("PATCH", `/Groups/${claims.id}`, patch({ op: "remove", path: "members", value: [{ value: body.id }] }));
  assert.equal((await principalOf(body.id))?.status, "on-leave");
  await add();
  const again = await principalOf(body.id);
  assert.deepEqual([again?.principalId, again?.status], [first?.principalId, "active"]);
});

test("users are found by name without regard to case, by other attributes, in pages", async () => {
  const mine = draft({ userName: "Case.Sensitive@insurer.example", displayName: "Found by name" });
  const { body } = await ask("POST", "/Users", mine);
  const find = async (filter: string) =>
    (await ask("GET", `/Users?filter=${encodeURIComponent(filter)}`)).body.Resources?.map(({ id }) => id);
  assert.deepEqual(await find('userName eq "case.sensitive@insurer.example"'), [body.id]);
  assert.deepEqual(await find('displayName sw "Found" and active eq true'), [body.id]);
  assert.deepEqual(await find('userName eq "nobody"'), []);
  const all = (await ask("GET", "/Users")).body.totalResults ?? 0;
  const page = (await ask("GET", `/Users?startIndex=2&count=1`)).body;
  assert.deepEqual([page.totalResults, page.Resources?.length], [all, 1]);
});

test("a user is replaced, keeps its groups, and goes with its entry", async () => {
  const { body } = await ask("POST", "/Users", draft());
  const claims = await groupNamed("uberrima-claims");
  await ask("PATCH", `/Groups/${claims.id}`, patch({ op: "add", path: "members", value: [{ value: body.id }] }));
  const renamed = await ask("PUT", `/Users/${body.id}`, draft({ displayName: "Another name", groups: [] }));
  assert.equal(renamed.body["displayName"], "Another name");
  assert.deepEqual(
    (renamed.body["groups"] as readonly Resource[]).map(({ display }) => display),
    ["uberrima-claims"],
  );
  const principal = await principalOf(body.id);
  assert.equal((await ask("DELETE", `/Users/${body.id}`)).status, 204);
  assert.equal((await ask("GET", `/Users/${body.id}`)).status, 404);
  assert.equal((await server.app.domains.access.describePrincipal(principal!.principalId))?.status, "revoked");
});

test("a name is given once, and is free again when its owner's entry is gone", async () => {
  const mine = draft();
  const { body } = await ask("POST", "/Users", mine);
  const taken = await ask("POST", "/Users", { ...mine, userName: mine.userName.toUpperCase() });
  assert.deepEqual([taken.status, taken.body.scimType], [409, "uniqueness"]);
  await ask("DELETE", `/Users/${body.id}`);
  assert.equal((await ask("POST", "/Users", mine)).status, 201);
});

test("nobody but an access administrator's client tells who works here, and a person's session tells nothing", async () => {
  const { token } = await server.createClient({
    role: "compliance",
    purposes: ["audit"],
    rowScope: "everything-masked",
  });
  for (const [method, path, body] of [
    ["GET", "/Users"],
    ["POST", "/Users", draft()],
    ["GET", "/Groups"],
  ] as const) {
    const answer = await ask(method, path, body, token);
    assert.deepEqual([answer.status, answer.body["schemas"]], [403, ["urn:ietf:params:scim:api:messages:2.0:Error"]]);
  }
  assert.equal((await ask("GET", "/Users", undefined, "ubc_nonsense")).status, 401);
});

const BAD: readonly (readonly [what: string, method: string, path: string, body: unknown, status: number])[] = [
  ["a user without a name", "POST", "/Users", { schemas: [USER] }, 400],
  ["a name that is no text", "POST", "/Users", { userName: { "": 1 } }, 400],
  ["a filter that is none", "GET", "/Users?filter=%28%28%28", undefined, 400],
  ["a filter nested beyond reason", "GET", `/Users?filter=${"(".repeat(200)}`, undefined, 400],
  ["a page that is no number", "GET", "/Users?startIndex=one", undefined, 400],
  ["an id that is none", "GET", "/Users/..%2f..", undefined, 404],
  ["a PATCH without operations", "PATCH", "/Users/ID", { schemas: [PATCH], Operations: [] }, 400],
  [
    "a PATCH of the language's own objects",
    "PATCH",
    "/Users/ID",
    patch({ op: "add", path: "__proto__.polluted", value: "x" }),
    400,
  ],
  [
    "a PATCH that hides them in a value",
    "PATCH",
    "/Users/ID",
    { schemas: [PATCH], Operations: [{ op: "add", value: { constructor: { prototype: { polluted: 1 } } } }] },
    400,
  ],
  [
    "a path that leads nowhere",
    "PATCH",
    "/Users/ID",
    patch({ op: "replace", path: 'emails[type eq "', value: "x" }),
    400,
  ],
  ["a PATCH that takes the name away", "PATCH", "/Users/ID", patch({ op: "remove", path: "userName" }), 400],
  ["a group that means nothing here", "POST", "/Groups", { displayName: "everybody" }, 400],
  [
    "a member who is no user",
    "PATCH",
    "/Groups/GROUP",
    patch({ op: "add", path: "members", value: [{ value: "0" }] }),
    400,
  ],
  ["a group's removal", "DELETE", "/Groups/GROUP", undefined, 400],
];
for (const [what, method, path, body, status] of BAD) {
  test(`${what} is refused in SCIM's own words, without repeating it, and changes nothing`, async () => {
    const { body: user } = await ask("POST", "/Users", draft());
    const group = await groupNamed("uberrima-claims");
    const at = path.replace("ID", user.id).replace("GROUP", group.id);
    const answer = await ask(method, at, body);
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    assert.deepEqual(answer.body["schemas"], ["urn:ietf:params:scim:api:messages:2.0:Error"]);
    assert.deepEqual((await ask("GET", `/Users/${user.id}`)).body, user);
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });
}

test("says what it can do, in the form that directories look for", async () => {
  assert.deepEqual((await ask("GET", "/ServiceProviderConfig")).body["patch"], { supported: true });
  assert.equal((await ask("GET", "/ResourceTypes")).body.totalResults, 2);
  assert.equal((await ask("GET", `/Schemas/${USER}`)).body.id, USER);
  assert.equal((await ask("GET", "/Schemas/none")).status, 404);
});
