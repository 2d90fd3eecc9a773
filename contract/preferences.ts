// How a customer wants to be spoken and written to: language, and one other address in place of all on file (45 CFR 164.522(b)).
import { z } from "zod";
import { instant } from "./common.ts";
import { language } from "./labels.ts";

const channel = z.enum(["email", "phone", "post"]);
const line = z.string().max(200).default("");
const address = z.strictObject({
  line1: z.string().min(1).max(200),
  line2: line,
  city: line,
  region: line,
  postcode: line,
  country: line,
});

const onPaper = z
  .boolean()
  .describe(
    "News comes on paper, to the address on file, in place of mail; where another address stands, that one says how",
  );

export const preferencesDraft = z
  .strictObject({
    language: language.nullable().optional(),
    onPaper: onPaper.optional(),
    alternative: z
      .strictObject({
        channel,
        contact: z.string().min(3).max(254).optional().describe("With channel email or phone"),
        address: address.optional().describe("With channel post"),
      })
      .nullable()
      .optional()
      .describe("From then on nothing goes to any contact on file; null goes back to those"),
  })
  .describe("What is left out stays as it is");

const stands = {
  channel,
  since: instant,
  countsFrom: instant.describe("Codes are sent there from then on; until then to nobody"),
};
export const preferences = z.strictObject({
  language: language.nullable(),
  onPaper,
  alternative: z.strictObject(stands).nullable().describe("That there is another address, and not which"),
});
export const ownPreferences = z.strictObject({
  language: language.nullable(),
  onPaper,
  alternative: z
    .strictObject({
      ...stands,
      contact: z.string().nullable(),
      address: address.nullable(),
      isShown: z.boolean().describe("False until a passkey that counts was shown: contact and address are null then"),
    })
    .nullable(),
});
