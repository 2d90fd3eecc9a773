// A package as it stands among the customer's authority rows: how far it is, what is held for review, who fetched it.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { LANGUAGES } from "./context.ts";

/** For 30 days. */
export const KEPT_MS = 30 * 86_400_000;

/** Why something may be kept from the person it is about; `isTold`: the package says so. */
export const WITHHOLDING_GROUNDS = {
  "claim-privilege": { citation: "NAIC Model 670 § 8(A)(4); attorney-client privilege", isTold: true },
  "pending-claim": { citation: "NAIC Model 670 § 8(E)", isTold: true },
  "others-rights": { citation: "GDPR Art. 15(4); 45 CFR 164.524(a)(3)(ii)", isTold: true },
  "confidential-source": { citation: "45 CFR 164.524(a)(2)(v)", isTold: true },
  "tipping-off": { citation: "Directive (EU) 2015/849, Art. 39; 31 CFR 1025.320(e)", isTold: false },
  "crime-prevention": { citation: "GDPR Art. 23(1)(d); UK DPA 2018, Sch. 2 para. 2", isTold: false },
} as const;
export type WithholdingGround = keyof typeof WITHHOLDING_GROUNDS;
export const WITHHOLDING_GROUND = z.enum(
  Object.keys(WITHHOLDING_GROUNDS) as [WithholdingGround, ...WithholdingGround[]],
);

/** What somebody who knows the matter has judged of it: counsel, or an investigator who does not run the case. */
const judgement = z.strictObject({
  by: z.uuid(),
  at: z.iso.datetime(),
  /** Null: the person may have it. */
  ground: WITHHOLDING_GROUND.nullable(),
  /** What it is about, as it stood then: id and revision. What came or changed since has not been judged. */
  records: z.array(z.strictObject({ recordId: z.uuid(), revision: z.int() })).max(100),
});
export type Judgement = z.infer<typeof judgement>;

/**
 * `not-disclosed`: the gate denies it to the customer; `legal-demand`: one rests on it; `elsewhere`: only its digest is kept here; `in-review`: it may name others
 * and nobody has decided on it yet; `withheld`: somebody has.
 */
export const PAPERS_LEFT_OUT = [
  "not-disclosed",
  "legal-demand",
  "elsewhere",
  "too-many",
  "in-review",
  "withheld",
] as const;
export type PaperLeftOut = (typeof PAPERS_LEFT_OUT)[number];

/** What is held back of one retention unit until somebody has decided on it. */
const item = z.strictObject({
  unitId: z.uuid(),
  type: z.string(),
  records: z.int(),
  why: z.enum(["investigation", "privileged"]),
  judged: judgement.nullable().default(null),
  decision: z
    .strictObject({
      by: z.uuid(),
      at: z.iso.datetime(),
      /** Null: released. */
      ground: WITHHOLDING_GROUND.nullable(),
    })
    .nullable(),
});
const content = z.strictObject({
  requestId: z.uuid().nullable(),
  language: z.enum(LANGUAGES),
  madeBy: z.uuid(),
  madeAt: z.iso.datetime(),
  parts: z.int(),
  /** Of the units that the parts speak of (`parts.ts`). */
  chain: z.string().regex(/^[0-9a-f]{64}$/),
  records: z.int(),
  held: z.array(item),
  /** Records that may name other people (`others-row.ts`), and how many of them nobody has decided on. */
  others: z
    .strictObject({ records: z.int(), waiting: z.int() })
    // Of copies that were made before anybody looked.
    .default({ records: 0, waiting: 0 }),
  /** Which papers go along, and why others do not. */
  papers: z
    .strictObject({
      included: z.int(),
      leftOut: z.array(z.strictObject({ why: z.enum(PAPERS_LEFT_OUT), count: z.int() })),
    })
    // Of copies that were made before papers went along.
    .default({ included: 0, leftOut: [] }),
  fetched: z.array(z.strictObject({ by: z.uuid(), at: z.iso.datetime(), form: z.string() })),
});
export type PackageContent = z.infer<typeof content>;

export const PACKAGE: RowType<PackageContent> = { kind: "data-copy", content };
export type PackageRow = Row<PackageContent>;

const FORMS = ["json", "html", "pdf", "fhir", "archive"] as const;
export type PackageForm = (typeof FORMS)[number];
export type PackageState = "in-review" | "ready";

export interface PackageFace extends Omit<PackageContent, "chain" | "parts" | "madeBy"> {
  readonly copyId: Uuid;
  readonly customerId: Uuid;
  readonly state: PackageState;
  readonly madeBy: Uuid;
  readonly expiresAt: string | null;
}

export function stateOf({ held, others }: PackageContent): PackageState {
  return others.waiting > 0 || held.some(({ decision }) => decision === null) ? "in-review" : "ready";
}

export function faceOf({ rowId, ownerId, endsAt, content: held }: PackageRow): PackageFace {
  const { chain: _chain, parts: _parts, madeBy, ...shown } = held;
  const expiresAt = endsAt?.toISOString() ?? null;
  return { ...shown, copyId: rowId, customerId: ownerId, state: stateOf(held), madeBy: asId(madeBy), expiresAt };
}
