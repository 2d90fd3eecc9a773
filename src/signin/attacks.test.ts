// Those who try to get in: guessing, replaying, fixing sessions, using up invitations, coming from another site, writing to the database.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Role } from "../kernel/vocabulary.ts";
import { sql } from "../postgres/sql.ts";
import { startTestServer } from "../test-server.ts";
import { createAuthenticator } from "./test-authenticator.ts";
import {
  accept,
  addPasskey,
  type Answer,
  type PasskeyQuestion,
  type SignedIn,
  startTestPeople,
  type TestPeople,
} from "./test-people.ts";

const CODE_STEP_MS = 30_000;
const WRONG = "not-the-password-of-anybody-31";

describe("whoever tries to get in", () => {
  let people: TestPeople;
  before(async () => {
    people = await startTestPeople();
  });
  after(() => people.stop());

  const codeOf = ({ status, body }: Answer): readonly unknown[] => [status, body["code"]];
  const half = async (person: { email: string; password: string }): Promise<SignedIn> =>
    (await people.byPassword(person)).body as unknown as SignedIn;

  test("with a password alone reads and changes nothing, not even factors", async () => {
    const person = await people.enrolled();
    const { token, session } = await half(person);
    assert.equal(session.needs, "second-factor");
    for (const path of [
      "/v1/schema",
      "/v1/customers/01980000-0000-7000-8000-000000000000?purpose=claim-handling",
      "/v1/me/sessions",
    ])
      assert.deepEqual(codeOf(await people.ask("GET", path, { token })), [403, "second-factor-needed"], path);
    for (const [method, path, body] of [
      ["PUT", "/v1/me/password", { password: "lantern-obelisk-marmot-77" }],
      ["POST", "/v1/me/totp", { name: "mine" }],
      ["POST", "/v1/me/passkeys/options", undefined],
    ] as const)
      assert.deepEqual(codeOf(await people.ask(method, path, { token, body })), [403, "step-up-needed"], path);
  });

  test("with half a session reads nothing in whatever role, since every role of staff needs a second factor", async () => {
    const { access, signIns } = people.server.app.domains;
    const admin = (await access.authenticate(people.server.admin.token, true))!;
    const tried: string[] = [];
    for (const [role, rules] of Object.entries(access.roles) as [Role, (typeof access.roles)[Role]][]) {
      const rowScope = rules.rowScopes[0] ?? "none";
      const sees = rowScope !== "none";
      const scope = { rowScope, groups: rowScope === "groups" ? [newId()] : [], classCeiling: null, expiresAt: null };
      const reach = { entities: sees ? ["acme"] : [], lines: sees ? (["auto"] as const) : [] };
      const purposes = rules.purposes.slice(0, 1);
      const made = access.createStaff({ role, name: "Half", purposes, ...scope, ...reach }, admin);
      const principalId = await made.catch((error: { code: string }) => error.code);
      if (principalId.startsWith("role-not-for-")) continue;
      const begun = {
        methods: ["password"],
        isStrong: false,
        isPhishingResistant: false,
        device: "",
        address: "",
      } as const;
      const life = { lifetimeSeconds: 600, idleSeconds: 600 };
      const { token } = await signIns.sessions.start({ principalId: principalId as Uuid, ...begun, ...life });
      assert.deepEqual(codeOf(await people.ask("GET", "/v1/schema", { token })), [403, "second-factor-needed"], role);
      tried.push(role);
    }
    assert.ok(tried.length > 12, tried.join());
  });

  test("learns nothing of who has an account, by words or by the work done", async () => {
    const person = await people.enrolled();
    const { hasher } = people.server.app.domains.signIns;
    const tries = [
      { email: person.email, password: WRONG },
      { email: "nobody.at.all@insurer.example", password: WRONG },
      { email: (await people.invite()).email, password: WRONG },
      { email: "no address", password: WRONG },
    ];
    const answers: string[] = [];
    for (const each of tries) {
      const computedBefore = hasher.computed;
      const { body, status } = await people.byPassword(each);
      const { instance: _reference, ...same } = body as Record<string, unknown>;
      answers.push(JSON.stringify({ status, ...same }));
      assert.equal(hasher.computed - computedBefore, 1, "one hash, whoever it is");
    }
    assert.equal(new Set(answers).size, 1, answers.join("\n"));
  });

  test("is made to wait, and cannot make the owner wait: a known device and a passkey still come in", async () => {
    const person = await people.enrolled();
    const { deviceToken, token } = await people.signIn(person);
    const authenticator = createAuthenticator(people.site);
    await addPasskey(people, token, authenticator);
    const guesses: number[] = [];
    for (let count = 0; count < 7; count += 1)
      guesses.push((await people.byPassword({ ...person, password: `${WRONG}${count}` })).status);
    assert.deepEqual(guesses, [401, 401, 401, 401, 401, 429, 429]);
    const locked = await people.byPassword(person);
    assert.equal(locked.status, 429, "the right password is not even looked at");
    assert.ok(Number(locked.headers.get("retry-after")) > 0);
    const unknown = [];
    for (let count = 0; count < 7; count += 1)
      unknown.push((await people.byPassword({ email: "nobody.here@insurer.example", password: WRONG })).status);
    assert.deepEqual(unknown, guesses, "alike for whoever has no account");
    assert.equal((await people.byPassword(person, { deviceToken })).status, 201);
    const { state, options } = await people.done<PasskeyQuestion>("POST", "/v1/sessions/passkey-options");
    await people.done("POST", "/v1/sessions/passkey", { body: { state, response: authenticator.sign(options) } });
    people.pass(31_000);
    assert.equal((await people.byPassword(person)).status, 201, "and the lock is soon over");
  });

  test("cannot use a code twice, nor an old one, nor one of long hence; a clock that is half a minute off is forgiven", async () => {
    const person = await people.enrolled();
    const show = async (code: string) => {
      const { token } = await half(person);
      return (await people.ask("POST", "/v1/session/totp", { token, body: { code } })).status;
    };
    // At the beginning of a step, so that none ends between a code and its showing.
    people.pass(90_000 + CODE_STEP_MS - (people.now().getTime() % CODE_STEP_MS));
    assert.equal(await show(people.codeAt(person, -60)), 401, "a minute old");
    assert.equal(await show(people.codeAt(person, 90)), 401, "of long hence");
    assert.equal(await show(people.codeAt(person, -30)), 200);
    assert.equal(await show(people.codeAt(person, -30)), 401, "replayed");
    assert.equal(await show(people.codeAt(person, 30)), 200);
    assert.equal(await show(people.codeAt(person, 0)), 401, "before one that was accepted");
  });

  test("of many at once with one code, one gets in", async () => {
    const person = await people.enrolled();
    people.pass(31_000);
    const sessions = await Promise.all([half(person), half(person), half(person)]);
    const body = { code: people.code(person) };
    const answers = await Promise.all(
      sessions.map(({ token }) => people.ask("POST", "/v1/session/totp", { token, body })),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  });

  test("cannot use an invitation twice, late, or once a newer one was made; of two at once, one is let in", async () => {
    const invited = await people.invite();
    const at = (token: string) => people.ask("POST", "/v1/invitations/acceptance", { body: { token } });
    const both = await Promise.all([at(invited.invitation), at(invited.invitation)]);
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [201, 404]);
    assert.deepEqual(codeOf(await at(invited.invitation)), [404, "invitation-refused"]);
    const late = await people.invite();
    const again = await people.done<{ token: string }>("POST", `/v1/staff/${late.staffId}/invitations`, {
      token: people.server.admin.token,
    });
    assert.deepEqual(codeOf(await at(late.invitation)), [404, "invitation-refused"], "a newer one was made");
    people.pass(72 * 3_600_000);
    assert.deepEqual(codeOf(await at(again.token)), [404, "invitation-refused"], "its time is over");
    assert.deepEqual(codeOf(await people.ask("POST", "/v1/invitations/look", { body: { token: again.token } })), [
      404,
      "invitation-refused",
    ]);
  });

  test("as an administrator cannot invite somebody who has factors, which would be a reset by one person", async () => {
    const person = await people.enrolled();
    const { token } = people.server.admin;
    const answer = await people.ask("POST", `/v1/staff/${person.staffId}/invitations`, { token });
    assert.deepEqual(codeOf(answer), [409, "already-enrolled"]);
  });

  test("cannot choose a weak password, the person's own words, or one used before", async () => {
    const { invitation, email } = await people.invite({ name: "Wilhelmina Cartwright" });
    const { token } = await accept(people, invitation);
    for (const password of [
      "short",
      "password123456",
      "qwertyuiop1234",
      "wilhelmina cartwright",
      `${email}1`,
      "x".repeat(200),
    ])
      assert.deepEqual(
        codeOf(await people.ask("PUT", "/v1/me/password", { token, body: { password } })),
        [422, "bad-password"],
        password,
      );
    const person = await people.enrolled();
    const change = async (password: string) =>
      (await people.ask("PUT", "/v1/me/password", { token: person.token, body: { password } })).status;
    assert.equal(await change(person.password), 422, "the one there is");
    assert.equal(await change("lantern-obelisk-marmot-77"), 200);
    assert.equal(await change(person.password), 422, "the one before");
    assert.equal((await people.byPassword(person)).status, 401);
  });

  test("from another site makes no use of a cookie, and cannot sign a browser in", async () => {
    const person = await people.enrolled();
    const body = { email: person.email, password: person.password, as: "cookie" };
    const own = { "x-uberrima-request": "1", "sec-fetch-site": "same-origin" };
    for (const headers of [
      {},
      { "x-uberrima-request": "1" },
      { ...own, "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-origin" },
    ])
      assert.deepEqual(codeOf(await people.ask("POST", "/v1/sessions", { body, headers })), [403, "cross-site"]);
    const signedIn = await people.ask("POST", "/v1/sessions", { body, headers: own });
    assert.equal(signedIn.body["token"], null);
    const [line = ""] = signedIn.headers.getSetCookie();
    for (const part of ["uberrima=ubs_", "HttpOnly", "SameSite=Strict", "Path=/"]) assert.ok(line.includes(part), line);
    const cookie = line.split(";")[0] ?? "";
    people.pass(31_000);
    const show = (headers: Record<string, string>) =>
      people.ask("POST", "/v1/session/totp", { body: { code: people.code(person) }, headers: { cookie, ...headers } });
    assert.equal((await show({ "sec-fetch-site": "cross-site", "x-uberrima-request": "1" })).status, 403);
    assert.equal((await show({})).status, 403);
    const whole = await show(own);
    assert.equal(whole.status, 200);
    const cookies = whole.headers.getSetCookie().map((each) => each.split("=")[0]);
    assert.deepEqual(cookies.toSorted(), ["uberrima", "uberrima-device"]);
    assert.equal((await people.ask("GET", "/v1/session", { headers: { cookie } })).status, 401, "the cookie before");
  });

  test("is written down, sealed: sign-ins that were refused, and accounts that were locked", async () => {
    const { ledger } = people.server.app.domains;
    const { items } = await ledger.list({ kinds: ["sign-in"], outcomes: ["denied"] }, { limit: 100 }, "cleared");
    assert.ok(items.length > 10);
    for (const line of people.server.logged)
      assert.ok(!line.includes("insurer.example") && !line.includes(WRONG), line);
  });

  test("is out at once in every process when suspended, and a session goes on in all of them", async () => {
    const other = await startTestServer({ beside: people.server, clock: { now: people.now } });
    try {
      const person = await people.enrolled();
      const at = (url: string) =>
        fetch(`${url}/v1/session`, { headers: { authorization: `Bearer ${person.token}` } }).then(
          ({ status }) => status,
        );
      assert.deepEqual([await at(other.url), await at(people.server.url)], [200, 200]);
      await people.done("PATCH", `/v1/staff/${person.staffId}`, {
        token: people.server.admin.token,
        body: { status: "on-leave" },
      });
      assert.deepEqual([await at(other.url), await at(people.server.url)], [401, 401]);
      assert.deepEqual(codeOf(await people.byPassword(person)), [401, "wrong-credentials"]);
    } finally {
      await other.stop();
    }
  });

  test("as operator of the database adds no passkey, restores no password, and moves none to somebody else", async () => {
    const owner = people.server.database.owner;
    const person = await people.enrolled();
    await owner.query(sql`create table before_change as select * from authority_row`);
    await people.done("PUT", "/v1/me/password", {
      token: person.token,
      body: { password: "lantern-obelisk-marmot-77" },
    });
    await owner.query(sql`update authority_row r set content = b.content, revision = b.revision, act = b.act from before_change b
      where b.row_id = r.row_id and r.kind = 'password' and r.content <> b.content`);
    assert.notEqual((await people.byPassword(person)).status, 201, "an old password put back");
    const victim = await people.withPasskey();
    const thief = await people.withPasskey();
    await owner.query(sql`update authority_row set owner_id = (select owner_id from authority_row where kind = 'account' order by row_id desc offset 1 limit 1)
      where kind = 'passkey' and owner_id = (select owner_id from authority_row where kind = 'account' order by row_id desc limit 1)`);
    const { state, options } = await people.done<PasskeyQuestion>("POST", "/v1/sessions/passkey-options");
    const answer = await people.ask("POST", "/v1/sessions/passkey", {
      body: { state, response: thief.authenticator.sign(options) },
    });
    assert.notEqual(answer.status, 201, `a passkey given to ${victim.staffId}`);
    const report = people.server.logged.filter((line) => line.includes("does not verify"));
    assert.ok(report.length > 0, "and it is reported");
  });
});
