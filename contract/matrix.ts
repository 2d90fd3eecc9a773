// Who sees what, and the rule that decides it.
import { z } from "zod";
import { dataClass, form, line, purpose, role } from "./vocabulary.ts";

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
