// A correction of an account, an address or a contact that was granted: it waits for the contact as it was before, and the request follows it, once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { openTestChanges, type TestChanges } from "../changes/test-changes.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { TestPerson } from "../portal/test-portal.ts";
import { grantProposed } from "./test-grant.ts";

const GERMANY = { country: "DE", state: null };
const DPO = { role: "dpo", purposes: ["data-subject-request"] } as const;

let bench: TestChanges;
let officer: Client;
let second: Client;
before(async () => {
  bench = await openTestChanges();
  officer = bench.as((await bench.server.createClient(DPO)).token);
  second = bench.as((await bench.server.createClient(DPO)).token);
});
after(() => bench?.close());

let people = 0;

/** Somebody who has asked for a correction of what is on file, proposed by one officer. */
async function asked(type: string, fields: Record<string, string>, person?: TestPerson) {
  const email = `iris-${(people += 1)}@mailbox.example`;
  const scene = await bench.scene(person ?? { email }, "policy");
  const { customerId, recordIds } = scene.customer;
  const recordId = recordIds.get(type)!;
  const own = person === undefined ? bench.as(await bench.signIn(email)) : null;
  const filed = { kind: "correction", place: GERMANY } as const;
  const { requestId } = await (own?.portal.rights.open(filed) ?? officer.rights.file(customerId, filed));
  if (own === null) await second.rights.identity(requestId, { method: "in-person", passed: true });
  await officer.rights.step(requestId, { do: "propose", recordId, fields });
  return { ...scene, email, requestId, recordId, own, customerId };
}

type Asked = Awaited<ReturnType<typeof asked>>;

const left = (requestId: string) => officer.rights.read(requestId, { words: "left" });
const grant = ({ requestId }: Asked) => grantProposed(second, requestId);
const follow = () => bench.server.app.domains.requests.look(AbortSignal.timeout(60_000));

/** Signed in anew, since days go by. */
const agentOf = ({ agent }: Asked) => bench.signedIn(agent.principalId);

async function confirm(one: Asked, changeId: Uuid): Promise<void> {
  await bench.deliver();
  const code = bench.codeTo(one.email) ?? "";
  const { confirmed } = await (await agentOf(one)).changes.confirm({ customerId: one.customerId, changeId }, code);
  assert.equal(confirmed, true);
}

/** The change that the request waits for, as it stands on the customer's page. */
async function waitingFor(one: Asked) {
  const { items } = await (await agentOf(one)).changes.list(one.customerId);
  assert.deepEqual(
    items.map(({ requestId }) => requestId),
    [one.requestId],
  );
  return items[0]!;
}

const city = (one: Asked) => bench.revision(one, "address");

test("writes nothing before it is confirmed at the contact as it was before and 72 hours old; then the request is done", async () => {
  const one = await asked("address", { city: "Utica", line1: "9 Oak Row", postcode: "13501" });
  assert.equal((await grant(one)).state, "fulfilling", "granted, and not done");
  const { changeId, confirmed } = await waitingFor(one);
  assert.equal(confirmed, false);
  const [deed] = (await left(one.requestId)).deeds;
  assert.deepEqual([deed?.do, deed?.state, deed?.resultId], ["correct", "waits", changeId]);
  await bench.later(73);
  assert.equal(await city(one), 1, "time alone is not the customer's word");
  await confirm(one, changeId as Uuid);
  await follow();
  assert.equal((await left(one.requestId)).state, "fulfilling");
  await bench.later(0);
  assert.equal(await city(one), 2);
  await Promise.all([follow(), follow(), follow()]);
  const done = await left(one.requestId);
  assert.equal(done.state, "closed");
  assert.deepEqual(
    done.deeds.map((each) => [each.do, each.state]),
    [["correct", "done"]],
  );
  await Promise.all([bench.later(0), follow()]);
  assert.equal(await city(one), 2);
  assert.equal((await bench.entries(one, "record-correct")).length, 1, "once, however often it is looked at");
});

test("stopped by the customer goes back to whoever decides, with its clock running on, and both are theirs to see", async () => {
  const one = await asked("bank-account", { "holder-name": "Somebody Else" });
  const { own } = one;
  assert.ok(own !== null);
  const { due } = await grant(one);
  const mine = (await own.portal.changes()).items;
  const seen = await own.portal.rights.read(one.requestId);
  assert.equal(mine[0]?.requestId, one.requestId);
  assert.deepEqual(
    seen.deeds.map(({ state, resultId, ended }) => [state, resultId, ended]),
    [["waits", mine[0]?.changeId, null]],
  );
  await own.portal.stopChange(mine[0]!.changeId);
  await follow();
  const back = await left(one.requestId);
  assert.deepEqual([back.state, back.outcome, back.due.on], ["in-progress", null, due.on]);
  assert.deepEqual(
    back.deeds.map(({ state, obstacles }) => [state, obstacles[0]?.kind]),
    [["forbidden", "change-stopped"]],
  );
  const told = await own.portal.rights.read(one.requestId);
  assert.deepEqual(
    told.deeds.map(({ state, ended }) => [state, ended]),
    [["forbidden", "stopped"]],
  );
  assert.equal(await bench.revision(one, "bank-account"), 1);
  await bench.deliver();
  assert.ok(bench.letters({ address: one.email }).length >= 2, "the contact as it was is told that it was stopped");
});

/** As the gate writes it when somebody outside is given the city. */
function gave({ customerId, recordId }: Asked, recipientType: string) {
  const field = { form: "clear", input: 0, path: "address.city", record: recordId, revision: 1 };
  const customers = [{ customer: customerId, fields: [field], unit: null }];
  const detail = { role: "claims-adjuster", recipientType, justification: null, customers, inputs: [] };
  return bench.server.app.domains.ledger.append({
    entryId: newId(),
    kind: "disclosure",
    outcome: "allowed",
    actorId: null,
    customerId,
    recipientId: null,
    purpose: "reinsurance",
    basis: "role-duty",
    classes: ["contact"],
    withheld: false,
    detail,
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  });
}

test("is told to whoever was given the old value before it took effect, and to nobody who was given the new one", async () => {
  const one = await asked("address", { city: "Utica", line1: "9 Oak Row", postcode: "13501" });
  await gave(one, "reinsurer");
  await grant(one);
  const { changeId } = await waitingFor(one);
  await confirm(one, changeId as Uuid);
  await bench.later(73);
  assert.equal(await city(one), 2);
  await bench.later(1);
  await gave(one, "medical-provider");
  await follow();
  const { state, deeds } = await left(one.requestId);
  assert.equal(state, "fulfilling", "it is not done before they were told");
  assert.deepEqual(
    deeds.map((deed) => [deed.do, deed.state, deed.recipient?.type ?? null]),
    [
      ["correct", "done", null],
      ["tell", "waits", "reinsurer"],
    ],
  );
});

test("not confirmed within a week is dropped, and the same may be granted again", async () => {
  const one = await asked("bank-account", { "holder-name": "Iris Quill" });
  await grant(one);
  await bench.later(170);
  await follow();
  const back = await left(one.requestId);
  assert.deepEqual([back.state, back.deeds[0]?.obstacles[0]?.kind], ["in-progress", "change-dropped"]);
  await grant(one);
  const { changeId } = await waitingFor(one);
  assert.equal((await left(one.requestId)).deeds.at(-1)?.resultId, changeId);
});

test("with nobody to ask goes back at once, and writes nothing", async () => {
  const one = await asked("bank-account", { "holder-name": "Iris Quill" }, {});
  const decided = await grant(one);
  assert.equal(decided.state, "in-progress");
  assert.equal((await left(one.requestId)).deeds[0]?.obstacles[0]?.kind, "no-contact");
  assert.equal(await bench.revision(one, "bank-account"), 1);
});

test("is brought about although whoever granted it has left by then", async () => {
  const leaver = await bench.server.createClient(DPO);
  const one = await asked("bank-account", { "holder-name": "Iris Quill" });
  await grantProposed(bench.as(leaver.token), one.requestId);
  const { changeId } = await waitingFor(one);
  await confirm(one, changeId as Uuid);
  await bench.as(bench.server.admin.token).clients.change(leaver.principalId, { status: "suspended" });
  await bench.later(73);
  await follow();
  assert.equal((await left(one.requestId)).state, "closed");
  assert.equal(await bench.revision(one, "bank-account"), 2);
});
