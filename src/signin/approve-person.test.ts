// Staff in powerful roles are let in by two administrators: nobody alone makes somebody who sees data in clear.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { asId } from "../kernel/ids.ts";
import { ACCESS_ADMIN, startTestPeople, type TestPeople } from "./test-people.ts";

let people: TestPeople;
before(async () => {
  people = await startTestPeople({ settings: { UBERRIMA_CLIENT_APPROVAL: "required" } });
});
after(() => people.stop());

const ADJUSTER = { role: "claims-adjuster", purposes: ["claim-handling"] };
const CSR = { role: "csr", purposes: ["policy-servicing"] };
const statusOf = async (staffId: string): Promise<string | undefined> =>
  (await people.server.app.domains.access.describePrincipal(asId(staffId)))?.status;
const accept = (token: string) => people.ask("POST", "/v1/invitations/acceptance", { body: { token } });
const approve = (staffId: string, token: string) => people.ask("POST", `/v1/staff/${staffId}/approval`, { token });

test("whoever asks for somebody in a role that sees data in clear does not approve them, and their invitation lets nobody in meanwhile", async () => {
  const { access, ledger, signIns } = people.server.app.domains;
  const [adjuster, second] = [await people.invite(ADJUSTER), await people.invite(ACCESS_ADMIN)];
  assert.deepEqual([await statusOf(adjuster.staffId), await statusOf(second.staffId)], ["pending", "pending"]);
  assert.equal((await accept(adjuster.invitation)).body["code"], "invitation-refused");
  const own = await approve(adjuster.staffId, people.server.admin.token);
  assert.equal(own.body["code"], "own-authority");
  assert.deepEqual(
    (await signIns.staff.waiting(50)).map(({ principalId }) => principalId as string).toSorted(),
    [adjuster.staffId, second.staffId].toSorted(),
  );
  // There is no second administrator yet: whoever holds the machine approves the first of them.
  await signIns.staff.approve(asId(second.staffId), access.system);
  const other = (await access.reread(asId(second.staffId)))!;
  await signIns.staff.approve(asId(adjuster.staffId), other);
  assert.equal(await statusOf(adjuster.staffId), "active");
  assert.equal((await accept(adjuster.invitation)).status, 201);
  await assert.rejects(signIns.staff.approve(asId(adjuster.staffId), other), { code: "wrong-status" });
  const [refused] = (await ledger.list({ kinds: ["principal"], outcomes: ["denied"] }, { limit: 1 }, "cleared")).items;
  assert.equal(refused?.actorId, people.server.admin.principalId);
});

test("nobody approves themselves, a role that only serves waits for nobody, and a waiting person is refused for good as anybody is", async () => {
  const { access, signIns } = people.server.app.domains;
  const csr = await people.invite(CSR);
  assert.equal(await statusOf(csr.staffId), "active");
  const third = asId((await people.invite(ACCESS_ADMIN)).staffId);
  const forged = {
    ...access.system,
    kind: "staff",
    role: "access-admin",
    purposes: ["administration"],
    principalId: third,
  } as const;
  await assert.rejects(signIns.staff.approve(third, forged), { code: "own-authority" });
  const revoked = await people.ask("PATCH", `/v1/staff/${third}`, {
    token: people.server.admin.token,
    body: { status: "revoked" },
  });
  assert.equal(revoked.status, 200, revoked.text);
  await assert.rejects(signIns.staff.approve(third, access.system), { code: "wrong-status" });
});

test("whoever can write the database makes nobody's waiting person count", async () => {
  const { access } = people.server.app.domains;
  const { staffId } = await people.invite(ADJUSTER);
  const { default: pg } = await import("pg");
  const intruder = new pg.Client({ connectionString: people.server.database.superuserUrl });
  await intruder.connect();
  try {
    await intruder.query("update principal set status = 'active' where principal_id = $1", [staffId]);
    assert.equal(await access.reread(asId(staffId)).catch((error: { code: string }) => error.code), null);
  } finally {
    await intruder.end();
  }
});
