// Changes of payee, bank account, address and contact, over HTTP and a real mail server: nothing before the code and the hours, and nothing by anybody's own word.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import type { Client } from "../../sdk/client.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { CHANGE } from "./change-row.ts";
import { openTestPortal, type TestCustomer, type TestPortal } from "../portal/test-portal.ts";
import { startTestServer } from "../test-server.ts";

const HOUR_MS = 3_600_000;
let bench: TestPortal;
let offsetMs = 0;
const clock = { now: () => new Date(Date.now() + offsetMs) };
before(async () => {
  bench = await openTestPortal({ clock });
});
after(() => bench.close());

interface Agent {
  readonly principalId: Uuid;
  readonly client: Client;
}
interface Scene {
  readonly customer: TestCustomer;
  readonly email: string;
  readonly agent: Agent;
}

async function hire(customer: TestCustomer): Promise<Uuid> {
  const { access } = bench.server.app.domains;
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
  const principalId = await access.createStaff(request, administrator);
  const at = { customerId: customer.customerId, clientId: principalId, kind: "call" } as const;
  await bench.as(bench.server.admin.token).assignments.create(at);
  return principalId;
}

/** A person at the call centre, signed in with a second factor. */
async function signedIn(principalId: Uuid): Promise<Client> {
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
  return bench.as(token);
}

let people = 0;
async function scene(): Promise<Scene> {
  const email = `payee-${(people += 1)}@mailbox.example`;
  const customer = await bench.customer({ email });
  const principalId = await hire(customer);
  return { customer, email, agent: { principalId, client: await signedIn(principalId) } };
}
const correct = ({ customer, agent }: Scene, type: string, fields: Record<string, string>, expectedRevision = 1) =>
  agent.client.customers.correct(
    { customerId: customer.customerId, recordId: customer.recordIds.get(type)! },
    { expectedRevision, fields, reason: "the caller says so" },
  );
async function askBank(at: Scene): Promise<{ customerId: Uuid; changeId: Uuid; code: string }> {
  const { pending } = await correct(at, "bank-account", { "holder-name": "Somebody Else" });
  await bench.deliver();
  const code = bench.codeTo(at.email);
  assert.ok(pending !== undefined && code !== null, "it waits, and the letter went to the contact on file");
  return { customerId: at.customer.customerId, changeId: asId(pending.changeId), code };
}
const wrong = (code: string): string => (code === "00000000" ? "00000001" : "00000000");
const revision = async ({ customer }: Scene, type: string): Promise<number> => {
  const at = { recordId: customer.recordIds.get(type)! };
  return (await bench.server.app.domains.vault.loadRecords([customer.customerId], at))[0]!.record.revision;
};
async function later(hours: number): Promise<void> {
  offsetMs += hours * HOUR_MS;
  await bench.server.app.domains.changes.finish();
}
/** What the ledger says was done about somebody, newest first. */
const entries = async ({ customer }: Scene, kind: "grant" | "record-correct") =>
  (
    await bench.server.app.domains.ledger.list(
      { kinds: [kind], customerId: customer.customerId },
      { limit: 50 },
      "cleared",
    )
  ).items;
const letters = ({ email }: Scene): string[] =>
  bench.smtp.letters.filter(({ to }) => JSON.stringify(to).includes(email)).map(({ subject }) => subject ?? "");

test("a person's change of bank account takes effect only after the code from the old contact and the hours", async () => {
  const at = await scene();
  const { code, ...change } = await askBank(at);
  await later(100);
  assert.equal(await revision(at, "bank-account"), 1, "the hours alone do nothing");
  const client = await signedIn(at.agent.principalId);
  const [listed] = (await client.changes.list(change.customerId)).items;
  assert.deepEqual([listed?.fields, listed?.confirmed], [["bank-account.holder-name"], false]);
  assert.deepEqual(await client.changes.confirm(change, code), { confirmed: true });
  await assert.rejects(client.changes.confirm(change, code), { code: "already-confirmed", status: 409 });
  await later(0);
  assert.equal(await revision(at, "bank-account"), 2);
  assert.equal((await entries(at, "record-correct"))[0]?.actorId, at.agent.principalId);
  await bench.deliver();
  assert.deepEqual(letters(at), ["Please confirm a change", "A change has taken effect"]);
  await later(0);
  assert.deepEqual((await client.changes.list(change.customerId)).items, []);
  const { authority, database, operations } = bench.server.app.domains;
  const kept = await authority.get(database, CHANGE, { ownerId: change.customerId, rowId: change.changeId });
  assert.deepEqual([kept?.state, kept?.content.fields, kept?.content.to], ["ended", {}, null], "no value outlives it");
  const auditor = await bench.server.createClient({ role: "internal-auditor", purposes: ["audit"] });
  const asked = (await bench.server.app.domains.access.authenticate(auditor.token))!;
  const { findings } = await operations.verifyData(asked);
  assert.deepEqual(findings, []);
});

test("the code alone does nothing before the hours are over, and what was stopped never takes effect", async () => {
  const at = await scene();
  const { code, ...change } = await askBank(at);
  await at.agent.client.changes.confirm(change, code);
  await later(71);
  assert.equal(await revision(at, "bank-account"), 1);
  const client = await signedIn(at.agent.principalId);
  await client.changes.stop(change);
  await bench.deliver();
  await later(500);
  assert.equal(await revision(at, "bank-account"), 1);
  assert.deepEqual(letters(at), ["Please confirm a change", "A change was stopped"]);
  await assert.rejects(client.changes.stop(change), { status: 401 }, "the session is over by now");
  await assert.rejects((await signedIn(at.agent.principalId)).changes.stop(change), { code: "unknown-change" });
});

test("of any number of wrong codes at once no more than five are tried, and then not even the right one helps", async () => {
  const at = await scene();
  const { code, ...change } = await askBank(at);
  const tries = await Promise.allSettled(
    Array.from({ length: 8 }, () => at.agent.client.changes.confirm(change, wrong(code))),
  );
  const answered = tries.flatMap((each) => (each.status === "fulfilled" ? [each.value.confirmed] : []));
  assert.ok(answered.length <= 5 && answered.every((confirmed) => !confirmed), JSON.stringify(answered));
  for (let more = answered.length; more < 5; more += 1) await at.agent.client.changes.confirm(change, wrong(code));
  await assert.rejects(at.agent.client.changes.confirm(change, code), { code: "unknown-change", status: 404 });
  await later(100);
  assert.equal(await revision(at, "bank-account"), 1);
});

test("a change is dropped when its asker is not in force any more, when the record moved on, or when nobody confirmed", async () => {
  const [left, moved, silent] = [await scene(), await scene(), await scene()];
  for (const at of [left, moved]) {
    const { code, ...change } = await askBank(at);
    await at.agent.client.changes.confirm(change, code);
  }
  await askBank(silent);
  await bench.as(bench.server.admin.token).staff.change(left.agent.principalId, { status: "suspended" });
  const recordId = moved.customer.recordIds.get("bank-account")!;
  const correction = { expectedRevision: 1, fields: { "bank-name": "Second Bank" }, reason: "a system of record" };
  const at = { customerId: moved.customer.customerId, recordId };
  const system = await bench.server.createClient({ role: "csr", purposes: ["policy-servicing"] });
  const given = { customerId: at.customerId, clientId: system.principalId, kind: "call" } as const;
  await bench.as(bench.server.admin.token).assignments.create(given);
  const told = await bench.as(system.token).customers.correct(at, correction);
  assert.equal(told.pending, undefined, "systems do not wait");
  await later(73);
  await later(100);
  assert.deepEqual(
    [
      await revision(left, "bank-account"),
      await revision(moved, "bank-account"),
      await revision(silent, "bank-account"),
    ],
    [1, 2, 1],
  );
  const { changes } = bench.server.app.domains;
  for (const each of [left, moved, silent]) assert.deepEqual(await changes.list(each.customer.customerId), []);
});

test("what else is corrected does not wait; a contact is confirmed at the one before, and where there is none nothing is changed", async () => {
  const at = await scene();
  const told = await correct(at, "person", { occupation: "Miller" });
  assert.deepEqual([told.pending, told.records[0]?.revision], [undefined, 2]);
  const { pending, records } = await correct(at, "contact", { email: "thief@mailbox.example" });
  assert.deepEqual([pending?.confirmed, records], [false, []]);
  await bench.deliver();
  assert.equal(bench.codeTo("thief@mailbox.example"), null);
  const customer = await bench.customer();
  const principalId = await hire(customer);
  const nobody = { customer, email: "", agent: { principalId, client: await signedIn(principalId) } };
  await assert.rejects(correct(nobody, "address", { city: "Albany" }), { code: "no-contact", status: 409 });
  await assert.rejects(correct(at, "address", { city: "Albany" }, 7), { status: 409 });
});

test("whoever can write the database hastens, confirms and alters no change", async () => {
  const at = await scene();
  const { code, ...change } = await askBank(at);
  const intruder = new pg.Client({ connectionString: bench.server.database.superuserUrl });
  await intruder.connect();
  try {
    await intruder.query("create table kept_change as select * from authority_row where row_id = $1", [
      change.changeId,
    ]);
    await at.agent.client.changes.confirm(change, wrong(code));
    // The try that was spent is put back.
    await intruder.query(
      `update authority_row a set content = k.content, revision = k.revision, act = k.act
       from kept_change k where a.row_id = k.row_id`,
    );
    await assert.rejects(at.agent.client.changes.confirm(change, code), { status: 500 });
    assert.ok(bench.server.logged.some((line) => line.includes("does not verify")));
    await later(100);
    assert.equal(await revision(at, "bank-account"), 1);
  } finally {
    await intruder.end();
  }
});

test("a change that is asked for again under one key is one change; its values are emptied when the customer is erased", async () => {
  const at = await scene();
  const place = { customerId: at.customer.customerId, recordId: at.customer.recordIds.get("address")! };
  const body = { expectedRevision: 1, fields: { city: "Albany" }, reason: "moved" };
  const ask = () => at.agent.client.customers.correct(place, body, { idempotencyKey: "one-key" });
  assert.deepEqual(await ask(), await ask());
  const { authority, changes, database } = bench.server.app.domains;
  const [waiting, ...others] = await changes.list(place.customerId);
  assert.ok(waiting !== undefined && others.length === 0);
  await bench.server.app.domains.vault.erase({ customerId: place.customerId, unitId: null }, SYSTEM);
  await later(0);
  const kept = await authority.get(database, CHANGE, { ownerId: place.customerId, rowId: waiting.rowId });
  assert.deepEqual([kept?.content.fields, kept?.content.to, kept?.content.reason], [{}, null, ""]);
});
const SYSTEM = { actorId: null, actorRevision: null, purpose: null, basis: null };

test("a server without mail takes no such change", async () => {
  const server = await startTestServer();
  try {
    const { changes } = server.app.domains;
    assert.ok(changes.mustWait("staff", ["claim.payee-name"]) && !changes.mustWait("client", ["claim.payee-name"]));
    const stored = { customerId: asId(NOBODY), recordId: asId(NOBODY), recordType: "address", revision: 1 };
    const asked = { stored, expectedRevision: 1, fields: { city: "Albany" }, reason: "moved", language: "en" } as const;
    await assert.rejects(changes.ask(asked, server.app.domains.access.system), { code: "not-configured" });
  } finally {
    await server.stop();
  }
});
const NOBODY = "0198c0de-0000-7000-8000-000000000000";
