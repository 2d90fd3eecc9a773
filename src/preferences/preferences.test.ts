// Language and confidential communications: while another address stands nothing goes to the ones on file, and none proves anything for three days.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import type { Client } from "../../sdk/client.ts";
import { addresseeOf } from "../mail/test-smtp-server.ts";
import { openTestPortal, type TestCustomer, type TestPortal } from "../portal/test-portal.ts";

let bench: TestPortal;
let offsetMs = 0;
before(async () => {
  bench = await openTestPortal({ clock: { now: () => new Date(Date.now() + offsetMs) } });
});
after(() => bench.close());

const HOUR_MS = 3_600_000;
const pass = (ms: number): void => void (offsetMs += ms);
let made = 0;
const newEmail = (): string => `reach.${(made += 1)}@mailbox.example`;
const lettersTo = (address: string) => bench.smtp.letters.filter((letter) => addresseeOf(letter) === address);

interface Person extends TestCustomer {
  readonly email: string;
  readonly self: Client;
}

async function person(): Promise<Person> {
  pass(HOUR_MS);
  const email = newEmail();
  const customer = await bench.customer({ email });
  return { ...customer, email, self: bench.as(await bench.signIn(email)) };
}

async function codeFor(contact: string): Promise<boolean> {
  pass(HOUR_MS);
  await bench.deliver();
  const before_ = lettersTo(contact).length;
  await bench.anybody.portal.askCode({ contact });
  await bench.deliver();
  return lettersTo(contact).length > before_;
}

test("the language a customer chose is the session's, and that of letters", async () => {
  const { self } = await person();
  assert.equal((await self.portal.session()).language, null);
  assert.equal((await self.portal.preferences.set({ language: "de" })).language, "de");
  assert.equal((await self.portal.session()).language, "de");
  assert.equal((await self.portal.preferences.set({ alternative: null })).language, "de", "what is left out stays");
});

test("once another address stands, the old one gets one last letter and then nothing; codes go to the new one after three days", async () => {
  const { self, email, customerId } = await person();
  const other = newEmail();
  await self.portal.preferences.set({
    language: "es",
    alternative: { channel: "email", contact: other },
  });
  await bench.deliver();
  const last = lettersTo(email).at(-1);
  assert.match(JSON.stringify(last), /Ya no escribimos/);
  assert.ok(!JSON.stringify(bench.smtp.letters.filter((letter) => addresseeOf(letter) === email)).includes(other));
  assert.deepEqual([await codeFor(email), await codeFor(other)], [false, false], "neither proves anything yet");
  pass(70 * HOUR_MS);
  assert.deepEqual([await codeFor(email), await codeFor(other)], [false, true]);
  const back = await bench.signIn(other);
  const session = await bench.as(back).portal.session();
  assert.equal(session.customerId, customerId);
  const { alternative } = await bench.as(back).portal.preferences.get();
  assert.deepEqual([alternative?.channel, alternative?.isShown, alternative?.contact], ["email", false, null]);
  await bench.as(back).portal.preferences.set({ alternative: null });
  await bench.deliver();
  assert.match(JSON.stringify(lettersTo(other).at(-1)), /Ya no escribimos/);
  assert.deepEqual([await codeFor(email), await codeFor(other)], [false, false]);
  pass(72 * HOUR_MS);
  assert.deepEqual([await codeFor(email), await codeFor(other)], [true, false]);
});

test("whoever has a protection order is not told of at the old address", async () => {
  const { email, customerId } = await person();
  await bench.flag(customerId, "protection-order");
  // A session of before the order is over.
  const self = bench.as(await bench.signIn(email));
  const before_ = lettersTo(email).length;
  await self.portal.preferences.set({ alternative: { channel: "email", contact: newEmail() } });
  await bench.deliver();
  assert.equal(lettersTo(email).length, before_);
});

test("a session left open moves no letters elsewhere, but may choose a language", async () => {
  const { self } = await person();
  pass(0.2 * HOUR_MS);
  await assert.rejects(self.portal.preferences.set({ alternative: { channel: "email", contact: newEmail() } }), {
    code: "step-up-needed",
    status: 403,
  });
  assert.equal((await self.portal.preferences.set({ language: "en" })).language, "en");
});

test("an address that is none, or of another channel, is refused; a postal one stops codes altogether", async () => {
  const { self, email } = await person();
  const refused = { code: "bad-alternative", status: 422 };
  await assert.rejects(
    self.portal.preferences.set({ alternative: { channel: "email", contact: "no address" } }),
    refused,
  );
  await assert.rejects(self.portal.preferences.set({ alternative: { channel: "post", contact: newEmail() } }), refused);
  await self.portal.preferences.set({ alternative: { channel: "post", address: { line1: "PO Box 7", city: "Troy" } } });
  pass(80 * HOUR_MS);
  assert.equal(await codeFor(email), false);
});

test("where the row is gone or put back behind the ledger's back, nobody is written to", async () => {
  const { self, email, customerId } = await person();
  await self.portal.preferences.set({ alternative: { channel: "email", contact: newEmail() } });
  pass(80 * HOUR_MS);
  const intruder = new pg.Client({ connectionString: bench.server.database.superuserUrl });
  await intruder.connect();
  try {
    await intruder.query("delete from authority_row where owner_id = $1", [customerId]);
    await intruder.query("delete from authority_head where owner_id = $1", [customerId]);
  } finally {
    await intruder.end();
  }
  assert.equal(await codeFor(email), false);
  const { preferences } = bench.server.app.domains;
  await assert.rejects(preferences.mayUseContacts(customerId));
});

test("staff see that another address stands and not which; an agent sets one for a verified caller alone", async () => {
  const { customerId, self } = await person();
  await self.portal.preferences.set({ language: "es", alternative: { channel: "email", contact: newEmail() } });
  const rows = { rowScope: "everything-masked" } as const;
  const compliance = bench.as(
    (await bench.server.createClient({ role: "compliance", purposes: ["complaint"], ...rows })).token,
  );
  const told = await compliance.preferences.get(customerId);
  assert.deepEqual([told.language, told.alternative?.channel], ["es", "email"]);
  assert.equal((await compliance.preferences.set(customerId, { language: "en" })).language, "en");
  const agent = await bench.server.createClient({ role: "csr", purposes: ["policy-servicing"] });
  await assert.rejects(
    bench.as(agent.token).preferences.set(customerId, { language: "de" }),
    { status: 404 },
    "not within its rows",
  );
  const { preferences, access } = bench.server.app.domains;
  const signedIn = (await access.authenticate(agent.token))!;
  await assert.rejects(preferences.set({ ...signedIn, kind: "staff" }, customerId, { language: "de" }), {
    code: "caller-not-verified",
  });
});
