// Disposal of what fell due: the schedule in force, previews, their approval by another person, and what became of each unit.
import { z } from "zod";
import { code, cursor, id, instant, pageLimit } from "./common.ts";

const confidence = z.enum(["high", "medium", "low"]);
const confirmed = z.enum(["none", "secondary", "text"]).describe("What was read when it was written down");
const day = z.iso.date();
const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe("SHA-256, lower-case hex");
const count = z.number().int().nonnegative();
const counted = z.array(z.strictObject({ name: z.string(), count }));
const kind = z.enum(["relationship", "policy", "claim", "application", "investigation"]);

const rule = z.strictObject({
  source: z
    .enum(["schedule", "record", "duty", "maximum"])
    .describe(
      "Our own line, the period of a type of record, a duty of law to keep, or a day by which the law wants it destroyed",
    ),
  id: z.string(),
  law: z.string().nullable().describe("The law's name, and what it asks, of a duty"),
  text: z.string().nullable(),
  citation: z.string().nullable(),
  jurisdictions: z.array(z.string()).nullable().describe("null: everywhere"),
  units: z.array(kind).nullable().describe("null: every unit with such a record"),
  lines: z.array(code).nullable().describe("null: every line of business"),
  records: z.array(code).nullable().describe("Only units with a record of one of these types; null: every unit"),
  from: code.describe("What the period counts from"),
  years: count,
  calendarYears: z.boolean().describe("Counted from the end of the year"),
  confidence,
  confirmed,
});
export const retentionSchedule = z.strictObject({
  digest: digest.describe("Of all of it: a preview names the rules it was made by"),
  rules: z.array(rule),
  zones: z.array(z.strictObject({ jurisdictions: z.array(z.string()), zones: z.array(z.string()) })),
});

const act = z.strictObject({ by: id, at: instant });
export const disposal = z.strictObject({
  disposalId: id,
  state: z.enum(["previewing", "previewed", "approved", "complete", "refused", "withdrawn"]),
  reason: z.string(),
  asked: act,
  found: z
    .strictObject({
      digest: digest.describe("Of every line: what is approved"),
      rules: digest,
      asOf: instant,
      judged: count,
      open: count,
      notYet: count,
      due: count.describe("Units that the run takes, the longest overdue first: 5,000 at most"),
      dueBeyond: count.describe("Due as well, for another run"),
      blocked: count.describe("Due, and kept all the same: holds, restrictions, open claims"),
      unjudged: count.describe("Never due: what the period counts from is not known, or stands sealed"),
      dueBy: counted.describe("By kind of unit and line of business"),
      blockedBy: counted,
      unjudgedBy: counted,
      comingBy: counted.describe("By the year in which they fall due"),
    })
    .nullable(),
  decided: act.nullable(),
  ended: z.strictObject({ at: instant, erased: count, left: count, leftBy: counted }).nullable(),
  progress: z.strictObject({ done: count, total: count }).nullable(),
});
export const disposalDraft = z.strictObject({
  reason: z.string().min(3).max(500).describe("What for; every reader of disposals sees it, so name no person"),
});
export const disposalParams = z.strictObject({ disposalId: id });
export const disposalQuery = z.strictObject({ cursor: cursor.optional(), limit: pageLimit });
export const disposalDecision = z.strictObject({
  approve: z.boolean(),
  digest: digest.describe("Of the preview that was looked at"),
});
const verdict = z.enum(["due", "blocked", "unjudged"]);
export const disposalUnitQuery = z.strictObject({
  verdict: verdict.optional(),
  kind: kind.optional(),
  cursor: cursor.optional(),
  limit: pageLimit,
});
export const disposalUnit = z.strictObject({
  line: count,
  verdict,
  customerId: id,
  unitId: id,
  kind: z.string(),
  entity: z.string(),
  business: z.string().describe("Line of business"),
  rule: z.string().nullable().describe("What keeps it longest"),
  source: z.string().nullable(),
  dueOn: day.nullable().describe("The last day of its longest period"),
  reason: z.string().nullable(),
  outcome: z.enum(["erased", "left"]).nullable(),
  left: z.string().nullable().describe("Why it was left when the run came to it"),
  erasureId: id.nullable(),
});
export const disposalCertificateBundle = z.strictObject({
  v: z.literal(1),
  kind: z.literal("uberrima.org/disposal-certificate-with-proof"),
  certificate: z.record(z.string(), z.unknown()).describe("Its canonical JSON (RFC 8785) is what the entry commits to"),
  entryId: id.describe("The entry that ended the run"),
  receipt: z.string().describe("That the entry is in the log: tlog-proof"),
  r: z.string().describe("base64; opens the entry's leaf"),
  detail: z.string().describe("What the leaf commits to: canonical JSON with the certificate's SHA-256"),
});
