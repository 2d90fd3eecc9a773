// Rounds of a notice: to whom it is due, approval by a second person, and what became of each, with the proof of it.
import { z } from "zod";
import { code, cursor, id, instant, pageLimit } from "./common.ts";
import { language } from "./labels.ts";

const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe("SHA-256, lower-case hex");
const count = z.number().int().nonnegative();
const counted = z.array(z.strictObject({ name: z.string(), count }));
const act = z.strictObject({ by: id, at: instant });

export const noticeRound = z.strictObject({
  roundId: id,
  state: z.enum(["previewing", "previewed", "approved", "complete", "refused", "withdrawn"]),
  notice: code,
  reason: z.string(),
  asked: act,
  found: z
    .strictObject({
      digest: digest.describe("Of every line and of the notice's version: what is approved"),
      version: z.string(),
      asOf: instant,
      judged: count.describe("Customers looked at"),
      due: count.describe("Customers that the round writes to: 10,000 at most"),
      dueBeyond: count.describe("Due as well, for another round"),
      blocked: count.describe("Due, and not written to"),
      protected: count.describe("Of those due, under a protection order: to a confidential address or not at all"),
      byWhy: counted.describe("First time, new version, yearly, reminder"),
      byLaw: counted.describe("By citation"),
      byChannel: counted.describe("By letter, by mail"),
      byLanguage: counted,
      blockedBy: counted,
    })
    .nullable(),
  decided: act.nullable(),
  ended: z.strictObject({ at: instant, sent: count, left: count, leftBy: counted }).nullable(),
  progress: z.strictObject({ done: count, total: count }).nullable(),
});
export const noticeRoundDraft = z.strictObject({
  notice: code,
  reason: z.string().min(3).max(500).describe("What for; every reader of rounds sees it, so name no person"),
});
export const noticeRoundParams = z.strictObject({ roundId: id });
export const noticeRoundQuery = z.strictObject({ cursor: cursor.optional(), limit: pageLimit });
export const noticeRoundDecision = z.strictObject({
  approve: z.boolean(),
  digest: digest.describe("Of the preview that was looked at"),
});
const verdict = z.enum(["due", "blocked"]);
export const noticeRoundCustomerQuery = z.strictObject({
  verdict: verdict.optional(),
  cursor: cursor.optional(),
  limit: pageLimit,
});
export const noticeRoundCustomer = z.strictObject({
  line: count,
  verdict,
  customerId: id,
  why: z.enum(["initial", "revised", "repeat", "reminder"]),
  channel: z.enum(["letter", "mail", "none"]),
  language,
  reason: z.string().nullable().describe("What stands against it"),
  outcome: z.enum(["sent", "left"]).nullable(),
  sentBy: z.enum(["letter", "mail"]).nullable(),
  sentAs: id.nullable().describe("The letter, or the mail among the customer's notices"),
  left: z.string().nullable().describe("Why nothing was sent when the round came to it"),
  proof: z
    .strictObject({
      state: z.enum(["waiting", "in-batch", "held", "posted", "returned", "handed-over", "given-up", "gone"]),
      at: z.string().nullable().describe("The day of posting, or when a mail server took it"),
    })
    .nullable(),
});
