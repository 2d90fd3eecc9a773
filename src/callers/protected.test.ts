// The party that a protection order is against does not become "self" by telephone: neither by the household's mailbox and its number, nor by what a household knows, nor on paper.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { addresseeOf } from "../mail/test-smtp-server.ts";
import { customerSession, openTestPortal, type TestCustomer, type TestPortal } from "../portal/test-portal.ts";
import { openSpeaker } from "./test-speaker.ts";

let bench: TestPortal;
let offsetMs = 0;
let approver: Client;
before(async () => {
  bench = await openTestPortal({ clock: { now: () => new Date(Date.now() + offsetMs) } });
  const compliance = { role: "compliance", purposes: ["complaint"], rowScope: "everything-masked" } as const;
  approver = bench.as((await bench.server.createClient(compliance)).token);
});
after(() => bench.close());

const HOUR_MS = 3_600_000;
const lettersTo = (address: string) => bench.smtp.letters.filter((letter) => addresseeOf(letter) === address).length;
const refused = { code: "protected", status: 403 };
let homes = 0;

interface Home {
  readonly sheltered: TestCustomer;
  readonly shared: string;
  /** A person at the call centre who has the customer on the line. */
  readonly agent: Client;
  readonly elsewhere: { readonly channel: "email"; readonly contact: string };
}

/** Two who share a mailbox and a number, which have stood for long; one of them is protected from the other. */
async function home(more: { readonly own?: string } = {}): Promise<Home> {
  homes += 1;
  const [shared, phone] = [`home.${homes}@mailbox.example`, `+1212555017${homes}`];
  const sheltered = await bench.customer({ email: more.own ?? shared, phone });
  await bench.customer({ email: shared, phone });
  offsetMs += 73 * HOUR_MS;
  const { access, signIns } = bench.server.app.domains;
  const administrator = (await access.authenticate(bench.server.admin.token))!;
  const request = {
    name: "Agent",
    role: "csr",
    purposes: ["policy-servicing"],
    rowScope: "assignments",
    groups: [],
    entities: ["acme"],
    lines: ["auto"],
    classCeiling: null,
    expiresAt: null,
  } as const;
  const clientId = await access.createStaff(request, administrator);
  const { customerId } = sheltered;
  await bench.as(bench.server.admin.token).assignments.create({ customerId, clientId, kind: "call" });
  const session = { isStrong: true, isPhishingResistant: false, lifetimeSeconds: 86_400, idleSeconds: 86_400 } as const;
  const named = { principalId: clientId, methods: ["password", "totp"], device: "", address: "" } as const;
  const agent = bench.as((await signIns.sessions.start({ ...named, ...session })).token);
  return { sheltered, shared, agent, elsewhere: { channel: "email", contact: `other.party.${homes}@mailbox.example` } };
}

const start = ({ agent, sheltered }: Home, more: object = {}) =>
  agent.callers.start(sheltered.customerId, { purpose: "policy-servicing", ...more });

const RIGHT: Readonly<Record<string, string>> = {
  "bank-account.bank-name": "first harbour BANK",
  "bank-account.account-number": "0042",
  "person.employer-name": "Orchard Works, Ltd.",
  "person.occupation": "baker",
};

test("no code and no call-back goes to a contact that somebody else has too, and no household question is asked", async () => {
  const at = await home();
  const { customerId } = at.sheltered;
  const before_ = await start(at);
  assert.ok(before_.questions.length > 0, "they are asked of everybody else");
  await bench.flag(customerId, "protection-order");
  const { callId, contacts, questions } = await start(at);
  assert.deepEqual(questions, []);
  assert.equal(contacts.length, 2, "which fields there are tells nobody whose else they are");
  const call = { customerId, callId };
  const told = lettersTo(at.shared);
  for (const contact of contacts) {
    await assert.rejects(at.agent.callers.sendCode(call, contact), { code: "unknown-contact" });
    await assert.rejects(at.agent.callers.callBack(call, contact), { code: "unknown-contact" });
  }
  const answers = Object.fromEntries(before_.questions.map(({ field }) => [field, RIGHT[field] ?? ""]));
  const asked = at.agent.callers.answer({ customerId, callId: before_.callId }, { answers });
  await assert.rejects(asked, { code: "no-questions" }, "nor were they asked before the order came");
  await bench.deliver();
  assert.equal(lettersTo(at.shared), told);
});

test("a contact that nobody else has still verifies the caller, who yet moves nothing by telephone", async () => {
  const own = "hers.alone@mailbox.example";
  const at = await home({ own });
  const { customerId } = at.sheltered;
  await bench.flag(customerId, "protection-order");
  const { callId, contacts } = await start(at);
  const byMail = contacts.find(({ field }) => field === "contact.email")!;
  await at.agent.callers.sendCode({ customerId, callId }, byMail);
  await bench.deliver();
  const given = { code: bench.codeTo(own)! };
  assert.deepEqual(await at.agent.callers.answer({ customerId, callId }, given), { isVerified: true });
  await assert.rejects(at.agent.preferences.set(customerId, { alternative: at.elsewhere }), refused);
  assert.equal((await at.agent.preferences.set(customerId, { language: "es" })).language, "es");
});

test("a representative's call, however well verified, says nothing of where the customer is reached", async () => {
  const speaker = await openSpeaker(bench, approver, "attorney@mailbox.example");
  const at = await home();
  const { customerId } = at.sheltered;
  await speaker.grant(at.sheltered);
  await bench.flag(customerId, "protection-order");
  const { callId, contacts } = await start(at, speaker.asked);
  await at.agent.callers.sendCode(
    { customerId, callId },
    contacts.find(({ field }) => field === "contact.email")!,
  );
  await bench.deliver();
  const given = { code: bench.codeTo(speaker.email)! };
  assert.deepEqual(await at.agent.callers.answer({ customerId, callId }, given), { isVerified: true });
  await assert.rejects(at.agent.preferences.set(customerId, { alternative: at.elsewhere }), refused);
});

test("nobody but the customer and the data protection officer says where they are reached, or takes it back; nothing goes to the household", async () => {
  const at = await home();
  const { customerId } = at.sheltered;
  await bench.flag(customerId, "protection-order");
  const told = lettersTo(at.shared);
  const safe = { channel: "email", contact: "safe.place@mailbox.example" } as const;
  await assert.rejects(approver.preferences.set(customerId, { alternative: safe }), refused);
  const officer = (await bench.server.app.domains.access.reread(bench.officer.principalId))!;
  const alternative = { ...safe, address: null };
  await bench.server.app.domains.preferences.set(officer, customerId, { alternative });
  await assert.rejects(approver.preferences.set(customerId, { alternative: null }), refused);
  const self = await customerSession(bench, customerId, "strong");
  const chosen = { channel: "email", contact: "chosen.place@mailbox.example" } as const;
  assert.equal((await self.portal.preferences.set({ alternative: chosen })).alternative?.contact, chosen.contact);
  await bench.deliver();
  assert.equal(lettersTo(at.shared), told);
});
