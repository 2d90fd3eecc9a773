// A contact that was changed or added of late proves nothing yet: whoever took over a telephone or talked an agent into a new address has to wait.
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Ledger } from "../ledger/ledger.ts";

const COOLING_OFF_MS = 72 * 3_600_000;
/** Of one customer in three days; who has more written about them waits. */
const ENTRIES_MAX = 200;

export interface CoolingOffParts {
  readonly ledger: Pick<Ledger, "list">;
  readonly clock: Clock;
}

/**
 * Whether a contact has stood long enough to send a code to. Told by the ledger, which nobody rolls back unseen, and on the safe side: any correction of the
 * customer's contacts makes those wait that were ever corrected, any contact added those that are new. Feeds are not asked.
 */
export async function hasSettled(
  { ledger, clock }: CoolingOffParts,
  { customerId, revision }: { readonly customerId: Uuid; readonly revision: number },
): Promise<boolean> {
  const from = new Date(clock.now().getTime() - COOLING_OFF_MS);
  const kinds = [revision > 1 ? ("record-correct" as const) : ("record-create" as const)];
  const filter = { kinds, customerId, outcomes: ["done" as const], from };
  const { items } = await ledger.list(filter, { limit: ENTRIES_MAX }, "cleared");
  return items.length < ENTRIES_MAX && !items.some(({ classes }) => classes.includes("contact"));
}
