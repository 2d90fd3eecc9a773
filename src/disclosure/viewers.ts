// Who was shown anything of a customer, counted: the accounting as a picture, for those who oversee it.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Viewer } from "../ledger/ledger.ts";
import type { GateContext } from "./context.ts";
import { readerOf, recordReading } from "./read-back.ts";

const VIEWERS_MAX = 200;

/** The last first. Recorded as a reading of the customer's accounting. Throws GateError "not-permitted" (recorded). */
export async function readViewers(
  context: GateContext,
  asker: Authenticated,
  customerId: Uuid,
): Promise<readonly Viewer[]> {
  const detail = { asked: customerId, viewers: true };
  await recordReading(context, asker, "viewers.read", { kind: "accounting-read", customerId, detail });
  return context.ledger.statistics.viewers(customerId, VIEWERS_MAX, readerOf(asker));
}
