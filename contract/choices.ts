// What customers say no to, and which privacy notices they got.
import { z } from "zod";
import { code, id, instant } from "./common.ts";
import { language } from "./labels.ts";
import { line } from "./vocabulary.ts";

const words = z.strictObject({ en: z.string(), es: z.string(), de: z.string() });
const confirmed = z.enum(["none", "secondary", "text"]);
const confidence = z.enum(["high", "medium", "low"]);

export const choiceCode = z.enum(["marketing", "affiliate-sharing", "third-party-sharing"]);
export const choice = z.strictObject({
  choice: choiceCode,
  saidNoAt: instant.nullable().describe("When the customer last said no; null where they do not say it"),
  laws: z.array(z.string()),
  confidence,
  confirmed,
  title: words,
  text: words,
});
export const choices = z.strictObject({ items: z.array(choice) });
export const choicesWithHistory = z.strictObject({
  ...choices.shape,
  history: z
    .array(
      z.strictObject({
        entryId: id,
        at: instant,
        choice: choiceCode,
        saysNo: z.boolean(),
        channel: z.enum(["portal", "phone", "letter", "signal"]),
        actorId: id.nullable(),
      }),
    )
    .describe("As the ledger has it, newest first; the last hundred changes"),
});
export const choiceDraft = z.strictObject({
  choice: choiceCode,
  saysNo: z.boolean(),
  channel: z.enum(["phone", "letter", "signal"]).describe("How it reached us; `signal` is a browser's"),
});
export const ownChoiceDraft = z.strictObject({ choice: choiceCode, saysNo: z.boolean() });

export const notice = z.strictObject({
  notice: code,
  version: z.string(),
  from: z.iso.date(),
  citation: z.string(),
  confidence,
  confirmed,
  lines: z.array(line).nullable().describe("To whose customers it is given; null: all"),
  given: z.enum(["annual", "enrolment", "application", "collection"]),
  title: words,
  text: words,
});
export const notices = z.strictObject({ items: z.array(notice) });
export const delivery = z.strictObject({
  deliveryId: id,
  notice: z.string(),
  version: z.string(),
  language,
  digest: z.string().describe("Hex SHA-256 of title, two line feeds and text, as delivered"),
  channel: z.enum(["portal", "letter", "paper", "electronic"]),
  deliveredAt: instant,
  documentId: id.nullable(),
  isReminder: z.boolean().describe("Not the notice itself: a word that there is one, and how to get it"),
});
export const noticeMail = z.strictObject({
  mailId: id,
  notice: z.string(),
  version: z.string(),
  language,
  state: z.enum(["waiting", "handed-over", "given-up"]).describe("Handed over to the mail server: delivered"),
  madeAt: instant,
  endedAt: instant.nullable(),
});
export const noticeMailDraft = z.strictObject({
  notice: code,
  language: language.optional().describe("The customer's own where it is left out"),
});
export const deliveries = z.strictObject({
  items: z.array(delivery).describe("Newest first"),
  mails: z.array(noticeMail).describe("Notices sent by mail, newest first; letters stand with the customer's letters"),
  due: z.array(code).describe("Notices whose version in force the customer did not get"),
});
export const deliveryDraft = z.strictObject({
  notice: code,
  language,
  channel: z.enum(["letter", "paper", "electronic"]),
  deliveredAt: instant.optional(),
  documentId: id.optional().describe("Proof: a record of this customer, of type document"),
});
export const ownNotices = z.strictObject({
  items: z.array(notice.extend({ receivedAt: instant.nullable().describe("Of the version in force; null: not yet") })),
});
export const ownReceipt = z.strictObject({ language });
export const ownNoticeParams = z.strictObject({ notice: code });
