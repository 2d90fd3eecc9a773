// What customers agreed to: HIPAA authorizations, Model 670 forms, consent, marketing.
import { z } from "zod";
import { code, id, instant } from "./common.ts";
import { dataClass, purpose, recipientType } from "./vocabulary.ts";

const words = z.strictObject({ en: z.string(), es: z.string(), de: z.string() });
const day = z.iso.date();
const short = z.string().min(1).max(100);

/** `none` is the insurer itself. */
const grantedTo = z.enum(["none", ...recipientType.options]);

export const authorizationForm = z.strictObject({
  form: code,
  law: z.string(),
  citation: z.string(),
  confidence: z.enum(["high", "medium", "low"]),
  confirmed: z
    .enum(["none", "secondary", "text"])
    .describe("What was read of the law: none, a secondary source, its text"),
  monthsMax: z.int(),
  limit: z.enum(["law", "house"]).describe("Whose limit that is"),
  portal: z.boolean().describe("A customer may sign it in the portal without having been asked"),
  purposes: z.array(purpose).nullable().describe("Null allows all"),
  classes: z.array(dataClass).nullable().describe("Null allows all"),
  recipients: z.array(grantedTo).nullable().describe("Null allows all; `none` is the insurer itself"),
  psychotherapyNotes: z.boolean(),
  specialHealth: z
    .union([z.boolean(), z.array(z.string())])
    .describe("Covers specially protected health: everywhere, nowhere, or what is held under the law of these places"),
  title: words,
  elements: z.array(
    z.strictObject({
      id: code,
      citation: z.string(),
      found: z
        .enum(["classes", "recipients", "purposes", "expiry", "signature", "authority"])
        .nullable()
        .describe("Where the server finds it; null: a statement on the paper, to be confirmed in `elements`"),
      text: words,
    }),
  ),
});
export const authorizationForms = z.strictObject({ items: z.array(authorizationForm) });

const narrowing = z
  .strictObject({
    bodyParts: z.array(short).max(30).default([]),
    diagnoses: z.array(short).max(30).default([]),
    servicesFrom: day.nullable().default(null),
    servicesTo: day.nullable().default(null),
  })
  .describe("Kept sealed. The gate cannot read for it: name the records that it leaves in recordIds");

const recipients = z
  .array(z.strictObject({ type: grantedTo, recipientId: id.optional() }))
  .min(1)
  .max(20);
const terms = {
  form: code,
  classes: z.array(dataClass).min(1).max(15),
  recipients,
  purposes: z.array(purpose).min(1).max(23),
  unitIds: z.array(id).min(1).max(50).optional().describe("Only these policies or claims; all when left out"),
  recordIds: z.array(id).min(1).max(200).optional().describe("Only these records; all when left out"),
  startsAt: instant.optional(),
  expiresAt: instant.optional(),
};
const signed = z.strictObject({
  documentId: id.describe("The record of this customer, of type document, that holds the paper"),
  representationId: id.optional().describe("The authority by which somebody signed for the customer"),
  signedAt: instant,
  elements: z.array(code).max(50).describe("The statements of the form that stand on the paper"),
});

export const authorizationRequest = z.strictObject({ ...terms, narrowing: narrowing.optional() });
export const authorizationDraft = z.strictObject({
  ...terms,
  narrowing: narrowing.optional(),
  signed: signed.nullable().describe("Null: the customer refused"),
});
export const authorizationAnswer = z.strictObject({ signed: signed.nullable().describe("Null: the customer refused") });
export const authorizationRenewal = z.strictObject({ expiresAt: instant, signed });

export const ownAuthorizationDraft = z.strictObject({ ...terms, expiresAt: instant });
export const ownAuthorizationAnswer = z.strictObject({ gives: z.boolean() });
export const ownAuthorizationRenewal = z.strictObject({ expiresAt: instant.describe("Within what its form allows") });
export const ownAuthorizationParams = z.strictObject({ authorizationId: id });

export const authorizationState = z.enum(["asked", "refused", "given", "expired", "renewed", "withdrawn"]);
const use = z.strictObject({
  entryId: id,
  at: instant,
  purpose: purpose.nullable(),
  recipientType: z.string().nullable(),
});
const common = {
  authorizationId: id,
  form: z.string(),
  state: authorizationState,
  classes: z.array(dataClass),
  recipients: z.array(z.strictObject({ type: grantedTo, recipientId: id.nullable() })),
  purposes: z.array(purpose),
  unitIds: z.array(id).nullable(),
  recordIds: z.array(id).nullable(),
  isNarrowed: z.boolean(),
  startsAt: instant,
  expiresAt: instant.nullable(),
  askedAt: instant.nullable(),
  signedAt: instant.nullable(),
  refusedAt: instant.nullable(),
  withdrawnAt: instant.nullable(),
  renews: id.nullable(),
  renewedBy: id.nullable(),
  signer: z.enum(["customer", "representative"]).nullable(),
  documentId: id.nullable().describe("Null where it was signed in the portal, or not at all"),
  lastUse: use.nullable().describe("The last disclosure that rested on it, as the ledger has it"),
};
export const authorization = z.strictObject({
  ...common,
  askedBy: id.nullable(),
  recordedBy: id.nullable(),
  withdrawnBy: id.nullable(),
  representationId: id.nullable(),
});
export const authorizations = z.strictObject({ items: z.array(authorization) });
export const authorizationParams = z.strictObject({ customerId: id, authorizationId: id });
export const authorizationNarrowing = z.strictObject({
  narrowing: z
    .strictObject({
      bodyParts: z.array(z.string()),
      diagnoses: z.array(z.string()),
      servicesFrom: day.nullable(),
      servicesTo: day.nullable(),
    })
    .nullable(),
});

export const ownAuthorization = z.strictObject(common);
export const ownAuthorizations = z.strictObject({
  items: z.array(ownAuthorization),
  forms: z.array(authorizationForm).describe("Those that the items are of, and those that may be signed unasked"),
});
