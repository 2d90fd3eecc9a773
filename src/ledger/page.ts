// Cursor paging over what the ledger lists.
import { parseId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { LedgerError } from "./errors.ts";
import type { Slice } from "./store-read.ts";

export interface PageRequest {
  /** `next` of the page before; absent for the first. */
  readonly cursor?: string | null;
  /** Items, 1 to 500; 100 when absent. */
  readonly limit?: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Null on the last page. Says where the last item shown stands, and nothing of items left out. */
  readonly next: string | null;
}

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 500;

export function indexCursor(text: string): number | null {
  return /^(0|[1-9][0-9]{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}

export function idCursor(text: string): Uuid | null {
  return parseId(text);
}

/** Reads one row more than asked for, to know whether there is a next page. Throws LedgerError "bad-cursor". */
export async function readPage<Item, Place extends number | Uuid>(
  request: PageRequest,
  parse: (cursor: string) => Place | null,
  placeOf: (item: Item) => Place,
  read: (slice: Slice<Place>) => Promise<readonly Item[]>,
): Promise<Page<Item>> {
  const limit = Math.min(LIMIT_MAX, Math.max(1, Math.trunc(request.limit ?? LIMIT_DEFAULT)));
  const given = request.cursor ?? null;
  const after = given === null ? null : parse(given);
  if (given !== null && after === null) throw new LedgerError("bad-cursor", "the cursor is not one this list gave out");
  const found = await read({ after, rows: limit + 1 });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? String(placeOf(last)) : null };
}
