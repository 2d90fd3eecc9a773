// Who acts for a customer: guardians, holders of a power of attorney, executors.
import { z } from "zod";
import { id, instant } from "./common.ts";
import { dataClass } from "./vocabulary.ts";

const kind = z.enum(["guardian", "power-of-attorney", "executor"]);

export const representationDraft = z.strictObject({
  representativeId: id.describe("Also a customer, linked as this one's representative"),
  kind,
  documentId: id.describe("The record of this customer, of type document, that it rests on"),
  unitIds: z.array(id).min(1).max(50).optional().describe("Only these policies or claims; all when left out"),
  classes: z.array(dataClass).min(1).max(30).optional().describe("Only these data classes; all when left out"),
  startsAt: instant.optional(),
  endsAt: instant.optional(),
});
export const representation = z.strictObject({
  representationId: id,
  representativeId: id,
  kind,
  documentId: id,
  unitIds: z.array(id).nullable(),
  classes: z.array(dataClass).nullable(),
  startsAt: instant,
  endsAt: instant.nullable(),
  isGranted: z.boolean().describe("False until a second person approved it"),
  requestedBy: id,
  approvedBy: id.nullable(),
});
export const representations = z.strictObject({ items: z.array(representation) });
export const representationParams = z.strictObject({ customerId: id, representationId: id });
