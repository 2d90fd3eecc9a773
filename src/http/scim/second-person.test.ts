// Guarantee: whom the directory brings into a powerful role waits for a second person as whom people here make does, whatever they acted as before.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Authenticated } from "../../access/access.ts";
import { codeOf } from "../../access/test-access.ts";
import type { PersonDraft } from "../../federation/federation.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { startTestServer, type TestServer } from "../../test-server.ts";

let server: TestServer;
let directory: Authenticated;
before(async () => {
  server = await startTestServer({ settings: { UBERRIMA_CLIENT_APPROVAL: "required" } });
  directory = (await server.app.domains.access.authenticate(server.admin.token))!;
});
after(() => server.stop());

let made = 0;
const draft = (...groups: readonly string[]): PersonDraft => {
  made += 1;
  const userName = `joiner-${made}@insurer.example`;
  const name = { givenName: "Ada", familyName: "Byron", displayName: "Ada Byron" };
  return { userName, externalId: null, ...name, emails: [userName], active: true, groups: [...groups] };
};
const joins = (...groups: readonly string[]) => server.app.domains.federated.people.create(draft(...groups), directory);
const approve = (principalId: string, by: Authenticated) =>
  server.app.domains.signIns.staff.approve(principalId as Uuid, by);
const actsAs = async (principalId: string): Promise<Authenticated | null> =>
  server.app.domains.access.reread(principalId as Uuid);
const approved = async (principalId: string): Promise<Authenticated> => {
  await approve(principalId, server.app.domains.access.system as Authenticated);
  return (await actsAs(principalId))!;
};
const principalOf = ({ content }: Awaited<ReturnType<typeof joins>>): string => content.principalId ?? assert.fail();

test("a joiner in a role that sees data in clear is nobody until somebody else than who asked approves; one who only serves waits for nobody", async () => {
  const { access, signIns } = server.app.domains;
  const other = await approved(principalOf(await joins("uberrima-access-admins")));
  const adjuster = principalOf(await joins("uberrima-claims"));
  assert.equal(await actsAs(adjuster), null);
  assert.equal((await access.describePrincipal(adjuster as Uuid))?.status, "pending");
  assert.ok((await signIns.staff.waiting(50)).some(({ principalId }) => principalId === adjuster));
  assert.equal(await codeOf(() => approve(adjuster, directory)), "own-authority");
  await approve(adjuster, other);
  assert.equal((await actsAs(adjuster))?.role, "claims-adjuster");
  assert.equal((await actsAs(principalOf(await joins("uberrima-service-desk"))))?.role, "csr");
});

test("a mover into such a role waits as a joiner does, and keeps nothing of the former role meanwhile", async () => {
  const { people } = server.app.domains.federated;
  const person = await joins("uberrima-service-desk");
  const { principalId: _p, mapped: _m, resting: _r, ...held } = person.content;
  const moved = await people.replace(person.ownerId, { ...held, groups: ["uberrima-claims"] }, directory);
  assert.deepEqual([await actsAs(principalOf(person)), await actsAs(principalOf(moved))], [null, null]);
  assert.equal((await approved(principalOf(moved))).role, "claims-adjuster");
});

test("whoever leaves the group while they wait is brought in by no approval", async () => {
  const { people } = server.app.domains.federated;
  const person = await joins("uberrima-claims");
  const { principalId: _p, mapped: _m, resting: _r, ...held } = person.content;
  const left = await people.replace(person.ownerId, { ...held, groups: [] }, directory);
  assert.equal(left.content.principalId, null);
  assert.equal(await codeOf(() => approved(principalOf(person))), "wrong-status");
});

test("whoever asked for somebody approves them neither as themselves nor after leaving and coming back as another principal", async () => {
  const { access, federated, signIns } = server.app.domains;
  const person = await joins("uberrima-access-admins");
  const first = await approved(principalOf(person));
  const scope = { purposes: ["claim-handling"], rowScope: "assignments", groups: [], entities: ["acme"] } as const;
  const rest = { lines: ["auto"], classCeiling: null, expiresAt: null, supervisorId: null } as const;
  const accomplice = { ...scope, ...rest, role: "claims-adjuster", name: "Eve", email: "eve@insurer.example" } as const;
  const { principalId: asked } = await signIns.staff.make(accomplice, first);
  const { principalId: _p, mapped: _m, resting: _r, ...held } = person.content;
  await federated.people.replace(person.ownerId, { ...held, active: false }, directory);
  const back = principalOf(await federated.people.replace(person.ownerId, held, directory));
  assert.notEqual(back, first.principalId);
  assert.equal(await codeOf(() => approve(back, first)), "own-authority");
  const second = await approved(back);
  assert.equal(await codeOf(() => approve(asked, second)), "own-authority");
  assert.equal((await access.describePrincipal(asked))?.status, "pending");
});
