// What courts and authorities ask for: the register of legal demands.
import { z } from "zod";
import { code, cursor, id, instant, pageLimit } from "./common.ts";
import { dataClass, line, purpose, recipientType } from "./vocabulary.ts";

const words = z.strictObject({ en: z.string(), es: z.string(), de: z.string() });
const day = z.iso.date();

export const demandRules = z.strictObject({
  approvals: z.strictObject({ persons: z.int(), days: z.int() }),
  kinds: z.array(
    z.strictObject({
      kind: code,
      citation: z.string(),
      confidence: z.enum(["high", "medium", "low"]),
      confirmed: z.enum(["none", "secondary", "text"]),
      entitles: z.boolean().describe("False: registered and answered, and opens nothing"),
      barred: z.array(dataClass),
      purposes: z.array(purpose),
      recipients: z.array(z.string()),
      notice: z.enum(["before", "after", "none"]),
      checks: z.array(code),
      title: words,
    }),
  ),
  delays: z.array(z.strictObject({ ground: code, citation: z.string(), daysMax: z.int(), text: words })),
  untold: z
    .array(z.strictObject({ ground: code, citation: z.string(), kinds: z.array(code), text: words }))
    .describe("On which nobody is told, although the kind's own rule has them told"),
});

const part = z.strictObject({
  customerId: id,
  classes: z.array(dataClass).min(1).max(15),
  unitIds: z.array(id).min(1).max(50).optional().describe("Only these policies or claims; all when left out"),
  recordIds: z.array(id).min(1).max(200).optional().describe("Only these records; all when left out"),
});
const recipient = z.strictObject({ type: recipientType, recipientId: id.optional() });

export const demandDraft = z.strictObject({
  kind: code,
  issuer: z.string().min(1).max(200).describe("The court, authority or lawyer; no customer's name"),
  reference: z.string().min(1).max(100).describe("Docket or file number"),
  jurisdiction: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/)
    .describe("ISO 3166, such as US-NY"),
  recipient,
  receivedAt: instant,
  dueAt: instant.optional(),
  document: z.strictObject({
    customerId: id,
    recordId: id.describe("The scan: a record of type document of one of the customers"),
  }),
  period: z
    .strictObject({ from: day.optional(), to: day.optional() })
    .optional()
    .describe("With one, what is produced has to name its records before it is approved"),
  named: z.array(part).min(1).max(20).describe("What the demand names"),
});

export const demandCheckAnswer = z.strictObject({ id: code, answer: z.enum(["met", "not-applicable", "failed"]) });
export const demandScope = z.strictObject({ produced: z.array(part).min(1).max(20) });
export const demandNotice = z.strictObject({
  mode: z.enum(["before", "after", "delayed", "none"]),
  ground: code.optional().describe("Of a delay, or why nobody is told"),
  untilAt: instant.optional().describe("Of a delay"),
});
export const demandToldByHand = z.strictObject({
  customerId: id,
  reference: z
    .string()
    .min(1)
    .max(200)
    .describe("What proves it: how and by whom, or a document's number; no customer's name"),
});
export const demandObjection = z.strictObject({
  ground: z.enum(["overbroad", "privileged", "no-jurisdiction", "not-served", "no-assurance", "other"]),
});
export const demandOutcome = z.strictObject({ outcome: z.enum(["overruled", "upheld"]) });
export const demandClosing = z.strictObject({ how: z.enum(["produced", "refused", "withdrawn"]) });

export const demandState = z.enum(["open", "objected", "approved", "expired", "closed"]);
const shownPart = z.strictObject({
  customerId: id,
  classes: z.array(dataClass),
  unitIds: z.array(id).nullable(),
  recordIds: z.array(id).nullable(),
});
const act = z.strictObject({ by: id, at: instant });
export const demand = z.strictObject({
  demandId: id,
  kind: z.string(),
  state: demandState,
  issuer: z.string(),
  reference: z.string(),
  jurisdiction: z.string(),
  recipient: z.strictObject({ type: z.string(), recipientId: id.nullable() }),
  receivedAt: instant,
  dueAt: instant.nullable(),
  document: z.strictObject({ customerId: id, recordId: id }),
  period: z.strictObject({ from: day.nullable(), to: day.nullable() }),
  named: z.array(shownPart),
  produced: z.array(shownPart).describe("What is to be produced: never wider than what is named"),
  lines: z.array(line),
  takenIn: act,
  checks: z.array(
    z.strictObject({
      id: code,
      citation: z.string(),
      mayNotApply: z.boolean(),
      text: words,
      answer: z.enum(["met", "not-applicable", "failed"]).nullable(),
      by: id.nullable(),
      at: instant.nullable(),
    }),
  ),
  needsReview: z.boolean().describe("Somebody else has to go through it for privilege and 42 CFR Part 2"),
  review: act.nullable(),
  notice: z
    .strictObject({
      mode: z.enum(["before", "after", "delayed", "none"]),
      ground: z.string().nullable(),
      untilAt: instant.nullable(),
      toldAt: instant.nullable().describe("Each of them is told, or what tells them is on its way"),
      customers: z
        .array(
          z.strictObject({
            customerId: id,
            state: z.enum(["planned", "mailed", "letter", "told", "unreached"]),
            way: z.enum(["mail", "letter", "hand"]).nullable(),
            reference: z.string().nullable().describe("The mail, the letter, or what was noted as proof"),
            fault: z
              .enum([
                "mail-refused",
                "protected",
                "no-address",
                "other-channel",
                "letter-held",
                "letter-returned",
                "letter-cancelled",
                "gone",
              ])
              .nullable(),
            at: instant.describe("Since when it is so; of a letter that was posted, that day"),
            by: id.nullable(),
          }),
        )
        .describe("How far the telling of each customer is, with its proof"),
      shownAt: instant
        .nullable()
        .describe("A delay is over, and what was produced in it stands on the customers' lists"),
    })
    .nullable(),
  approvals: z.array(act),
  untilAt: instant.nullable().describe("What was approved may be produced until then"),
  objection: z
    .strictObject({ ground: z.string(), at: instant, outcome: z.enum(["overruled", "upheld"]).nullable() })
    .nullable(),
  closed: z.strictObject({ at: instant, how: z.enum(["produced", "refused", "withdrawn"]) }).nullable(),
});
export const demandQuery = z.strictObject({
  state: demandState.optional(),
  cursor: cursor.optional(),
  limit: pageLimit,
});
export const demandParams = z.strictObject({ demandId: id });
export const productions = z.strictObject({
  items: z.array(
    z.strictObject({
      entryId: id,
      customerId: id,
      at: instant,
      actorId: id.nullable(),
      recipientId: id.nullable(),
      classes: z.array(dataClass),
      withheld: z.boolean().describe("Not on the customer's own lists"),
    }),
  ),
});
