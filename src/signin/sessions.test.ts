// Sessions: begin, are believed, grow idle, end; and stand for nobody who is not in force.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { administrator, openTestAccess } from "../access/test-access.ts";
import type { Authenticated } from "../access/access.ts";
import { openAuthorityRows } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { sql } from "../postgres/sql.ts";
import { type NewSession, openSessions, type Sessions } from "./sessions.ts";

type Bench = Awaited<ReturnType<typeof openTestAccess>>;
let bench: Bench;
let sessions: Sessions;
let admin: Authenticated;
let ada: Uuid;
beforeEach(async () => {
  bench = await openTestAccess();
  admin = await administrator(bench.access);
  sessions = server();
  ada = await bench.access.createStaff(
    {
      name: "Ada",
      role: "claims-adjuster",
      purposes: ["claim-handling"],
      rowScope: "assignments",
      groups: [],
      entities: ["life-co"],
      lines: ["life"],
      classCeiling: null,
      expiresAt: null,
    },
    admin,
  );
});
afterEach(() => bench.close());

/** A server process of its own. */
function server(): Sessions {
  const { db, keys, access, now } = bench;
  const authority = openAuthorityRows({ keys, clock: { now }, onAnomaly: () => {} });
  return openSessions({ database: db.database, keys, access, authority, clock: { now } });
}
const asked = (changes: Partial<NewSession> = {}): NewSession => ({
  principalId: ada,
  methods: ["password", "totp"],
  isStrong: true,
  isPhishingResistant: false,
  lifetimeSeconds: 8 * 3600,
  idleSeconds: 900,
  device: "a browser",
  address: "127.0.0.1",
  ...changes,
});

test("a session stands for its owner and says how they signed in", async () => {
  const { token, sessionId } = await sessions.start(asked());
  const found = await server().authenticate(token);
  assert.equal(found?.principalId, ada);
  assert.equal(found?.signIn?.sessionId, sessionId);
  assert.deepEqual(found?.signIn?.methods, ["password", "totp"]);
  assert.deepEqual(found?.signIn?.strongAt, found?.signIn?.at);
  assert.equal(found?.signIn?.phishingResistantAt, null);
});

test("no other text stands for anybody, nor does an API client's token", async () => {
  const { token } = await sessions.start(asked());
  for (const text of [
    "",
    "ubs_",
    `${token}A`,
    token.slice(0, -1),
    token.replace("ubs_", "ubc_"),
    `ubs_${"A".repeat(43)}`,
  ])
    assert.equal(await sessions.authenticate(text), null);
});

test("a session ends at its own time, and when it is not used", async () => {
  const { token } = await sessions.start(asked({ lifetimeSeconds: 3600 }));
  for (let minutes = 0; minutes < 50; minutes += 10) {
    bench.pass(600_000);
    assert.ok((await sessions.authenticate(token)) !== null, `after ${minutes + 10} minutes`);
  }
  bench.pass(600_000);
  assert.equal(await sessions.authenticate(token), null, "its own time");
  const idle = await sessions.start(asked());
  bench.pass(900_000);
  assert.equal(await sessions.authenticate(idle.token), null, "not used");
});

test("somebody suspended, on leave or revoked is cut off at the next fresh question, in every process, and back after a leave", async () => {
  const { token } = await sessions.start(asked());
  const other = server();
  assert.ok((await other.authenticate(token)) !== null);
  await bench.access.setClientStatus({ principalId: ada, action: "staff.leave" }, admin);
  for (const each of [sessions, other]) assert.equal(await each.authenticate(token, true), null);
  await assert.rejects(sessions.start(asked()), { code: "not-in-force" });
  await bench.access.setClientStatus({ principalId: ada, action: "staff.return" }, admin);
  assert.ok((await other.authenticate(token, true)) !== null);
  await bench.access.setClientStatus({ principalId: ada, action: "client.revoke" }, admin);
  for (const each of [sessions, other]) assert.equal(await each.authenticate(token, true), null);
});

test("everybody ends their own sessions; those of others only who has the right", async () => {
  const [first, second] = [await sessions.start(asked()), await sessions.start(asked())];
  const self = await sessions.authenticate(first.token);
  assert.equal(await sessions.end(ada, { allBut: first.sessionId }, self!), 1);
  assert.equal(await sessions.authenticate(second.token, true), null);
  assert.ok((await sessions.authenticate(first.token, true)) !== null);
  const eve = await bench.access.createStaff({ ...(await request()), name: "Eve" }, admin);
  const { token } = await sessions.start(asked({ principalId: eve }));
  const other = await sessions.authenticate(token);
  await assert.rejects(sessions.end(ada, { allBut: null }, other!), { code: "not-permitted" });
  assert.equal(await sessions.end(ada, { only: first.sessionId }, admin), 1);
  assert.equal(await sessions.authenticate(first.token, true), null);
  await assert.rejects(sessions.end(ada, { only: first.sessionId }, admin), { code: "unknown-session" });
});

async function request() {
  const {
    principalId: _id,
    kind: _kind,
    customerId: _customer,
    status: _status,
    revision: _revision,
    act: _act,
    ...scope
  } = (await bench.access.reread(ada))!;
  return { ...scope, expiresAt: null };
}

test("a step-up renews the strong factor under a new token and leaves the session's end as it was", async () => {
  const { token: before, sessionId } = await sessions.start(asked({ methods: ["password"], isStrong: false }));
  assert.equal((await sessions.authenticate(before))?.signIn?.strongAt, null);
  bench.pass(60_000);
  const { token } = await sessions.stepUp(ada, sessionId, { method: "passkey", isPhishingResistant: true });
  for (const each of [sessions, server()])
    assert.equal(await each.authenticate(before, true), null, "whoever fixed the token before has nothing of it");
  const { signIn } = (await sessions.authenticate(token))!;
  assert.deepEqual(signIn?.methods, ["password", "passkey"]);
  assert.ok(signIn!.strongAt! > signIn!.at);
  assert.deepEqual(signIn?.phishingResistantAt, signIn?.strongAt);
  bench.pass(8 * 3_600_000 - 60_000);
  assert.equal(await sessions.authenticate(token), null);
});

test("nobody has more than twenty sessions: the oldest end", async () => {
  const first = await sessions.start(asked());
  for (let count = 0; count < 20; count += 1) await sessions.start(asked());
  assert.equal((await sessions.of(ada)).length, 20);
  assert.equal(await sessions.authenticate(first.token, true), null);
});

test("checks that come together are answered each for itself", async () => {
  const eve = await bench.access.createStaff({ ...(await request()), name: "Eve" }, admin);
  const started = await Promise.all([ada, eve, ada, eve].map((principalId) => sessions.start(asked({ principalId }))));
  const tokens = [...started.map(({ token }) => token), `ubs_${"A".repeat(43)}`, started[0]!.token];
  for (const each of [server(), sessions]) {
    const found = await Promise.all(tokens.map((token) => each.authenticate(token, true)));
    assert.deepEqual(
      found.map((one) => one?.principalId ?? null),
      [ada, eve, ada, eve, null, ada],
    );
    assert.deepEqual(
      found.slice(0, 4).map((one) => one?.signIn?.sessionId),
      started.map(({ sessionId }) => sessionId),
    );
  }
});

test("a check believes no owner, no row and no head that does not verify, remembered or not", async () => {
  const { token } = await sessions.start(asked());
  assert.ok((await sessions.authenticate(token, true)) !== null);
  const { owner } = bench.db;
  for (const each of [sessions, server()]) {
    await owner.query(sql`update principal set entities = '{other-co}' where principal_id = ${ada}`);
    assert.equal(await each.authenticate(token, true), null, "the owner's rights were widened");
    await owner.query(sql`update principal set entities = '{life-co}' where principal_id = ${ada}`);
    await owner.query(sql`update authority_row set ends_at = ends_at + interval '1 day' where owner_id = ${ada}`);
    await assert.rejects(each.authenticate(token, true), { code: "forged-authority" });
    await owner.query(sql`update authority_row set ends_at = ends_at - interval '1 day' where owner_id = ${ada}`);
    await owner.query(sql`update authority_head set revision = revision + 1 where owner_id = ${ada}`);
    await assert.rejects(each.authenticate(token, true), { code: "forged-authority" });
    await owner.query(sql`update authority_head set revision = revision - 1 where owner_id = ${ada}`);
    assert.ok((await each.authenticate(token, true)) !== null, "as it was");
  }
});

test("a session that an operator of the database put back stays ended where it was seen to end", async () => {
  const { token, sessionId } = await sessions.start(asked());
  const self = await sessions.authenticate(token);
  await bench.db.owner.query(sql`create table kept_row as select * from authority_row`);
  await sessions.end(ada, { only: sessionId }, self!);
  await bench.db.owner.query(sql`delete from authority_row`);
  await bench.db.owner.query(sql`insert into authority_row select * from kept_row`);
  await assert.rejects(sessions.authenticate(token, true), { code: "forged-authority" });
  await assert.rejects(server().authenticate(token, true), { code: "forged-authority" });
});
