// Customers add a passkey in a session by a code, and come back by it alone: masks until its cooling-off is over, values of their own file then.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Authenticator, createAuthenticator } from "../signin/test-authenticator.ts";
import { addresseeOf } from "../mail/test-smtp-server.ts";
import { openTestPortal, type TestCustomer, type TestPortal } from "./test-portal.ts";

let bench: TestPortal;
let offsetMs = 0;
before(async () => {
  bench = await openTestPortal({ clock: { now: () => new Date(Date.now() + offsetMs) } });
});
after(() => bench.close());

const HOUR_MS = 3_600_000;
const pass = (ms: number): void => void (offsetMs += ms);
const site = (): string => bench.server.url.replace("127.0.0.1", "localhost");
const wrong = { code: "wrong-credentials", status: 401 };

interface Owner extends TestCustomer {
  readonly email: string;
  readonly authenticator: Authenticator;
  /** Of a session by a code. */
  readonly token: string;
  readonly factorId: string;
}

type Options = Parameters<Authenticator["sign"]>[0];

async function addKey(token: string, authenticator: Authenticator) {
  const { state, options } = await bench.as(token).me.passkeyOptions();
  const response = authenticator.register(options as Options);
  return bench.as(token).me.addPasskey({ state, name: "telephone", response });
}

async function byKey(authenticator: Authenticator) {
  const { state, options } = await bench.anybody.signIn.passkeyOptions();
  return bench.anybody.signIn.byPasskey({ state, response: authenticator.sign(options as Options), as: "token" });
}

let owners = 0;
async function owner(): Promise<Owner> {
  // No allowance of an earlier test counts.
  pass(HOUR_MS);
  const email = `key.${(owners += 1)}@mailbox.example`;
  const customer = await bench.customer({ email });
  const [token, authenticator] = [await bench.signIn(email), createAuthenticator(site())];
  const { factorId, recoveryCodes, signedIn } = await addKey(token, authenticator);
  assert.deepEqual([recoveryCodes, signedIn], [null, null], "the code is the way back, and nothing became stronger");
  return { ...customer, email, token, authenticator, factorId };
}

async function lastName(token: string | null, { customerId }: Pick<TestCustomer, "customerId">) {
  const asked = { customerId, purpose: "data-subject-request" as const, fields: ["person.last-name"] };
  return (await bench.as(token ?? "").disclose(asked)).fields[0]?.form;
}

test("a passkey signs in alone: masks for three days, values of one's own file afterwards, and nobody else's ever", async () => {
  const [self, other] = [await owner(), await bench.customer()];
  const young = await byKey(self.authenticator);
  assert.deepEqual(
    [young.session.strongAt, young.session.phishingResistantAt, young.session.needs],
    [null, null, null],
  );
  assert.notEqual(await lastName(young.token, self), "clear");
  pass(71 * HOUR_MS);
  assert.notEqual(await lastName((await byKey(self.authenticator)).token, self), "clear");
  pass(HOUR_MS);
  const { token, session } = await byKey(self.authenticator);
  assert.ok(session.strongAt !== null && session.phishingResistantAt !== null);
  assert.equal(await lastName(token, self), "clear");
  assert.notEqual(await lastName(token, other).catch(() => null), "clear");
  assert.ok(Date.parse(session.endsAt) - Date.parse(session.startedAt) <= HOUR_MS);
});

test("shown within a session by a code, a young passkey makes it no stronger, and an old one does", async () => {
  const self = await owner();
  const show = async (token: string) => {
    const { state, options } = await bench.as(token).session.passkeyOptions();
    return bench.as(token).session.showPasskey({ state, response: self.authenticator.sign(options as Options) });
  };
  const shown = await show(self.token);
  assert.deepEqual([shown.session.strongAt, shown.session.phishingResistantAt], [null, null]);
  assert.notEqual(await lastName(shown.token, self), "clear");
  const staffOnly = { code: "staff-only", status: 403 };
  const me = bench.as(shown.token ?? "").me;
  await assert.rejects(me.choosePassword("glacier-tangent-ferment-41"), staffOnly);
  await assert.rejects(me.addTotp("app"), staffOnly);
  await assert.rejects(me.renewRecoveryCodes(), staffOnly);
  pass(72 * HOUR_MS);
  const strong = await show(await bench.signIn(self.email));
  assert.ok(strong.session.strongAt !== null);
  assert.equal(await lastName(strong.token, self), "clear");
});

test("passkeys are added minutes after the code and no later, and not by a young passkey; one that counts vouches for the next at once", async () => {
  const self = await owner();
  const stepUp = { code: "step-up-needed", status: 403 };
  const second = createAuthenticator(site());
  await assert.rejects(addKey((await byKey(self.authenticator)).token ?? "", second), stepUp);
  pass(600_000);
  await assert.rejects(addKey(self.token, second), stepUp);
  pass(72 * HOUR_MS);
  const strong = await byKey(self.authenticator);
  await addKey(strong.token ?? "", second);
  assert.ok((await byKey(second)).session.strongAt !== null);
});

test("somebody else's passkey proves nothing in a customer's session", async () => {
  const [self, other] = [await owner(), await owner()];
  const { state, options } = await bench.as(other.token).session.passkeyOptions();
  const response = self.authenticator.sign(options as Options);
  await assert.rejects(bench.as(other.token).session.showPasskey({ state, response }), { code: "wrong-factor" });
  const { token } = await byKey(self.authenticator);
  await assert.rejects(bench.as(token ?? "").customers.maskedView(other.customerId, "data-subject-request"));
});

test("the owner sees each passkey, by a code too, and removing one ends what it is signed in to", async () => {
  const self = await owner();
  const thief = await byKey(self.authenticator);
  const { notices } = await bench.as(self.token).session.get();
  assert.ok(notices.some(({ what }) => what === "factor-added"));
  const { factors } = await bench.as(self.token).me.factors();
  assert.deepEqual(
    factors.map(({ factorId, kind }) => [factorId, kind]),
    [[self.factorId, "passkey"]],
  );
  await bench.as(self.token).me.removeFactor(self.factorId);
  await assert.rejects(bench.as(thief.token ?? "").session.get(), { status: 401 });
  await assert.rejects(byKey(self.authenticator), wrong);
  await bench.as(self.token).session.get();
});

test("every contact on file is told of a passkey that was added or removed, by a letter that names nobody", async () => {
  const self = await owner();
  await bench.deliver();
  const letters = () => bench.smtp.letters.filter((letter) => addresseeOf(letter) === self.email);
  const told = () => letters().filter(({ text = "" }) => /passkey/i.test(text));
  assert.equal(told().length, 1);
  assert.ok(!/Marlowe|Ada/.test(told()[0]?.text ?? ""));
  await bench.as(self.token).me.removeFactor(self.factorId);
  await bench.deliver();
  assert.equal(told().length, 2);
});

test("the suspended, the dead and the erased are cut off, and so is a passkey from before a protection order", async () => {
  const [suspended, dead, erased, sheltered] = [await owner(), await owner(), await owner(), await owner()];
  pass(72 * HOUR_MS);
  const { access } = bench.server.app.domains;
  const live = await byKey(suspended.authenticator);
  const admin = await access.authenticate(bench.server.admin.token);
  assert.ok(admin !== null);
  await access.setClientStatus({ principalId: live.session.principalId as never, action: "client.suspend" }, admin);
  await assert.rejects(bench.as(live.token ?? "").session.get(), { status: 401 });
  await bench.flag(dead.customerId, "deceased");
  await bench.flag(sheltered.customerId, "protection-order");
  const eraser = await byKey(erased.authenticator);
  await bench.server.app.domains.vault.erase(
    { customerId: erased.customerId, unitId: null },
    { actorId: access.system.principalId, actorRevision: null, purpose: null, basis: null, note: "test" },
  );
  assert.notEqual(await lastName(eraser.token, erased).catch(() => null), "clear");
  for (const [who, each] of Object.entries({ suspended, dead, erased, sheltered }))
    await assert.rejects(byKey(each.authenticator), wrong, who);
  const again = createAuthenticator(site());
  await addKey(await bench.signIn(sheltered.email), again);
  await byKey(again);
});
