// Callers, over HTTP and a real mail server: verified by what is on file, by nobody's own word; locked files; representatives, third parties, interpreters.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { openTestPortal, type TestCustomer, type TestPortal } from "../portal/test-portal.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { startTestServer } from "../test-server.ts";
import { openSpeaker } from "./test-speaker.ts";

let bench: TestPortal;
let offsetMs = 0;
const clock = { now: () => new Date(Date.now() + offsetMs) };
let agent: Desk;
let other: Desk;
let supervisor: Client;
before(async () => {
  bench = await openTestPortal({ clock });
  [agent, other] = [await desk(), await desk()];
  const compliance = { role: "compliance", purposes: ["complaint"], rowScope: "everything-masked" } as const;
  supervisor = bench.as((await bench.server.createClient(compliance)).token);
});
after(() => bench.close());

interface Desk {
  readonly principalId: Uuid;
  client: Client;
}
/** A person at the call centre, signed in with a second factor. */
async function desk(): Promise<Desk> {
  const { access } = bench.server.app.domains;
  const administrator = (await access.authenticate(bench.server.admin.token))!;
  const request = {
    name: "Agent",
    role: "csr",
    purposes: ["policy-servicing", "complaint"],
    rowScope: "assignments",
    groups: [],
    entities: ["acme"],
    lines: ["auto"],
    classCeiling: null,
    expiresAt: null,
  } as const;
  const principalId = await access.createStaff(request, administrator);
  return { principalId, client: bench.as(await signIn(principalId)) };
}

async function signIn(principalId: Uuid): Promise<string> {
  const { token } = await bench.server.app.domains.signIns.sessions.start({
    principalId,
    methods: ["password", "totp"],
    isStrong: true,
    isPhishingResistant: false,
    lifetimeSeconds: 86_400,
    idleSeconds: 86_400,
    device: "",
    address: "",
  });
  return token;
}

const PURPOSE = "policy-servicing";
let people = 0;
/** Somebody on the line: the telephone system has assigned the call to both desks. */
async function onTheLine(): Promise<TestCustomer & { readonly email: string }> {
  offsetMs += 2 * 3_600_000;
  // A new shift, a new sign-in.
  for (const each of [agent, other]) each.client = bench.as(await signIn(each.principalId));
  const email = `caller-${(people += 1)}@mailbox.example`;
  const customer = await bench.customer({ email });
  const administrator = bench.as(bench.server.admin.token);
  for (const { principalId } of [agent, other])
    await administrator.assignments.create({ customerId: customer.customerId, clientId: principalId, kind: "call" });
  return { ...customer, email };
}
const start = ({ customerId }: TestCustomer, more: object = {}) =>
  agent.client.callers.start(customerId, { purpose: PURPOSE, ...more });
const seen = async (
  client: Client,
  { customerId }: TestCustomer,
  purpose: "policy-servicing" | "complaint" = PURPOSE,
) => {
  const answer = await client.disclose({
    customerId,
    purpose,
    fields: ["person.last-name", "contact.email"],
    justification: "the caller asks",
  });
  return answer.fields.map(({ form }) => form);
};
const RIGHT: Readonly<Record<string, string>> = {
  "bank-account.bank-name": "first harbour BANK",
  "bank-account.account-number": "0042",
  "person.employer-name": "Orchard Works, Ltd.",
  "person.occupation": "baker",
};
async function byCode(customer: TestCustomer & { readonly email: string }) {
  const { callId, contacts } = await start(customer);
  const at = { customerId: customer.customerId, callId };
  await agent.client.callers.sendCode(
    at,
    contacts.find(({ field }) => field === "contact.email")!,
  );
  await bench.deliver();
  return { at, code: bench.codeTo(customer.email)! };
}

const speaker = (name: string) => openSpeaker(bench, supervisor, `${name}-${people}@mailbox.example`);

/** The representative's code, sent to their own contact and said. */
async function verified(
  customer: TestCustomer,
  { email, asked }: Awaited<ReturnType<typeof openSpeaker>>,
): Promise<void> {
  const { callId, contacts, questions } = await start(customer, asked);
  assert.deepEqual(questions, []);
  const at = { customerId: customer.customerId, callId };
  await agent.client.callers.sendCode(
    at,
    contacts.find(({ field }) => field === "contact.email")!,
  );
  await bench.deliver();
  assert.deepEqual(await agent.client.callers.answer(at, { code: bench.codeTo(email)! }), { isVerified: true });
}

test("an API client of the call centre has its callers verified as people have, and sees masks until then", async () => {
  const customer = await onTheLine();
  const { customerId, email } = customer;
  const system = await bench.server.createClient({ role: "csr", purposes: [PURPOSE], lines: ["auto"] });
  await bench
    .as(bench.server.admin.token)
    .assignments.create({ customerId, clientId: system.principalId, kind: "call" });
  const client = bench.as(system.token);
  assert.deepEqual(await seen(client, customer), ["masked", "masked"]);
  const { callId, contacts } = await client.callers.start(customerId, { purpose: PURPOSE });
  const at = { customerId, callId };
  await client.callers.sendCode(
    at,
    contacts.find(({ field }) => field === "contact.email")!,
  );
  await bench.deliver();
  assert.deepEqual(await client.callers.answer(at, { code: bench.codeTo(email)! }), { isVerified: true });
  assert.deepEqual(await seen(client, customer), ["clear", "clear"]);
});

test("an agent sees masks until the caller has read out the code from the letter, then clear values, and names the call", async () => {
  const customer = await onTheLine();
  assert.deepEqual(await seen(agent.client, customer), ["masked", "masked"]);
  const { at, code } = await byCode(customer);
  assert.deepEqual(await seen(agent.client, customer), ["masked", "masked"], "asked is not answered");
  assert.deepEqual(await agent.client.callers.answer(at, { code }), { isVerified: true });
  const { ledger } = bench.server.app.domains;
  const answer = await agent.client.disclose({
    customerId: customer.customerId,
    purpose: PURPOSE,
    fields: ["person.last-name"],
    justification: "the caller asks",
  });
  assert.equal(answer.fields[0]?.form, "clear");
  const opening = await ledger.opening(answer.disclosureId as never, "cleared");
  assert.deepEqual(opening?.detail["grounds"], [{ kind: "caller-check", id: at.callId }]);
  assert.deepEqual(await seen(other.client, customer), ["masked", "masked"], "for the agent of the call alone");
  assert.deepEqual(await seen(agent.client, customer, "complaint"), ["masked", "masked"], "for its purpose alone");
  await agent.client.callers.end(at);
  assert.deepEqual(await seen(agent.client, customer), ["masked", "masked"]);
});

test("a verification opens the file that it was about, and no other of the same agent, nor the same customer's later call", async () => {
  const [customer, bystander] = [await onTheLine(), await onTheLine()];
  const { at, code } = await byCode(customer);
  await agent.client.callers.answer(at, { code });
  assert.deepEqual(await seen(agent.client, customer), ["clear", "clear"]);
  assert.deepEqual(await seen(agent.client, bystander), ["masked", "masked"]);
  await agent.client.callers.end(at);
  const later = await start(customer);
  assert.deepEqual(await seen(agent.client, customer), ["masked", "masked"], "another call is verified anew");
  await assert.rejects(agent.client.callers.answer(at, { code }), { code: "unknown-call" });
  assert.deepEqual(await agent.client.callers.answer({ ...at, callId: later.callId }, { code }), { isVerified: false });
});

test("a verified call lasts half an hour", async () => {
  const customer = await onTheLine();
  const { at, code } = await byCode(customer);
  await agent.client.callers.answer(at, { code });
  offsetMs += 30 * 60_000;
  assert.deepEqual(await seen(agent.client, customer), ["masked", "masked"]);
});

test("two right answers of three verify, in whatever spelling; nobody learns which were right, and there is one try", async () => {
  const customer = await onTheLine();
  const { callId, questions } = await start(customer);
  assert.equal(questions.length, 3);
  const at = { customerId: customer.customerId, callId };
  const answers = Object.fromEntries(questions.map(({ field }, nth) => [field, nth === 0 ? "no idea" : RIGHT[field]!]));
  assert.deepEqual(await agent.client.callers.answer(at, { answers }), { isVerified: true });
  assert.deepEqual(await seen(agent.client, customer), ["clear", "clear"]);
  await assert.rejects(agent.client.callers.answer(at, { answers }), { code: "no-questions" });
  const second = await start(customer);
  const guesses = Object.fromEntries(second.questions.map(({ field }) => [field, "a guess"]));
  const verdict = await agent.client.callers.answer({ ...at, callId: second.callId }, { answers: guesses });
  assert.deepEqual(verdict, { isVerified: false });
});

test("three failures lock the file against every agent, in every process, until a supervisor unlocks it; agents go on with other files", async () => {
  const customer = await onTheLine();
  const { at, code } = await byCode(customer);
  for (let count = 0; count < 3; count += 1)
    assert.deepEqual(await agent.client.callers.answer(at, { code: "00000000" }), { isVerified: false });
  const locked = { code: "file-locked", status: 423 };
  await assert.rejects(agent.client.callers.answer(at, { code }), locked);
  await assert.rejects(other.client.callers.start(customer.customerId, { purpose: PURPOSE }), locked);
  const elsewhere = await startTestServer({ beside: bench.server, clock });
  const actor = (await elsewhere.app.domains.access.reread(agent.principalId))!;
  await assert.rejects(elsewhere.app.domains.callers.answer(at as never, { code }, actor), locked);
  await elsewhere.stop();
  await assert.rejects(agent.client.callers.unlock(customer.customerId), { status: 403 });
  await supervisor.callers.unlock(customer.customerId);
  assert.deepEqual(await agent.client.callers.answer(at, { code }), { isVerified: true });
});

test("an agent cannot verify a caller by themselves: not by guessing, not by a call-back nobody saw, not for another's call", async () => {
  const customer = await onTheLine();
  const { callId, contacts } = await start(customer);
  const at = { customerId: customer.customerId, callId };
  await agent.client.callers.callBack(at, contacts[0]!);
  assert.deepEqual(await seen(agent.client, customer), ["masked", "masked"]);
  await assert.rejects(agent.client.callers.confirm(at), { code: "own-call", status: 403 });
  await assert.rejects(other.client.callers.answer(at, { code: "00000000" }), { code: "unknown-call" });
  await supervisor.callers.confirm(at);
  assert.deepEqual(await seen(agent.client, customer), ["clear", "clear"]);
  const stranger = await bench.customer();
  await assert.rejects(start(stranger), { status: 404 }, "no call of theirs was put through");
});

test("a code goes to contacts on file alone, and neither it nor where it went comes back", async () => {
  const [customer, elsewhere] = [await onTheLine(), await onTheLine()];
  const { callId, contacts } = await start(customer);
  const at = { customerId: customer.customerId, callId };
  const foreign = { recordId: elsewhere.recordIds.get("contact")!, field: "contact.email" };
  const unknown = { code: "unknown-contact", status: 422 };
  await assert.rejects(agent.client.callers.sendCode(at, foreign), unknown);
  await assert.rejects(agent.client.callers.sendCode(at, { ...contacts[0]!, field: "contact.work-phone" }), unknown);
  const answer = JSON.stringify([contacts, await agent.client.callers.sendCode(at, contacts[0]!)]);
  assert.ok(!answer.includes("@") && !answer.includes("caller-"));
});

test("a third party is written down and verified as nobody; a representative needs authority on file and has their own letter", async () => {
  const customer = await onTheLine();
  const third = await start(customer, { caller: "third-party", interpreter: "AG-1142" });
  const at = { customerId: customer.customerId, callId: third.callId };
  assert.deepEqual([third.contacts, third.questions], [[], []]);
  const contact = { recordId: customer.recordIds.get("contact")!, field: "contact.email" };
  await assert.rejects(agent.client.callers.sendCode(at, contact), { code: "third-party" });
  await assert.rejects(agent.client.callers.callBack(at, contact), { code: "third-party" });
  const attorney = await speaker("attorney");
  await assert.rejects(start(customer, attorney.asked), { code: "no-authority", status: 403 });
  const representationId = await attorney.grant(customer);
  await verified(customer, attorney);
  assert.deepEqual(await seen(agent.client, customer), ["clear", "clear"]);
  await attorney.dpo.representatives.end(customer.customerId, representationId);
  assert.deepEqual(await seen(agent.client, customer), ["masked", "masked"], "revoked while on the line");
  await assert.rejects(start(customer, attorney.asked), { code: "no-authority" });
});

test("an attorney for a part hears that part and nothing beside it, although they showed who they are", async () => {
  const customer = await onTheLine();
  const attorney = await speaker("part");
  await attorney.grant(customer, "power-of-attorney", { classes: ["identity"] });
  await verified(customer, attorney);
  assert.deepEqual(await seen(agent.client, customer), ["clear", "masked"]);
});

test("a guardian speaks for a minor only, and nobody with a power of attorney for the dead", async () => {
  const [grown, dead] = [await onTheLine(), await onTheLine()];
  const guardian = await speaker("guardian");
  await guardian.grant(grown, "guardian");
  await assert.rejects(start(grown, guardian.asked), { code: "no-authority" });
  await guardian.grant(dead);
  await verified(dead, guardian);
  assert.deepEqual(await seen(agent.client, dead), ["clear", "clear"]);
  await bench.flag(dead.customerId, "deceased");
  const since = await seen(agent.client, dead);
  assert.ok(!since.includes("clear"), "a power of attorney ends with death, on the line as well");
  await assert.rejects(start(dead, guardian.asked), { code: "no-authority" });
});

test("an agent who left the page finds the call again as it stands, and nobody else's", async () => {
  const customer = await onTheLine();
  const { at, code } = await byCode(customer);
  const [mine] = (await agent.client.callers.own(customer.customerId)).items;
  assert.equal(mine?.callId, at.callId);
  assert.deepEqual([mine.isCodeSent, mine.isCalledBack, mine.verifiedBy], [true, false, null]);
  assert.ok(mine.contacts.some(({ field }) => field === "contact.email"));
  assert.ok(!JSON.stringify(mine).includes(customer.email) && !JSON.stringify(mine).includes(code));
  assert.deepEqual((await other.client.callers.own(customer.customerId)).items, []);
  await agent.client.callers.answer(at, { code });
  assert.equal((await agent.client.callers.own(customer.customerId)).items[0]?.verifiedBy, "code");
  await agent.client.callers.end(at);
  assert.deepEqual((await agent.client.callers.own(customer.customerId)).items, []);
});
