// What a granted request comes to, deed by deed.
import { z } from "zod";
import { id, instant, written } from "./common.ts";

const day = z.iso.date();
const toldBy = z.enum(["webhook", "mail", "package", "letter", "telephone", "cannot"]);
const rightDeedKind = z.enum([
  "copy",
  "erase",
  "restrict",
  "choose",
  "list",
  "review",
  "correct",
  "tell",
  "tell-statement",
]);
export const ownDeed = z.strictObject({
  do: rightDeedKind,
  to: z.string().nullable().describe("A retention unit, a choice, a law of the accounting; null where it is all of it"),
  state: z.enum(["due", "waits", "done", "forbidden"]).describe("`waits`: something is held for a person to look at"),
  at: instant.nullable(),
  resultId: id.nullable().describe("The copy, the erasure with its certificate, the flag, the change that waits"),
  ended: z
    .enum(["stopped", "dropped"])
    .nullable()
    .describe("How a correction ended that waited for the customer's word, where it did not take effect"),
});
export const deed = ownDeed.extend({
  deedId: id,
  round: z.number().int().describe("Which decision it follows from; 0 is the first"),
  tries: z.number().int(),
  fault: z.string().nullable().describe("Why the last try failed"),
  againAt: instant.nullable(),
  recipient: z
    .strictObject({
      recipientId: id.nullable(),
      principalId: id.nullable(),
      type: z.string().nullable(),
      entryId: id.describe("The newest disclosure to them of what was wrong"),
      at: instant,
      times: z.number().int(),
    })
    .nullable()
    .describe("Who is to be told of a correction; null for those beyond the list, whom the accounting names"),
  told: z.strictObject({ by: id, channel: toldBy, reference: z.string() }).nullable(),
  obstacles: z.array(
    z.strictObject({ kind: z.string(), unitId: id.nullable(), citation: z.string(), until: day.nullable() }),
  ),
});

const CORRECTED_MAX = 40;
/** By its own field names, what a record should say. */
const corrected = (value: z.ZodString) =>
  z
    .record(z.string().max(60), value)
    .refine((given) => Object.keys(given).length > 0 && Object.keys(given).length <= CORRECTED_MAX, {
      error: `name one field at least, and ${CORRECTED_MAX} at most`,
    })
    .meta({ minProperties: 1, maxProperties: CORRECTED_MAX });

export const proposeStep = z
  .strictObject({ do: z.literal("propose"), recordId: id, fields: corrected(z.string().max(4000)) })
  .describe("What a record is to say instead; kept sealed. Whoever proposes it does not decide on it");
export const correctionDraft = z
  .strictObject({ recordId: id, fields: corrected(z.string().trim().max(4000)) })
  .describe("Of a correction: a record with what it should say, by its own field names; kept sealed");
export const wanted = z
  .strictObject({
    recordId: id,
    recordType: z.string(),
    fields: z.array(z.string()),
    values: z.record(z.string(), z.string()).nullable().describe("null where words were left, or went with an erasure"),
  })
  .nullable()
  .describe("What the customer says that a record should say");

export const toldStep = z
  .strictObject({ do: z.literal("told"), deedId: id, channel: toldBy, reference: written(200) })
  .describe(
    "A recipient was told of the correction, or of a statement; the reference proves it, or says why it cannot be",
  );

export const proposal = z
  .strictObject({
    recordId: id,
    recordType: z.string(),
    fields: z.array(z.string()),
    values: z.record(z.string(), z.string()).nullable().describe("null where words were left"),
    by: id,
    at: instant,
  })
  .nullable()
  .describe("What would be corrected");

export const statementStep = z
  .strictObject({
    do: z.literal("file-statement"),
    recordId: id,
    fields: z.array(z.string().max(60)).min(1).max(5).describe("Of that record, by its own names"),
    words: written(2000).describe("What is right, and why one disagrees; kept sealed"),
    replaces: id.optional().describe("The statement in whose place it comes, of the same request"),
  })
  .describe("After a correction was refused, in all or in part: shown with those fields from now on");
const withdrawStatementStep = z
  .strictObject({ do: z.literal("withdraw-statement"), statementId: id })
  .describe("It accompanies nothing any more, from the next answer on");
export const statementSteps = [statementStep, withdrawStatementStep] as const;
export const statements = z
  .array(
    z.strictObject({
      statementId: id,
      recordId: id,
      recordType: z.string(),
      fields: z.array(z.string()),
      at: instant,
      withdrawn: z
        .strictObject({ at: instant, replacedBy: id.nullable() })
        .nullable()
        .describe("It accompanies nothing any more"),
      words: z.string().nullable().describe("null where words were left, or went with an erasure"),
    }),
  )
  .describe("What the customer says of fields that were not corrected");
