// What was disclosed on a demand: read off the ledger, where each disclosure names what it rested on.
import { z } from "zod";
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { OpenedEntry } from "../ledger/ledger.ts";
import type { DemandsContext } from "./context.ts";

export interface Production {
  readonly entryId: Uuid;
  readonly customerId: Uuid;
  readonly at: Date;
  readonly actorId: Uuid | null;
  readonly recipientId: Uuid | null;
  readonly classes: readonly DataClass[];
  /** Not on the customer's own lists. */
  readonly withheld: boolean;
}

const SCANNED_MAX = 2000;
const CHUNK = 100;
const FILTER = { kinds: ["disclosure"], outcomes: ["allowed", "partial"] } as const;
const grounds = z.array(z.object({ kind: z.string(), id: z.string() }));

export async function productionsOf(
  context: Pick<DemandsContext, "ledger">,
  demandId: Uuid,
  customerIds: readonly Uuid[],
): Promise<readonly Production[]> {
  const found = await Promise.all(customerIds.map((customerId) => ofCustomer(context, demandId, customerId)));
  return found.flat().toSorted((left, right) => right.at.getTime() - left.at.getTime());
}

async function ofCustomer(
  { ledger }: Pick<DemandsContext, "ledger">,
  demandId: Uuid,
  customerId: Uuid,
): Promise<Production[]> {
  const found: Production[] = [];
  let cursor: string | null = null;
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += CHUNK) {
    const place = { cursor, limit: CHUNK };
    const page: Awaited<ReturnType<typeof ledger.accountingOpened>> = await ledger.accountingOpened(
      customerId,
      FILTER,
      place,
      "cleared",
    );
    found.push(
      ...page.items.filter((entry) => restsOn(entry, demandId)).map((entry) => productionOf(entry, customerId)),
    );
    cursor = page.next;
    if (cursor === null) break;
  }
  return found;
}

function restsOn({ basis, detail }: OpenedEntry, demandId: Uuid): boolean {
  const parsed = basis === "legal-demand" ? grounds.safeParse(detail["grounds"]) : null;
  return parsed?.success === true && parsed.data.some(({ kind, id }) => kind === "legal-process" && id === demandId);
}

function productionOf(entry: OpenedEntry, customerId: Uuid): Production {
  const { entryId, at, actorId, recipientId, classes, withheld } = entry;
  return { entryId, customerId, at: new Date(at * 1000), actorId, recipientId, classes, withheld };
}
