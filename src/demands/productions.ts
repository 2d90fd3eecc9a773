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
  const found = await Promise.all(
    customerIds.map(async (customerId) =>
      (await entriesOn(context, demandId, customerId)).map((entry) => productionOf(entry, customerId)),
    ),
  );
  return found.flat().toSorted((left, right) => right.at.getTime() - left.at.getTime());
}

/** Withheld ones too. */
export async function entriesOn(
  { ledger }: Pick<DemandsContext, "ledger">,
  demandId: Uuid,
  customerId: Uuid,
): Promise<OpenedEntry[]> {
  const found: OpenedEntry[] = [];
  let cursor: string | null = null;
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += CHUNK) {
    const place = { cursor, limit: CHUNK };
    const page: Awaited<ReturnType<typeof ledger.accountingOpened>> = await ledger.accountingOpened(
      customerId,
      FILTER,
      place,
      "cleared",
    );
    found.push(...page.items.filter((entry) => processesUnder(entry).includes(demandId)));
    cursor = page.next;
    if (cursor === null) break;
  }
  return found;
}

/** The demands that a disclosure rested on. */
export function processesUnder({ basis, detail }: OpenedEntry): string[] {
  const parsed = basis === "legal-demand" ? grounds.safeParse(detail["grounds"]) : null;
  if (parsed?.success !== true) return [];
  return parsed.data.filter(({ kind }) => kind === "legal-process").map(({ id }) => id);
}

function productionOf(entry: OpenedEntry, customerId: Uuid): Production {
  const { entryId, at, actorId, recipientId, classes, withheld } = entry;
  return { entryId, customerId, at: new Date(at * 1000), actorId, recipientId, classes, withheld };
}
