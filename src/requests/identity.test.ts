// Who a request is from: shown by a call that the server itself knows to be verified, by papers, or in person; never by whoever filed it. Over HTTP.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { openTestAccounting, type TestAccounting } from "../accounting/test-accounting.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";

const DAY_MS = 86_400_000;
const PLACE = { country: "DE", state: null };

let accounting: TestAccounting;
/** Files; and whoever else answers. */
let dpo: Client;
let second: Client;
let desk: Client;
let deskId: Uuid;
before(async () => {
  accounting = await openTestAccounting();
  const { server, as } = accounting.bench;
  dpo = as((await server.createClient({ role: "dpo", purposes: ["data-subject-request"] })).token);
  const compliance = { role: "compliance", purposes: ["complaint"], rowScope: "everything-masked" } as const;
  second = as((await server.createClient(compliance)).token);
  const hired = await server.createClient({ role: "csr", purposes: ["policy-servicing"], lines: ["auto"] });
  [desk, deskId] = [as(hired.token), hired.principalId];
});
after(() => accounting?.bench.close());

let people = 0;
/** Somebody who can be called, and whose contact has stood long enough. */
async function person() {
  const { bench } = accounting;
  const email = `known.${(people += 1)}@mailbox.example`;
  const { customerId, recordIds } = await bench.customer({ email });
  const assigned = { customerId, clientId: deskId, kind: "call" } as const;
  await bench.as(bench.server.admin.token).assignments.create(assigned);
  accounting.pass(4 * DAY_MS);
  const file = async (kind: "access" | "restriction" | "portability") =>
    (await dpo.rights.file(customerId, { kind, place: PLACE })).requestId;
  return { customerId, email, file, documentId: recordIds.get("document")! };
}

type Person = Awaited<ReturnType<typeof person>>;

/** The code has gone out. */
async function call({ customerId, email }: Pick<Person, "customerId" | "email">, by: object = {}) {
  const { callId, contacts } = await desk.callers.start(customerId, { purpose: "policy-servicing", ...by });
  const at = { customerId, callId };
  const contact = contacts.find(({ field }) => field === "contact.email");
  await desk.callers.sendCode(at, contact!);
  await accounting.bench.deliver();
  const code = accounting.bench.codeTo(email) ?? "none";
  const wrong = code.replace(/^./, (first) => String((Number(first) + 1) % 10));
  return { at, code, wrong };
}

const callsOf = async (requestId: string) => (await second.rights.read(requestId, { words: "left" })).calls;
const byCall = (requestId: string, callId: string) => second.rights.identity(requestId, { method: "call", callId });
/** What the agent's calls say that they showed. */
const shownBy = async (customerId: string) =>
  (await desk.callers.own(customerId)).items.map(({ callId, requests }) => [callId, requests]);
/** What entries about a customer's rights say, to those who may see all of it. */
async function openings(customerId: string) {
  const { ledger } = accounting.bench.server.app.domains;
  const { items } = await ledger.list({ kinds: ["right"], customerId: asId(customerId) }, { limit: 20 }, "cleared");
  const opened = await Promise.all(items.map(({ entryId }) => ledger.opening(entryId, "cleared")));
  return opened.flatMap((opening) => (opening === null ? [] : [opening]));
}
const refused = (code: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, code);
  return true;
};

test("a request filed for a caller is approved only once they are known, and neither by whoever filed it", async () => {
  const requestId = await (await person()).file("access");
  await assert.rejects(second.rights.decide(requestId, { outcome: "fulfilled" }), refused("not-verified"));
  const papers = { method: "documents", passed: true } as const;
  await assert.rejects(dpo.rights.identity(requestId, papers), refused("own-filing"));
  const failed = await second.rights.identity(requestId, { ...papers, passed: false });
  assert.equal(failed.identity, "unverified");
  const known = await second.rights.identity(requestId, papers);
  assert.deepEqual([known.state, known.identity], ["in-progress", "verified"]);
  await assert.rejects(dpo.rights.decide(requestId, { outcome: "fulfilled" }), refused("own-decision"));
  assert.equal((await second.rights.decide(requestId, { outcome: "fulfilled" })).outcome, "fulfilled");
});

test("a call shows who asked once the server has verified it, for its own customer, while it is under way", async () => {
  const [asker, other] = [await person(), await person()];
  const requestId = await asker.file("access");
  await assert.rejects(byCall(requestId, newId()), refused("call-needed"));
  const { at, code, wrong } = await call(asker);
  await assert.rejects(byCall(requestId, at.callId), refused("call-needed"), "a code was sent, and not said");
  assert.deepEqual(await desk.callers.answer(at, { code: wrong }), { isVerified: false });
  assert.deepEqual(await callsOf(requestId), []);
  const others = await call(other);
  await desk.callers.answer(others.at, { code: others.code });
  await assert.rejects(byCall(requestId, others.at.callId), refused("call-needed"), "somebody else is on the line");
  await desk.callers.answer(at, { code });
  const [shown] = await callsOf(requestId);
  assert.deepEqual([shown?.callId, shown?.verifiedBy], [at.callId, "code"]);
  await assert.rejects(
    dpo.rights.identity(requestId, { method: "call", callId: at.callId }),
    refused("own-filing"),
    "not by whoever filed it either",
  );
  assert.equal((await byCall(requestId, at.callId)).identity, "verified");
  const { tries } = await second.rights.read(requestId, { words: "left" });
  assert.deepEqual(
    tries.map(({ method, passed, callId }) => [method, passed, callId]),
    [["code", true, at.callId]],
  );
  // The call says in its turn whose request it showed, and one entry commits to both.
  assert.deepEqual(await shownBy(at.customerId), [[at.callId, [requestId]]]);
  const proof = (await openings(at.customerId)).find(({ detail }) => detail["step"] === "identity");
  assert.deepEqual([proof?.detail["request"], proof?.detail["call"]], [requestId, at.callId]);
  const written = JSON.stringify(proof?.detail["authority"]);
  for (const id of [requestId, at.callId]) assert.ok(written.includes(id), id);
  const another = await asker.file("restriction");
  await byCall(another, at.callId);
  assert.deepEqual(await shownBy(at.customerId), [[at.callId, [requestId, another]]]);
  const later = await asker.file("portability");
  await desk.callers.end(at);
  await assert.rejects(byCall(later, at.callId), refused("call-needed"), "the call is over");
});

test("three failures lock the customer's file, for every request of theirs; papers remain, and a supervisor opens it again", async () => {
  const asker = await person();
  const [one, other] = [await asker.file("access"), await asker.file("restriction")];
  const verified = await call(asker);
  await desk.callers.answer(verified.at, { code: verified.code });
  assert.equal((await callsOf(other)).length, 1);
  const { at, wrong } = await call(asker);
  for (let tries = 0; tries < 3; tries += 1) await desk.callers.answer(at, { code: wrong });
  await assert.rejects(call(asker), refused("file-locked"));
  for (const requestId of [one, other]) {
    assert.deepEqual(await callsOf(requestId), []);
    await assert.rejects(byCall(requestId, verified.at.callId), refused("call-needed"));
  }
  assert.equal((await second.rights.identity(one, { method: "in-person", passed: true })).identity, "verified");
  await second.callers.unlock(asker.customerId);
  assert.equal((await byCall(other, verified.at.callId)).identity, "verified");
});

test("a representative on the line asks for what their authority is of, and part of one asks for nothing", async () => {
  const [asker, attorney] = [await person(), await person()];
  const { customerId } = asker;
  const requestId = await asker.file("access");
  const { documentId } = asker;
  const draft = { representativeId: attorney.customerId, kind: "power-of-attorney", documentId } as const;
  const grant = async (more: object) => {
    const { representationId } = await dpo.representatives.request(customerId, { ...draft, ...more });
    await second.representatives.approve(customerId, representationId);
  };
  await grant({ classes: ["identity"] });
  const asAttorney = { caller: "representative", representativeId: attorney.customerId } as const;
  const { at, code } = await call({ customerId, email: attorney.email }, asAttorney);
  assert.deepEqual(await desk.callers.answer(at, { code }), { isVerified: true });
  assert.deepEqual(await callsOf(requestId), []);
  await assert.rejects(byCall(requestId, at.callId), refused("call-needed"), "of names alone, not of everything");
  await grant({});
  assert.equal((await byCall(requestId, at.callId)).identity, "verified");
});
