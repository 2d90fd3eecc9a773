// The index of letters by how far they are, derived from the letters alone; and the walk that keeps it true to them.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import type { LettersContext } from "./context.ts";
import { LETTER, type LetterContent, type LetterRow, type LetterState } from "./letter-row.ts";
import { deleteIndexed, type IndexedLetter, putIndexed, selectByState, selectIndexed } from "./letter-store.ts";

interface Indexing {
  readonly letterId: Uuid;
  readonly customerId: Uuid;
  readonly revision: number;
  readonly content: LetterContent;
}

/** In the transaction that writes the letter. */
export function indexLetter(on: Querier, { content: { state, batchId }, ...of }: Indexing): Promise<void> {
  return putIndexed(on, { ...of, state, batchId: batchId === null ? null : asId(batchId) });
}

export interface LetterPage {
  readonly items: readonly LetterRow[];
  readonly next: Uuid | null;
}

/** What the index says, each read from the letter itself: what is not in that state is left out and reported. */
export async function lettersIn(
  context: LettersContext,
  state: LetterState,
  page: { readonly after: Uuid | null; readonly limit: number },
): Promise<LetterPage> {
  const { database, onAnomaly } = context;
  const found = await selectByState(database, state, page);
  const items: LetterRow[] = [];
  for (const one of found) {
    const row = await letterAt(context, one);
    if (row?.content.state === state) items.push(row);
    // A letter that moved on between the two readings is no fault.
    else if (row === null || row.revision <= one.revision)
      onAnomaly({ row: "letter", code: "extra", id: one.letterId });
  }
  const last = found.length === page.limit ? found.at(-1) : undefined;
  return { items, next: last === undefined ? null : asId(last.letterId) };
}

/** The letter that an index row leads to; null where there is none in force. */
export async function letterAt(
  { authority, clock, database }: LettersContext,
  { letterId, customerId }: Pick<IndexedLetter, "letterId" | "customerId">,
): Promise<LetterRow | null> {
  const row = await authority.get(database, LETTER, { ownerId: asId(customerId), rowId: asId(letterId) });
  const isOver = row === null || row.state === "ended" || (row.endsAt !== null && row.endsAt <= clock.now());
  return isOver ? null : row;
}

const PAGE = 200;

/** One page of the walk over all letters: what the index lacks or says wrongly is made anew, so that no letter is forgotten for long. */
export async function mendIndex(context: LettersContext, after: Uuid | null): Promise<Uuid | null> {
  const { authority, clock, database, onAnomaly } = context;
  const page = await authority.page(database, LETTER, { state: "live", after, limit: PAGE });
  const indexed = new Map(
    (
      await selectIndexed(
        database,
        page.rows.map(({ rowId }) => rowId),
      )
    ).map((one) => [one.letterId, one]),
  );
  for (const row of page.rows) {
    if (row.endsAt !== null && row.endsAt <= clock.now()) continue;
    const code = faultOf(row, indexed.get(row.rowId));
    if (code === null || (await isMendedMeanwhile(context, row))) continue;
    onAnomaly({ row: "letter", code, id: row.rowId });
    await database.transaction(async (tx) => {
      await deleteIndexed(tx, row.rowId);
      await indexLetter(tx, { letterId: row.rowId, customerId: row.ownerId, ...row });
    });
  }
  return page.next;
}

export function faultOf(
  { content, revision, ownerId }: LetterRow,
  held: IndexedLetter | undefined,
): "missing" | "aged" | null {
  if (held === undefined) return "missing";
  const isSame =
    held.state === content.state &&
    held.batchId === content.batchId &&
    held.revision === revision &&
    held.customerId === ownerId;
  return isSame ? null : "aged";
}

/** Read again, since either may have been changed since: the index first, which is then no newer than the letter. */
export async function isMendedMeanwhile(context: LettersContext, row: LetterRow): Promise<boolean> {
  const [held] = await selectIndexed(context.database, [row.rowId]);
  const now = await letterAt(context, { letterId: row.rowId, customerId: row.ownerId });
  return now === null || now.revision !== row.revision || faultOf(now, held) === null;
}
