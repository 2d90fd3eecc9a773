// An authorization as it stands among its customer's authority rows, and what state that is.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import { RECIPIENTS } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { parseId } from "../kernel/ids.ts";
import { DATA_CLASSES, PURPOSES } from "../kernel/vocabulary.ts";

const instant = z.iso.datetime();
const id = z.string().refine((text): text is Uuid => parseId(text) === text, "an id");

/** How far it reaches. */
const scope = {
  classes: z.array(z.enum(DATA_CLASSES)).min(1).max(DATA_CLASSES.length),
  /** A type alone names a class of persons (45 CFR 164.508(c)(1)(iii)); `none` is the insurer itself. */
  recipients: z
    .array(z.strictObject({ type: z.enum(RECIPIENTS), recipientId: id.nullable() }))
    .min(1)
    .max(20),
  purposes: z.array(z.enum(PURPOSES)).min(1).max(PURPOSES.length),
  /** Null covers all. */
  unitIds: z.array(id).max(50).nullable(),
  recordIds: z.array(id).max(200).nullable(),
};

/** What shows that it was given. */
const signing = z.strictObject({
  signer: z.enum(["customer", "representative"]),
  /** The authority row of whoever signed for the customer. */
  representationId: id.nullable(),
  signedAt: instant,
  /** The record that holds the paper; null where it was signed in the portal. */
  documentId: id.nullable(),
  /** Of the form's, as whoever captured it found them. */
  elements: z.array(z.string().max(64)).max(50),
  recordedBy: id,
  recordedAt: instant,
});
export type Signing = z.infer<typeof signing>;

const content = z.strictObject({
  form: z.string().max(64),
  ...scope,
  /** Sealed under the key of the customer's own relationship: part of the body, kinds of diagnosis, dates of service. */
  narrowing: z.strictObject({ unitId: id, value: z.string() }).nullable(),
  startsAt: instant,
  expiresAt: instant.nullable(),
  askedBy: id.nullable(),
  askedAt: instant.nullable(),
  given: signing.nullable(),
  refusedAt: instant.nullable(),
  withdrawn: z.strictObject({ by: id, at: instant }).nullable(),
  /** What it renews, and what renewed it. */
  renews: id.nullable(),
  renewedBy: id.nullable(),
});
export type AuthorizationContent = z.infer<typeof content>;

export const AUTHORIZATION: RowType<AuthorizationContent> = { kind: "authorization", content };
export type AuthorizationRow = Row<AuthorizationContent>;

export type AuthorizationState = "asked" | "refused" | "given" | "expired" | "renewed" | "withdrawn";

export function stateOf({ content: held }: Pick<AuthorizationRow, "content">, now: Date): AuthorizationState {
  if (held.withdrawn !== null) return "withdrawn";
  if (held.renewedBy !== null) return "renewed";
  if (held.refusedAt !== null) return "refused";
  if (held.expiresAt !== null && new Date(held.expiresAt) <= now) return "expired";
  return held.given === null ? "asked" : "given";
}

/** Counts as authorization now. */
export function isInForce(row: Pick<AuthorizationRow, "content">, now: Date): boolean {
  return stateOf(row, now) === "given" && new Date(row.content.startsAt) <= now;
}
