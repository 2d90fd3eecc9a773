// The ledger read back: entries, accounting, receipts, openings, keys of the log.
import { z } from "zod";
import { id, instant, pageLimit, cursor, promise } from "./common.ts";
import { basis, dataClass, entryKind, entryOutcome, purpose } from "./vocabulary.ts";

export const logDescription = z.strictObject({
  origin: z.string(),
  logKey: z.string().describe("Verifier key of checkpoints and receipts, the newest"),
  promiseKey: z.string().describe("Verifier key of promises, the newest"),
  tilesPrefix: z.string(),
  keys: z
    .array(
      z.strictObject({
        key: z.string(),
        signs: z.enum(["checkpoints", "promises"]),
        since: instant.nullable().describe("When the key before gave over to it; null for the first"),
        isRetired: z.boolean().describe("It signs no more; what it signed verifies by it still"),
        handover: z.string().nullable().describe("Signed note of both keys: the one before gave over to this one"),
      }),
    )
    .describe("All keys there are and were, the newest first"),
});

export const entry = z.strictObject({
  entryId: id,
  index: z.number().int(),
  at: instant,
  kind: entryKind,
  outcome: entryOutcome,
  actorId: id.nullable(),
  customerId: id.nullable(),
  recipientId: id.nullable(),
  purpose: purpose.nullable(),
  basis: basis.nullable(),
  classes: z.array(dataClass),
});
export const entryParams = z.strictObject({ entryId: id });
export const openingRequest = z.strictObject({ purpose });
export const opening = z.strictObject({
  entryId: id,
  leaf: z.string().describe("base64"),
  r: z.string().describe("base64 of the 32 bytes that blind the commitment"),
  detail: z.string().describe("The exact canonical JSON the leaf commits to"),
  promise,
});
export const entryFilter = z.strictObject({
  kind: entryKind.optional(),
  actorId: id.optional(),
  customerId: id.optional(),
  recipientId: id.optional().describe("Of the register of third parties"),
  from: instant.optional(),
  to: instant.optional(),
});
export const exportRequest = z.strictObject({
  what: z.literal("entries"),
  columns: z
    .array(
      z.enum([
        "index",
        "entry",
        "at",
        "kind",
        "outcome",
        "actor",
        "customer",
        "recipient",
        "purpose",
        "basis",
        "classes",
      ]),
    )
    .min(1)
    .max(11),
  rows: z.int().min(1).max(10_000).default(10_000).describe("The newest so many"),
  filter: entryFilter.default({}),
});
export const entryQuery = z.strictObject({
  ...entryFilter.shape,
  cursor: cursor.optional(),
  limit: pageLimit,
});

/** One line of a customer's accounting of disclosures (45 CFR 164.528(b): date, recipient, what, purpose). */
export const accountingItem = z.strictObject({
  entryId: id,
  at: instant,
  kind: entryKind,
  outcome: entryOutcome,
  actorRole: z.string().nullable(),
  recipientId: id.nullable(),
  purpose: purpose.nullable(),
  basis: basis.nullable(),
  classes: z.array(dataClass),
});
export const principalParams = z.strictObject({ principalId: id });
export const customersSeenQuery = z.strictObject({
  from: instant,
  to: instant,
  cursor: cursor.optional(),
  limit: pageLimit,
});
export const customerSeen = z.strictObject({ customerId: id, disclosures: z.number().int(), lastAt: instant });
