// From the interface's filter of entries to the ledger's.
import type { z } from "zod";
import type { entryFilter } from "../../../contract/ledger.ts";
import type { EntryFilter } from "../../ledger/ledger.ts";
import { idOf } from "../shell.ts";

export function filterOf(filter: z.output<typeof entryFilter>): EntryFilter {
  const { kind, actorId, customerId, recipientId, from, to } = filter;
  return {
    ...(kind === undefined ? {} : { kinds: [kind] }),
    ...(actorId === undefined ? {} : { actorId: idOf(actorId) }),
    ...(customerId === undefined ? {} : { customerId: idOf(customerId) }),
    ...(recipientId === undefined ? {} : { recipientId: idOf(recipientId) }),
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
  };
}
