// Asking to see customer information: the one way to any value.
import { z } from "zod";
import { fieldPath, id, instant, invokedGrant, LIMITS, promise } from "./common.ts";
import { language } from "./labels.ts";
import { assignmentKind, basis, dataClass, form, purpose, recipientType } from "./vocabulary.ts";

export const workContext = z
  .strictObject({ unitId: id })
  .describe(
    "The claim or policy in hand: names the unit once; without `fields`, the role's standard view of it is answered",
  );

export const recipient = z
  .strictObject({ type: recipientType, recipientId: id.optional() })
  .describe("The third party the values are for; leave out when the asker alone will see them");

const question = {
  purpose,
  basis: basis.default("role-duty"),
  fields: z.array(fieldPath).min(1).max(LIMITS.fieldsMax).optional(),
  form: form
    .exclude(["denied"])
    .default("clear")
    .describe("The most that is wanted: ask for masked when masked will do"),
  as: invokedGrant,
  recipient: recipient.optional(),
  justification: z
    .string()
    .min(10)
    .max(500)
    .optional()
    .describe("Why fields beyond the role's standard view are needed; kept sealed in the ledger"),
};

export const disclosureRequest = z
  .strictObject({
    customerId: id,
    workContext: workContext.optional(),
    recordIds: z.array(id).min(1).max(LIMITS.recordsMax).optional().describe("Only these records of the named types"),
    revision: z
      .int()
      .min(1)
      .max(2_147_483_646)
      .optional()
      .describe("As the one record named stood before it was corrected; see its history"),
    ...question,
  })
  .refine(
    ({ revision, recordIds, fields }) => revision === undefined || (recordIds?.length === 1 && fields !== undefined),
    "an earlier revision is of one record, and its fields are named",
  );

export const batchDisclosureRequest = z.strictObject({
  customers: z
    .array(z.strictObject({ customerId: id, workContext: workContext.optional() }))
    .min(1)
    .max(LIMITS.customersInBatchMax)
    // An entry names each of its customers once; refused here, so that the refusal says nothing of which exist.
    .refine(
      (customers) => new Set(customers.map(({ customerId }) => customerId.toLowerCase())).size === customers.length,
      "name each customer once",
    ),
  ...question,
});

export const policyCited = z.strictObject({ id: z.string(), text: z.string(), citation: z.string() });
export const reason = z.strictObject({
  code: z.string(),
  message: z.string(),
  policy: z.string().optional().describe("The policy whose text the message is, where it is one"),
});
export const remedy = z.strictObject({
  code: z.string().describe("One code, or two joined by + where both are needed"),
  message: z.string(),
  form,
  purpose: purpose.optional().describe("Which purpose to state, where that is the remedy"),
  assignment: assignmentKind.optional().describe("What to be assigned, where that is the remedy"),
});

export const fieldAnswer = z.strictObject({
  field: fieldPath,
  recordId: id.nullable().describe("null when no record is named: a denial says nothing of what exists"),
  unitId: id.nullable(),
  dataClass,
  form,
  value: z.string().optional().describe("The normalised value, its mask, or a token, as `form` says"),
  given: z.string().optional().describe("As the source wrote it, when that differs; only with form clear"),
  disputed: z
    .strictObject({ statementId: id, filedAt: instant })
    .optional()
    .describe("The customer says that it is wrong; the words are had by POST /v1/disclosures/statements"),
  reasons: z.array(reason),
  policies: z.array(policyCited).describe("The policies that decided"),
  permittedBy: z.array(remedy).describe("What would permit a denied or masked field"),
});
export type FieldAnswer = z.infer<typeof fieldAnswer>;

export const disclosureAnswer = z.strictObject({
  disclosureId: id,
  customerId: id,
  outcome: z.enum(["allowed", "partial", "denied"]),
  fields: z.array(fieldAnswer),
  obligations: z.array(reason).describe("What whoever receives the values is bound to"),
  promise,
});
export type DisclosureAnswer = z.infer<typeof disclosureAnswer>;

export const batchDisclosureAnswer = z.strictObject({
  disclosureId: id,
  outcome: z.enum(["allowed", "partial", "denied"]),
  customers: z.array(
    z.strictObject({
      customerId: id,
      outcome: z.enum(["allowed", "partial", "denied"]),
      fields: z.array(fieldAnswer),
    }),
  ),
  obligations: z.array(reason),
  promise,
});

export const statementsAnswer = z.strictObject({
  disclosureId: id.nullable().describe("null where there is no statement about what was asked"),
  items: z
    .array(
      z.strictObject({
        statementId: id,
        recordId: id,
        fields: z.array(fieldPath),
        filedAt: instant,
        words: z.string(),
      }),
    )
    .describe("Those of which you would be shown every field in clear"),
});

export const previewAnswer = z.strictObject({
  previewId: id.describe("The entry that says that it was asked"),
  customerId: id,
  outcome: z.enum(["allowed", "partial", "denied"]).describe("What the disclosure would be"),
  fields: z.array(
    fieldAnswer
      .omit({ value: true, given: true })
      .extend({ isEmpty: z.boolean().describe("The record has no value for it; false for what is denied") }),
  ),
  asks: z
    .strictObject({
      reason: z.boolean().describe("A justification would get more"),
      stepUp: z.boolean().describe("A second factor or passkey shown again would get more"),
      passkey: z.boolean().describe("Of those a passkey alone would: the code of an app gets no more"),
      secondPerson: z.boolean().describe("The approval of others would get more"),
      held: z.boolean().describe("Held until it has been reviewed: nothing that you give helps"),
    })
    .describe("What you could still give; each field's permittedBy says for which"),
  obligations: z.array(reason),
});
export type PreviewAnswer = z.infer<typeof previewAnswer>;

export const optionsRequest = z.strictObject({
  customerId: id,
  workContext: workContext.optional(),
  as: invokedGrant,
  language: language.default("en"),
});

export const optionsAnswer = z.strictObject({
  options: z
    .array(
      z.strictObject({
        purpose,
        basis,
        label: z.string().describe("The purpose in plain language"),
        basisLabel: z.string(),
        classes: z.array(
          z.strictObject({
            dataClass,
            form: form.exclude(["denied"]).describe("The most that any field of the class would be answered in"),
            needsReason: z.boolean(),
            needsStepUp: z.boolean(),
            needsPasskey: z.boolean().describe("A passkey has to be shown: the code of an app gets no more"),
          }),
        ),
        uponApproval: z.array(dataClass).describe("Refused, unless two others approve"),
      }),
    )
    .describe("Empty for a customer who is not within your rows, or does not exist"),
});
export type OptionsAnswer = z.infer<typeof optionsAnswer>;

export const copyParams = z.strictObject({ disclosureId: id });
export const copyRequest = z.strictObject({ recordId: id, field: fieldPath });
export const copyAnswer = z.strictObject({ copyId: id, promise });
