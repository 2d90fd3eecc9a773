// Passkeys that are not what they should be: unverified users, other sites, old challenges, copies, other people's.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createAuthenticator } from "./test-authenticator.ts";
import { type Answer, type PasskeyQuestion, type SignedIn, startTestPeople, type TestPeople } from "./test-people.ts";

describe("whoever tries to get in", () => {
  let people: TestPeople;
  before(async () => {
    people = await startTestPeople();
  });
  after(() => people.stop());

  const codeOf = ({ status, body }: Answer): readonly unknown[] => [status, body["code"]];
  const half = async (person: { email: string; password: string }): Promise<SignedIn> =>
    (await people.byPassword(person)).body as unknown as SignedIn;

  test("with a passkey needs its user verified, this site, its own challenge, in time, and a counter that moves on", async () => {
    const person = await people.withPasskey();
    const ask = () => people.done<PasskeyQuestion>("POST", "/v1/sessions/passkey-options");
    const send = async ({ state }: PasskeyQuestion, response: object) =>
      (await people.ask("POST", "/v1/sessions/passkey", { body: { state, response } })).status;
    const { authenticator } = person;
    const tried: [string, () => Promise<number>][] = [
      [
        "nobody was verified",
        async () => {
          const q = await ask();
          return send(q, authenticator.sign(q.options, { userVerified: false }));
        },
      ],
      [
        "another site",
        async () => {
          const q = await ask();
          return send(q, authenticator.sign(q.options, { origin: "https://uberrima.example" }));
        },
      ],
      [
        "another party",
        async () => {
          const q = await ask();
          return send(q, authenticator.sign(q.options, { rpId: "example.org" }));
        },
      ],
      [
        "another challenge",
        async () => {
          const [q, other] = [await ask(), await ask()];
          return send(q, authenticator.sign(other.options));
        },
      ],
      [
        "too late",
        async () => {
          const q = await ask();
          const signed = authenticator.sign(q.options);
          people.pass(301_000);
          return send(q, signed);
        },
      ],
    ];
    for (const [what, attempt] of tried) assert.equal(await attempt(), 401, what);
    const good = await ask();
    assert.equal(await send(good, authenticator.sign(good.options, { counter: 50 })), 201);
    const copied = await ask();
    assert.equal(await send(copied, authenticator.sign(copied.options, { counter: 50 })), 401, "a copy");
    const stranger = createAuthenticator(people.site);
    stranger.register({ challenge: "x", user: { id: "x" } });
    const question = await ask();
    assert.equal(await send(question, stranger.sign(question.options)), 401, "nobody's");
  });

  test("with a passkey of their own proves nothing in somebody else's session", async () => {
    const [person, other] = [await people.enrolled(), await people.withPasskey()];
    const { token } = await half(person);
    const { state, options } = await people.done<PasskeyQuestion>("POST", "/v1/session/passkey-options", { token });
    const answer = await people.ask("POST", "/v1/session/passkey", {
      token,
      body: { state, response: other.authenticator.sign(options) },
    });
    assert.deepEqual(codeOf(answer), [401, "wrong-factor"]);
  });

  test("cannot remove the last way in", async () => {
    const person = await people.withPasskey();
    const { factors } = await people.done<{ factors: { factorId: string }[] }>("GET", "/v1/me/factors", {
      token: person.token,
    });
    const answer = await people.ask("DELETE", `/v1/me/factors/${factors[0]?.factorId}`, { token: person.token });
    assert.deepEqual(codeOf(answer), [409, "last-factor"]);
  });
});
