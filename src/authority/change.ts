// Every change of an owner's rows: lock the head, verify, apply, seal, one revision further.
import type { Sealed, Token, Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Transaction } from "../postgres/database.ts";
import type { AuthorityRowsContext } from "./context.ts";
import { AuthorityError } from "./errors.ts";
import { isInForce, type LiveRows, type RowType, verifiedLive } from "./live-rows.ts";
import { trusted } from "./read.ts";
import type { Place } from "./place.ts";
import { liveDigest, openContent, placeOf, sealContent, sealHead } from "./seal.ts";
import { type JoinedRow, lockHead, putRows, selectLive, selectRow, updateHead } from "./store.ts";

/** A new row, a new revision of a live one, or the end of a live one. Ids of new rows are fresh ones. */
export type RowChange =
  | {
      readonly put: RowType<never>;
      readonly rowId: Uuid;
      readonly lookup: Token | null;
      readonly endsAt: Date | null;
      readonly content: Json;
    }
  | { readonly end: Uuid };

export interface OwnerChange {
  readonly ownerId: Uuid;
  /** The ledger entry that will say so, in the same transaction. */
  readonly act: Uuid;
  /** The kinds whose contents `make` asks for. */
  readonly reads: readonly string[];
  /** Called under the owner's lock, which lasts while it is waited for. */
  readonly make: (live: LiveRows) => readonly RowChange[] | Promise<readonly RowChange[]>;
}

/** What the act's entry names, under `authority`. */
export interface WrittenAuthority {
  readonly row: "granted" | "holder";
  readonly id: Uuid;
  readonly revision: number;
  /** Null: the sealed row says of itself what it is. */
  readonly digest: null;
}

const CHANGES_MAX = 10_000;
const CONTENT_BYTES_MAX = 65_536;

/** Writes nothing and returns nothing where `make` wants nothing. Throws AuthorityError. */
export async function changeOwner(
  context: AuthorityRowsContext,
  tx: Transaction,
  change: OwnerChange,
): Promise<WrittenAuthority[]> {
  const { ownerId, act } = change;
  const first = { ownerId, revision: 1, act };
  const head = await lockHead(tx, first, sealHead(context.keys, first, liveDigest([])));
  const live = await lockedLive(context, tx, change, head.made);
  const changes = await change.make(live);
  if (changes.length > CHANGES_MAX) throw new AuthorityError("too-many");
  const swept = live.places.filter((place) => !isInForce(place, context.clock.now()) && !touches(changes, place.rowId));
  const rows: Written[] = changes.map((one) => ("put" in one ? put(context, live, change, one) : { end: one.end }));
  const all = [...rows, ...swept.map(({ rowId }) => ({ end: rowId }))];
  const written = await Promise.all(
    all.map((one) => ("end" in one ? ended(context, tx, { live, act, rowId: one.end }) : one)),
  );
  // Also where nothing was asked for: the head made above would else stand without an entry.
  if (written.length === 0 && !head.made) return [];
  if (written.length > 0) await putAll(tx, written);
  const place = { ownerId, revision: head.made ? 1 : head.revision + 1, act };
  await updateHead(tx, place, sealHead(context.keys, place, liveDigest(after(live, written))));
  return [
    ...written.map(({ place: { rowId, revision } }) => said("granted", rowId, revision)),
    said("holder", ownerId, place.revision),
  ];
}

interface Sealing {
  readonly place: Place;
  readonly content: Sealed;
}
type Written = Sealing | { readonly end: Uuid };

/** INVARIANT: nothing is sealed anew over rows that did not verify, lest it launder forged ones. */
async function lockedLive(
  context: AuthorityRowsContext,
  tx: Transaction,
  { ownerId, reads }: OwnerChange,
  wasMade: boolean,
): Promise<LiveRows> {
  const rows = await selectLive(tx, [ownerId], reads);
  // A head made a moment ago may never be committed, so it is not remembered. It fits no rows: where there are some, their head was taken away.
  const live = wasMade ? firstLive(context, ownerId, rows) : trusted(context, ownerId, rows, reads);
  if (live === "older") context.report({ code: "rolled-back", row: "holder", id: ownerId });
  if (live === null || live === "older") throw new AuthorityError("forged-authority");
  return live;
}

function firstLive(
  context: AuthorityRowsContext,
  ownerId: Uuid,
  rows: readonly JoinedRow[],
): LiveRows | null | "older" {
  return context.seenHeads.accepts(ownerId, 0, ownerId) ? verifiedLive(context.keys, rows) : "older";
}

function put(
  context: AuthorityRowsContext,
  live: LiveRows,
  { ownerId, act }: OwnerChange,
  change: Extract<RowChange, { put: unknown }>,
): Sealing {
  const before = live.places.find(({ rowId }) => rowId === change.rowId);
  if (before !== undefined && before.kind !== change.put.kind) throw new AuthorityError("unknown-row");
  const place: Place = {
    ownerId,
    rowId: change.rowId,
    kind: change.put.kind,
    lookup: change.lookup,
    state: "live",
    endsAt: change.endsAt,
    revision: (before?.revision ?? 0) + 1,
    act,
  };
  return { place, content: sealed(context, place, change.put.content.parse(change.content)) };
}

interface Ending {
  readonly live: LiveRows;
  readonly act: Uuid;
  readonly rowId: Uuid;
}

async function ended(context: AuthorityRowsContext, tx: Transaction, { live, act, rowId }: Ending): Promise<Sealing> {
  const before = live.places.find((place) => place.rowId === rowId);
  const row = before === undefined ? null : await selectRow(tx, before.ownerId, rowId);
  if (before === undefined || row === null || row.content === null) throw new AuthorityError("unknown-row");
  const content = openContent(context.keys, placeOf(row), row.content);
  if (content === null) throw new AuthorityError("forged-authority");
  const place: Place = { ...before, state: "ended", revision: before.revision + 1, act };
  return { place, content: sealed(context, place, content as Json) };
}

function sealed(context: AuthorityRowsContext, place: Place, content: Json): Sealed {
  const bytes = sealContent(context.keys, place, content);
  if (bytes.length > CONTENT_BYTES_MAX) throw new AuthorityError("too-many");
  return bytes;
}

async function putAll(tx: Transaction, rows: readonly Sealing[]): Promise<void> {
  try {
    const count = await putRows(tx, rows);
    // A row that was ended is not written over.
    if (count !== rows.length) throw new AuthorityError("unknown-row");
  } catch (error) {
    if (isUniqueViolation(error)) throw new AuthorityError("lookup-taken");
    throw error;
  }
}

/** SQLSTATE 23505. */
function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "23505";
}

function after(live: LiveRows, written: readonly Sealing[]): Place[] {
  const ids = new Set(written.map(({ place }) => place.rowId));
  const kept = live.places.filter(({ rowId }) => !ids.has(rowId));
  return [...kept, ...written.map(({ place }) => place).filter(({ state }) => state === "live")];
}

function touches(changes: readonly RowChange[], id: Uuid): boolean {
  return changes.some((change) => ("put" in change ? change.rowId : change.end) === id);
}

function said(row: WrittenAuthority["row"], id: Uuid, revision: number): WrittenAuthority {
  return { row, id, revision, digest: null };
}
