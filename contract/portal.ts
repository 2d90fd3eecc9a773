// Customers sign in with a code sent to an address that is on file.
import { z } from "zod";
import { id, instant } from "./common.ts";

export const letterLanguage = z.enum(["en", "es", "de"]).describe("The language of letters");
/** What was sent to somebody: digits, and what people put between them. */
export const typedCode = z
  .string()
  .regex(/^[0-9 -]{1,20}$/)
  .describe("The code from the letter");

export const codeRequest = z.strictObject({
  channel: z.enum(["email", "phone"]).default("email"),
  contact: z.string().min(3).max(254).describe("An e-mail address or telephone number that is on file"),
  person: z
    .strictObject({
      firstName: z.string().min(1).max(100),
      lastName: z.string().min(1).max(100),
      birthDate: z.iso.date(),
    })
    .optional()
    .describe("Needed where several customers share the address"),
  language: letterLanguage.default("en"),
});
export const codeAsked = z.strictObject({
  challengeId: id.describe("Answered alike whether anybody has such an address"),
  expiresAt: instant,
});

export const customerSignIn = z.strictObject({ challengeId: id, code: typedCode });
export const customerSession = z.strictObject({
  token: z.string().describe("Shown once; send it as `Authorization: Bearer`"),
  sessionId: id,
  customerId: id,
  principalId: id,
  endsAt: instant,
});
