// Customers, their retention units, records, links, flags: writing, and the masked view.
import { z } from "zod";
import { code, cursor, fieldPath, fieldValues, id, instant, invokedGrant, LIMITS, promise } from "./common.ts";
import { originDraft, toldOrigin } from "./origins.ts";
import { letterLanguage } from "./portal.ts";
import { dataClass, entryKind, flagKind, line, linkKind, purpose, role, unitKind } from "./vocabulary.ts";

export const unitDraft = z.strictObject({
  kind: unitKind,
  entity: code.describe("Legal entity that owes the duty, e.g. acme-life"),
  brand: code,
  line,
  book: z.string().min(1).max(100).optional().describe("Producer code or contracted block; kept as a keyed id only"),
});

export const recordDraft = z.strictObject({
  type: code.describe("Record type of the schema registry, e.g. claim"),
  fields: fieldValues,
  origin: originDraft.optional().describe("Where it comes from and on which lawful ground; not recorded when left out"),
});

export const customerDraft = z.strictObject({
  kind: z.enum(["person", "organisation"]),
  units: z
    .array(z.strictObject({ ...unitDraft.shape, records: z.array(recordDraft).max(LIMITS.recordsMax) }))
    .min(1)
    .max(LIMITS.recordsMax),
  source: z
    .strictObject({ system: code, key: z.string().min(1).max(200) })
    .optional()
    .describe(
      "The source system's own key for this customer; the same key from the same client again is the same customer",
    ),
});

export const written = z.strictObject({
  customerId: id,
  units: z.array(z.strictObject({ unitId: id, kind: unitKind })),
  records: z.array(z.strictObject({ recordId: id, type: code, revision: z.number().int() })),
  entryId: id,
});

/** Of writes to an existing customer, which may have to wait. */
export const writtenOrPending = z.strictObject({
  ...written.shape,
  pending: z
    .strictObject({
      changeId: id,
      effectiveAt: instant.describe("At the earliest"),
      confirmed: z
        .boolean()
        .describe("False until the customer has confirmed it with the code sent to the contact on file"),
    })
    .optional()
    .describe("Set when nothing was written yet: payee, bank account, address and contact wait"),
});

export const unitWithRecords = z.strictObject({
  ...unitDraft.shape,
  records: z.array(recordDraft).max(LIMITS.recordsMax).default([]),
});
/** What the caller tells; where the claim belongs is the policy's entity, brand and line. */
export const firstNoticeDraft = z.strictObject({
  entity: unitDraft.shape.entity,
  brand: unitDraft.shape.brand,
  line: unitDraft.shape.line,
  claim: fieldValues.describe("Fields of a claim record"),
  origin: originDraft.optional().describe("Who gives notice, and on which ground; not recorded when left out"),
});
export const firstNotice = z.strictObject({
  customerId: id,
  unitId: id,
  recordId: id,
  assignmentId: id,
  team: z.string().describe("In whose hands the claim is now"),
  entryId: id.describe("The one entry of claim and assignment"),
});
export const recordInUnit = z.strictObject({
  unitId: id,
  ...recordDraft.shape,
  language: letterLanguage.default("en"),
  documentId: id
    .optional()
    .describe("A first contact of somebody who has none: the document on file that a second person is to look at"),
});
export const recordParams = z.strictObject({ customerId: id, recordId: id });
export const unitParams = z.strictObject({ customerId: id, unitId: id });
export const correction = z.strictObject({
  expectedRevision: z.number().int().positive().describe("The revision that was read; another one answers 409"),
  fields: fieldValues.describe("New values; an empty string takes the field away"),
  reason: z.string().min(3).max(500),
  origin: originDraft.optional().describe("Where the record comes from now; as before when left out"),
  language: letterLanguage.default("en"),
  documentId: id
    .optional()
    .describe(
      "Where no contact of theirs is asked, for a protection order: the document that a second person looks at",
    ),
});
export const unitChange = z
  .strictObject({
    status: z.enum(["open", "closed"]).optional(),
    book: z.string().min(1).max(100).nullable().optional(),
  })
  .refine((change) => change.status !== undefined || change.book !== undefined, "name a status or a book");

export const maskedViewQuery = z.strictObject({ purpose, as: invokedGrant, cursor: cursor.optional() });
export const maskedField = z.strictObject({
  field: fieldPath,
  dataClass,
  label: z.string(),
  form: z.literal("masked"),
  value: z.string().optional(),
  disputed: z
    .strictObject({ statementId: id, filedAt: instant })
    .optional()
    .describe("The customer says that it is wrong; the words go with the field in clear"),
});
export const historyParams = z.strictObject({ customerId: id, recordId: id });
export const historyQuery = z.strictObject({ purpose, as: invokedGrant, cursor: cursor.optional() });
export const recordHistory = z.strictObject({
  customerId: id,
  recordId: id,
  revisions: z
    .array(
      z.strictObject({
        revision: z.int(),
        entryId: id
          .nullable()
          .describe("The ledger entry that made it; null where the one that is named does not say so"),
        by: z
          .strictObject({ at: instant, kind: entryKind, actorId: id.nullable(), role: role.nullable() })
          .nullable()
          .describe(
            "When and by whom; null where the entry is kept from you, or not known. The role is the one held now",
          ),
        changed: z.array(fieldPath).describe("Set or changed by it; of fields you may see masked"),
        removed: z.array(fieldPath),
        fields: z
          .array(maskedField)
          .describe("As it read then, masked; ask for clear values by a disclosure with `revision`"),
        origin: toldOrigin,
      }),
    )
    .describe("Newest first, the one in force at the top of the first page"),
  next: cursor.nullable(),
  promise,
});
export const maskedView = z.strictObject({
  customerId: id,
  units: z.array(
    z.strictObject({
      unitId: id,
      kind: unitKind,
      entity: code,
      brand: code,
      line,
      status: z.enum(["open", "closed", "erased"]),
      records: z.array(
        z.strictObject({ recordId: id, type: code, revision: z.number().int(), fields: z.array(maskedField) }),
      ),
    }),
  ),
  flags: z.array(z.strictObject({ kind: flagKind })).describe("Only those this role needs to know"),
  next: cursor.nullable().describe("For the next 200 records; each page is a look of its own in the ledger"),
  promise,
});

/** The other customer is the `kind` of this one. */
export const linkDraft = z.strictObject({
  otherCustomerId: id,
  kind: linkKind,
  unitId: id.optional().describe("The policy or claim of this customer that it is about"),
});
export const link = z.strictObject({
  linkId: id,
  customerId: id,
  otherCustomerId: id,
  kind: linkKind,
  holder: z.enum(["other", "this"]).describe("Which of the two is the other's `kind`: the dependant, the beneficiary"),
  unitId: id.nullable().describe("The policy or claim it is about"),
  ended: z.boolean(),
});
export const linkParams = z.strictObject({ customerId: id, linkId: id });

export const flagDraft = z.strictObject({
  kind: flagKind,
  startsAt: instant.optional(),
  endsAt: instant.optional(),
  reason: z.string().min(3).max(500).describe("Kept sealed in the ledger; name no person"),
});
export const flag = z.strictObject({ flagId: id, kind: flagKind, startsAt: instant, endsAt: instant.nullable() });
export const flags = z.strictObject({ items: z.array(flag) });
export const flagParams = z.strictObject({ customerId: id, flagId: id });

export const suggestion = z.strictObject({
  customerId: id,
  otherCustomerId: id,
  reason: code,
  state: z.enum(["open", "same", "different"]),
});
export const suggestionDecision = z.strictObject({
  customerId: id,
  otherCustomerId: id,
  decision: z.enum(["same", "different"]),
  reason: z.string().min(3).max(500),
});
