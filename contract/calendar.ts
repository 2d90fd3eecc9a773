// One's deadlines for the calendar one has.
import { z } from "zod";
import { instant } from "./common.ts";

export const calendarDraft = z.strictObject({ language: z.enum(["en", "es", "de"]).default("en") });
export const calendarMade = z.strictObject({
  url: z
    .string()
    .nullable()
    .describe(
      "For the calendar to fetch; whoever has it sees what falls due. Shown once: null in the answer to a repetition",
    ),
});
export const calendarState = z.strictObject({ madeAt: instant.nullable().describe("null: no link stands") });
export const calendarParams = z.strictObject({ secret: z.string().min(20).max(100) });
