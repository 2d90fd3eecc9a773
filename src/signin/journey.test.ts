// The ways of somebody who signs in, over real HTTP: enrol by invitation, come back, show a factor once more, lose one.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  accept,
  addPasskey,
  type PasskeyQuestion,
  type SignedIn,
  startTestPeople,
  type TestPeople,
} from "./test-people.ts";
import { createAuthenticator } from "./test-authenticator.ts";

describe("somebody who signs in", () => {
  let people: TestPeople;
  before(async () => {
    people = await startTestPeople();
  });
  after(() => people.stop());

  const session = (token: string) => people.ask("GET", "/v1/session", { token });

  test("enrols by invitation: a password and an app make a whole session, with recovery codes shown once", async () => {
    const invited = await people.invite();
    const face = await people.done("POST", "/v1/invitations/look", { body: { token: invited.invitation } });
    assert.deepEqual([face["email"], face["purpose"], face["codeNeeded"]], [invited.email, "enrolment", false]);
    const half = await accept(people, invited.invitation);
    assert.equal(half.session.needs, "enrolment");
    await people.done("PUT", "/v1/me/password", {
      token: half.token,
      body: { password: "glacier-tangent-ferment-41" },
    });
    const totp = await people.done<{ factorId: string; secret: string; qrCode: string; uri: string }>(
      "POST",
      "/v1/me/totp",
      {
        token: half.token,
        body: { name: "phone" },
      },
    );
    assert.match(totp.qrCode, /^<svg/);
    assert.match(totp.uri, /^otpauth:\/\/totp\/Uberrima/);
    const path = `/v1/me/totp/${totp.factorId}/confirmation`;
    const wrong = await people.ask("POST", path, { token: half.token, body: { code: "000000" } });
    assert.equal(wrong.status, 401);
    const { recoveryCodes, signedIn } = await people.done<{ recoveryCodes: string[]; signedIn: SignedIn }>(
      "POST",
      path,
      {
        token: half.token,
        body: { code: people.code(totp) },
      },
    );
    assert.equal(new Set(recoveryCodes).size, 10);
    assert.equal(signedIn.session.needs, null);
    assert.equal((await session(half.token)).status, 401, "the token before is good for nothing");
    assert.equal((await people.ask("GET", "/v1/schema", { token: signedIn.token })).status, 200);
  });

  test("comes back with password and code, and is told of a new device when there was another before", async () => {
    const person = await people.enrolled();
    const first = await people.signIn(person);
    assert.match(first.deviceToken ?? "", /^ubd_/);
    const { deviceToken } = first;
    const half = (await people.byPassword(person, { deviceToken })).body as unknown as SignedIn;
    people.pass(30_000);
    const code = people.code(person);
    const again = await people.done<SignedIn>("POST", "/v1/session/totp", {
      token: half.token,
      body: { code, deviceToken },
    });
    assert.equal(again.deviceToken, null, "the device has a good one");
    assert.deepEqual(again.session["notices"], []);
    const elsewhere = await people.signIn(person);
    const [notice, ...others] = elsewhere.session["notices"] as { what: string; noticeId: string }[];
    assert.deepEqual([notice?.what, others], ["new-device", []]);
    await people.done("DELETE", `/v1/me/notices/${notice?.noticeId}`, { token: elsewhere.token });
    assert.deepEqual((await session(elsewhere.token)).body["notices"], []);
  });

  test("with a passkey alone gets a whole session that no phisher could have had", async () => {
    const person = await people.withPasskey();
    const { state, options } = await people.done<PasskeyQuestion>("POST", "/v1/sessions/passkey-options");
    const response = person.authenticator.sign(options);
    const { session: whole, token } = await people.done<SignedIn>("POST", "/v1/sessions/passkey", {
      body: { state, response },
    });
    assert.equal(whole.needs, null);
    assert.equal(typeof whole["phishingResistantAt"], "string");
    assert.equal((await people.ask("GET", "/v1/schema", { token })).status, 200);
    const replayed = await people.ask("POST", "/v1/sessions/passkey", { body: { state, response } });
    assert.deepEqual([replayed.status, replayed.body["code"]], [401, "wrong-credentials"]);
  });

  test("adds a passkey when a factor was just shown, and steps up by it later", async () => {
    const person = await people.enrolled();
    const authenticator = createAuthenticator(people.site);
    const { recoveryCodes } = await addPasskey(people, person.token, authenticator);
    assert.equal(recoveryCodes, null);
    people.pass(301_000);
    const late = await people.ask("POST", "/v1/me/recovery-codes", { token: person.token });
    assert.deepEqual([late.status, late.body["code"]], [403, "step-up-needed"]);
    const { state, options } = await people.done<PasskeyQuestion>("POST", "/v1/session/passkey-options", {
      token: person.token,
    });
    const response = authenticator.sign(options);
    const stepped = await people.done<SignedIn>("POST", "/v1/session/passkey", {
      token: person.token,
      body: { state, response },
    });
    assert.equal(stepped.session["isFresh"], true);
    const { recoveryCodes: renewed } = await people.done<{ recoveryCodes: string[] }>("POST", "/v1/me/recovery-codes", {
      token: stepped.token,
    });
    assert.equal(renewed.length, 10);
  });

  test("who lost the app uses a recovery code once", async () => {
    const person = await people.enrolled();
    const half = (await people.byPassword(person)).body as unknown as SignedIn;
    const [code = ""] = person.recoveryCodes;
    const typed = code.toUpperCase().replaceAll("-", " ");
    const whole = await people.done<SignedIn>("POST", "/v1/session/recovery-code", {
      token: half.token,
      body: { code: typed },
    });
    assert.equal(whole.session.needs, null);
    const other = (await people.byPassword(person)).body as unknown as SignedIn;
    const again = await people.ask("POST", "/v1/session/recovery-code", { token: other.token, body: { code } });
    assert.deepEqual([again.status, again.body["code"]], [401, "wrong-factor"]);
  });

  test("sees their sessions and ends them", async () => {
    const person = await people.enrolled();
    const other = await people.signIn(person);
    const { items } = await people.done<{ items: { sessionId: string; isThis: boolean }[] }>(
      "GET",
      "/v1/me/sessions",
      other,
    );
    assert.deepEqual(
      items.map(({ isThis }) => isThis),
      [false, true],
    );
    await people.done("DELETE", `/v1/me/sessions/${items[0]?.sessionId}`, { token: other.token });
    assert.equal((await session(person.token)).status, 401);
    await people.done("DELETE", "/v1/session", { token: other.token });
    assert.equal((await session(other.token)).status, 401);
  });
});
