// Who has looked at it: the accounting as the law defines it, and our own fuller timeline, line by line provable.
import { z } from "zod";
import { cursor, fieldPath, id, instant, pageLimit } from "./common.ts";
import { basis, dataClass, entryKind, line, purpose, recipientType, role } from "./vocabulary.ts";

const words = z.strictObject({ en: z.string(), es: z.string(), de: z.string() });
const law = z.enum(["hipaa", "gdpr", "naic-670"]);
const list = z.enum([...law.options, "timeline"]);

export const accountingLists = z.strictObject({
  laws: z.array(
    z.strictObject({
      law,
      citation: z.string(),
      years: z.number().int().nullable().describe("How far back; null for ever"),
      title: words,
      text: words,
    }),
  ),
  timeline: z.boolean().describe("Whether there is a fuller list than any law asks for"),
  roles: z.array(z.strictObject({ role, title: words })).describe("What roles are called"),
});

export const portalAccountingQuery = z.strictObject({
  customerId: id.optional().describe("Whose list; one's own when left out"),
  law: list.optional().describe("Left out: the law that fits the customer's policies and claims, else the timeline"),
  cursor: cursor.optional(),
  limit: pageLimit,
});
const documentForm = z
  .enum(["html", "pdf", "csv", "json"])
  .describe("HTML or PDF to read and print, CSV for spreadsheets, JSON for machines");
const language = z.enum(["en", "es", "de"]).default("en").describe("Of titles, topics, purposes and who it was");

export const documentParams = z.strictObject({ form: documentForm });
export const documentQuery = z.strictObject({
  customerId: id.optional().describe("Whose list; one's own when left out"),
  law: portalAccountingQuery.shape.law,
  language,
});
export const customerDocumentParams = z.strictObject({ customerId: id, form: documentForm });
export const customerDocumentQuery = documentQuery.omit({ customerId: true });
export const lineParams = z.strictObject({ entryId: id });
export const lineQuery = z.strictObject({ customerId: id.optional() });
export const lineOpening = z.strictObject({ customerId: id.optional() });

const because = z
  .strictObject({ line, entity: z.string(), jurisdiction: z.string() })
  .describe("A policy or claim of this line, held by this legal entity, falls under it");

export const portalAccountingLine = z.strictObject({
  entryId: id,
  index: z.number().int().describe("The line's place in the public log"),
  at: instant,
  kind: entryKind,
  outcome: z.enum(["allowed", "partial", "denied", "done", "failed"]),
  who: z.strictObject({
    kind: z
      .enum(["staff", "organisation", "system", "self", "customer"])
      .describe(
        "`self`: the customer; `customer`: who acts for them or stands beside them; `system`: our own machines",
      ),
    role: role.nullable(),
    name: z.string().nullable().describe("Of an organisation, or of a person where that is our policy"),
  }),
  recipient: z
    .strictObject({ type: recipientType.nullable(), recipientId: id.nullable() })
    .nullable()
    .describe("To whom it was given, where that is somebody else"),
  purpose: purpose.nullable(),
  basis: basis.nullable(),
  classes: z.array(dataClass),
  fields: z
    .array(z.strictObject({ field: fieldPath, form: z.enum(["clear", "masked", "token", "used"]) }))
    .describe("`used`: by our server itself, such as an address for a letter, and shown to nobody"),
  opens: z.boolean().describe("What the log commits to may be had whole, and checked against the log"),
});

export const portalAccounting = z.strictObject({
  law: list.describe("Which list this is"),
  laws: z.array(z.strictObject({ law, because: because.nullable() })).describe("Which laws fit, and why"),
  items: z.array(portalAccountingLine),
  next: cursor.nullable(),
});
