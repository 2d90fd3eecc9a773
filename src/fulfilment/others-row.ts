// What of a copy may name other people and waits for somebody to look: which fields of which records, and what was decided of each. Ids and names of fields alone.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import { WITHHOLDING_GROUND } from "./package-row.ts";

/** Of one row: some 30 KB of the 64 that one may hold. */
export const HELD_A_ROW = 50;

const heldRecord = z.strictObject({
  recordId: z.uuid(),
  unitId: z.uuid(),
  type: z.string(),
  fields: z.array(z.string()).max(100),
  decision: z
    .strictObject({
      by: z.uuid(),
      at: z.iso.datetime(),
      /** Null: released. */
      ground: WITHHOLDING_GROUND.nullable(),
      /** Passages that were struck out; which ones stands with the text, under its unit's key. */
      struck: z.int(),
      /** The redacted copy that goes in place of the paper. */
      insteadId: z.uuid().nullable(),
    })
    .nullable(),
});
export type HeldRecord = z.infer<typeof heldRecord>;

const content = z.strictObject({ copyId: z.uuid(), records: z.array(heldRecord).max(HELD_A_ROW) });
type OthersContent = z.infer<typeof content>;

export const OTHERS: RowType<OthersContent> = { kind: "data-copy-others", content };
export type OthersRow = Row<OthersContent>;
