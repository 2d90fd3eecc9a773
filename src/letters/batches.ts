// Batches: letters that wait, taken together to be printed. A letter stands in one batch or in none, whatever crashes when.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import { changeLetters } from "./change-letters.ts";
import type { LettersContext } from "./context.ts";
import { LettersError } from "./errors.ts";
import { letterAt, lettersIn } from "./letter-index.ts";
import { BATCH, BATCH_LETTERS_MAX, type BatchContent, type BatchRow, type LetterRow } from "./letter-row.ts";

/** Throws LettersError `nothing-waits`, `changed-meanwhile` (where somebody else took some of them). */
export async function makeBatch(
  context: LettersContext,
  asker: Authenticated,
  { sides, most }: { readonly sides: "one" | "two"; readonly most: number },
  also?: AlsoWrite,
): Promise<Uuid> {
  const { access, clock } = context;
  const limit = Math.min(most, BATCH_LETTERS_MAX);
  const mayTake = access.may(asker, "letter.print");
  const { items } = mayTake ? await lettersIn(context, "waiting", { after: null, limit }) : { items: [] };
  if (mayTake && items.length === 0) throw new LettersError("nothing-waits");
  const batchId = newId();
  const to: BatchContent = {
    madeBy: asker.principalId,
    madeAt: clock.now().toISOString(),
    sides,
    letters: items.map(({ rowId, ownerId }) => ({ letterId: rowId, customerId: ownerId })),
    printed: null,
    prints: 0,
    posted: null,
  };
  await changeLetters(context, {
    action: "letter.print",
    actor: asker,
    also,
    letters: items.map((row) => ({ row, to: { ...row.content, state: "in-batch", batchId } })),
    batch: { batchId, before: null, to },
    detail: { batch: batchId, step: "made", letters: items.length },
    id: batchId,
  });
  return batchId;
}

/** Throws LettersError `unknown-batch`. */
export async function batchAt({ authority, database }: LettersContext, batchId: Uuid): Promise<BatchRow> {
  const [row] = await authority.live(database, BATCH, batchId);
  if (row === undefined) throw new LettersError("unknown-batch");
  return row;
}

/** Those that still stand in it; of who is gone meanwhile there is none. */
export async function lettersOf(context: LettersContext, batch: BatchRow): Promise<readonly LetterRow[]> {
  const rows: LetterRow[] = [];
  for (const at of batch.content.letters) {
    const row = await letterAt(context, at);
    if (row?.content.state === "in-batch" && row.content.batchId === batch.rowId) rows.push(row);
  }
  return rows;
}

/** Its letters wait again: for a batch that was not printed, or whose paper was destroyed. Throws LettersError `wrong-state` once it is posted. */
export async function dissolveBatch(
  context: LettersContext,
  asker: Authenticated,
  batchId: Uuid,
  also?: AlsoWrite,
): Promise<void> {
  const batch = await batchAt(context, batchId);
  if (batch.content.posted !== null) throw new LettersError("wrong-state");
  const rows = await lettersOf(context, batch);
  await changeLetters(context, {
    action: "letter.print",
    actor: asker,
    also,
    letters: rows.map((row) => ({ row, to: { ...row.content, state: "waiting", batchId: null } })),
    batch: { batchId, before: batch, to: null },
    detail: { batch: batchId, step: "dissolved", letters: rows.length },
    id: batchId,
  });
}

export interface BatchPage {
  readonly items: readonly BatchRow[];
  readonly next: Uuid | null;
}

export async function batchPage(
  { authority, database }: LettersContext,
  page: { readonly after: Uuid | null; readonly limit: number },
): Promise<BatchPage> {
  const { rows, next } = await authority.page(database, BATCH, { state: "live", ...page });
  return { items: rows, next: next === null ? null : asId(next) };
}
