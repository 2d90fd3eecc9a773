// Changes that wait for the customer's word and a cooling-off time.
import { z } from "zod";
import { fieldPath, id, instant } from "./common.ts";
import { typedCode } from "./portal.ts";

export const changeParams = z.strictObject({ customerId: id, changeId: id });
export const changeConfirmation = z.strictObject({ code: typedCode });
export const changeVerdict = z.strictObject({
  confirmed: z.boolean().describe("False for a wrong code; after five of them the change is dropped"),
});
export const pendingChange = z.strictObject({
  changeId: id,
  recordId: id,
  fields: z.array(fieldPath).describe("Which fields; the values are shown to nobody"),
  askedBy: id,
  askedAt: instant,
  effectiveAt: instant.describe("At the earliest"),
  confirmBy: instant.describe("Dropped when it is not confirmed by then"),
  confirmed: z.boolean(),
  requestId: id.nullable().describe("The customer's request under their rights that it was granted on"),
  documentId: id.nullable().describe("Where there is no contact to ask: the document that a second person looks at"),
});
export const ownChangeParams = z.strictObject({ changeId: id });
export const ownChange = pendingChange.omit({ recordId: true, askedBy: true, documentId: true });
export const ownChanges = z.strictObject({ items: z.array(ownChange) });
export const pendingChanges = z.strictObject({ items: z.array(pendingChange) });
