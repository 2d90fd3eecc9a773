// "I don't recognise this": a customer's question about a line of their timeline, and its answer.
import { z } from "zod";
import { cursor, id, instant, pageLimit } from "./common.ts";
import { role } from "./vocabulary.ts";

const words = z.string().min(1).max(4000);
export const caseState = z.enum(["open", "answered", "closed"]);

export const caseDraft = z.strictObject({
  entryId: id.describe("A line of one's own timeline; again about the same line is the same case"),
  words: words.describe("What one wants to know; kept sealed"),
});
export const caseAnswer = z.strictObject({
  words: words.describe("For the customer to read; kept sealed"),
  closes: z.boolean().default(true).describe("False leaves the case open to a further answer"),
});
export const caseFace = z.strictObject({
  caseId: id,
  customerId: id,
  entryId: id,
  state: caseState,
  openedAt: instant,
  answeredAt: instant.nullable(),
  closedAt: instant.nullable(),
});
export const caseRead = caseFace.extend({
  words: z.string().nullable().describe("null where it went with an erasure"),
  answer: z.strictObject({ words: z.string().nullable(), role: role.nullable() }).nullable(),
});
export const ownCasesQuery = z.strictObject({
  words: z
    .enum(["opened", "left"])
    .default("opened")
    .describe("`left`: only how they stand; nothing is opened, so there is no entry"),
});
export const ownCases = z.strictObject({ items: z.array(caseRead).describe("The newest first") });
export const caseParams = z.strictObject({ caseId: id });
export const caseQuery = z.strictObject({
  state: caseState.default("open"),
  cursor: cursor.optional(),
  limit: pageLimit,
});
