// How a customer's choices came about: read off the ledger, where each change is an entry that says what was said and how it reached us.
import { z } from "zod";
import type { Uuid } from "../kernel/bytes.ts";
import type { Ledger } from "../ledger/ledger.ts";

const said = z.object({
  choice: z.enum(["marketing", "affiliate-sharing", "third-party-sharing"]),
  saysNo: z.boolean(),
  channel: z.enum(["portal", "phone", "letter", "signal"]),
});

export interface ChoiceChange extends z.infer<typeof said> {
  readonly entryId: Uuid;
  readonly at: Date;
  readonly actorId: Uuid | null;
}

const SHOWN_MAX = 100;

export async function historyOf(
  { ledger }: { readonly ledger: Pick<Ledger, "accountingOpened"> },
  customerId: Uuid,
): Promise<readonly ChoiceChange[]> {
  const filter = { kinds: ["choice"], outcomes: ["done"] } as const;
  const { items } = await ledger.accountingOpened(customerId, filter, { limit: SHOWN_MAX });
  return items.flatMap(({ entryId, at, actorId, detail }) => {
    const parsed = said.safeParse(detail);
    return parsed.success ? [{ ...parsed.data, entryId, at: new Date(at * 1000), actorId }] : [];
  });
}
