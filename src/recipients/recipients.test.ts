// Third parties: nothing counts on one person's word, what a contract lists is what may go, and its end counts at once everywhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption";
import pg from "pg";
import { connect, type Client } from "../../sdk/client.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

let server: TestServer;
let [compliance, dpo, vendor]: [Client, Client, Client] = [] as never;
let vendorId = "";
const at = (token: string, url = server.url): Client => connect({ url, token });

before(async () => {
  server = await startTestServer();
  const hire = async (role: "compliance" | "dpo", purpose: "audit" | "data-subject-request") =>
    at((await server.createClient({ role, purposes: [purpose], rowScope: "everything-masked" })).token);
  compliance = await hire("compliance", "audit");
  const privacy = await server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  dpo = at(privacy.token);
  const made = await server.createClient({
    role: "service-account",
    purposes: ["policy-servicing"],
    classCeiling: ["identity", "contact"],
  });
  [vendor, vendorId] = [at(made.token), made.principalId];
  vendorToken = made.token;
});
after(() => server.stop());
let vendorToken = "";

const DRAFT = {
  name: "Print and Post GmbH",
  type: "service-provider",
  jurisdiction: "DE",
  verification: "Extract of the commercial register, called back on its number",
} as const;
const TERMS: Parameters<Client["recipients"]["contracts"]["request"]>[1] = {
  kind: "processor",
  reference: "AVV-7",
  purposes: ["policy-servicing"],
  classes: ["identity", "contact"],
  fields: ["person.first-name", "person.last-name"],
  jurisdictions: ["DE"],
  startsAt: "2020-01-01T00:00:00Z",
};

async function recipient(terms: object = TERMS) {
  const { recipientId } = await compliance.recipients.request(DRAFT);
  const { contractId } = await compliance.recipients.contracts.request(recipientId, { ...TERMS, ...terms });
  return { recipientId, contractId };
}
async function approved(terms: object = TERMS) {
  const made = await recipient(terms);
  await dpo.recipients.approve(made.recipientId);
  await dpo.recipients.contracts.approve(made.recipientId, made.contractId);
  return made;
}

/** A customer whom the vendor's system has in hand. */
async function customer(): Promise<{ customerId: string; unitId: string }> {
  const maker = at((await server.createClient({ role: "underwriter", purposes: ["underwriting"] })).token);
  const place = { entity: "acme", brand: "acme", line: "auto" } as const;
  const { customerId, units } = await maker.customers.create({
    kind: "person",
    units: [
      {
        kind: "relationship",
        ...place,
        records: [
          { type: "person", fields: { "first-name": "Ada", "last-name": "Marlowe", "birth-date": "1970-01-02" } },
          { type: "contact", fields: { email: "ada@example.org" } },
        ],
      },
    ],
  });
  await at(server.admin.token).assignments.create({ customerId, clientId: vendorId, kind: "policy" });
  return { customerId, unitId: units[0]!.unitId };
}

async function sent(customerId: string, recipientId: string | undefined, by = vendor, type = DRAFT.type as string) {
  const { fields } = await by.disclose({
    customerId,
    purpose: "policy-servicing",
    fields: ["person.first-name", "person.last-name", "contact.email"],
    recipient: { type: type as typeof DRAFT.type, ...(recipientId === undefined ? {} : { recipientId }) },
    justification: "printing and posting of a policy",
  });
  return fields.map(({ form }) => form);
}

const ALL_DENIED = ["denied", "denied", "denied"];

test("only an approved recipient under an approved contract is sent what the contract lists, and no more", async () => {
  const [{ customerId }, { recipientId, contractId }] = [await customer(), await recipient()];
  assert.deepEqual(await sent(customerId, recipientId), ALL_DENIED, "nothing is approved");
  await dpo.recipients.approve(recipientId);
  assert.deepEqual(await sent(customerId, recipientId), ALL_DENIED, "no contract is in force");
  await dpo.recipients.contracts.approve(recipientId, contractId);
  assert.deepEqual(await sent(customerId, recipientId), ["clear", "clear", "denied"]);
  assert.deepEqual(await sent(customerId, undefined), ALL_DENIED, "of nobody nothing is verified");
  assert.deepEqual(await sent(customerId, recipientId, vendor, "insurer"), ALL_DENIED, "it is of another type");
});

test("an end, a suspension and an expiry count on the next decision in another process", async () => {
  const { customerId } = await customer();
  let now = Date.now();
  const other = await startTestServer({ beside: server, clock: { now: () => new Date(now) } });
  try {
    const there = at(vendorToken, other.url);
    const ends = new Date(Date.now() + 3_600_000).toISOString();
    const [ended, suspended, expiring] = [await approved(), await approved(), await approved({ endsAt: ends })];
    for (const { recipientId } of [ended, suspended, expiring])
      assert.deepEqual(await sent(customerId, recipientId, there), ["clear", "clear", "denied"]);
    await compliance.recipients.contracts.end(ended.recipientId, ended.contractId);
    await compliance.recipients.suspend(suspended.recipientId);
    now += 3_700_000;
    for (const { recipientId } of [ended, suspended, expiring])
      assert.deepEqual(await sent(customerId, recipientId, there), ALL_DENIED);
  } finally {
    await other.stop();
  }
});

test("nobody approves what they asked for, also as another principal of theirs; a contract comes before access", async () => {
  const { recipientId } = await compliance.recipients.request(DRAFT);
  await assert.rejects(dpo.recipients.approve(recipientId), { code: "no-contract", status: 409 });
  const { contractId } = await compliance.recipients.contracts.request(recipientId, TERMS);
  const { keyId } = await compliance.recipients.keys.request(
    recipientId,
    await identityToRecipient(await generateX25519Identity()),
  );
  const own = { code: "own-request", status: 403 };
  await assert.rejects(compliance.recipients.approve(recipientId), own);
  await assert.rejects(compliance.recipients.contracts.approve(recipientId, contractId), own);
  await assert.rejects(compliance.recipients.keys.approve(recipientId, keyId), own);
  const { grants, access } = server.app.domains;
  const [one, two] = [
    await server.createClient({ role: "compliance", purposes: ["audit"], rowScope: "everything-masked" }),
    await server.createClient({ role: "dpo", purposes: ["complaint"] }),
  ];
  const admin = (await access.authenticate(server.admin.token))!;
  for (const { principalId } of [one, two])
    await grants.identifyPerson({ principalId, personnelNumber: "4711" }, admin);
  const asked = await at(one.token).recipients.request(DRAFT);
  await at(one.token).recipients.contracts.request(asked.recipientId, TERMS);
  await assert.rejects(at(two.token).recipients.approve(asked.recipientId), own);
  await dpo.recipients.approve(asked.recipientId);
  await assert.rejects(dpo.recipients.approve(asked.recipientId), { code: "wrong-state" });
});

test("what is changed of a recipient waits for a second person again, and one that ended comes back never", async () => {
  const [{ customerId }, { recipientId }] = [await customer(), await approved()];
  await compliance.recipients.change(recipientId, { ...DRAFT, contact: "elsewhere@example.org" });
  assert.deepEqual(await sent(customerId, recipientId), ALL_DENIED);
  await dpo.recipients.approve(recipientId);
  assert.deepEqual(await sent(customerId, recipientId), ["clear", "clear", "denied"]);
  await dpo.recipients.end(recipientId, { method: "destroyed", reference: "D-2026-4" });
  assert.deepEqual(await sent(customerId, recipientId), ALL_DENIED);
  const read = await compliance.recipients.read(recipientId);
  assert.deepEqual([read.state, read.exit?.reference, read.contracts], ["ended", "D-2026-4", []]);
  await assert.rejects(compliance.recipients.change(recipientId, DRAFT), { code: "wrong-state" });
});

test("keys are age recipients of both kinds and nothing else", async () => {
  const { recipientId } = await recipient();
  const hybrid = await identityToRecipient(await generateHybridIdentity());
  const kinds = [];
  for (const key of [await identityToRecipient(await generateX25519Identity()), hybrid])
    kinds.push((await compliance.recipients.keys.request(recipientId, key)).kind);
  assert.deepEqual(kinds, ["x25519", "hybrid"]);
  const lowOrder = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq".slice(0, 62);
  const mistyped = `${hybrid.slice(0, -1)}${hybrid.endsWith("q") ? "p" : "q"}`;
  for (const key of [lowOrder, mistyped, "ssh-ed25519 AAAA".padEnd(62, "A")])
    await assert.rejects(compliance.recipients.keys.request(recipientId, key), { code: "bad-key" });
});

test("those who send read the register and change nothing in it; administrators of access neither approve nor ask", async () => {
  const { recipientId } = await recipient();
  assert.equal((await vendor.recipients.read(recipientId)).name, DRAFT.name);
  const admin = at(server.admin.token);
  for (const client of [vendor, admin]) {
    await assert.rejects(client.recipients.request(DRAFT), { status: 403 });
    await assert.rejects(client.recipients.approve(recipientId), { status: 403 });
    await assert.rejects(client.recipients.suspend(recipientId), { status: 403 });
  }
  const { ledger } = server.app.domains;
  const { items } = await ledger.list({ kinds: ["recipient"] }, { limit: 20 }, "cleared");
  assert.ok(items.some(({ outcome, actorId }) => outcome === "denied" && actorId === vendorId));
  assert.ok(items.some((entry) => entry.outcome === "done" && entry.recipientId === recipientId));
});

test("whoever writes the database revives no contract, and makes no recipient of another's rows", async () => {
  const [{ customerId }, { recipientId, contractId }] = [await customer(), await approved()];
  const intruder = new pg.Client({ connectionString: server.database.superuserUrl });
  await intruder.connect();
  try {
    await intruder.query("create table kept_contract as select * from authority_row where row_id = $1", [contractId]);
    await compliance.recipients.contracts.end(recipientId, contractId);
    await intruder.query("delete from authority_row where row_id = $1", [contractId]);
    await intruder.query("insert into authority_row select * from kept_contract");
  } finally {
    await intruder.end();
  }
  assert.deepEqual(await sent(customerId, recipientId), ALL_DENIED);
});

test("a contract that begins or ends beyond the years that can be written is refused, not broken upon", async () => {
  const { recipientId } = await recipient();
  for (const period of [{ startsAt: "0000-01-01T00:00:00+23:59" }, { endsAt: "9999-12-31T23:59:59-23:59" }])
    await assert.rejects(compliance.recipients.contracts.request(recipientId, { ...TERMS, ...period }), {
      code: "bad-period",
      status: 422,
    });
});

test("the register says which contract ends first and what waits, and the ledger what one of them was given", async () => {
  const soon = new Date(Date.now() + 30 * 86_400_000).toISOString();
  const { recipientId, contractId } = await approved({ endsAt: soon });
  await compliance.recipients.contracts.request(recipientId, TERMS);
  const { items } = await dpo.recipients.list({ limit: 200 });
  const listed = items.find((each) => each.recipientId === recipientId);
  assert.deepEqual([listed?.contractsInForce, listed?.endsAt, listed?.approvedKeys, listed?.waiting], [1, soon, 0, 1]);
  const other = await approved();
  const entries = (await compliance.ledger.entries({ recipientId, limit: 50 })).items;
  assert.ok(entries.length >= 4 && entries.every((each) => each.recipientId === recipientId));
  assert.notEqual(other.recipientId, recipientId);
  await dpo.recipients.contracts.end(recipientId, contractId);
  const again = (await dpo.recipients.list({ limit: 200 })).items.find((each) => each.recipientId === recipientId);
  assert.deepEqual([again?.contractsInForce, again?.endsAt], [0, null]);
});
