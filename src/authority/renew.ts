// After the authority key was rotated: seals rows and heads anew, batch by batch, without changing what they say or their revisions.
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Transaction } from "../postgres/database.ts";
import type { SealingKeys } from "./seal.ts";
import { headPlace, openContent, openHead, placeOf, sealContent, sealHead } from "./seal.ts";
import { lockHeads, type RowKey, reselectRows, scanHeads, scanRows, updateHead, updateSealed } from "./store.ts";

/** Where a renewal stands; start with null. */
export type RowsCursor =
  | { readonly at: "rows"; readonly after: RowKey | null }
  | { readonly at: "heads"; readonly after: Uuid | null };

export interface RowsRenewal {
  readonly next: RowsCursor | null;
  readonly renewed: number;
  /** Left as they are; they keep the old key from being destroyed. */
  readonly unverified: number;
}

const ROWS_MAX = 500;

export async function renewRows(
  keys: SealingKeys,
  tx: Transaction,
  cursor: RowsCursor | null,
  newest: (sealed: Uint8Array) => boolean,
): Promise<RowsRenewal> {
  if (cursor?.at === "heads") return renewHeads(keys, tx, cursor.after, newest);
  const page = await scanRows(tx, cursor?.after ?? null, ROWS_MAX);
  const old = page.filter(({ content }) => content !== null && !newest(content)).map(placeOf);
  // Whoever changes a row holds its owner's head, so with that lock the row read again is the newest.
  await lockHeads(tx, [...new Set(old.map(({ ownerId }) => ownerId))].toSorted());
  const tally = { renewed: 0, unverified: 0 };
  for (const row of await reselectRows(tx, old)) {
    const place = placeOf(row);
    const content = row.content === null ? null : openContent(keys, place, row.content);
    if (content === null) tally.unverified += 1;
    else {
      await updateSealed(tx, place, sealContent(keys, place, content as Json));
      tally.renewed += 1;
    }
  }
  const last = page.length === ROWS_MAX ? page.at(-1) : undefined;
  return { ...tally, next: last ? { at: "rows", after: placeOf(last) } : { at: "heads", after: null } };
}

async function renewHeads(
  keys: SealingKeys,
  tx: Transaction,
  after: Uuid | null,
  newest: (sealed: Uint8Array) => boolean,
): Promise<RowsRenewal> {
  const page = await scanHeads(tx, after, ROWS_MAX);
  const old = page.filter(({ digest }) => !newest(digest)).map((head) => headPlace(head).ownerId);
  const tally = { renewed: 0, unverified: 0 };
  for (const head of await lockHeads(tx, old.toSorted())) {
    const digest = openHead(keys, head);
    if (digest === null) tally.unverified += 1;
    else {
      await updateHead(tx, headPlace(head), sealHead(keys, headPlace(head), digest));
      tally.renewed += 1;
    }
  }
  const last = page.length === ROWS_MAX ? page.at(-1) : undefined;
  return { ...tally, next: last ? { at: "heads", after: headPlace(last).ownerId } : null };
}
