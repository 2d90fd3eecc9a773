// Every flow of governance, end to end: run once everything it asks for holds and a compliance officer has signed what it rests on, refused with a reason before.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import type { Purpose } from "../kernel/vocabulary.ts";
import { sealedPaper } from "../documents/test-paper.ts";
import { governanceWith, type TestGovernance } from "../test-governance.ts";
import { type Changes, openTestSharing, type TestSharing } from "./test-sharing.ts";

/** As a compliance officer would sign them in, having read the texts. */
const SIGNED = ["send/insurer", "send/reinsurer-tokens", "send/reinsurer-narrative", "send/loss-history"]
  .map((policy) => `  - { policy: ${policy}, role: compliance, date: 2026-11-29, note: read for this test of flows }`)
  .join("\n");
const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;

type Run = Parameters<Client["flows"]["run"]>[1];
type Attested = NonNullable<Run["attested"]>;

let governance: TestGovernance;
let signed: TestSharing;
let unsigned: TestSharing;
let assignments: Client["assignments"];
before(async () => {
  governance = await governanceWith("policies/signed.yaml", "signed: []", `signed:\n${SIGNED}`);
  signed = await openTestSharing(governance.settings);
  unsigned = await openTestSharing();
  ({ assignments } = signed.as(signed.adminToken));
});
after(async () => {
  await signed?.close();
  await unsigned?.close();
  await governance?.remove();
});

interface Scene {
  readonly run: Omit<Run, "delivery">;
  readonly client: Client;
  readonly recipientId: string;
  readonly contractId: string;
  readonly documentId: string;
  readonly customerId: string;
  readonly unitId: string;
}

interface Wanted {
  readonly purpose: Purpose;
  readonly recipient: Changes["recipient"];
  readonly contract: NonNullable<Changes["contract"]>;
  readonly unit?: "policy" | "claim";
  readonly lossDate?: string;
}

async function sceneOf(
  at: TestSharing,
  { purpose, recipient, contract, unit = "claim", lossDate = "2026-01-02" }: Wanted,
): Promise<Scene> {
  const server = { as: at.as, admin: at.as(at.adminToken) };
  const { recipientId, contractId } = await at.recipient(undefined, {
    recipient: { ...recipient },
    contract: { purposes: [purpose], classes: [...CLASSES], fields: null, ...contract },
  });
  const claim = {
    number: "C-1",
    "loss-date": lossDate,
    "loss-place": "Salem",
    cause: "hail",
    "amount-paid": "USD 120.00",
    status: "received",
  };
  const vehicle = { vin: "1M8GDM9AXKP042788", plate: "ABC 123", make: "Ford", model: "Focus", damage: "dented roof" };
  const policy = { number: "P-1", "product-code": "AUTO", status: "in-force", "effective-date": "2026-01-01" };
  const made = await at.maker.customers.create({
    kind: "person",
    units: [
      {
        ...PLACE,
        kind: "relationship",
        records: [
          { type: "person", fields: { "first-name": "Ada", "last-name": "Marlowe", "birth-date": "1970-01-02" } },
          { type: "contact", fields: { email: "ada@example.org" } },
          { type: "address", fields: { line1: "1 Elm Street", postcode: "10001" } },
        ],
      },
      { ...PLACE, kind: "policy", records: [{ type: "policy", fields: policy }] },
      {
        ...PLACE,
        kind: "claim",
        records: [
          { type: "claim", fields: claim },
          { type: "vehicle", fields: vehicle },
        ],
      },
    ],
  });
  const { customerId } = made;
  const hired = await at.system(purpose);
  await server.admin.assignments.create({ customerId, clientId: hired.principalId, kind: unit });
  const unitId = made.units.find(({ kind }) => kind === unit)?.unitId ?? "";
  const documentId = await sealedPaper(at.domains.documents, customerId);
  const run = { recipientId, customers: [{ customerId, workContext: { unitId } }], justification: "as the flow says" };
  return { run, client: at.as(hired.token), recipientId, contractId, documentId, customerId, unitId };
}

const CLASSES = ["identity", "contact", "property", "claims-narrative", "financial"] as const;

function runOf({ client, run }: Scene, flow: string, attested: Attested = []) {
  return client.flows.run(flow, { ...run, attested, delivery: "key" });
}

/** Which checks it fails by. */
async function failedOf(running: Promise<unknown>): Promise<string[]> {
  const error = await running.then(
    () => null,
    (thrown: { code: string; status: number; problem?: { detail?: string } }) => thrown,
  );
  assert.deepEqual([error?.code, error?.status], ["checks-failed", 422]);
  return (error?.problem?.detail ?? "")
    .split("\n")
    .slice(1)
    .map((line) => line.split(":")[0] ?? "");
}

test("a repair order goes for one open claim to a shop under contract, and can be picked up no longer once the claim is closed", async () => {
  const repair: Wanted = { purpose: "claim-handling", recipient: {}, contract: { kind: "service" } };
  const scene = await sceneOf(signed, repair);
  const whole = { ...scene, run: { ...scene.run, customers: [{ customerId: scene.customerId }] } };
  assert.deepEqual(await failedOf(runOf(whole, "repair-order")), ["one-unit"]);
  const other = await sceneOf(signed, { ...repair, contract: { kind: "business-associate" } });
  assert.deepEqual(await failedOf(runOf(other, "repair-order")), ["contract-in-force"]);
  const made = await runOf(scene, "repair-order");
  assert.ok(made.package.released > 0);
  assert.deepEqual(
    made.package.checks.map(({ check }) => check),
    ["one-unit", "contract-in-force", "no-classes"],
  );
  const adjuster = await signed.system("claim-handling", "claims-adjuster");
  await assignments.create({ customerId: scene.customerId, clientId: adjuster.principalId, kind: "claim" });
  const claim = { customerId: scene.customerId, unitId: scene.unitId };
  await signed.as(adjuster.token).customers.changeUnit(claim, { status: "closed" });
  assert.deepEqual(await failedOf(runOf(scene, "repair-order")), ["one-unit"]);
  await assert.rejects(signed.vendor.packages.pickUp(made.secret ?? ""), { code: "unknown-package" });
});

test("a bordereau goes under a treaty in force, all of its fields in it, where the reinsurer and those it hands it on to are, and only once its policies are signed", async () => {
  const reinsurer: Wanted = { purpose: "reinsurance", recipient: { type: "reinsurer" }, contract: { kind: "treaty" } };
  const scene = await sceneOf(signed, reinsurer);
  const made = await runOf(scene, "reinsurance-bordereau");
  assert.ok(made.package.released > 0);
  const archive = { name: "Archive", jurisdiction: "BM", service: "keeps the files" };
  for (const [changes, failed] of [
    [{ contract: { kind: "service" } }, ["contract-in-force"]],
    [{ contract: { kind: "treaty", classes: ["identity"] } }, ["fields-of-contract"]],
    [{ contract: { kind: "treaty", jurisdictions: ["BM"] } }, ["jurisdiction-of-contract"]],
    [{ recipient: { type: "reinsurer", subcontractors: [archive] } }, ["jurisdiction-of-contract"]],
  ] as const)
    assert.deepEqual(
      await failedOf(runOf(await sceneOf(signed, { ...reinsurer, ...changes } as Wanted), "reinsurance-bordereau")),
      [...failed],
    );
  await signed.compliance.recipients.contracts.end(scene.recipientId, scene.contractId);
  await assert.rejects(runOf(scene, "reinsurance-bordereau"));
  const waits = await sceneOf(unsigned, reinsurer);
  await assert.rejects(runOf(waits, "reinsurance-bordereau"), { code: "nothing-released" });
});

test("a transfer to another broker rests on the signed letter on file of each customer, once no producer has them in a book, and names who says so", async () => {
  const broker: Wanted = { purpose: "policy-servicing", recipient: {}, contract: {}, unit: "policy" };
  const scene = await sceneOf(signed, broker);
  const cut = { attest: "old-producer-cut-off" };
  assert.deepEqual(await failedOf(runOf(scene, "broker-transfer")), ["attested", "attested"]);
  const { principalId: clientId } = await signed.system("policy-servicing", "agent");
  const { customerId } = scene;
  const { assignmentId } = await assignments.create({ customerId, clientId, kind: "book" });
  assert.deepEqual(await failedOf(runOf(scene, "broker-transfer")), ["attested", "in-no-book", "attested"]);
  await assignments.end(customerId, assignmentId);
  const letter = (recordId: string) => ({
    attest: "signed-broker-of-record-letter",
    documents: [{ customerId: scene.customerId, recordId }],
  });
  const another = letter((await sceneOf(signed, broker)).documentId);
  assert.deepEqual(await failedOf(runOf(scene, "broker-transfer", [cut, another])), ["attested"]);
  const made = await runOf(scene, "broker-transfer", [cut, letter(scene.documentId)]);
  const kept = made.package.checks.find(({ attest }) => attest === "signed-broker-of-record-letter");
  assert.equal(kept?.reference, scene.documentId);
});

test("a loss history is furnished for seven years back, on the furnisher's word, to an agency under contract", async () => {
  const agency: Wanted = {
    purpose: "claim-handling",
    recipient: { type: "consumer-reporting-agency" },
    contract: { kind: "data-sharing" },
  };
  const word = [{ attest: "furnisher-accuracy" }, { attest: "disputes-marked" }];
  const young = await sceneOf(signed, agency);
  assert.deepEqual(await failedOf(runOf(young, "loss-history-report")), ["attested", "attested"]);
  assert.ok((await runOf(young, "loss-history-report", word)).package.released > 0);
  const old = await sceneOf(signed, { ...agency, lossDate: "2019-11-20" });
  await assert.rejects(runOf(old, "loss-history-report", word), { code: "nothing-released" });
  const waits = await sceneOf(unsigned, agency);
  await assert.rejects(runOf(waits, "loss-history-report", word), { code: "nothing-released" });
});

test("a search of claims is for fraud alone, to nobody whose contract lets it underwrite by it", async () => {
  const bureau: Wanted = {
    purpose: "fraud-investigation",
    recipient: { type: "support-organization" },
    contract: { kind: "data-sharing" },
  };
  const scene = await sceneOf(signed, bureau);
  assert.ok((await runOf(scene, "claim-search-report")).package.released > 0);
  const contract = { kind: "data-sharing", purposes: ["fraud-investigation", "underwriting"] } as const;
  const wide = await sceneOf(signed, { ...bureau, contract: { ...contract, purposes: [...contract.purposes] } });
  assert.deepEqual(await failedOf(runOf(wide, "claim-search-report")), ["contract-excludes"]);
});

test("a subrogation file goes for one claim to another carrier under an agreement, without medicals", async () => {
  const carrier: Wanted = {
    purpose: "subrogation",
    recipient: { type: "insurer" },
    contract: { kind: "data-sharing" },
  };
  assert.ok((await runOf(await sceneOf(signed, carrier), "subrogation")).package.released > 0);
  await assert.rejects(runOf(await sceneOf(unsigned, carrier), "subrogation"), { code: "nothing-released" });
});

test("a group is reported on the sponsor's certification", async () => {
  const sponsor: Wanted = {
    purpose: "group-administration",
    recipient: { type: "plan-sponsor" },
    contract: { kind: "service" },
    unit: "policy",
  };
  const scene = await sceneOf(signed, sponsor);
  assert.deepEqual(await failedOf(runOf(scene, "group-report", [{ attest: "plan-document-certification" }])), [
    "attested",
  ]);
  const certified = [{ attest: "plan-document-certification", reference: "certificate of 2026-11-02" }];
  const made = await runOf(scene, "group-report", certified);
  assert.equal(made.package.checks.at(-1)?.reference, "certificate of 2026-11-02");
});

test("an authorization that an attestation names is looked up: the customer's own, for this purpose and recipient, and in force", async () => {
  const sponsor: Wanted = {
    purpose: "group-administration",
    recipient: { type: "plan-sponsor" },
    contract: { kind: "service" },
    unit: "policy",
  };
  const [scene, other] = [await sceneOf(signed, sponsor), await sceneOf(signed, sponsor)];
  const { authorizations } = signed.compliance;
  const form = (await authorizations.forms()).items.find((one) => one.purposes === null && one.recipients === null);
  assert.ok(form !== undefined);
  const authorize = async (of: Scene, purpose: "group-administration" | "marketing") => {
    const elements = form.elements.filter(({ found }) => found === null).map(({ id }) => id);
    const [signedAt, expiresAt] = [-1, 100].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
    const { authorizationId } = await authorizations.record(of.customerId, {
      form: form.form,
      classes: ["identity"],
      purposes: [purpose],
      recipients: [{ type: "plan-sponsor" }],
      expiresAt: expiresAt!,
      signed: { documentId: of.documentId, signedAt: signedAt!, elements },
    });
    return authorizationId;
  };
  const said = (reference: string) => [{ attest: "plan-document-certification", reference }];
  const [others, elsewhere] = [await authorize(other, "group-administration"), await authorize(scene, "marketing")];
  for (const reference of [others, elsewhere, "019aa5b8-0000-7000-8000-000000000001"])
    assert.deepEqual(await failedOf(runOf(scene, "group-report", said(reference))), ["attested"]);
  const own = await authorize(scene, "group-administration");
  const made = await runOf(scene, "group-report", said(own));
  assert.equal(made.package.checks.at(-1)?.reference, own);
  await authorizations.withdraw(scene.customerId, own);
  assert.deepEqual(await failedOf(runOf(scene, "group-report", said(own))), ["attested"]);
});

test("a request for medical records goes on an authorization in force alone", async () => {
  const provider: Wanted = {
    purpose: "claim-handling",
    recipient: { type: "medical-provider" },
    contract: { kind: "business-associate" },
  };
  const scene = await sceneOf(signed, provider);
  assert.deepEqual(await failedOf(runOf(scene, "medical-record-request")), ["authorization-in-force"]);
});

test("a preview says which checks hold and what the others want, and a refusal is an entry", async () => {
  const scene = await sceneOf(signed, { purpose: "policy-servicing", recipient: {}, contract: {}, unit: "policy" });
  const { checks } = await scene.client.flows.preview("broker-transfer", scene.run);
  assert.deepEqual(
    checks.map(({ isMet }) => isMet),
    [true, false, true, false, true],
  );
  assert.match(checks[1]?.says ?? "", /attest signed-broker-of-record-letter, naming the document on file/);
  await failedOf(runOf(scene, "broker-transfer"));
  const { items } = await signed.compliance.ledger.entries({ kind: "package", limit: 50 });
  assert.ok(items.some(({ outcome }) => outcome === "denied"));
});
