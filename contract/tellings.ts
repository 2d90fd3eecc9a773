// Who is told of corrections, statements and withdrawn authorizations: by what, by when, and what proves it. Ids, codes and days alone.
import { z } from "zod";
import { cursor, id, instant, pageLimit, written } from "./common.ts";

export const tellingState = z
  .enum(["queued", "sent", "delivered", "failed", "by-hand"])
  .describe(
    "queued: the server sees to it, or it lies with the mail or the printer; sent: it left; delivered: whom it was sent to has confirmed; by-hand: a person has to, or has",
  );
const channel = z.enum(["webhook", "mail", "package", "letter", "telephone", "cannot"]);
const told = z
  .strictObject({ by: id, channel, reference: z.string(), at: instant })
  .nullable()
  .describe("By what they were told, and what proves it; null while they are not");

const shared = {
  of: z.enum(["correction", "statement", "withdrawal"]),
  servesId: id.describe("The request or the authorization that it follows from"),
  state: tellingState,
  madeAt: instant,
  sentAt: instant.nullable(),
};

export const telling = z.strictObject({
  tellingId: id,
  customerId: id,
  ...shared,
  recipient: z
    .strictObject({
      recipientId: id.nullable(),
      principalId: id.nullable(),
      type: z.string().nullable(),
      entryId: id.describe("The newest disclosure to them: the reference that they are written to by"),
      at: instant,
      times: z.number().int(),
    })
    .nullable()
    .describe("null: those beyond the list, whom the accounting names"),
  due: z.strictObject({
    on: z.iso.date(),
    before: instant,
    daysLeft: z.number().int(),
    citation: z.string(),
    basis: z.enum(["law", "house"]).describe("house: the law names no day, and this one is our own default"),
    says: z.string().nullable().describe("The law's own measure in words, such as promptly"),
    confirmed: z.enum(["none", "secondary", "text"]).describe("What of the citation was read"),
  }),
  way: z.enum(["mail", "letter", "hand"]).nullable(),
  sendingId: id.nullable().describe("The mail, or the letter by the reference at its foot"),
  fault: z.string().nullable().describe("Why it failed, or why a person has to"),
  tries: z.number().int(),
  told,
});
export const tellingQuery = z.strictObject({
  state: z.enum(["open", "told"]).default("open"),
  cursor: cursor.optional(),
  limit: pageLimit,
});
export const customerTellings = z.strictObject({ items: z.array(telling).describe("The newest first") });
export const tellingParams = z.strictObject({ tellingId: id });
const reference = written(200);
export const tellingStep = z.discriminatedUnion("do", [
  z
    .strictObject({ do: z.literal("told"), channel, reference })
    .describe("A person told them; the reference proves it, or says why it cannot be"),
  z.strictObject({ do: z.literal("confirmed"), reference }).describe("Whom it was sent to has said that they have it"),
  z.strictObject({ do: z.literal("send-again") }).describe("What failed, by whatever way there is now"),
]);

export const ownTellings = z.strictObject({
  items: z
    .array(
      z.strictObject({
        ...shared,
        name: z.string().nullable().describe("Of an organisation that is registered; null for all others"),
        type: z.string().nullable(),
        givenAt: instant.nullable(),
        toldAt: instant.nullable(),
        channel: channel.nullable(),
      }),
    )
    .describe("Who is told of what was corrected, disputed or withdrawn, the newest first"),
});
