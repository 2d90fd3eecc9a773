// From a protection order on nothing of before it signs in or goes on: whoever the customer is protected from may hold a session, a passkey or a code on its way.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addresseeOf } from "../mail/test-smtp-server.ts";
import { type Authenticator, createAuthenticator } from "../signin/test-authenticator.ts";
import { openTestPortal, type TestCustomer, type TestPortal } from "./test-portal.ts";

let bench: TestPortal;
let offsetMs = 0;
const clock = { now: () => new Date(Date.now() + offsetMs) };
before(async () => {
  bench = await openTestPortal({ clock });
});
after(() => bench.close());

const HOUR_MS = 3_600_000;
const pass = (ms: number): void => void (offsetMs += ms);
const site = (): string => bench.server.url.replace("127.0.0.1", "localhost");
type Options = Parameters<Authenticator["sign"]>[0];

async function addKey(token: string): Promise<Authenticator> {
  const authenticator = createAuthenticator(site());
  const { state, options } = await bench.as(token).me.passkeyOptions();
  await bench.as(token).me.addPasskey({ state, name: "one", response: authenticator.register(options as Options) });
  return authenticator;
}

async function byKey(authenticator: Authenticator) {
  const { state, options } = await bench.anybody.signIn.passkeyOptions();
  return bench.anybody.signIn.byPasskey({ state, response: authenticator.sign(options as Options), as: "token" });
}

let people = 0;
async function person(): Promise<TestCustomer & { readonly email: string }> {
  pass(HOUR_MS);
  const email = `sheltered.${(people += 1)}@mailbox.example`;
  return { ...(await bench.customer({ email })), email };
}

const over = { status: 401 };
const codesTo = (email: string) =>
  bench.smtp.letters.filter((letter) => addresseeOf(letter) === email && /code/i.test(letter.subject ?? "")).length;

test("a session of before the order is over, whatever began it, and adds no passkey; one begun after it goes on", async () => {
  const { email, customerId } = await person();
  const held = await addKey(await bench.signIn(email));
  pass(73 * HOUR_MS);
  const [byPasskey, byCode] = [(await byKey(held)).token ?? "", await bench.signIn(email)];
  assert.ok((await bench.as(byPasskey).portal.session()).customerId === customerId, "it stands until the order");
  await bench.flag(customerId, "protection-order");
  pass(3000);
  for (const token of [byPasskey, byCode]) {
    await assert.rejects(bench.as(token).portal.session(), over);
    await assert.rejects(bench.as(token).portal.file(), over);
    await assert.rejects(addKey(token), over);
  }
  const own = await bench.signIn(email);
  assert.equal((await bench.as(own).portal.session()).customerId, customerId);
  await byKey(await addKey(own));
});

test("an order that begins later ends the sessions of before it on its day, and not before", async () => {
  const { email, customerId } = await person();
  const token = await bench.signIn(email);
  const startsAt = new Date(clock.now().getTime() + 5 * 60_000);
  const order = { customerId, kind: "protection-order", startsAt, endsAt: null, reason: "court order" } as const;
  await bench.server.app.domains.access.setFlag(order, bench.officer);
  pass(4 * 60_000);
  assert.equal((await bench.as(token).portal.session()).customerId, customerId);
  pass(2 * 60_000);
  await assert.rejects(bench.as(token).portal.session(), over);
});

for (const flag of ["deceased", "minor"] as const)
  test(`a session ends with the flag ${flag}: nobody goes on as somebody who may not sign in`, async () => {
    const { email, customerId } = await person();
    const token = await bench.signIn(email);
    await bench.flag(customerId, flag);
    pass(3000);
    await assert.rejects(bench.as(token).portal.file(), over);
    await assert.rejects(bench.as(token).portal.preferences.set({ language: "es" }), over);
  });

test("an order dated before today protects as one dated now: what was added or begun between its day and its filing is over", async () => {
  const { email, customerId } = await person();
  const startsAt = clock.now();
  pass(24 * HOUR_MS);
  const between = await addKey(await bench.signIn(email));
  pass(73 * HOUR_MS);
  const token = (await byKey(between)).token ?? "";
  const order = { customerId, kind: "protection-order", startsAt, endsAt: null, reason: "court order" } as const;
  await bench.server.app.domains.access.setFlag(order, bench.officer);
  pass(3000);
  await assert.rejects(bench.as(token).portal.session(), over);
  await assert.rejects(byKey(between), { code: "wrong-credentials" });
  await byKey(await addKey(await bench.signIn(email)));
});

test("a code that was on its way when the order came leads nowhere", async () => {
  const { email, customerId } = await person();
  const { challengeId } = await bench.anybody.portal.askCode({ contact: email });
  await bench.deliver();
  await bench.flag(customerId, "protection-order");
  pass(1000);
  const code = bench.codeTo(email) ?? "";
  await assert.rejects(bench.anybody.portal.signIn({ challengeId, code }), { code: "wrong-code" });
});

test("an address that somebody else has stays shared for whoever is protected, also while the other party is reached elsewhere", async () => {
  pass(HOUR_MS);
  const shared = "one.household@mailbox.example";
  const sheltered = await bench.customer({ email: shared });
  const other = await bench.customer({ email: shared });
  const { preferences, access } = bench.server.app.domains;
  const alternative = { channel: "email", contact: "elsewhere@mailbox.example", address: null } as const;
  const officer = (await access.reread(bench.officer.principalId))!;
  await preferences.set(officer, other.customerId, { alternative });
  await bench.flag(sheltered.customerId, "protection-order");
  pass(73 * HOUR_MS);
  await bench.deliver();
  const before_ = codesTo(shared);
  await bench.anybody.portal.askCode({ contact: shared });
  await bench.deliver();
  assert.equal(codesTo(shared), before_);
});
