// Legal holds by matter: what they cover, and their release by two.
import { z } from "zod";
import { cursor, id, instant, pageLimit } from "./common.ts";

const ground = z.enum([
  "litigation-pending",
  "litigation-expected",
  "court-order",
  "regulator-examination",
  "criminal-investigation",
  "tax-audit",
]);
const state = z.enum(["in-force", "release-asked", "released"]);
const place = z.strictObject({
  customerId: id,
  unitId: id.nullable().describe("null: everything of the customer, also what is added later"),
});
const draftPlace = z.strictObject({
  customerId: id,
  unitId: id.optional().describe("Only this policy or claim; everything of the customer when left out"),
});
const places = z.array(draftPlace).min(1).max(400);
const reason = z.string().min(3).max(1000).describe("About the matter; name no person");

export const holdDraft = z.strictObject({
  reference: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9 ./_-]{0,59}$/)
    .describe("The matter's number in the legal department's books"),
  ground,
  reason,
  places: places.describe("Customers, or single policies and claims of theirs"),
});
export const holdPlaces = z.strictObject({ places });
export const releaseDraft = z.strictObject({
  reason,
  places: places.optional().describe("Only these; everything the hold covers when left out"),
});
export const releaseDecision = z.strictObject({ approve: z.boolean() });
export const hold = z.strictObject({
  holdId: id,
  state,
  reference: z.string(),
  ground,
  reason: z.string(),
  placedBy: id,
  placedAt: instant,
  places: z.array(place),
  release: z
    .strictObject({ by: id, at: instant, reason: z.string(), places: z.array(place).nullable() })
    .nullable()
    .describe("Asked for by one, to be decided by another"),
  releasedAt: instant.nullable(),
});
export const holdParams = z.strictObject({ holdId: id });
export const holdQuery = z.strictObject({ state: state.optional(), cursor: cursor.optional(), limit: pageLimit });
