// What was not written yet: a change that waits for the customer's word.
import type { z } from "zod";
import type { writtenOrPending } from "../../../contract/customers.ts";
import type { Waiting } from "../../changes/changes.ts";
import type { Uuid } from "../../kernel/bytes.ts";

export function pendingAnswer(
  customerId: Uuid,
  { entryId, changeId, effectiveAt, isConfirmed }: Waiting & { readonly entryId: Uuid },
): z.output<typeof writtenOrPending> {
  const pending = { changeId, effectiveAt: effectiveAt.toISOString(), confirmed: isConfirmed };
  return { customerId, units: [], records: [], entryId, pending };
}
