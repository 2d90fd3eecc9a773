// A recipient as it stands in the register: an authority row of its own, which owns its contracts and keys.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import { RECIPIENTS } from "../disclosure/disclosure.ts";

const RECIPIENT_STATES = ["requested", "active", "suspended", "ended"] as const;
export type RecipientState = (typeof RECIPIENT_STATES)[number];

/** What is told of a recipient when it is registered, and again whenever it changes. */
const details = {
  name: z.string().min(1).max(200),
  type: z.enum(RECIPIENTS).exclude(["none"]),
  /** ISO 3166-1 or -2. */
  jurisdiction: z.string().max(6),
  /** Where one-time codes for rooms and words of packages go. */
  contact: z.string().max(254).nullable(),
  /** Where letters go: street and place, as the lines below a name. */
  postalAddress: z.array(z.string().min(1).max(60)).max(5).default([]),
  /** Through which its own people prove who they are, where it has one: the issuer, and what this server is called there. */
  identityProvider: z.string().max(300).nullable(),
  identityClientId: z.string().max(200).nullable().default(null),
  /** By which this server proves itself there; null: a public client, bound by its proof key alone. INVARIANT: shown to nobody. */
  identityClientSecret: z.string().max(300).nullable().default(null),
  subcontractors: z
    .array(z.strictObject({ name: z.string().max(200), jurisdiction: z.string().max(6), service: z.string().max(200) }))
    .max(50),
  /** How identity and authority were verified (45 CFR 164.514(h)). */
  verification: z.string().min(1).max(1000),
};
const detailsSchema = z.strictObject(details);
type AllDetails = z.infer<typeof detailsSchema>;
/** A secret that is not told anew stays, while provider and client are the same. */
export interface RecipientDetails extends Omit<AllDetails, "identityClientSecret"> {
  readonly identityClientSecret?: string | null | undefined;
}

const exit = z.strictObject({
  /** What became of what the recipient was given. */
  method: z.enum(["returned", "destroyed", "kept-by-law"]),
  reference: z.string().min(1).max(200),
  at: z.iso.datetime(),
  by: z.uuid(),
});
export type ExitCertificate = z.infer<typeof exit>;

const content = z.strictObject({
  ...details,
  state: z.enum(RECIPIENT_STATES),
  requestedBy: z.uuid(),
  requestedAt: z.iso.datetime(),
  approvedBy: z.uuid().nullable(),
  approvedAt: z.iso.datetime().nullable(),
  exit: exit.nullable(),
});
export type RecipientContent = z.infer<typeof content>;

export const RECIPIENT: RowType<RecipientContent> = { kind: "recipient", content };
export type RecipientRow = Row<RecipientContent>;

/** Public authorities are owed what law says, and sign no contract; a mandate in the register says what. */
const AUTHORITIES: ReadonlySet<RecipientContent["type"]> = new Set([
  "regulator",
  "law-enforcement",
  "fraud-bureau",
  "court",
  "individual",
]);

export function needsContract({ type }: Pick<RecipientContent, "type">): boolean {
  return !AUTHORITIES.has(type);
}
