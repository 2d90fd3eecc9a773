// Sharing with affiliates and with others, at the gate: a disclosure like any other, which a no stops, and which no older yes opens again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import type { Purpose } from "../kernel/vocabulary.ts";
import { sealedPaper } from "../documents/test-paper.ts";
import { openTestSharing, type TestSharing } from "../packages/test-sharing.ts";

const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;
const DAY_MS = 86_400_000;
type Choice = "affiliate-sharing" | "third-party-sharing";
type Type = "affiliate" | "marketing-partner";

let sharing: TestSharing;
let adjuster: Client;
let marketer: Client;
/** Captures papers and writes down what customers say no to. */
let desk: Client;
let hands: readonly (readonly [string, "claim" | "policy"])[] = [];
before(async () => {
  sharing = await openTestSharing();
  const hired = [
    await sharing.system("claim-handling", "claims-adjuster"),
    await sharing.system("marketing"),
    await sharing.system("claim-handling", "csr"),
  ] as const;
  [adjuster, marketer, desk] = [sharing.as(hired[0].token), sharing.as(hired[1].token), sharing.as(hired[2].token)];
  hands = [
    [hired[0].principalId, "claim"],
    [hired[1].principalId, "policy"],
    [hired[2].principalId, "claim"],
  ];
});
after(() => sharing?.close());

interface Scene {
  readonly customerId: string;
  readonly documentId: string;
}

async function scene(): Promise<Scene> {
  const { customerId } = await sharing.maker.customers.create({
    kind: "person",
    units: [
      {
        ...PLACE,
        kind: "relationship",
        records: [{ type: "person", fields: { "first-name": "Ada", "last-name": "Marlowe" } }],
      },
    ],
  });
  const { assignments } = sharing.as(sharing.adminToken);
  for (const [clientId, kind] of hands) await assignments.create({ customerId, clientId, kind });
  return { customerId, documentId: await sealedPaper(sharing.domains.documents, customerId) };
}

const registered = async (type: Type, purpose: Purpose) =>
  (
    await sharing.recipient(null, {
      recipient: { name: "Acme Lending", type, jurisdiction: "US-NY" },
      contract: { kind: "data-sharing", purposes: [purpose], classes: ["identity"], fields: null },
    })
  ).recipientId;

interface Asked {
  readonly type: Type;
  readonly recipientId: string;
  readonly purpose: "claim-handling" | "marketing";
  readonly basis?: "role-duty" | "authorization";
}

async function disclosed({ customerId }: Scene, { type, recipientId, purpose, basis = "authorization" }: Asked) {
  const by = purpose === "marketing" ? marketer : adjuster;
  const recipient = { type, recipientId };
  const terms = { purpose, basis, recipient, justification: "the customer agreed to it" } as const;
  const answer = await by.disclose({ customerId, fields: ["person.last-name"], ...terms });
  const [field] = answer.fields;
  const reasons = field?.reasons.map(({ code }) => code) ?? [];
  return { disclosureId: answer.disclosureId, form: field?.form, isOptedOut: reasons.includes("opted-out") };
}

async function agree({ customerId, documentId }: Scene, { type, purpose }: Asked): Promise<void> {
  const name = purpose === "marketing" ? "marketing" : "gdpr-7";
  const form = (await sharing.compliance.authorizations.forms()).items.find((one) => one.form === name);
  const elements = (form?.elements ?? []).filter(({ found }) => found === null).map(({ id }) => id);
  const now = sharing.domains.clock.now().getTime();
  await sharing.compliance.authorizations.record(customerId, {
    form: name,
    classes: ["identity"],
    purposes: [purpose],
    recipients: [{ type }],
    expiresAt: new Date(now + 90 * DAY_MS).toISOString(),
    signed: { documentId, signedAt: new Date(now).toISOString(), elements },
  });
}

const sayNo = ({ customerId }: Scene, choice: Choice, channel: "phone" | "signal" = "phone") =>
  desk.choices.set(customerId, { choice, saysNo: true, channel });

const CASES = [
  ["affiliate", "claim-handling", "affiliate-sharing"],
  ["marketing-partner", "claim-handling", "third-party-sharing"],
  ["marketing-partner", "marketing", "third-party-sharing"],
] as const;

for (const [type, purpose, choice] of CASES)
  test(`a no to ${choice} stops what goes to a registered ${type} for ${purpose}, also on an older yes, until there is a newer one`, async () => {
    const [at, recipientId] = [await scene(), await registered(type, purpose)];
    const asked = { type, recipientId, purpose };
    assert.equal((await disclosed(at, asked)).form, "denied", "a contract alone sends nothing there");
    await agree(at, asked);
    const shared = await disclosed(at, asked);
    assert.equal(shared.form, "clear");
    const { items } = await sharing.compliance.ledger.entries({ kind: "disclosure", limit: 5 });
    const entry = items.find(({ entryId }) => entryId === shared.disclosureId);
    assert.deepEqual([entry?.recipientId, entry?.outcome, entry?.purpose], [recipientId, "allowed", purpose]);
    sharing.pass(60_000);
    await sayNo(at, choice);
    assert.deepEqual([(await disclosed(at, asked)).form, (await disclosed(at, asked)).isOptedOut], ["denied", true]);
    sharing.pass(60_000);
    await agree(at, asked);
    assert.equal((await disclosed(at, asked)).form, "clear", "a newer yes is a change of mind");
    sharing.pass(60_000);
    await sayNo(at, choice, "signal");
    assert.equal((await disclosed(at, asked)).form, "clear", "a browser that says it at every visit says nothing new");
    await sayNo(at, choice);
    const stopped = await disclosed(at, asked);
    assert.deepEqual([stopped.form, stopped.isOptedOut], ["denied", true], "and a no said once more is one again");
    const kept = (await sharing.compliance.ledger.entries({ kind: "disclosure", limit: 5 })).items;
    const refused = kept.find(({ entryId }) => entryId === stopped.disclosureId);
    assert.deepEqual([refused?.recipientId, refused?.outcome], [recipientId, "denied"]);
  });

test("a no to one way of sharing says nothing of the other, nor of whoever works for the insurer", async () => {
  const at = await scene();
  await sayNo(at, "third-party-sharing");
  sharing.pass(60_000);
  const asked = {
    type: "affiliate",
    recipientId: await registered("affiliate", "claim-handling"),
    purpose: "claim-handling",
  } as const;
  await agree(at, asked);
  assert.equal((await disclosed(at, asked)).form, "clear");
  await sayNo(at, "affiliate-sharing");
  const { recipientId } = await sharing.recipient(null, {
    contract: { purposes: ["claim-handling"], classes: ["identity"], fields: null },
  });
  const recipient = { type: "service-provider", recipientId } as const;
  const terms = { purpose: "claim-handling", recipient, justification: "posting of the settlement" } as const;
  const { fields } = await adjuster.disclose({ customerId: at.customerId, fields: ["person.last-name"], ...terms });
  assert.equal(fields[0]?.form, "clear");
});
