// Packages: all that a customer may have of what is held about them, to be fetched for a limited time.
import { z } from "zod";
import { code, cursor, id, instant, pageLimit } from "./common.ts";
import { COPY_FORMS } from "./file-endings.ts";
import { toldOrigin } from "./origins.ts";

const state = z.enum(["in-review", "ready"]);
const form = z.enum(COPY_FORMS);
const ground = z.enum([
  "claim-privilege",
  "pending-claim",
  "others-rights",
  "confidential-source",
  "tipping-off",
  "crime-prevention",
]);

export const packageDraft = z.strictObject({
  language: z.enum(["en", "es", "de"]).default("en").describe("Of the plain-language forms"),
  requestId: id.optional().describe("The customer's request that it answers"),
});
export const packageFace = z.strictObject({
  copyId: id,
  customerId: id,
  requestId: id.nullable(),
  state,
  language: z.string(),
  madeBy: id,
  madeAt: instant,
  expiresAt: instant.nullable().describe("Not to be fetched any more from then on"),
  records: z.number().int().describe("What records say under each topic, counted"),
  held: z
    .array(
      z.strictObject({
        unitId: id,
        type: z.string(),
        records: z.number().int(),
        why: z.enum(["investigation", "privileged"]),
        judged: z
          .strictObject({ by: id, at: instant, ground: ground.nullable() })
          .nullable()
          .describe("By counsel, or an investigator who does not run the case; ground null: the person may have it"),
        decision: z.strictObject({ by: id, at: instant, ground: ground.nullable() }).nullable(),
      }),
    )
    .describe("Kept back until a person other than the maker has looked at it; ground null: released"),
  others: z
    .strictObject({ records: z.number().int(), waiting: z.number().int() })
    .describe("Records that may name other people, and how many of them nobody has decided on"),
  papers: z
    .strictObject({
      included: z.number().int(),
      leftOut: z.array(
        z.strictObject({
          why: z.enum(["not-disclosed", "legal-demand", "elsewhere", "too-many", "in-review", "withheld"]),
          count: z.number().int(),
        }),
      ),
    })
    .describe("Papers that go along in the archive, and why others do not: the customer is told of the first only"),
  fetched: z.array(z.strictObject({ by: id, at: instant, form: z.string() })).describe("The last 50 times"),
});
/** What the customer is told of it: nothing of what is kept back. */
export const ownPackage = packageFace
  .pick({ copyId: true, state: true, language: true, madeAt: true, expiresAt: true })
  .extend({ papers: z.number().int().describe("Papers that go along in the archive") });
export const ownPackages = z.strictObject({ items: z.array(ownPackage).describe("The newest first") });
export const packages = z.strictObject({ items: z.array(packageFace).describe("The newest first") });
export const heldDecision = z.discriminatedUnion("release", [
  z.strictObject({
    unitId: id,
    release: z
      .literal(true)
      .describe("By the privacy officer, once somebody else has judged it, and as far as the policies show it"),
  }),
  z.strictObject({ unitId: id, release: z.literal(false), ground: ground.describe("By which law it is withheld") }),
]);
export const heldJudgement = z.discriminatedUnion("release", [
  z.strictObject({
    unitId: id,
    release: z.literal(true).describe("The person may have it; never while the claim or investigation is open"),
  }),
  z.strictObject({ unitId: id, release: z.literal(false), ground: ground.describe("By which law it is withheld") }),
]);
const place = z.number().int().min(0).max(1_000_000);
const heldRecordShape = {
  recordId: id,
  unitId: id,
  type: code,
  fields: z.array(code).describe("Names of the fields that hold something"),
  decision: z
    .strictObject({
      by: id,
      at: instant,
      ground: ground.nullable().describe("null: released"),
      struck: z.number().int().describe("Passages that were struck out"),
      insteadId: id.nullable().describe("The redacted copy that goes in place of the paper"),
    })
    .nullable(),
};
export const heldRecord = z.strictObject(heldRecordShape);
export const heldRecords = z.strictObject({ items: z.array(heldRecord).describe("By unit") });
export const heldReading = z.strictObject({
  ...heldRecordShape,
  revision: z.number().int().describe("A release names it"),
  disclosureId: id,
  origin: toldOrigin,
  texts: z.array(
    z.strictObject({
      name: code,
      label: z.string(),
      value: z.string(),
      proposals: z
        .array(
          z.strictObject({
            from: place,
            to: place,
            why: z
              .enum(["known", "identifier", "addressed"])
              .describe(
                "A name that the vault knows; what looks like an address, an account or a number; a titled name",
              ),
          }),
        )
        .describe("What may be struck out: a help, computed for this answer and kept nowhere"),
    }),
  ),
});
export const heldOutcome = z.discriminatedUnion("release", [
  z.strictObject({
    release: z.literal(true),
    revision: z.number().int().min(1).describe("Of the record, as it was read"),
    strikes: z
      .array(z.strictObject({ field: code, from: place, to: place }))
      .max(1000)
      .default([])
      .describe("Places in the text as it was read, in UTF-16 code units, from the first to the one after the last"),
    insteadId: id.optional().describe("For a paper: the record of its redacted copy, filed in the same place"),
  }),
  z.strictObject({ release: z.literal(false), ground: ground.describe("By which law it is kept back") }),
]);
export const heldRecordParams = z.strictObject({ customerId: id, copyId: id, recordId: id });
export const packageParams = z.strictObject({ customerId: id, copyId: id });
export const packageFormParams = packageParams.extend({ form });
export const ownPackageParams = z.strictObject({ copyId: id, form });
export const packageQuery = z.strictObject({ state: state.optional(), cursor: cursor.optional(), limit: pageLimit });
