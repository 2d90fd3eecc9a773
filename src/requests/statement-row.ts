// What a customer says of a field after its correction was refused, as it stands in the request's row, and who is to be told of it.
import { z } from "zod";
import { deed } from "./deed-row.ts";

const id = z.uuid();

/** With its words and tells some 16 KiB at most, of the 64 that a row has. */
export const STATEMENTS_MAX = 3;
export const STATEMENT_TELLS_MAX = 20;

export const statement = z.strictObject({
  statementId: id,
  recordId: id,
  unitId: id,
  recordType: z.string().max(60),
  fieldNames: z.array(z.string().max(60)).min(1).max(5),
  /** Sealed under the key of the record's unit, so that they go with the record. */
  words: z.string(),
  by: id,
  at: z.iso.datetime(),
  /** It accompanies nothing any more; the customer said so, or filed another in its place. */
  withdrawn: z.strictObject({ by: id, at: z.iso.datetime(), replacedBy: id.nullable() }).nullable().default(null),
  /** Apart from the deeds of decisions: a refusal is answered, whoever is still to be told of the statement. */
  tells: z.array(deed).max(STATEMENT_TELLS_MAX + 1),
});
export type Statement = z.infer<typeof statement>;

export const statementPart = (statementId: string): string => `statement-${statementId}`;
