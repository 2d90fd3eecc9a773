// A change that waits, as it stands among the authority rows of the customer whose record it is to change.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import { keptCode } from "../codes/codes.ts";
import { PURPOSES } from "../kernel/vocabulary.ts";

/** What only the key of a retention unit opens. */
const sealed = z.strictObject({ unitId: z.uuid(), value: z.string() });

const content = z.strictObject({
  unitId: z.uuid(),
  recordId: z.uuid(),
  recordType: z.string(),
  /** Null for a record that is to be added. */
  expectedRevision: z.int().positive().nullable(),
  fieldNames: z.array(z.string()),
  /** New values and reason, under the key of the record's unit. INVARIANT: emptied when the change is over, since ended rows are kept. */
  values: sealed.nullable(),
  askedBy: z.uuid(),
  /** The client through which a person asked. */
  via: z.uuid().nullable(),
  /** Whether the customer was in the asker's hands for a call alone: calls are over by the time a change takes effect. */
  onCall: z.boolean(),
  purpose: z.enum(PURPOSES).nullable(),
  askedAt: z.iso.datetime(),
  effectiveAt: z.iso.datetime(),
  /** Whatever is not confirmed by then is dropped. */
  confirmBy: z.iso.datetime(),
  needsConfirmation: z.boolean(),
  code: keptCode.nullable(),
  confirmedAt: z.iso.datetime().nullable(),
  /** In place of a code, where there is no contact to send one to: the document that says who the customer is, and who has looked at it besides the asker. */
  documentId: z.uuid().nullable().default(null),
  vouchedBy: z.uuid().nullable().default(null),
  /** Where the letters go, under the key of that contact's unit: the contact as it was before. Emptied like the values. */
  to: sealed.nullable(),
  /** The customer's own request that it was granted on: the server's act then, and not the asker's. */
  serves: z.uuid().nullable().default(null),
  /** How it ended, with a code of what it was dropped for; null while it waits. */
  ended: z
    .strictObject({ as: z.enum(["applied", "stopped", "dropped"]), why: z.string().max(60).nullable() })
    .nullable()
    .default(null),
  language: z.enum(["en", "es", "de"]),
});
export type ChangeContent = z.infer<typeof content>;

export type Ended = NonNullable<ChangeContent["ended"]>;

export const CHANGE: RowType<ChangeContent> = { kind: "pending-change", content };

/** What is sealed of a change, opened. */
export const changeValues = z.strictObject({
  /** By field name; an empty string takes the field away. */
  fields: z.record(z.string(), z.string()),
  reason: z.string().nullable(),
  /** Where the record is from now; as before when absent. */
  origin: z.string().max(1000).optional(),
});

export function isConfirmed({ needsConfirmation, confirmedAt }: ChangeContent): boolean {
  return !needsConfirmation || confirmedAt !== null;
}

export function isExpired(held: ChangeContent, now: Date): boolean {
  return !isConfirmed(held) && new Date(held.confirmBy) <= now;
}

export function fieldPaths({ recordType, fieldNames }: Pick<ChangeContent, "recordType" | "fieldNames">): string[] {
  return fieldNames.map((name) => `${recordType}.${name}`);
}

/** What is left of a change that is over: who wanted to change which fields, and when. Its end lies in the past, so it is never in force again. */
export function over(row: Row<ChangeContent>, now: Date, ended: Ended): Row<ChangeContent> {
  return { ...row, endsAt: now, content: { ...row.content, values: null, code: null, to: null, ended } };
}
