// For journeys: alerts come about as they do in the house, by opening a canary.
import assert from "node:assert/strict";
import { connect } from "../../sdk/client.ts";
import type { JourneyStage } from "./test-staff.ts";

const POLLS_MAX = 400;

/** A customer nobody has a reason to open, marked by the privacy officer. Returns the id. */
export async function plantCanary({ server }: JourneyStage): Promise<string> {
  const { token } = await server.createClient({ role: "underwriter", purposes: ["underwriting"] });
  const maker = connect({ url: server.url, token });
  const place = { entity: "acme", brand: "acme", line: "life" } as const;
  const records = [{ type: "person", fields: { "first-name": "Iris", "last-name": "Ashworth" } }];
  const { customerId } = await maker.customers.create({
    kind: "person",
    units: [{ kind: "relationship", ...place, records }],
  });
  return customerId;
}

/** Opens the canary as somebody of oversight does and waits until the alert is there. Returns whom it is about. */
export async function openCanary({ server }: JourneyStage, customerId: string): Promise<string> {
  const purposes = ["audit"] as const;
  const scope = { rowScope: "everything-masked", entities: ["acme"], lines: ["life"] } as const;
  const looker = await server.createClient({ role: "compliance", purposes: [...purposes], ...scope });
  const dpo = await server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  const overseer = connect({ url: server.url, token: dpo.token });
  await overseer.watch.canaries.mark({ customerId, note: "planted" });
  await connect({ url: server.url, token: looker.token })
    .customers.maskedView(customerId, "audit")
    .catch(() => undefined);
  for (let poll = 0; poll < POLLS_MAX; poll += 1) {
    const { items } = await overseer.alerts.list();
    const found = items.find(({ evidence }) => evidence.some((each) => each.customerId === customerId));
    if (found !== undefined) return found.principalId;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return assert.fail("no alert came");
}
