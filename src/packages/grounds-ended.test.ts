// What a package rested on has to stand until it is picked up: the very process, the very authorization, and no new no of the customer.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { sealedPaper } from "../documents/test-paper.ts";
import { governanceWith, type TestGovernance } from "../test-governance.ts";
import { openTestSharing, type TestSharing } from "./test-sharing.ts";
import { COURT_ORDER } from "../demands/test-court-order.ts";

const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;
const DAY_MS = 86_400_000;
const UNKNOWN = { code: "unknown-package", status: 404 };
type Demanded = Parameters<Client["demands"]["takeIn"]>[0];
type Terms = Parameters<Client["authorizations"]["record"]>[1];

/** As a compliance officer would sign it in, having read NAIC Model 670 s. 13(H). */
const SIGNED =
  "signed:\n  - { policy: send/legal-process, role: compliance, date: 2026-11-29, note: read for this test }";

let governance: TestGovernance;
let sharing: TestSharing;
let clerk: Client;
let producer: Client;
let producerId = "";
/** Captures papers, and rests on none. */
let desk: Client;
let deskId = "";
before(async () => {
  governance = await governanceWith("policies/signed.yaml", "signed: []", SIGNED);
  sharing = await openTestSharing(governance.settings);
  clerk = await sharing.hire("litigation", "litigation");
  const hired = await sharing.system("litigation", "litigation");
  [producer, producerId] = [sharing.as(hired.token), hired.principalId];
  const captures = await sharing.system("claim-handling", "csr");
  [desk, deskId] = [sharing.as(captures.token), captures.principalId];
});
after(async () => {
  await sharing?.close();
  await governance?.remove();
});

const now = (): number => sharing.domains.clock.now().getTime();
const inDays = (days: number): string => new Date(now() + days * DAY_MS).toISOString();
const pickUp = (secret: string | null) => sharing.vendor.packages.pickUp(secret ?? "");

interface Scene {
  readonly customerId: string;
  readonly documentId: string;
}

async function customer(): Promise<Scene> {
  const person = { "first-name": "Ada", "last-name": "Marlowe" };
  const { customerId } = await sharing.maker.customers.create({
    kind: "person",
    units: [
      {
        ...PLACE,
        kind: "relationship",
        records: [
          { type: "person", fields: person },
          { type: "contact", fields: { email: "ada@example.org" } },
        ],
      },
    ],
  });
  const { assignments } = sharing.as(sharing.adminToken);
  for (const [clientId, kind] of [
    [producerId, "matter"],
    [deskId, "claim"],
  ] as const)
    await assignments.create({ customerId, clientId, kind });
  return { customerId, documentId: await sealedPaper(sharing.domains.documents, customerId) };
}

const classes = ["identity", "contact"] as const;

/** Taken in by one, settled, approved by two others. */
async function approved({ customerId, documentId }: Scene, recipientId: string): Promise<string> {
  const draft: Demanded = {
    ...COURT_ORDER,
    recipient: { type: "court", recipientId },
    receivedAt: inDays(-1),
    document: { customerId, recordId: documentId },
    named: [{ customerId, classes: [...classes] }],
  };
  const { demandId } = await clerk.demands.takeIn(draft);
  await settle(demandId);
  return demandId;
}

async function settle(demandId: string): Promise<void> {
  for (const { id, mayNotApply } of (await clerk.demands.read(demandId)).checks)
    await clerk.demands.check(demandId, { id, answer: mayNotApply ? "not-applicable" : "met" });
  await clerk.demands.notice(demandId, { mode: "after" });
  await sharing.compliance.demands.approve(demandId);
  await sharing.dpo.demands.approve(demandId);
}

function produce({ customerId }: Scene, recipientId: string, fields: readonly string[] = ["person.last-name"]) {
  return producer.packages.make({
    recipientId,
    purpose: "litigation",
    basis: "legal-demand",
    wanted: [{ form: "clear", fields: [...fields] }],
    customers: [{ customerId }],
    justification: "named by the order",
    delivery: "key",
  });
}

const court = () =>
  sharing.recipient(undefined, {
    recipient: { name: "Supreme Court, Kings County", type: "court", jurisdiction: "US-NY" },
    contract: { kind: "mandate", purposes: ["litigation"], classes: [...classes], fields: null, jurisdictions: ["US"] },
  });

for (const [what, end] of [
  ["an objection", (id: string) => clerk.demands.object(id, { ground: "overbroad" })],
  ["its close", (id: string) => clerk.demands.close(id, { how: "withdrawn" })],
  ["the end of its approval", () => Promise.resolve(sharing.pass(2 * DAY_MS))],
] as const)
  test(`what was produced to a court is handed out no more after ${what} of the demand`, async () => {
    const [{ recipientId }, scene] = [await court(), await customer()];
    const demandId = await approved(scene, recipientId);
    // Two persons approve for sixty days; a package waits for three.
    sharing.pass(59 * DAY_MS);
    const [first, second] = [await produce(scene, recipientId), await produce(scene, recipientId)];
    await pickUp(first.secret);
    await end(demandId);
    await assert.rejects(pickUp(second.secret), UNKNOWN);
  });

test("a demand that was narrowed after an objection is another ground than the one that a package rested on", async () => {
  const [{ recipientId }, scene] = [await court(), await customer()];
  const demandId = await approved(scene, recipientId);
  const wide = await produce(scene, recipientId, ["person.last-name", "contact.email"]);
  await clerk.demands.object(demandId, { ground: "overbroad" });
  await clerk.demands.settleObjection(demandId, { outcome: "overruled" });
  await clerk.demands.narrow(demandId, { produced: [{ customerId: scene.customerId, classes: ["identity"] }] });
  await settle(demandId);
  await assert.rejects(pickUp(wide.secret), UNKNOWN);
  await pickUp((await produce(scene, recipientId)).secret);
});

type Recipient = NonNullable<Parameters<TestSharing["recipient"]>[1]>["recipient"];

const PARTNER: Recipient = { name: "Harbour Mail", type: "marketing-partner", jurisdiction: "US-NY" };
const COUNSEL: Recipient = { name: "Quay Counsel", type: "counsel", jurisdiction: "US-NY" };

const sentTo = (recipient: Recipient) =>
  sharing.recipient(undefined, {
    recipient: { ...recipient },
    contract: { purposes: ["litigation"], classes: [...classes], fields: null },
  });

async function authorize(
  { customerId, documentId }: Scene,
  type: "counsel" | "marketing-partner",
  changes: Partial<Terms>,
) {
  const { items } = await desk.authorizations.forms();
  const form = items.find((one) => one.form === "gdpr-7");
  const elements = (form?.elements ?? []).filter(({ found }) => found === null).map(({ id }) => id);
  const { authorizationId } = await desk.authorizations.record(customerId, {
    form: "gdpr-7",
    classes: ["identity"],
    purposes: ["litigation"],
    recipients: [{ type }],
    expiresAt: inDays(90),
    signed: { documentId, signedAt: inDays(-0.1), elements },
    ...changes,
  });
  return authorizationId;
}

function send({ customerId }: Scene, recipientId: string, fields: readonly string[]) {
  return producer.packages.make({
    recipientId,
    purpose: "litigation",
    basis: "authorization",
    wanted: [{ form: "clear", fields: [...fields] }],
    customers: [{ customerId }],
    justification: "the customer agreed to it",
    delivery: "key",
  });
}

test("what rested on one authorization is not handed out on another: it is asked for by its name", async () => {
  const [{ recipientId }, scene] = [await sentTo(COUNSEL), await customer()];
  const rested = await authorize(scene, "counsel", { classes: ["contact"] });
  await authorize(scene, "counsel", { classes: ["identity"] });
  const both = await send(scene, recipientId, ["contact.email"]);
  const other = await send(scene, recipientId, ["person.last-name"]);
  await desk.authorizations.withdraw(scene.customerId, rested);
  await assert.rejects(pickUp(both.secret), UNKNOWN);
  await pickUp(other.secret);
});

const say = (customerId: string, choice: string) =>
  desk.choices.set(customerId, { choice: choice as "marketing", saysNo: true, channel: "phone" });

test("a no that the customer says before it is picked up holds back what was sent on an earlier yes, and no other package", async () => {
  const [partner, counsel] = [await sentTo(PARTNER), await sentTo(COUNSEL)];
  const scene = await customer();
  await authorize(scene, "marketing-partner", {});
  await authorize(scene, "counsel", {});
  const [shared, kept] = [
    await send(scene, partner.recipientId, ["person.last-name"]),
    await send(scene, counsel.recipientId, ["person.last-name"]),
  ];
  await say(scene.customerId, "third-party-sharing");
  await assert.rejects(pickUp(shared.secret), UNKNOWN);
  await pickUp(kept.secret);
});
