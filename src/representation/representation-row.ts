// Somebody's authority to act for a customer, as it stands among that customer's authority rows.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import { DATA_CLASSES } from "../kernel/vocabulary.ts";

const REPRESENTATION_KINDS = ["guardian", "power-of-attorney", "executor"] as const;

const content = z.strictObject({
  /** Also a customer: who they are stands in their own file. */
  representativeId: z.uuid(),
  kind: z.enum(REPRESENTATION_KINDS),
  /** The record that shows it: a court's order, a deed, letters testamentary. */
  documentId: z.uuid(),
  /** Null covers all. */
  unitIds: z.array(z.uuid()).max(50).nullable(),
  classes: z.array(z.enum(DATA_CLASSES)).nullable(),
  startsAt: z.iso.datetime(),
  requestedBy: z.uuid(),
  /** Null where one person is enough. */
  approvedBy: z.uuid().nullable(),
  isGranted: z.boolean(),
});
export type RepresentationContent = z.infer<typeof content>;

export const REPRESENTATION: RowType<RepresentationContent> = { kind: "representation", content };

export function isInForce({ content: held }: Row<RepresentationContent>, now: Date): boolean {
  return held.isGranted && new Date(held.startsAt) <= now;
}
