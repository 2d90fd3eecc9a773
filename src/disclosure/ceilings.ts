// How much a system may be shown: asked after deciding, and written down as a denial where it is too much.
import type { Authenticated } from "../access/access.ts";
import type { EntryDraft } from "../ledger/ledger.ts";
import type { GateContext, SpendCustomers } from "./context.ts";
import { GateError } from "./errors.ts";
import type { Part } from "./entry.ts";

/** Those of whom something is released, and how many values that is. */
export function spendingOf(parts: readonly Pick<Part, "customerId" | "judged">[]): Parameters<SpendCustomers>[1] {
  const released = parts.map(({ customerId, judged }) => ({
    customerId,
    fields: judged.filter(({ decision, stored }) => decision.form !== "denied" && stored !== null).length,
  }));
  const shown = released.filter(({ fields }) => fields > 0);
  return {
    customerIds: shown.map(({ customerId }) => customerId),
    fields: shown.reduce((sum, { fields }) => sum + fields, 0),
  };
}

/** Throws GateError "ceiling-reached", recorded as a denial with its reason, where too much would be shown. */
export async function holdToCeilings(
  { spendCustomers, append }: Pick<GateContext, "spendCustomers" | "append">,
  asker: Authenticated,
  spending: Parameters<SpendCustomers>[1],
  draft: () => EntryDraft,
): Promise<void> {
  const reached = await spendCustomers(asker, spending);
  if (reached === null) return;
  const { detail, subjects, ...same } = draft();
  const { ceiling, amount, retryAfterSeconds } = reached;
  await append({
    ...same,
    outcome: "denied",
    detail: { ...detail, ceiling: { name: ceiling, amount } },
    ...(subjects === undefined ? {} : { subjects: subjects.map((subject) => ({ ...subject, outcome: "denied" })) }),
  });
  throw new GateError(
    "ceiling-reached",
    `this client has reached its ceiling ${ceiling} of ${amount}: try again in ${retryAfterSeconds} seconds`,
  );
}
