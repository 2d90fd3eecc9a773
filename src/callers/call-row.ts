// A call, as it stands among the authority rows of the customer it is about.
import { z } from "zod";
import type { RowType } from "../authority/authority.ts";
import { keptCode } from "../codes/codes.ts";
import { PURPOSES } from "../kernel/vocabulary.ts";

const CALLERS = ["customer", "representative", "third-party"] as const;
const FACTORS = ["code", "questions", "call-back"] as const;

/** More than anybody asks for in one call. */
export const REQUESTS_MAX = 50;

const content = z.strictObject({
  agentId: z.uuid(),
  purpose: z.enum(PURPOSES),
  caller: z.enum(CALLERS),
  representativeId: z.uuid().nullable(),
  /** Who interprets, as the agency numbers them; null where nobody does. */
  interpreter: z.string().max(60).nullable(),
  code: keptCode.nullable(),
  /** Field paths asked; null once they were answered, or where there is too little to ask. */
  questions: z.array(z.string()).nullable(),
  /** The contact that the agent says was called back, until somebody else confirms it. */
  calledBack: z.strictObject({ recordId: z.uuid(), field: z.string() }).nullable(),
  verifiedBy: z.enum(FACTORS).nullable(),
  /** An answer is being judged, and counts as a failure until it is known: many at once are no more tries than one after another. */
  isJudged: z.boolean().default(false),
  /** The customer's requests under their rights of which this call showed who made them. */
  requests: z.array(z.uuid()).max(REQUESTS_MAX).default([]),
});
export type CallContent = z.infer<typeof content>;

export const CALL: RowType<CallContent> = { kind: "caller-check", content };
