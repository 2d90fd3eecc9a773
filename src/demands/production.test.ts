// What is produced reaches the court: in a room, encrypted to its key, with its name in the entry, the demand's list and the customer's accounting by each law.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import type { Client } from "../../sdk/client.ts";
import { governanceWith, type TestGovernance } from "../test-governance.ts";
import { type DemandScene, type DemandsBench, openDemandsBench } from "./test-demands.ts";

const SIGNED = `signed:
  - policy: send/legal-process
    role: compliance
    date: 2026-01-05
    note: Read for this test.
`;
let governance: TestGovernance;
let bench: DemandsBench;
before(async () => {
  governance = await governanceWith("policies/signed.yaml", "signed: []\n", SIGNED);
  bench = await openDemandsBench(governance.settings);
});
after(async () => {
  await bench?.close();
  await governance?.remove();
});

const RISK = "underwriting.risk-class";
type Made = Parameters<Client["packages"]["make"]>[0];

/** Registered and approved by two; what a court orders needs no contract. */
async function register(type: "court" | "fraud-bureau" | "counsel", reached: { key?: string; contact?: string }) {
  const [one, other] = [bench.compliance.client.recipients, bench.dpo.client.recipients];
  const { recipientId } = await one.request({
    name: "Registry",
    type,
    jurisdiction: "US-NY",
    verification: "Called back on the number of its own site",
    contact: reached.contact ?? null,
  });
  await other.approve(recipientId);
  if (reached.key !== undefined)
    await other.keys.approve(recipientId, (await one.keys.request(recipientId, reached.key)).keyId);
  return { type, recipientId };
}

const asked = (at: DemandScene, recipientId: string, more: Partial<Made> = {}): Made => ({
  recipientId,
  purpose: "litigation",
  basis: "legal-demand",
  wanted: [{ form: "clear", fields: [RISK, "person.last-name"] }],
  customers: [{ customerId: at.customerId }],
  justification: "named by the order",
  delivery: "key",
  ...more,
});

test("a package reaches the court that the order names and no other; the entry, the demand and the accounting by each law name it", async () => {
  const identity = await generateX25519Identity();
  const at = await bench.scene({ line: "health" });
  const key = await identityToRecipient(identity);
  const [court, other] = [await register("court", { key }), await register("court", { key })];
  const packages = bench.producer.client.packages;
  const { demandId } = await bench.clerk.client.demands.takeIn(at.draft({ recipient: court }));
  await bench.settle(demandId);
  await assert.rejects(packages.make(asked(at, court.recipientId)), { code: "nothing-released" });
  await bench.approve(demandId);
  await assert.rejects(packages.make(asked(at, other.recipientId)), { code: "nothing-released" });
  const made = await packages.make(asked(at, court.recipientId));
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const { file } = await packages.pickUp(made.secret ?? "");
  const text = new TextDecoder().decode(await decrypter.decrypt(Buffer.from(file, "base64")));
  assert.ok(text.includes('"B"') && text.includes("Marlowe"), text);

  const { items } = await bench.clerk.client.demands.productions(demandId);
  const [entryId] = made.package.disclosures;
  assert.deepEqual(
    items.map((one) => [one.entryId, one.recipientId, one.withheld]),
    [[entryId, court.recipientId, false]],
  );
  const mine = await at.signIn();
  for (const law of ["hipaa", "naic-670", "timeline"] as const) {
    const lines = (await mine.portal.accounting.list({ law, limit: 200 })).items;
    const line = lines.find((one) => one.entryId === entryId);
    assert.deepEqual(line?.recipient, court, law);
    assert.equal(line?.basis, "legal-demand");
  }
});

test("a room shows it once to the court's registered contact; once it is objected to, nothing more is made", async () => {
  const at = await bench.scene();
  const contact = "clerk@court.example";
  const court = await register("court", { contact });
  const demandId = await bench.approved(at, { recipient: court });
  const { packages } = bench.producer.client;
  const made = await packages.make(asked(at, court.recipientId, { delivery: "room" }));
  await bench.anybody.packages.askRoomCode(made.secret ?? "");
  await bench.deliver();
  const { lines } = await bench.anybody.packages.openRoom(made.secret ?? "", bench.codeTo(contact) ?? "");
  assert.ok(JSON.stringify(lines).includes("Marlowe"));
  assert.equal((await bench.clerk.client.demands.productions(demandId)).items[0]?.recipientId, court.recipientId);
  await bench.clerk.client.demands.object(demandId, { ground: "overbroad" });
  await assert.rejects(packages.make(asked(at, court.recipientId)), { code: "no-key" });
  await assert.rejects(packages.make(asked(at, court.recipientId, { delivery: "room" })), { code: "nothing-released" });
});

test("a report that a law demands reaches the fraud bureau", async () => {
  const at = await bench.scene();
  const bureau = await register("fraud-bureau", { contact: "intake@bureau.example" });
  await bench.approved(at, { kind: "statutory-report", recipient: bureau });
  const made = await bench.producer.client.packages.make(asked(at, bureau.recipientId, { delivery: "room" }));
  assert.equal(made.package.disclosures.length, 1);
});
