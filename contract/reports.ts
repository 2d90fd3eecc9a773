// The confidential reporting channel: reports without a name, and those who answer them.
import { z } from "zod";
import { cursor, id, instant, pageLimit, written } from "./common.ts";
import { role } from "./vocabulary.ts";

export const reportCategory = z.enum([
  "privacy",
  "security",
  "consumer-protection",
  "financial-conduct",
  "money-laundering",
  "corruption",
  "discrimination",
  "retaliation",
  "other",
]);
export const reportState = z.enum(["new", "acknowledged", "answered", "closed"]);
const text = written(12_000);
const receiptCode = z.string().min(20).max(60).describe("As it was shown once; spaces and dashes do not matter");

export const reportDraft = z.strictObject({
  category: reportCategory,
  text: text.describe("Kept sealed. Names of whoever reports are not needed"),
  concernedRoles: z
    .array(role)
    .max(30)
    .default([])
    .describe("Offices that it is about: nobody of these sees it, or that it exists"),
});
export const reportFace = z.strictObject({
  category: reportCategory,
  state: reportState,
  receivedAt: instant,
  acknowledgeBy: instant.describe("Seven days after receipt (Directive (EU) 2019/1937 Art. 9(1)(b))"),
  feedbackBy: instant.describe("Three months after the acknowledgement (Art. 9(1)(f))"),
  acknowledgedAt: instant.nullable(),
  feedbackAt: instant.nullable(),
  closedAt: instant.nullable(),
});
export const reportMade = reportFace.extend({ receiptCode: z.string().describe("The only way back; shown once") });
export const receiptQuestion = z.strictObject({ receiptCode });
export const receiptMessage = z.strictObject({ receiptCode, text });
export const reportMessage = z.strictObject({
  kind: z.enum(["report", "addition", "acknowledgement", "question", "feedback"]),
  isDesk: z.boolean().describe("False: by whoever reported"),
  at: instant,
  text: z.string(),
});
export const reportTalk = z.strictObject({ report: reportFace, messages: z.array(reportMessage) });

export const reportParams = z.strictObject({ reportId: id });
export const listedReport = reportFace.extend({
  reportId: id,
  late: z.enum(["acknowledgement", "feedback"]).nullable(),
  concernedRoles: z.array(role),
  concernedIds: z.array(id).describe("They and their line are shut out"),
});
export const reportQuery = z.strictObject({
  state: reportState.optional(),
  cursor: cursor.optional(),
  limit: pageLimit,
});
export const reportRead = z.strictObject({ report: listedReport, messages: z.array(reportMessage) });
export const reportReply = z.strictObject({
  kind: z.enum(["acknowledgement", "question", "feedback"]).describe("Whatever comes first acknowledges as well"),
  text,
});
export const reportConcerned = z.strictObject({
  principalIds: z.array(id).min(1).max(20).describe("Added for good; whoever adds themselves is shut out too"),
});
