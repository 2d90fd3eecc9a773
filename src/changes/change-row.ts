// A change that waits, as it stands among the authority rows of the customer whose record it is to change.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import { keptCode } from "../codes/codes.ts";
import { PURPOSES } from "../kernel/vocabulary.ts";

const content = z.strictObject({
  recordId: z.uuid(),
  recordType: z.string(),
  expectedRevision: z.int().positive(),
  fieldNames: z.array(z.string()),
  /** By field name; an empty string takes the field away. INVARIANT: emptied when the change is over, since ended rows are kept. */
  fields: z.record(z.string(), z.string()),
  askedBy: z.uuid(),
  /** The client through which a person asked. */
  via: z.uuid().nullable(),
  purpose: z.enum(PURPOSES).nullable(),
  reason: z.string(),
  askedAt: z.iso.datetime(),
  effectiveAt: z.iso.datetime(),
  /** Whatever is not confirmed by then is dropped. */
  confirmBy: z.iso.datetime(),
  needsConfirmation: z.boolean(),
  code: keptCode.nullable(),
  confirmedAt: z.iso.datetime().nullable(),
  /** Where the letters go: the contact as it was before. Emptied like the values. */
  to: z.string().nullable(),
  language: z.enum(["en", "es", "de"]),
});
export type ChangeContent = z.infer<typeof content>;

export const CHANGE: RowType<ChangeContent> = { kind: "pending-change", content };

export function isConfirmed({ needsConfirmation, confirmedAt }: ChangeContent): boolean {
  return !needsConfirmation || confirmedAt !== null;
}

export function isExpired(held: ChangeContent, now: Date): boolean {
  return !isConfirmed(held) && new Date(held.confirmBy) <= now;
}

/** What is left of a change that is over: who wanted to change which fields, and when. Its end lies in the past, so it is never in force again. */
export function over(row: Row<ChangeContent>, now: Date): Row<ChangeContent> {
  return { ...row, endsAt: now, content: { ...row.content, fields: {}, code: null, to: null, reason: "" } };
}
