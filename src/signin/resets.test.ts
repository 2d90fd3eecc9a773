// Resets: two people, neither of them the one it is for; and what each of them alone cannot do.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createAuthenticator } from "./test-authenticator.ts";
import {
  ACCESS_ADMIN,
  accept,
  addPasskey,
  type Answer,
  type PasskeyQuestion,
  type SignedIn,
  startTestPeople,
  type TestPeople,
  type WithPasskey,
} from "./test-people.ts";

describe("somebody's factors are reset", () => {
  let people: TestPeople;
  let desk: WithPasskey;
  let second: WithPasskey;
  before(async () => {
    people = await startTestPeople();
    desk = await people.withPasskey(ACCESS_ADMIN);
    second = await people.withPasskey(ACCESS_ADMIN);
  });
  after(() => people.stop());

  interface Asked {
    readonly resetId: string;
    readonly code: string | null;
  }
  const codeOf = ({ status, body }: Answer): readonly unknown[] => [status, body["code"]];
  const callBack = () => ({
    path: "two-people",
    callBack: { calledAt: people.now().toISOString(), reference: "INC-77" },
  });
  const ask = (staffId: string, body: object = callBack(), token = desk.token) =>
    people.ask("POST", `/v1/staff/${staffId}/resets`, { token, body });
  const asked = async (staffId: string, body?: object): Promise<Asked> => {
    const answer = await ask(staffId, body);
    assert.equal(answer.status, 201, answer.text);
    return answer.body as unknown as Asked;
  };
  const approve = (staffId: string, resetId: string, token: string) =>
    people.ask("POST", `/v1/staff/${staffId}/resets/${resetId}/approval`, { token });

  test("by two people and a call-back: the link needs the code, ends all there was, and is told to the person", async () => {
    const person = await people.enrolled();
    const { resetId, code } = await asked(person.staffId);
    const approved = await approve(person.staffId, resetId, second.token);
    assert.equal(approved.status, 201, approved.text);
    const link = String(approved.body["token"]);
    const alone = await people.ask("POST", "/v1/invitations/acceptance", { body: { token: link } });
    assert.deepEqual(codeOf(alone), [404, "invitation-refused"], "the approver has no code");
    assert.equal(
      (await people.ask("GET", "/v1/session", { token: person.token })).status,
      200,
      "nothing was reset yet",
    );
    const half = await accept(people, link, { code });
    assert.equal((await people.ask("GET", "/v1/session", { token: person.token })).status, 401);
    assert.equal((await people.byPassword(person)).status, 401);
    await people.done("PUT", "/v1/me/password", { token: half.token, body: { password: "lantern-obelisk-marmot-77" } });
    const totp = await people.done<{ factorId: string; secret: string }>("POST", "/v1/me/totp", {
      token: half.token,
      body: { name: "new" },
    });
    const { signedIn } = await people.done<{ signedIn: SignedIn }>(
      "POST",
      `/v1/me/totp/${totp.factorId}/confirmation`,
      {
        token: half.token,
        body: { code: people.code(totp) },
      },
    );
    const told = (signedIn.session["notices"] as { what: string }[]).map(({ what }) => what);
    assert.deepEqual(told, ["reset-requested", "reset-approved", "reset-done"]);
  });

  test("by a supervisor who vouches in person, and by no other", async () => {
    const supervisor = await people.withPasskey();
    const person = await people.enrolled({ supervisorId: supervisor.staffId });
    const { resetId, code } = await asked(person.staffId, { path: "supervisor" });
    assert.equal(code, null);
    assert.deepEqual(codeOf(await approve(person.staffId, resetId, second.token)), [403, "not-supervisor"]);
    const approved = await approve(person.staffId, resetId, supervisor.token);
    assert.equal(approved.status, 201, approved.text);
    const half = await accept(people, String(approved.body["token"]));
    assert.equal(half.session.needs, "enrolment");
  });

  test("by their own second passkey, without anybody: what was lost is removed and another added", async () => {
    const person = await people.enrolled();
    const spare = createAuthenticator(people.site);
    await addPasskey(people, person.token, spare);
    const asking = await people.done<PasskeyQuestion>("POST", "/v1/sessions/passkey-options");
    const shown = { state: asking.state, response: spare.sign(asking.options) };
    const { token } = await people.done<SignedIn>("POST", "/v1/sessions/passkey", { body: shown });
    const { factors } = await people.done<{ factors: { factorId: string; kind: string }[] }>("GET", "/v1/me/factors", {
      token,
    });
    const lost = factors.find(({ kind }) => kind === "totp") ?? assert.fail("there is an app");
    assert.ok((await people.ask("DELETE", `/v1/me/factors/${lost.factorId}`, { token })).status < 300);
    await addPasskey(people, token, createAuthenticator(people.site));
    const stolen = await people.done<SignedIn>("POST", "/v1/sessions", {
      body: { email: person.email, password: person.password },
    });
    const code = people.code(person);
    const late = await people.ask("POST", "/v1/session/totp", { token: stolen.token, body: { code } });
    assert.equal(late.status, 401, "the app that was lost");
  });

  test("never by one person, by the person, by a machine, or by somebody who only left a session open", async () => {
    const person = await people.enrolled();
    const { resetId } = await asked(person.staffId);
    assert.deepEqual(codeOf(await approve(person.staffId, resetId, desk.token)), [403, "same-person"]);
    assert.equal((await approve(person.staffId, resetId, person.token)).status, 403, "the person");
    assert.deepEqual(codeOf(await approve(person.staffId, resetId, people.server.admin.token)), [403, "people-only"]);
    assert.deepEqual(codeOf(await ask(person.staffId, callBack(), people.server.admin.token)), [403, "people-only"]);
    assert.deepEqual(codeOf(await ask(desk.staffId)), [403, "own-reset"]);
    const adjuster = await people.withPasskey();
    assert.deepEqual(codeOf(await ask(person.staffId, callBack(), adjuster.token)), [403, "not-permitted"]);
    people.pass(301_000);
    assert.deepEqual(codeOf(await approve(person.staffId, resetId, second.token)), [403, "step-up-needed"]);
    assert.deepEqual(codeOf(await ask(person.staffId)), [403, "step-up-needed"]);
    await stepUp(desk);
    await stepUp(second);
  });

  test("not without a call-back of the last day, not twice by one request, and not after it was cancelled", async () => {
    const person = await people.enrolled();
    assert.deepEqual(codeOf(await ask(person.staffId, { path: "two-people" })), [422, "call-back-needed"]);
    for (const days of [-2, 1]) {
      const calledAt = new Date(people.now().getTime() + days * 86_400_000).toISOString();
      const body = { path: "two-people", callBack: { calledAt, reference: "INC-78" } };
      assert.deepEqual(codeOf(await ask(person.staffId, body)), [422, "call-back-needed"]);
    }
    const once = await asked(person.staffId);
    assert.equal((await approve(person.staffId, once.resetId, second.token)).status, 201);
    assert.deepEqual(codeOf(await approve(person.staffId, once.resetId, second.token)), [404, "unknown-reset"]);
    const other = await asked(person.staffId);
    const approved = await approve(person.staffId, other.resetId, second.token);
    await people.done("DELETE", `/v1/staff/${person.staffId}/resets/${other.resetId}`, { token: person.token });
    const late = await people.ask("POST", "/v1/invitations/acceptance", {
      body: { token: approved.body["token"], code: other.code },
    });
    assert.deepEqual(codeOf(late), [404, "invitation-refused"], "the person saw it and cancelled");
  });

  test("whoever guesses at the code is stopped", async () => {
    const person = await people.enrolled();
    const { resetId, code } = await asked(person.staffId);
    const { token } = (await approve(person.staffId, resetId, second.token)).body as unknown as { token: string };
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1)
      statuses.push(
        (await people.ask("POST", "/v1/invitations/acceptance", { body: { token, code: `aaaa-bbbb-ccc${count}` } }))
          .status,
      );
    assert.deepEqual(statuses, [404, 404, 404, 404, 404, 429]);
    assert.equal((await people.ask("POST", "/v1/invitations/acceptance", { body: { token, code } })).status, 429);
    people.pass(31_000);
    assert.equal((await people.ask("POST", "/v1/invitations/acceptance", { body: { token, code } })).status, 201);
  });

  test("nobody makes themselves somebody's supervisor", async () => {
    const person = await people.invite();
    const name = (supervisorId: string, token = desk.token) =>
      people.ask("PUT", `/v1/staff/${person.staffId}/supervisor`, { token, body: { supervisorId } });
    await stepUp(desk);
    assert.deepEqual(codeOf(await name(desk.staffId)), [422, "bad-supervisor"]);
    assert.deepEqual(codeOf(await name(person.staffId)), [422, "bad-supervisor"]);
    assert.equal((await name(second.staffId)).status, 200);
  });

  async function stepUp(who: WithPasskey): Promise<void> {
    const { state, options } = await people.done<{ state: string; options: { challenge: string } }>(
      "POST",
      "/v1/session/passkey-options",
      who,
    );
    const body = { state, response: who.authenticator.sign(options) };
    const { token } = await people.done<SignedIn>("POST", "/v1/session/passkey", { token: who.token, body });
    if (who === desk) desk = { ...desk, token };
    else second = { ...second, token };
  }
});
