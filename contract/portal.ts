// Customers sign in with a code sent to an address that is on file, or by a passkey, and see how their session stands.
import { z } from "zod";
import { id, instant } from "./common.ts";
import { as, authenticationResponse, deviceToken, factors, method, notice, state } from "./sign-in.ts";
import { dataClass } from "./vocabulary.ts";

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

export const customerSignIn = z.strictObject({ challengeId: id, code: typedCode, as });
export const customerSession = z.strictObject({
  token: z
    .string()
    .nullable()
    .describe("Shown once; send it as `Authorization: Bearer`. null where the session is in a cookie"),
  sessionId: id,
  customerId: id,
  principalId: id,
  endsAt: instant,
});

export const customerPasskeySignIn = z.strictObject({ state, response: authenticationResponse, as, deviceToken });
export const customerPasskeySession = customerSession.extend({
  deviceToken: z
    .string()
    .nullable()
    .describe("For the device to keep and send when it signs in again; null where it has a good one, or a cookie"),
});

/** Somebody else whose file one may open, as the gate would decide it now. */
export const standsFor = z.strictObject({
  customerId: id,
  as: z
    .enum(["representative", "guardian", "dependant", "beneficiary"])
    .describe("A representative sees what the customer would; the others what their standing gives"),
  unitIds: z.array(id).nullable().describe("Only these policies or claims; null covers all"),
  classes: z.array(dataClass).nullable().describe("Only these data classes; null covers all"),
});

export const portalSession = z.strictObject({
  sessionId: id,
  principalId: id,
  customerId: id.describe("Whose own file it is"),
  standsFor: z.array(standsFor).describe("Whose files one may open besides one's own"),
  methods: z.array(method),
  startedAt: instant,
  endsAt: instant,
  idleSeconds: z.number().int(),
  strongAt: instant
    .nullable()
    .describe("When a passkey that counts as two factors was last shown: values are shown then"),
  isFresh: z.boolean().describe("Whether that is recent enough for what needs a fresh one"),
  mayAddPasskey: z.boolean().describe("By a code of a moment ago, or a passkey that counts and was shown just now"),
  language: letterLanguage.nullable().describe("As the customer chose; null where none was chosen"),
  factors,
  notices: z.array(notice).describe("What happened to one's sign-in; dismissed by DELETE /v1/me/notices/{noticeId}"),
});
