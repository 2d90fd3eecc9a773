// Whoever was ended for good comes back by being made anew, with the address they had; what they were before stays ended.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { asId } from "../kernel/ids.ts";
import { ACCESS_ADMIN, type Enrolled, startTestPeople, type TestPeople } from "./test-people.ts";

let people: TestPeople;
before(async () => {
  people = await startTestPeople();
});
after(() => people.stop());

const set = (staffId: string, status: string) =>
  people.ask("PATCH", `/v1/staff/${staffId}`, { token: people.server.admin.token, body: { status } });
const statusOf = async (staffId: string): Promise<string | undefined> =>
  (await people.server.app.domains.access.describePrincipal(asId(staffId)))?.status;
const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => "made",
    (error: Error) => /"code":"([^"]+)"/.exec(error.message)?.[1] ?? error.message,
  );

const ASKED_FOR = {
  name: "Somebody Asked For",
  email: "asked.for@insurer.example",
  role: "claims-adjuster",
  purposes: ["claim-handling"],
  rowScope: "assignments",
  groups: [],
  entities: ["acme"],
  lines: ["life"],
  classCeiling: null,
  expiresAt: null,
  supervisorId: null,
} as const;

async function ended(): Promise<Enrolled> {
  const person = await people.enrolled();
  assert.equal((await set(person.staffId, "revoked")).status, 200);
  return person;
}

test("an ended person's address is free for whoever is made anew, who alone signs in by it", async () => {
  const old = await ended();
  const anew = await people.enrolled({ email: old.email.toUpperCase() });
  assert.notEqual(anew.staffId, old.staffId);
  const half = await people.byPassword(anew);
  assert.equal(half.status, 201, half.text);
  assert.equal(await statusOf(old.staffId), "revoked");
  const both = await Promise.all(
    [old, anew].map(({ staffId }) =>
      people.done<{ staff: { email: string } }>("GET", `/v1/staff/${staffId}`, { token: people.server.admin.token }),
    ),
  );
  assert.deepEqual(
    both.map(({ staff }) => staff.email),
    [old.email, old.email],
  );
});

test("two people who are not ended never share an address, nor two who are made anew at once", async () => {
  const [old, suspended, waiting] = [await ended(), await people.enrolled(), await people.invite()];
  assert.equal((await set(suspended.staffId, "suspended")).status, 200);
  assert.equal(await codeOf(people.invite({ email: suspended.email })), "email-taken");
  assert.equal(await codeOf(people.invite({ email: waiting.email })), "email-taken");
  const atOnce = await Promise.all([old, old, old].map(({ email }) => codeOf(people.invite({ email }))));
  assert.deepEqual(atOnce.toSorted(), ["email-taken", "email-taken", "made"]);
  assert.equal(await codeOf(people.invite({ email: old.email })), "email-taken");
});

test("whoever can write the database revives nobody by an address that went to somebody else, nor frees one", async () => {
  const [old, standing] = [await ended(), await people.enrolled()];
  const { default: pg } = await import("pg");
  const intruder = new pg.Client({ connectionString: people.server.database.superuserUrl });
  await intruder.connect();
  try {
    const kept = await intruder.query("select * from authority_row where owner_id = $1 and kind = 'account'", [
      old.staffId,
    ]);
    const anew = await people.enrolled({ email: old.email });
    // What the new one has is taken out of the way, and the old one's row is put back as it was.
    await intruder.query("update authority_row set lookup = null where owner_id = $1 and kind = 'account'", [
      anew.staffId,
    ]);
    const [row] = kept.rows;
    await intruder.query(
      "update authority_row set lookup = $2, content = $3, revision = $4, act = $5 where owner_id = $1 and kind = 'account'",
      [old.staffId, row.lookup, row.content, row.revision, row.act],
    );
    assert.notEqual((await people.byPassword(old)).status, 201);
    await intruder.query("update principal set status = 'revoked' where principal_id = $1", [standing.staffId]);
    assert.equal(await codeOf(people.invite({ email: standing.email })), "email-taken");
  } finally {
    await intruder.end();
  }
});

test("an ended person's invitation shows no welcome, and their page knows of none", async () => {
  const { staffId, invitation } = await people.invite();
  assert.equal((await set(staffId, "revoked")).status, 200);
  const looked = await people.ask("POST", "/v1/invitations/look", { body: { token: invitation } });
  assert.deepEqual([looked.status, looked.body["code"]], [404, "invitation-refused"]);
  const page = await people.done<{ invitedUntil: string | null }>("GET", `/v1/staff/${staffId}`, {
    token: people.server.admin.token,
  });
  assert.equal(page.invitedUntil, null);
});

test("whoever comes back does not approve what they asked for before, where both are known to be one person", async () => {
  const { access, grants, signIns } = people.server.app.domains;
  const actor = async (staffId: string) => {
    const found = await access.reread(asId(staffId));
    assert.ok(found !== null);
    return found;
  };
  const old = await people.invite(ACCESS_ADMIN);
  const named = { principalId: asId(old.staffId), personnelNumber: "P-4711" };
  await grants.identifyPerson(named, await actor(people.server.admin.principalId));
  const asked = await signIns.staff.make({ ...ASKED_FOR, withSecondPerson: true }, await actor(old.staffId));
  assert.equal((await set(old.staffId, "revoked")).status, 200);
  const anew = await people.invite({ ...ACCESS_ADMIN, email: old.email });
  await assert.rejects(signIns.staff.approve(asked.principalId, await actor(anew.staffId)), { code: "own-authority" });
  const other = await people.invite(ACCESS_ADMIN);
  await signIns.staff.approve(asked.principalId, await actor(other.staffId));
});
