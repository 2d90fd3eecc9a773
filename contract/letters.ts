// Letters on paper: what waits to be printed, batches for the printer, what was posted and what came back. Not a word of a letter, and no address, but in the print itself.
import { z } from "zod";
import { code, cursor, id, instant, pageLimit } from "./common.ts";
import { language } from "./labels.ts";

export const letterState = z.enum(["waiting", "in-batch", "held", "posted", "returned"]);
const kind = z.enum([
  "right-acknowledged",
  "right-extended",
  "right-refused",
  "right-decided",
  "privacy-notice",
  "annual-privacy-notice",
  "authorization-withdrawn",
  "correction-told",
  "statement-told",
  "withdrawal-told",
  "demand-notice",
]);
const held = z.enum([
  "no-address",
  "other-channel",
  "protected",
  "class-not-on-paper",
  "does-not-fit",
  "cannot-be-written",
  "returned-before",
  "gone",
]);
const reason = z.enum(["unknown-address", "moved", "refused", "unclaimed", "deceased"]);
const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe("Hex SHA-256 of the printed file");
const day = z.iso.date();

export const letterFace = z.strictObject({
  letterId: id,
  customerId: id,
  kind,
  language,
  state: letterState,
  serves: z.string().describe("What it tells of: an id, or a notice and its version"),
  recipientId: id.nullable().describe("A third party that is written to about the customer; null: the customer"),
  classes: z.array(z.string()).describe("Classes of data that it tells of"),
  law: z
    .strictObject({ citation: z.string(), confirmed: z.enum(["none", "secondary", "text"]) })
    .describe("Under which such letters go, and what was read when that was written down"),
  notice: z.string().nullable().describe("The privacy notice whose delivery posting it proves"),
  held: held.nullable().describe("Why it could not be printed"),
  batchId: id.nullable(),
  madeAt: instant,
  posted: z.strictObject({ on: day, by: id, digest }).nullable(),
  returned: z.strictObject({ reason, at: instant, by: id }).nullable(),
  deliveryId: id.nullable(),
});
export const customerLetters = z.strictObject({ items: z.array(letterFace).describe("The newest first") });
export const letterQuery = z.strictObject({
  state: letterState.default("waiting"),
  cursor: cursor.optional(),
  limit: pageLimit,
});
const count = z.number().int().describe("Counted no further than 10,000");
export const letterCounts = z.strictObject({
  waiting: count,
  "in-batch": count,
  held: count,
  posted: count,
  returned: count,
});
export const letterParams = z.strictObject({ letterId: id });
export const letterStep = z.discriminatedUnion("step", [
  z.strictObject({ step: z.literal("returned"), reason }),
  z.strictObject({
    step: z.literal("queue-again").describe("What was held or came back, once its address is seen to"),
  }),
  z.strictObject({ step: z.literal("cancel") }),
]);
export const noticeLetterDraft = z.strictObject({
  kind: z.enum(["privacy-notice", "annual-privacy-notice"]),
  notice: code,
  language: language.optional().describe("The customer's own, where it is left out"),
});

export const batchFace = z.strictObject({
  batchId: id,
  state: z.enum(["made", "printed", "posted"]),
  letters: z.number().int(),
  sides: z.enum(["one", "two"]).describe("Two: every letter takes whole sheets"),
  madeBy: id,
  madeAt: instant,
  prints: z.number().int(),
  printed: z
    .strictObject({ at: instant, by: id, digest, letters: z.number().int(), sheets: z.number().int() })
    .nullable()
    .describe("The newest printing, which is the one to post"),
  posted: z.strictObject({ on: day, at: instant, by: id }).nullable(),
});
export const batchDraft = z.strictObject({
  sides: z.enum(["one", "two"]).default("one"),
  most: z.number().int().min(1).max(100).default(100),
});
export const batchParams = z.strictObject({ batchId: id });
export const postingDraft = z.strictObject({ digest, on: day.describe("The day on which it was handed to the post") });
