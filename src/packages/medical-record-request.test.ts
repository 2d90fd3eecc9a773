// A request for medical records, end to end: on an authorization whose elements the gate has seen, to the provider that it names, and its answer kept as a paper.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Decrypter, generateHybridIdentity, identityToRecipient } from "age-encryption";
import type { Client } from "../../sdk/client.ts";
import type { Contents } from "./contents.ts";
import { openTestSharing, type TestSharing } from "./test-sharing.ts";

const PLACE = { entity: "acme", brand: "acme", line: "health" } as const;
const DAY_MS = 86_400_000;
/** Statements of 45 CFR 164.508(c) that whoever captures the paper says are on it. */
const STATEMENTS = ["disclosers", "revocation", "conditions", "redisclosure", "plain-language", "copy", "not-compound"];
const BASIS = { purpose: "claim-handling", basis: "role-duty", justification: "the claim rests on it" } as const;

const SIGNED = Buffer.from("I authorize Harbour Clinic ... left ankle ... signed Ada Marlowe");

let sharing: TestSharing;
let adjuster: Client;
let adjusterId = "";
/** Captures papers, and rests on none. */
let desk: Client;
let deskId = "";
const identity = await generateHybridIdentity();
before(async () => {
  sharing = await openTestSharing();
  const hired = await sharing.system("claim-handling", "claims-adjuster");
  [adjuster, adjusterId] = [sharing.as(hired.token), hired.principalId];
  const captures = await sharing.system("claim-handling", "csr");
  desk = sharing.as(captures.token);
  deskId = captures.principalId;
});
after(() => sharing?.close());

interface Scene {
  readonly customerId: string;
  readonly claimId: string;
  readonly paperId: string;
  /** Who it is, and the claim. */
  readonly recordIds: readonly string[];
  readonly recipientId: string;
}

async function scene(): Promise<Scene> {
  const publicKey = await identityToRecipient(identity);
  const { recipientId } = await sharing.recipient(publicKey, {
    recipient: { name: "Harbour Clinic", type: "medical-provider", jurisdiction: "US-NY" },
    contract: {
      kind: "business-associate",
      purposes: ["claim-handling"],
      classes: ["identity", "claims-narrative"],
      fields: null,
      jurisdictions: ["US-NY"],
    },
  });
  const person = { "first-name": "Ada", "last-name": "Marlowe", "birth-date": "1970-01-02" };
  const claim = { number: "C-72", "loss-date": "2026-01-02", narrative: "slipped on ice", status: "received" };
  const made = await sharing.maker.customers.create({
    kind: "person",
    units: [
      { ...PLACE, kind: "relationship", records: [{ type: "person", fields: person }] },
      {
        ...PLACE,
        kind: "claim",
        records: [
          { type: "claim", fields: claim },
          { type: "medical", fields: { diagnosis: "sprained ankle" } },
        ],
      },
    ],
  });
  const { customerId } = made;
  const claimId = made.units.find(({ kind }) => kind === "claim")?.unitId ?? "";
  const admin = sharing.as(sharing.adminToken);
  for (const clientId of [adjusterId, deskId])
    await admin.assignments.create({ customerId, unitId: claimId, clientId, kind: "claim" });
  const filing = { unitId: claimId, kind: "form", mediaType: "application/pdf" } as const;
  const { recordId: paperId } = await desk.documents.file(customerId, filing, SIGNED);
  const recordOf = (name: string): string => made.records.find(({ type }) => type === name)?.recordId ?? "";
  return { customerId, claimId, paperId, recipientId, recordIds: [recordOf("person"), recordOf("claim")] };
}

type Recorded = Parameters<Client["authorizations"]["record"]>[1];

function authorize(at: Scene, changes: Partial<Recorded> = {}, elements: readonly string[] = STATEMENTS) {
  return desk.authorizations.record(at.customerId, {
    form: "hipaa-508",
    classes: ["identity", "claims-narrative"],
    purposes: ["claim-handling"],
    recipients: [{ type: "medical-provider", recipientId: at.recipientId }],
    unitIds: [at.claimId],
    expiresAt: new Date(Date.now() + 90 * DAY_MS).toISOString(),
    signed: {
      documentId: at.paperId,
      signedAt: new Date(Date.now() - DAY_MS).toISOString(),
      elements: [...elements],
    },
    ...changes,
  });
}

const question = ({ customerId, claimId, recipientId }: Scene) => ({
  recipientId,
  customers: [{ customerId, workContext: { unitId: claimId } }],
  justification: "records that the claim rests on",
});

const run = (at: Scene) => adjuster.flows.run("medical-record-request", { ...question(at), delivery: "key" });

type Letter = Pick<Contents, "lines" | "enclosed" | "disclosures">;

async function letterOf(secret: string): Promise<Letter> {
  const { file } = await sharing.vendor.packages.pickUp(secret);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return JSON.parse(await decrypter.decrypt(Buffer.from(file, "base64"), "text")) as Letter;
}

test("the request names whom the records are of and which claim, and encloses what was signed; the provider's answer is kept, shown by the gate and told of by the ledger", async () => {
  const at = await scene();
  const { customerId, claimId: unitId } = at;
  const narrowing = { bodyParts: ["left ankle"], servicesFrom: "2026-01-02", servicesTo: "2026-06-30" };
  const { authorizationId } = await authorize(at, { narrowing, recordIds: [...at.recordIds] });
  const made = await run(at);
  assert.deepEqual(
    made.package.checks.map(({ check }) => check),
    ["authorization-in-force", "no-classes"],
  );
  const { lines, enclosed = [], disclosures } = await letterOf(made.secret ?? "");
  assert.deepEqual(lines[0]?.fields, {
    "person.first-name": "Ada",
    "person.last-name": "Marlowe",
    "person.birth-date": "1970-01-02",
    "claim.number": "C-72",
    "claim.loss-date": "2026-01-02",
  });
  const [authorization] = enclosed;
  assert.deepEqual(
    [enclosed.length, authorization?.subject, authorization?.form, authorization?.signedBy],
    [1, lines[0]?.subject, "hipaa-508", "customer"],
  );
  assert.deepEqual(authorization?.narrowing, { ...narrowing, diagnoses: [] });
  assert.equal(authorization?.paper?.mediaType, "application/pdf");
  assert.ok(Buffer.from(authorization?.paper?.base64 ?? "", "base64").equals(SIGNED), "the paper itself");
  const { ledger } = sharing.domains;
  const entries = await Promise.all(disclosures.map((id) => ledger.entry(id)));
  assert.ok(entries.length > 1 && entries.every((entry) => entry?.recipientId === at.recipientId), "to the clinic");
  const details = await Promise.all(disclosures.map((id) => ledger.opening(id)));
  assert.ok(JSON.stringify(details).includes("document.digest"), "the paper is one of them");
  const [rested] = (await desk.authorizations.list(at.customerId)).items;
  assert.equal(rested?.authorizationId, authorizationId);
  assert.ok(made.package.disclosures.includes(rested?.lastUse?.entryId ?? ""), "the entry names the authorization");

  const scan = Buffer.from("Attending physician's statement: sprain, left ankle");
  const filing = { unitId, kind: "report", mediaType: "application/pdf" } as const;
  const { recordId } = await adjuster.documents.file(customerId, filing, scan);
  const shown = await adjuster.documents.read({ customerId, recordId }, BASIS);
  assert.ok(Buffer.from(await shown.arrayBuffer()).equals(scan));
  await assert.rejects(sharing.vendor.documents.read({ customerId, recordId }, BASIS), { code: "not-shown" });
});

for (const [what, changes, elements] of [
  ["lacks an element that 45 CFR 164.508(c) asks for", {}, STATEMENTS.filter((one) => one !== "redisclosure")],
  ["has run out", { expiresAt: new Date(Date.now() - DAY_MS / 2).toISOString() }, STATEMENTS],
] as const)
  test(`an authorization that ${what} is not taken, and nothing goes on it`, async () => {
    const at = await scene();
    await assert.rejects(authorize(at, changes, elements));
    await assert.rejects(run(at), { code: "checks-failed" });
  });

for (const [what, changes] of [
  [
    "names another provider",
    async () => ({ recipients: [{ type: "medical-provider" as const, recipientId: (await scene()).recipientId }] }),
  ],
  ["is for another purpose", async () => ({ purposes: ["underwriting" as const] })],
  ["is of another claim", async () => ({ unitIds: [(await scene()).claimId] })],
] as const)
  test(`nothing goes on an authorization that ${what}`, async () => {
    const at = await scene();
    await authorize(at, await changes()).catch(() => null);
    await assert.rejects(run(at), { code: "checks-failed" });
  });

test("a paper of the relationship goes along though the authorization is of the claim, in a room that its reader may keep, and in no other", async () => {
  const at = await scene();
  const filing = { kind: "form", mediaType: "image/png" } as const;
  const { recordId } = await sharing.compliance.documents.file(at.customerId, filing, SIGNED);
  const elements = [...STATEMENTS];
  const signed = { documentId: recordId, signedAt: new Date(Date.now() - DAY_MS).toISOString(), elements };
  await authorize(at, { signed });
  const { name, type, jurisdiction, verification } = await sharing.dpo.recipients.read(at.recipientId);
  const contact = "records@harbour-clinic.example";
  await sharing.compliance.recipients.change(at.recipientId, { name, type, jurisdiction, verification, contact });
  await sharing.dpo.recipients.approve(at.recipientId);
  const inRoom = (mayDownload: boolean) =>
    adjuster.flows.run("medical-record-request", { ...question(at), delivery: "room", mayDownload });
  await assert.rejects(inRoom(false), { code: "wants-keeping", status: 422 });
  const { secret } = await inRoom(true);
  const { enclosed, mayDownload } = await sharing.opened(secret ?? "", contact);
  assert.deepEqual([enclosed.length, enclosed[0]?.narrowing, mayDownload], [1, null, true]);
  assert.ok(Buffer.from(enclosed[0]?.paper?.base64 ?? "", "base64").equals(SIGNED));
});

test("the authorization that goes along is the newest, and what waits is handed out on no other", async () => {
  const at = await scene();
  await authorize(at, { classes: ["claims-narrative", "identity", "health"] });
  const signed = {
    documentId: at.paperId,
    signedAt: new Date(Date.now() - 1000).toISOString(),
    elements: [...STATEMENTS],
  };
  const { authorizationId } = await authorize(at, { classes: ["health"], signed });
  const made = await run(at);
  await desk.authorizations.withdraw(at.customerId, authorizationId);
  await assert.rejects(sharing.vendor.packages.pickUp(made.secret ?? ""), { code: "unknown-package" });
  assert.equal((await letterOf((await run(at)).secret ?? "")).enclosed?.length, 1);
});

test("a request that waits is handed out no more once the customer has withdrawn the authorization, or it has run out", async () => {
  for (const end of [
    (at: Scene, authorizationId: string) => desk.authorizations.withdraw(at.customerId, authorizationId),
    () => Promise.resolve(sharing.pass(3 * DAY_MS)),
  ]) {
    const at = await scene();
    const expiresAt = new Date(sharing.domains.clock.now().getTime() + 2 * DAY_MS).toISOString();
    const { authorizationId } = await authorize(at, { expiresAt });
    const made = await adjuster.flows.run("medical-record-request", {
      ...question(at),
      delivery: "key",
      lifetimeHours: 200,
    });
    await end(at, authorizationId);
    await assert.rejects(sharing.vendor.packages.pickUp(made.secret ?? ""), { code: "unknown-package" });
  }
});
