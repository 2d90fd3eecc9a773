// Walks all rows and heads, for `verify data`.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import type { Place } from "./place.ts";
import { headFits, headPlace, liveDigest, openContent, placeOf, type SealingKeys } from "./seal.ts";
import { type HeadRow, type RowKey, scanHeads, scanRows, selectLive, type StoredRow } from "./store.ts";

export interface ScannedRow {
  readonly row: "granted" | "holder";
  readonly id: Uuid;
  /** Null when it does not verify. */
  readonly stored: { readonly revision: number; readonly act: Uuid; readonly digest: null } | null;
}

const ROWS_MAX = 500;

export async function* scanWritten(on: Querier, keys: SealingKeys): AsyncGenerator<ScannedRow, void, undefined> {
  for await (const row of pages<StoredRow, RowKey>((after) => scanRows(on, after, ROWS_MAX), placeOf)) {
    const place = placeOf(row);
    const isOurs = row.content !== null && openContent(keys, place, row.content) !== null;
    yield { row: "granted", id: place.rowId, stored: isOurs ? { ...place, digest: null } : null };
  }
  for await (const head of pages<HeadRow, Uuid>(
    (after) => scanHeads(on, after, ROWS_MAX),
    (row) => asId(row.owner_id),
  )) {
    yield {
      row: "holder",
      id: asId(head.owner_id),
      stored: (await fits(on, keys, head)) ? { ...headPlace(head), digest: null } : null,
    };
  }
}

/** Read once more with its rows, since either may have been changed since the page was read. */
async function fits(on: Querier, keys: SealingKeys, { owner_id }: HeadRow): Promise<boolean> {
  const rows = await selectLive(on, [asId(owner_id)], []);
  const [first] = rows;
  if (first === undefined || first.head_digest === null) return true;
  const head = { owner_id, revision: first.head_revision!, act: first.head_act!, digest: first.head_digest };
  const places: Place[] = rows
    .filter(({ row_id }) => row_id !== null)
    .map((row) => placeOf(row as unknown as StoredRow));
  return headFits(keys, head, liveDigest(places));
}

async function* pages<RowOf, Key>(
  read: (after: Key | null) => Promise<readonly RowOf[]>,
  keyOf: (row: RowOf) => Key,
): AsyncGenerator<RowOf, void, undefined> {
  let after: Key | null = null;
  for (;;) {
    const page: readonly RowOf[] = await read(after);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = keyOf(last);
  }
}
