// What customers ask about now: for whoever destroys, so that nothing goes that an answer is to be made from.
import type { RightKind } from "../clocks/clocks.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { LineOfBusiness } from "../kernel/vocabulary.ts";
import type { RequestsContext } from "./context.ts";
import { isOpen, REQUEST } from "./request-row.ts";

/** Answered from what is kept, or by changing it; an appeal against a refusal is open as the request was. */
const ANSWERED_FROM_FILES: ReadonlySet<RightKind> = new Set<RightKind>([
  "access",
  "portability",
  "correction",
  "accounting",
  "automated-decision-review",
  "decision-reasons",
]);

/** Those who ask, with the lines of business that they had when they asked. Null where their rows do not verify. */
export async function askedAbout(
  { authority, clock, database }: Pick<RequestsContext, "authority" | "clock" | "database">,
  customerIds: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, ReadonlySet<LineOfBusiness> | null>> {
  const found = await authority.liveOfMany(database, [REQUEST], customerIds);
  const asked = new Map<Uuid, ReadonlySet<LineOfBusiness> | null>();
  for (const [customerId, live] of found) {
    const open = live?.of(REQUEST, clock.now()).filter(({ content }) => isOpen(content)) ?? [];
    const lines = open.flatMap(({ content }) => (ANSWERED_FROM_FILES.has(content.kind) ? content.lines : []));
    if (live === null) asked.set(customerId, null);
    else if (lines.length > 0) asked.set(customerId, new Set(lines));
  }
  return asked;
}
