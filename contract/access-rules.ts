// What each role may be given and lent, and what is to be attested: the rules of governance/access that forms are made from.
import { z } from "zod";
import { code } from "./common.ts";
import { purpose, role, rowScope } from "./vocabulary.ts";

const roleRules = z.strictObject({
  role,
  purposes: z.array(purpose),
  purposesMax: z.int().nullable().describe("How many of them one client may have; null: all"),
  rowScopes: z.array(rowScope),
  classesNeeded: z.boolean().describe("Whether the data classes must be named"),
  daysMax: z.int().describe("0: nobody is registered for it"),
  secondPerson: z.boolean().describe("Whether a second access administrator approves"),
  why: z.string(),
  elevatedTo: z.array(role).describe("Which roles may be lent to whoever has it; none: nothing may"),
});

export const accessRules = z.strictObject({
  roles: z.array(roleRules),
  elevationHoursMax: z.int(),
  approvalHoursMax: z.int(),
  breakGlassMinutesMax: z.int(),
  courses: z.array(z.strictObject({ course: code, title: z.string() })),
  policies: z.array(z.strictObject({ policy: code, title: z.string() })),
});
export type AccessRules = z.infer<typeof accessRules>;
