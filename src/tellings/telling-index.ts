// The index of tellings, derived from the tellings alone; and the walk that keeps it true to them.
import { nextReminder } from "../clocks/clocks.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import type { TellingsContext } from "./context.ts";
import { isOpen, TELLING, type TellingContent, type TellingRow } from "./telling-row.ts";
import {
  deleteIndexed,
  type IndexedTelling,
  putIndexed,
  selectIndexed,
  selectOpen,
  type TellingPlace,
} from "./telling-store.ts";

export interface Indexing {
  readonly tellingId: Uuid;
  readonly customerId: Uuid;
  readonly revision: number;
  readonly content: TellingContent;
}

/** How often it is asked what became of what lies with the mail or the printer; a letter that left may still come back. */
const LOOK_AGAIN_MS = 60_000;
const LOOK_FOR_RETURNS_MS = 6 * 3_600_000;

/** In the transaction that writes the telling. */
export async function indexTelling(on: Querier, { content, ...of }: Indexing, now: Date): Promise<void> {
  const before = new Date(content.due.before);
  const waits = lookAfterMs(content);
  await putIndexed(on, {
    ...of,
    state: content.state,
    isOpen: isOpen(content),
    dueBefore: before,
    lookAt: waits === null ? null : new Date(now.getTime() + waits),
    remindAt: isOpen(content) ? nextReminder(before, now) : null,
  });
}

function lookAfterMs({ state, way, sendingId }: TellingContent): number | null {
  if (state === "queued") return sendingId === null ? 0 : LOOK_AGAIN_MS;
  if (way !== "letter" || sendingId === null) return null;
  return state === "sent" ? LOOK_FOR_RETURNS_MS : state === "failed" ? LOOK_AGAIN_MS : null;
}

export interface TellingPage {
  readonly items: readonly TellingRow[];
  readonly next: TellingPlace | null;
}

/** What the index says, each read from the telling itself: what is not so is left out and reported. */
export async function tellingsIn(
  context: TellingsContext,
  open: boolean,
  page: { readonly after: TellingPlace | null; readonly limit: number },
): Promise<TellingPage> {
  const { database, onAnomaly } = context;
  const found = await selectOpen(database, open, page);
  const items: TellingRow[] = [];
  for (const one of found) {
    const row = await tellingAt(context, one);
    if (row !== null && isOpen(row.content) === open) items.push(row);
    // One that moved on between the two readings is no fault.
    else if (row === null || row.revision <= one.revision)
      onAnomaly({ row: "telling", code: "extra", id: one.tellingId });
  }
  const last = found.length === page.limit ? found.at(-1) : undefined;
  return { items, next: last === undefined ? null : { dueBefore: last.dueBefore, tellingId: asId(last.tellingId) } };
}

/** The telling that an index row leads to; null where there is none in force. */
export async function tellingAt(
  { authority, clock, database }: TellingsContext,
  { tellingId, customerId }: Pick<IndexedTelling, "tellingId" | "customerId">,
): Promise<TellingRow | null> {
  const row = await authority.get(database, TELLING, { ownerId: asId(customerId), rowId: asId(tellingId) });
  const isOver = row === null || row.state === "ended" || (row.endsAt !== null && row.endsAt <= clock.now());
  return isOver ? null : row;
}

const PAGE = 200;

/** One page of the walk over all tellings: what the index lacks or says wrongly is made anew, so that nobody is forgotten for long. */
export async function mendIndex(context: TellingsContext, after: Uuid | null): Promise<Uuid | null> {
  const { authority, clock, database, onAnomaly } = context;
  const page = await authority.page(database, TELLING, { state: "live", after, limit: PAGE });
  const ids = page.rows.map(({ rowId }) => rowId);
  const indexed = new Map((await selectIndexed(database, ids)).map((one) => [one.tellingId, one]));
  for (const row of page.rows) {
    const now = clock.now();
    if (row.endsAt !== null && row.endsAt <= now) continue;
    const code = faultOf(row, indexed.get(row.rowId), now);
    if (code === null || (await isMendedMeanwhile(context, row))) continue;
    onAnomaly({ row: "telling", code, id: row.rowId });
    await database.transaction(async (tx) => {
      await deleteIndexed(tx, row.rowId);
      await indexTelling(tx, { tellingId: row.rowId, customerId: row.ownerId, ...row }, now);
    });
  }
  return page.next;
}

const NEVER = Number.MAX_SAFE_INTEGER;

function faultOf(row: TellingRow, held: IndexedTelling | undefined, now: Date): "missing" | "aged" | null {
  if (held === undefined) return "missing";
  const { content, revision, ownerId } = row;
  const before = new Date(content.due.before);
  const looks = lookAfterMs(content);
  const isSame =
    held.state === content.state &&
    held.isOpen === isOpen(content) &&
    held.dueBefore.getTime() === before.getTime() &&
    held.revision === revision &&
    held.customerId === ownerId;
  // INVARIANT: nobody is silenced by a time that lies too far ahead.
  const isLooked = looks === null || (held.lookAt?.getTime() ?? NEVER) <= now.getTime() + looks + LOOK_AGAIN_MS;
  const isReminded = !isOpen(content) || (held.remindAt?.getTime() ?? NEVER) <= nextReminder(before, now).getTime();
  return isSame && isLooked && isReminded ? null : "aged";
}

/** Read again, since either may have been changed since: the index first, which is then no newer than the telling. */
async function isMendedMeanwhile(context: TellingsContext, row: TellingRow): Promise<boolean> {
  const [held] = await selectIndexed(context.database, [row.rowId]);
  const now = await tellingAt(context, { tellingId: row.rowId, customerId: row.ownerId });
  return now === null || now.revision !== row.revision || faultOf(now, held, context.clock.now()) === null;
}
