// For tests: somebody who is to speak for a customer, with the paper for it.
import type { Client } from "../../sdk/client.ts";
import type { TestCustomer, TestPortal } from "../portal/test-portal.ts";

export interface Speaker {
  readonly email: string;
  readonly dpo: Client;
  /** Authority over a customer, asked for and approved; its id. */
  grant(
    customer: TestCustomer,
    kind?: "guardian" | "power-of-attorney",
    more?: { readonly classes?: "identity"[] },
  ): Promise<string>;
  /** Of a call that they make. */
  readonly asked: { readonly caller: "representative"; readonly representativeId: string };
}

export async function openSpeaker(bench: TestPortal, approver: Client, email: string): Promise<Speaker> {
  const { customerId: representativeId } = await bench.customer({ email });
  const dpo = bench.as((await bench.server.createClient({ role: "dpo", purposes: ["complaint"] })).token);
  const grant: Speaker["grant"] = async ({ customerId, recordIds }, kind = "power-of-attorney", more = {}) => {
    const draft = { representativeId, kind, documentId: recordIds.get("document")!, ...more };
    const { representationId } = await dpo.representatives.request(customerId, draft);
    if (kind !== "guardian") await approver.representatives.approve(customerId, representationId);
    return representationId;
  };
  return { email, dpo, grant, asked: { caller: "representative", representativeId } as const };
}
