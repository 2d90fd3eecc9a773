// Packages: all that a customer may have of what is held about them, to be fetched for a limited time.
import { z } from "zod";
import { cursor, id, instant, pageLimit } from "./common.ts";

const state = z.enum(["in-review", "ready"]);
const form = z.enum(["json", "html", "pdf", "fhir", "archive"]);
const ground = z.enum(["claim-privilege", "pending-claim", "others-rights", "tipping-off", "crime-prevention"]);

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
  papers: z
    .strictObject({
      included: z.number().int(),
      leftOut: z.array(
        z.strictObject({
          why: z.enum(["not-disclosed", "legal-demand", "elsewhere", "too-many"]),
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
export const packageParams = z.strictObject({ customerId: id, copyId: id });
export const packageFormParams = packageParams.extend({ form });
export const ownPackageParams = z.strictObject({ copyId: id, form });
export const packageQuery = z.strictObject({ state: state.optional(), cursor: cursor.optional(), limit: pageLimit });
