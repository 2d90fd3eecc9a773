// Packages for third parties: what goes to whom, in which form, and what becomes of it.
import { z } from "zod";
import { fieldPath, id, instant, invokedGrant, LIMITS, pageQuery } from "./common.ts";
import { fieldAnswer, workContext } from "./disclosures.ts";
import { authenticationResponse, passkeyOptions, registrationResponse, state } from "./sign-in.ts";
import { basis, dataClass, form, purpose, recipientType } from "./vocabulary.ts";

const customers = z
  .array(z.strictObject({ customerId: id, workContext: workContext.optional() }))
  .min(1)
  .max(LIMITS.customersInBatchMax)
  .refine(
    (each) => new Set(each.map(({ customerId }) => customerId.toLowerCase())).size === each.length,
    "name each customer once",
  );

const wanted = z
  .array(z.strictObject({ form: form.exclude(["denied"]), fields: z.array(fieldPath).min(1).max(LIMITS.fieldsMax) }))
  .min(1)
  .max(3)
  .describe("Field paths by the most that is wanted of them; each form is a disclosure of its own");

const question = {
  recipientId: id,
  purpose,
  basis: basis.default("role-duty"),
  wanted,
  customers,
  justification: z.string().min(10).max(500).optional(),
  as: invokedGrant,
};
const lifetimeHours = z.int().min(1).max(720).default(72).describe("How long it waits to be picked up");

export const packagePreviewRequest = z.strictObject({ ...question, customers: customers.max(50) });
export const previewedField = z.strictObject({
  field: fieldPath,
  dataClass,
  form,
  isEmpty: z.boolean(),
  reasons: fieldAnswer.shape.reasons,
  policies: fieldAnswer.shape.policies,
  permittedBy: fieldAnswer.shape.permittedBy,
});
export const packagePreview = z.strictObject({
  customers: z.array(z.strictObject({ customerId: id, fields: z.array(previewedField) })),
});

export const packageRequest = z.strictObject({
  ...question,
  delivery: z
    .enum(["key", "room"])
    .describe("Encrypted to the recipient's key (age format), or shown once in the browser with a code to its contact"),
  format: z.enum(["json", "csv"]).default("json"),
  mayDownload: z.boolean().default(false).describe("Of a room: its reader may keep what it shows"),
  lifetimeHours,
});

export const packageFace = z.strictObject({
  packageId: id,
  recipientId: id,
  purpose,
  basis,
  delivery: z.enum(["key", "room"]),
  keyId: id.nullable(),
  format: z.enum(["json", "csv"]),
  flow: z.string().nullable().describe("The recurring flow that made it"),
  checks: z
    .array(
      z.strictObject({
        check: z.string(),
        attest: z.string().nullable(),
        reference: z.string().nullable(),
        leftOut: z.int().describe("Customers kept out by it"),
      }),
    )
    .describe("Of the flow: those that held; what was attested, whoever made the package answers for"),
  mayDownload: z.boolean(),
  madeBy: id,
  madeAt: instant,
  expiresAt: instant,
  disclosures: z.array(id).describe("The ledger's entries of what it holds"),
  customers: z.int(),
  released: z.int().describe("Values in it"),
  refused: z.int().describe("Values asked for that are not in it"),
  sizeBytes: z.int(),
  state: z.enum(["waiting", "picked-up", "revoked", "expired"]),
  changedAt: instant,
});
export const madePackage = z.strictObject({
  package: packageFace,
  secret: z.string().nullable().describe("Of the link; shown once, so null where the request is repeated"),
  link: z.string().nullable().describe("For the recipient alone, by a way of its own"),
});
export const packageQuery = pageQuery.extend({
  state: packageFace.shape.state.optional(),
  recipientId: id.optional(),
});
export const packageParams = z.strictObject({ packageId: id });

const secret = z
  .string()
  .regex(/^[A-Za-z0-9_-]{20,120}$/)
  .describe("Of the link, after the #");
export const pickUpRequest = z.strictObject({ secret });
export const pickedUp = z.strictObject({
  packageId: id,
  fileName: z.string(),
  file: z.string().describe("base64 of a file in the age format"),
});
export const roomOpening = z.union([
  z.strictObject({
    secret,
    code: z
      .string()
      .regex(/^[0-9 -]{1,20}$/)
      .describe("As it was sent"),
  }),
  z.strictObject({ secret, passkey: z.strictObject({ state, response: authenticationResponse }) }),
  z
    .strictObject({ secret })
    .describe("The sign-in that this browser brought back from the recipient's provider counts"),
]);
export const roomWaysRequest = z.strictObject({
  secret,
  depart: z.boolean().default(false).describe("Begins a sign-in at the recipient's own identity provider"),
});
export const roomWays = z.strictObject({
  passkey: passkeyOptions.nullable().describe("null: nobody at the recipient has made one"),
  provider: z.string().nullable().describe("The host of the recipient's own identity provider"),
  isSignedIn: z.boolean().describe("Whoever asks has come back from it"),
  departure: z.string().nullable().describe("Where to send the browser, if that was asked for"),
});
export const roomPasskeyDraft = z.strictObject({ packageId: id, state, response: registrationResponse });
export const roomCode = z.strictObject({ expiresAt: instant });
export const openedRoom = z.strictObject({
  packageId: id,
  purpose: z.string(),
  madeAt: instant,
  obligations: z.array(z.string()).describe("What whoever reads it is bound to"),
  lines: z.array(
    z.strictObject({
      subject: z.string().describe("`group` where it counts people, and is of nobody"),
      fields: z.record(z.string(), z.string()),
      disputed: z.array(z.string()).describe("Paths of those that the customer disputes (NAIC Model 670 s. 9(E))"),
      statements: z
        .array(z.strictObject({ fields: z.array(z.string()), filedAt: instant, words: z.string() }))
        .describe("What the customer says of those, where it may be shown here (45 CFR 164.526(d)(5))"),
    }),
  ),
  enclosed: z
    .array(
      z.strictObject({
        subject: z.string().describe("As on the lines"),
        form: z.string(),
        title: z.string(),
        signedAt: instant,
        signedBy: z.enum(["customer", "representative"]),
        expiresAt: instant.nullable(),
        narrowing: z
          .strictObject({
            bodyParts: z.array(z.string()),
            diagnoses: z.array(z.string()),
            servicesFrom: z.string().nullable(),
            servicesTo: z.string().nullable(),
          })
          .nullable()
          .describe("How far it goes (45 CFR 164.508(c)(1)); null: it says no more than its form"),
        paper: z
          .strictObject({ mediaType: z.string(), sha256: z.string(), base64: z.string() })
          .nullable()
          .describe("null: signed in the portal"),
      }),
    )
    .describe("What each customer signed and this rests on, for whoever acts on it"),
  mayDownload: z.boolean(),
  passkey: passkeyOptions.nullable().describe("To make a passkey by, for later rooms; null where one opened this room"),
  watermark: z.strictObject({ recipient: z.string(), contact: z.string().nullable(), at: instant }),
  shownSeconds: z.int().describe("How long a page shows it"),
});

/** What a check is about, for whoever says it in another language. */
const checkAbout = z
  .strictObject({
    kinds: z.array(z.string()),
    classes: z.array(dataClass),
    unless: z.string(),
    purposes: z.array(purpose),
    purpose,
    kind: z.enum(["policy", "claim", "application"]),
    isOpen: z.boolean(),
    field: fieldPath,
    years: z.int(),
    people: z.int(),
  })
  .partial();

export const flowParams = z.strictObject({ flow: z.string().regex(/^[a-z0-9-]{1,64}$/) });
export const flow = z.strictObject({
  flow: z.string(),
  title: z.string(),
  recipients: z.array(recipientType),
  purpose,
  basis,
  format: z.enum(["json", "csv"]),
  fields: z.array(z.strictObject({ form, paths: z.array(fieldPath) })),
  smallestGroup: z.int().nullable().describe("Counts of groups of at least so many leave, and no values"),
  encloses: z.enum(["authorization"]).nullable().describe("What each customer signed goes along, with its paper"),
  checks: z
    .array(
      z.strictObject({
        check: z.string(),
        says: z.string().describe("What has to hold"),
        about: checkAbout,
        attest: z
          .string()
          .nullable()
          .describe("To be attested by whoever runs it, under this name; null: the server sees for itself"),
        needs: z.enum(["nothing", "reference", "document"]).describe("What an attestation has to name"),
        citation: z.string().nullable(),
      }),
    )
    .describe("What has to hold when it is run, beside all that the gate decides"),
  citation: z.string(),
  confidence: z.enum(["high", "medium", "low"]),
  confirmed: z.enum(["none", "secondary", "text", "design"]),
  waitsFor: z
    .array(z.strictObject({ id: z.string(), title: z.string(), citation: z.string() }))
    .describe("Permits that an officer has yet to sign; without them it sends nothing, or less"),
});
export const flows = z.strictObject({ items: z.array(flow) });
const attestation = z.strictObject({
  attest: z.string().regex(/^[a-z0-9-]{1,64}$/),
  reference: z.string().min(1).max(200).optional().describe("Number or date of the paper"),
  documents: z
    .array(z.strictObject({ customerId: id, recordId: id }))
    .max(LIMITS.customersInBatchMax)
    .default([])
    .describe("Of each customer the record of type document that shows it"),
});
const run = {
  recipientId: id,
  customers,
  justification: question.justification,
  attested: z
    .array(attestation)
    .max(20)
    .default([])
    .describe("What whoever runs it answers for; kept with the package"),
};
export const flowPreviewRequest = z.strictObject({ ...run, customers: customers.max(50) });
export const flowRunRequest = z.strictObject({
  ...run,
  delivery: packageRequest.shape.delivery,
  mayDownload: packageRequest.shape.mayDownload,
  lifetimeHours,
});
export const flowPreview = z.strictObject({
  customers: packagePreview.shape.customers,
  checks: z.array(z.strictObject({ check: z.string(), says: z.string(), isMet: z.boolean() })),
});
