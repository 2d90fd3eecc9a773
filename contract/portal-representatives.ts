// Who may act for a customer, as the customer sees it.
import { z } from "zod";
import { id, instant } from "./common.ts";
import { dataClass } from "./vocabulary.ts";

export const ownRepresentative = z.strictObject({
  representationId: id,
  representativeId: id.describe("Also a customer; who they are stands in their own file"),
  kind: z.enum(["guardian", "power-of-attorney", "executor"]),
  unitIds: z.array(id).nullable().describe("Only these policies or claims; null covers all"),
  classes: z.array(dataClass).nullable().describe("Only these data classes; null covers all"),
  startsAt: instant,
  endsAt: instant.nullable(),
  isGranted: z.boolean().describe("False until a second person approved it: nobody acts by it yet"),
});
export const ownRepresentatives = z.strictObject({ items: z.array(ownRepresentative) });
export const ownRepresentativeParams = z.strictObject({ representationId: id });
