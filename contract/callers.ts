// Callers: verified by what is on file before an agent sees anything of it in clear.
import { z } from "zod";
import { fieldPath, id, instant } from "./common.ts";
import { letterLanguage, typedCode } from "./portal.ts";
import { purpose } from "./vocabulary.ts";

export const callDraft = z.strictObject({
  purpose,
  caller: z.enum(["customer", "representative", "third-party"]).default("customer"),
  representativeId: id.optional().describe("Of a representative: who they are, with authority on file"),
  interpreter: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,60}$/)
    .optional()
    .describe("The interpreter's number at their agency; no name"),
});
export const call = z.strictObject({
  callId: id,
  endsAt: instant,
  contacts: z
    .array(z.strictObject({ recordId: id, field: fieldPath }))
    .describe("Contacts on file by which a code may be sent, without what they are"),
  questions: z
    .array(z.strictObject({ field: fieldPath, ask: z.string() }))
    .describe("To be read out; none where the file has too little to ask by"),
});
export const ownCall = z.strictObject({
  ...call.shape,
  purpose,
  caller: z.enum(["customer", "representative", "third-party"]),
  isCodeSent: z.boolean(),
  isCalledBack: z.boolean().describe("The agent called back, and nobody else has confirmed it yet"),
  verifiedBy: z.enum(["code", "questions", "call-back"]).nullable(),
  requests: z.array(id).describe("The customer's requests of which it showed who made them"),
});
export const ownCalls = z.strictObject({ items: z.array(ownCall).describe("The newest first") });
export const callParams = z.strictObject({ customerId: id, callId: id });
export const callContact = z.strictObject({ recordId: id, field: fieldPath });
export const callCode = z.strictObject({ recordId: id, field: fieldPath, language: letterLanguage.default("en") });
export const callAnswer = z.union([
  z.strictObject({ code: typedCode }),
  z.strictObject({ answers: z.record(fieldPath, z.string().max(200)) }),
]);
export const callVerdict = z.strictObject({
  isVerified: z.boolean().describe("Which answers were right is told to nobody"),
});
