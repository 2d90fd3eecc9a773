// The ethics desk: dilemmas before a disclosure, decided by somebody independent.
import { z } from "zod";
import { cursor, id, instant, pageLimit, written } from "./common.ts";

export const dilemmaKind = z.enum([
  "pressure",
  "interest-against-privacy",
  "odd-demand",
  "conflict-of-interest",
  "other",
]);
export const dilemmaOutcome = z.enum(["disclose", "disclose-less", "do-not-disclose", "ask-the-customer", "escalate"]);
const guidanceId = z.string().regex(/^[a-z0-9-]{1,60}$/);
const words = written(8000);

export const dilemmaDraft = z.strictObject({
  kind: dilemmaKind,
  words: words.describe(
    "What is asked and why it is doubtful; kept sealed, under the customer's key where one is named",
  ),
  customerId: id.optional(),
  involved: z
    .array(id)
    .max(20)
    .default([])
    .describe("Who presses or has an interest: they and their line decide nothing and see nothing"),
  reviewers: z.array(id).max(5).default([]).describe("Named reviewers; empty: whoever of the desk is independent"),
});
export const dilemmaFace = z.strictObject({
  dilemmaId: id,
  kind: dilemmaKind,
  isDecided: z.boolean(),
  isOwn: z.boolean(),
  customerId: id.nullable(),
  raisedAt: instant,
  decidedAt: instant.nullable(),
  outcome: dilemmaOutcome.nullable(),
  guidance: z.array(guidanceId),
});
export const dilemmaRead = dilemmaFace.extend({
  words: z.string().nullable().describe("null where it went with an erasure"),
  reasoning: z.string().nullable(),
  mayDecide: z.boolean(),
});
export const dilemmaParams = z.strictObject({ dilemmaId: id });
export const dilemmaQuery = z.strictObject({
  state: z.enum(["open", "decided"]).optional(),
  kind: dilemmaKind.optional(),
  outcome: dilemmaOutcome.optional().describe("With `guidance`, finds precedents"),
  guidance: guidanceId.optional(),
  cursor: cursor.optional(),
  limit: pageLimit,
});
export const dilemmaDecision = z.strictObject({
  outcome: dilemmaOutcome,
  guidance: z.array(guidanceId).max(20).default([]),
  reasoning: words.describe("For whoever raised it, and for later reviewers; kept sealed"),
});
const text = z.strictObject({ en: z.string(), es: z.string(), de: z.string() });
export const dilemmaDesk = z.strictObject({
  guidance: z.array(
    z.strictObject({
      id: guidanceId,
      kinds: z.array(dilemmaKind),
      citation: z.string(),
      confirmed: z.enum(["none", "secondary", "text"]).describe("How well the source was checked"),
      text,
    }),
  ),
  reviewers: z.array(z.strictObject({ principalId: id, name: z.string() })).describe("Whom the asker may name"),
});
