// Passwords expire only where the policy says so, and then with a second factor do nothing but choose a new one; those of before are no new ones.
import assert from "node:assert/strict";
import { test } from "node:test";
import { governanceWith } from "../test-governance.ts";
import { startTestPeople, type SignedIn } from "./test-people.ts";

const DAY_MS = 86_400_000;
const LATER = "obelisk-lantern-marmot-77";

test("where the policy names days for a role, an older password opens a session that chooses a new one and nothing else; elsewhere none expires", async () => {
  const governance = await governanceWith(
    "access/sign-in.yaml",
    "expiryDays: { everybody: null, roles: {} }",
    "expiryDays: { everybody: null, roles: { claims-adjuster: 30 } }",
  );
  const people = await startTestPeople({ settings: governance.settings });
  try {
    const adjuster = await people.enrolled();
    const csr = await people.enrolled({ role: "csr", purposes: ["policy-servicing"] });
    people.pass(29 * DAY_MS);
    assert.equal((await people.signIn(adjuster)).session.needs, null, "a day before");
    people.pass(2 * DAY_MS);
    assert.equal((await people.signIn(csr)).session.needs, null, "no days are named for this role");
    const expired = await people.signIn(adjuster);
    assert.notEqual(expired.session.needs, null);
    const look = await people.ask("GET", "/v1/assignments?clientId=01980000-0000-7000-8000-000000000000", {
      token: expired.token,
    });
    assert.ok([401, 403].includes(look.status), look.text);
    const same = { token: expired.token, body: { password: adjuster.password } };
    assert.equal((await people.ask("PUT", "/v1/me/password", same)).status, 422, "the same one again is none");
    const chosen = await people.ask("PUT", "/v1/me/password", { token: expired.token, body: { password: LATER } });
    assert.equal(chosen.status, 200, chosen.text);
    const again: SignedIn = await people.signIn({ ...adjuster, password: LATER });
    assert.equal(again.session.needs, null);
  } finally {
    await people.stop();
    await governance.remove();
  }
});

test("none of the last five passwords is chosen again; the one before them is", async () => {
  const people = await startTestPeople();
  try {
    const person = await people.enrolled();
    const change = async (password: string): Promise<number> =>
      (await people.ask("PUT", "/v1/me/password", { token: person.token, body: { password } })).status;
    const words = ["lantern", "thimble", "gargoyle", "saffron", "pontoon"];
    const later = words.map((word, at) => `${word}-obelisk-marmot-${71 + at}`);
    for (const password of later) assert.equal(await change(password), 200, password);
    for (const password of later) assert.equal(await change(password), 422, password);
    assert.equal(await change(person.password), 200, "five others have been since");
  } finally {
    await people.stop();
  }
});
