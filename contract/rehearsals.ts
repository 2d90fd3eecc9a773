// Replaying past decisions under changed policies.
import { z } from "zod";
import { cursor, id, instant } from "./common.ts";
import { dataClass, form, purpose, role } from "./vocabulary.ts";

export const rehearsalRequest = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(100), text: z.string().max(500_000) }))
    .min(1)
    .max(200)
    .describe("Policy files by name"),
  overlay: z
    .boolean()
    .default(false)
    .describe("The files replace those in force of the same name, and add to them; otherwise they are all there are"),
  from: instant.optional(),
  to: instant.optional(),
  cursor: cursor.optional(),
  limit: z.int().min(1).max(200).default(100).describe("Past disclosures to replay in this answer"),
});

export const rehearsalAnswer = z.strictObject({
  digest: z.string().describe("Of the policies rehearsed"),
  entries: z.int(),
  decisions: z.int().describe("Fields decided in these entries"),
  unreadable: z.int().describe("Entries whose decision inputs are not those of today's rules"),
  differences: z.array(
    z.strictObject({
      role,
      dataClass,
      purpose,
      from: form.describe("Under the policies in force"),
      to: form.describe("Under the policies rehearsed"),
      policies: z.array(z.string()).describe("Rules that decide under one of the two and not under the other"),
      count: z.int(),
      examples: z.array(id).describe("Some of the entries"),
    }),
  ),
  next: cursor.nullable(),
});
export type Rehearsal = z.infer<typeof rehearsalAnswer>;
