// Who sees what, and the rule that decides it.
import { z } from "zod";
import { written } from "./common.ts";
import { dataClass, form, line, purpose, recipientType, role } from "./vocabulary.ts";

export const matrixQuery = z.strictObject({ line: line.default("auto").describe("Law differs by line of business") });

export const policySummary = z.strictObject({
  id: z.string(),
  effect: z.enum(["permit", "forbid"]),
  title: z.string(),
  citation: z.string(),
});

export const matrix = z.strictObject({
  digest: z.string().describe("Of the policies in force: the same digest is the same matrix"),
  line,
  situation: z.string().describe("In which situation each role was judged"),
  cells: z.array(
    z.strictObject({
      role,
      purpose,
      dataClass,
      form: form.describe("The most revealing form"),
      by: z.string().nullable().describe("The assignment, group or relationship that gives it"),
      policies: z.array(z.string()).describe("Ids of the rules that decide; their texts stand in `policies`"),
    }),
  ),
  policies: z.array(policySummary),
});
export type MatrixAnswer = z.infer<typeof matrix>;

const word = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/);
export const policyParams = z.strictObject({
  group: word.describe("The id's part before the slash; `default` for what is cited where no rule says anything"),
  name: word,
});

export const policy = z.strictObject({
  ...policySummary.shape,
  confirmed: z.enum(["none", "secondary", "text", "design"]).describe("Who has read the text that it rests on"),
  confidence: z.enum(["medium", "low"]).nullable(),
  rule: z.string().nullable().describe("The row of the rules register that it encodes"),
  reason: z.string().nullable().describe("The code that a denial by it has"),
  remedies: z.array(z.string()),
  discreet: z.boolean().describe("People outside the insurer are not told of it"),
  inForce: z.boolean().describe("False while it waits for a compliance officer's signature"),
  text: z.string().nullable().describe("Cedar, as it is in force"),
  file: z.string().nullable(),
  line: z.int().nullable(),
});
export type PolicyAnswer = z.infer<typeof policy>;

/** As it stands in governance/policies/signed.yaml, and as the command line writes it there. */
export const policySignature = z.strictObject({
  policy: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/),
  role: z.enum(["compliance", "dpo"]),
  date: z.iso.date(),
  note: written(1000, 10),
});

export const policySignatures = z.strictObject({
  digest: z.string().describe("Of the policies in force"),
  file: z.string().describe("Where signatures stand, within the governance folder"),
  signers: z.array(policySignature.shape.role).describe("Which roles may sign"),
  signAs: policySignature.shape.role.nullable().describe("As which of them whoever asks may sign; null: as none"),
  waiting: z.array(
    z.strictObject({
      ...policy.shape,
      role: role.nullable().describe("Whom alone it lets ask; null: everybody who may ask at all"),
      recipients: z.array(recipientType),
      purposes: z.array(purpose),
      flows: z
        .array(z.strictObject({ flow: z.string(), title: z.string() }))
        .describe("Which send nothing, or less, for want of it"),
      entry: z.string().describe("What is to be added to the file; the note is the signer's own"),
    }),
  ),
  signed: z.array(policySignature),
});
export type PolicySignatures = z.infer<typeof policySignatures>;
