// A case as it stands among the authority rows of the customer who asked.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";

/** Sealed under the key of the customer's own relationship. */
const sealed = z.strictObject({ unitId: z.uuid(), value: z.string() });

const content = z.strictObject({
  /** The line of the timeline that was not recognised. */
  entryId: z.uuid(),
  /** Whose look it is; null for the server's own. */
  aboutId: z.uuid().nullable(),
  /** The client through which that one acted. */
  aboutVia: z.uuid().nullable(),
  openedBy: z.uuid(),
  openedAt: z.iso.datetime(),
  words: sealed,
  answer: z.strictObject({ by: z.uuid(), role: z.string(), at: z.iso.datetime(), words: sealed }).nullable(),
  closedAt: z.iso.datetime().nullable(),
});
export type CaseContent = z.infer<typeof content>;

export const CASE: RowType<CaseContent> = { kind: "customer-case", content };
export type CaseRow = Row<CaseContent>;

export type CaseState = "open" | "answered" | "closed";

export function stateOf({ answer, closedAt }: CaseContent): CaseState {
  if (closedAt !== null) return "closed";
  return answer === null ? "open" : "answered";
}

export interface CaseFace {
  readonly caseId: Uuid;
  readonly customerId: Uuid;
  readonly entryId: Uuid;
  readonly state: CaseState;
  readonly openedAt: Date;
  readonly answeredAt: Date | null;
  readonly closedAt: Date | null;
}

export function faceOf({ rowId, ownerId, content: held }: CaseRow): CaseFace {
  const { entryId, openedAt, answer: given, closedAt } = held;
  return {
    caseId: rowId,
    customerId: ownerId,
    entryId: asId(entryId),
    state: stateOf(held),
    openedAt: new Date(openedAt),
    answeredAt: given === null ? null : new Date(given.at),
    closedAt: closedAt === null ? null : new Date(closedAt),
  };
}
