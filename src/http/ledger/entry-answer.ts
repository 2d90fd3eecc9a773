// An entry as the interface shows it: the clear columns of the ledger.
import type { z } from "zod";
import type { entry } from "../../../contract/ledger.ts";
import type { EntryView } from "../../ledger/ledger.ts";

export function entryAnswer(view: EntryView): z.output<typeof entry> {
  const { entryId, index, at, kind, outcome, actorId, customerId, recipientId, purpose, basis, classes } = view;
  return {
    entryId,
    index,
    at: instantOf(at),
    kind,
    outcome,
    actorId,
    customerId,
    recipientId,
    purpose,
    basis,
    classes: [...classes],
  };
}

/** `seconds` since the Unix epoch. */
export function instantOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
