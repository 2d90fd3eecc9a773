// Guarantee: whoever the directory makes, renames or moves is known to the watch by name and address, and what personnel added stays.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Actor } from "../access/access.ts";
import { asId } from "../kernel/ids.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { STAFF_PROFILE } from "./rows.ts";

let server: TestServer;
let admin: Actor;
before(async () => {
  server = await startTestServer();
  admin = (await server.app.domains.access.authenticate(server.admin.token, true))!;
});
after(() => server.stop());

async function scim(method: string, path: string, body: unknown): Promise<{ readonly id: string }> {
  const answer = await fetch(`${server.url}/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${server.admin.token}`, "content-type": "application/scim+json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, text);
  return JSON.parse(text === "" ? "{}" : text);
}

let made = 0;
function user(familyName: string, changes: object = {}) {
  const userName = `watched-${(made += 1)}@insurer.example`;
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    userName,
    name: { givenName: "Ada", familyName },
    emails: [{ value: userName, primary: true }],
    active: true,
    ...changes,
  };
}

async function move(id: string, from: string | null, to: string): Promise<string> {
  const { people } = server.app.domains.federated;
  const held = await people.get(asId(id));
  const { principalId: _p, mapped: _m, resting: _r, ...draft } = held!.content;
  const groups = [...draft.groups.filter((each) => each !== from), to];
  const { content } = await people.replace(asId(id), { ...draft, groups }, admin);
  return content.principalId ?? assert.fail("nobody to act as");
}

async function rowOf(principalId: string) {
  const { authority } = server.app.domains;
  const [row, ...others] = await authority.live(server.app.storage.database, STAFF_PROFILE, asId(principalId));
  assert.equal(others.length, 0);
  return row;
}
const profileOf = async (principalId: string) => (await rowOf(principalId))?.content;

test("a joiner is known by name and address once they act as somebody, and by the new name once they are renamed", async () => {
  const draft = user("Byron");
  const { id } = await scim("POST", "/Users", draft);
  const principalId = await move(id, null, "uberrima-claims");
  const { firstName, lastName, emails } = (await profileOf(principalId)) ?? assert.fail("no profile");
  assert.deepEqual([firstName, lastName, emails], ["Ada", "Byron", [draft.userName]]);
  await scim("PUT", `/Users/${id}`, { ...draft, name: { givenName: "Ada", familyName: "Lovelace" } });
  assert.equal((await profileOf(principalId))?.lastName, "Lovelace");
});

test("where and under which numbers somebody lives stays as personnel wrote it, also when another role makes them another principal", async () => {
  const draft = user("Ashworth");
  const { id } = await scim("POST", "/Users", draft);
  const adjuster = await move(id, null, "uberrima-claims");
  const personnels = {
    firstName: "Ada",
    lastName: "Ashworth",
    birthDate: "1968-04-12",
    street: "7 Ferry Lane",
    postcode: "58102",
    country: "US",
    phones: ["+1 701 555 0190"],
    emails: ["ada@home.example"],
    customerId: null,
  };
  await server.app.domains.watch.setProfile({ principalId: asId(adjuster), profile: personnels }, admin);
  const agent = await move(id, "uberrima-claims", "uberrima-service-desk");
  assert.notEqual(agent, adjuster);
  assert.deepEqual(await profileOf(agent), { ...personnels, emails: [draft.userName, "ada@home.example"] });
});

test("the directory saying the same again writes nothing, and whoever has no family name there gets no profile", async () => {
  const draft = user("Byron");
  const { id } = await scim("POST", "/Users", draft);
  const principalId = await move(id, null, "uberrima-claims");
  const earlier = await rowOf(principalId);
  await scim("PUT", `/Users/${id}`, draft);
  assert.deepEqual(await rowOf(principalId), earlier ?? assert.fail("no profile"));
  const nameless = await scim("POST", "/Users", user("", { name: { givenName: "Cher" } }));
  assert.equal(await profileOf(await move(nameless.id, null, "uberrima-claims")), undefined);
});

test("what the server itself notes at a sign-in reaches the watch, too", async () => {
  const { access, federated } = server.app.domains;
  const draft = {
    userName: "by-sign-in@insurer.example",
    externalId: null,
    givenName: "Iris",
    familyName: "Fenn",
    displayName: "Iris Fenn",
    emails: [],
    active: true,
    groups: ["uberrima-claims"],
  };
  const { content } = await federated.people.create(draft, access.system);
  assert.equal((await profileOf(content.principalId!))?.lastName, "Fenn");
});
