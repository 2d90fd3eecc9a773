// What a granted request comes to, deed by deed.
import { z } from "zod";
import { id, instant } from "./common.ts";

const day = z.iso.date();
const rightDeedKind = z.enum(["copy", "erase", "restrict", "choose", "list", "review"]);
export const ownDeed = z.strictObject({
  do: rightDeedKind,
  to: z.string().nullable().describe("A retention unit, a choice, a law of the accounting; null where it is all of it"),
  state: z.enum(["due", "waits", "done", "forbidden"]).describe("`waits`: something is held for a person to look at"),
  at: instant.nullable(),
  resultId: id.nullable().describe("The copy, the erasure with its certificate, the flag"),
});
export const deed = ownDeed.extend({
  deedId: id,
  round: z.number().int().describe("Which decision it follows from; 0 is the first"),
  tries: z.number().int(),
  fault: z.string().nullable().describe("Why the last try failed"),
  againAt: instant.nullable(),
  obstacles: z.array(
    z.strictObject({ kind: z.string(), unitId: id.nullable(), citation: z.string(), until: day.nullable() }),
  ),
});
