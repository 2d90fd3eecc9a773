// For journeys: looks at a customer's file as the gate writes them.
import type { Uuid } from "../../src/kernel/bytes.ts";
import { newId } from "../../src/kernel/ids.ts";
import type { Purpose } from "../../src/kernel/vocabulary.ts";
import type { EntryDraft } from "../../src/ledger/ledger.ts";
import type { PortalStage } from "./test-customer.ts";

const PURPOSES: readonly Purpose[] = ["claim-handling", "billing", "policy-servicing"];

/** Written a few at a time, some hours of the server's clock between them. */
export async function writeLooks(stage: PortalStage, customerId: Uuid, count: number): Promise<void> {
  const { server } = stage.bench;
  const asked = { role: "claims-adjuster", purposes: ["claim-handling"] } as const;
  const { principalId } = await server.createClient(asked);
  const AT_ONCE = 50;
  for (let written = 0; written < count; written += AT_ONCE) {
    stage.pass(6 * 3_600_000);
    const some = Array.from({ length: Math.min(AT_ONCE, count - written) }, (_each, at) =>
      server.app.domains.ledger.append(lookOf(customerId, principalId, PURPOSES[at % PURPOSES.length]!)),
    );
    await Promise.all(some);
  }
}

function lookOf(customerId: Uuid, actorId: Uuid, purpose: Purpose): EntryDraft {
  const fields = [
    { form: "clear", input: 0, path: "person.last-name", record: null, revision: null },
    { form: "masked", input: 0, path: "contact.email", record: null, revision: null },
  ];
  return {
    entryId: newId(),
    kind: "disclosure",
    outcome: "allowed",
    actorId,
    customerId,
    recipientId: null,
    purpose,
    basis: "role-duty",
    classes: ["identity", "contact"],
    withheld: false,
    detail: {
      role: "claims-adjuster",
      actorRevision: 1,
      policyRevision: 1,
      wanted: "clear",
      standardView: false,
      recipientType: null,
      justification: null,
      customers: [{ customer: customerId, fields, unit: null }],
      inputs: [{ relationship: "none", on: "caseOpen" }],
    },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  };
}
