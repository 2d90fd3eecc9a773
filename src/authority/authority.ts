// The one store of whatever grants or proves something: rows sealed one by one, and listed by a sealed head an owner.
import type { Token, Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Clock } from "../kernel/clock.ts";
import { createHighWater } from "../kernel/high-water.ts";
import { asId } from "../kernel/ids.ts";
import { createVerifiedRows } from "../kernel/verified-rows.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { changeOwner, type OwnerChange, type RowChange, type WrittenAuthority } from "./change.ts";
import type { AuthorityRowsContext, RowAnomaly } from "./context.ts";
import { AuthorityError } from "./errors.ts";
import { type LiveRows, type Row, type RowType } from "./live-rows.ts";
import { readOwners, trusted } from "./read.ts";
import { openContent, placeOf, type SealingKeys } from "./seal.ts";
import {
  holdHeadRevision,
  type JoinedRow,
  type PageAsked,
  selectHeadRevision,
  selectOwner,
  selectPage,
  selectRow,
  type StoredRow,
} from "./store.ts";

export { scanWritten, type ScannedRow } from "./scan.ts";
export { isSame, PERSONNEL, type Personnel, personsOf, samePersons, UNKNOWN_PERSON } from "./persons.ts";
export { renewRows, type RowsCursor, type RowsRenewal } from "./renew.ts";
export { selectVersionUsed as isRowVersionUsed } from "./store.ts";
export { AuthorityError, type AuthorityErrorCode } from "./errors.ts";
export type { JoinedRow, LiveRows, OwnerChange, Row, RowAnomaly, RowChange, RowType, WrittenAuthority };

export interface PageOf<Content> {
  readonly rows: readonly Row<Content>[];
  /** Rows that do not verify: listed by id, since a reviewer must see that they are there. */
  readonly unverified: readonly string[];
  readonly next: Uuid | null;
}

/** Reads throw AuthorityError "forged-authority" (and report it) where what is stored does not verify, unless they say otherwise. */
export interface AuthorityRows {
  /** The owner's rows of one kind that are in force now, oldest first. */
  live<Content extends Json>(on: Querier, type: RowType<Content>, ownerId: Uuid): Promise<readonly Row<Content>[]>;
  /** Several owners and kinds in one statement. Null for an owner whose rows do not verify: nothing may rest on them. */
  liveOfMany(
    on: Querier,
    types: readonly { readonly kind: string }[],
    ownerIds: readonly Uuid[],
  ): Promise<ReadonlyMap<Uuid, LiveRows | null>>;
  /** The row in force that has this keyed digest; null when there is none. */
  find<Content extends Json>(on: Querier, type: RowType<Content>, lookup: Token): Promise<Row<Content> | null>;
  /**
   * One row of all live rows of an owner that another statement read, with their head and in one snapshot. Null for whatever does not verify, without
   * a word of it: whoever gets null reads again, by `find`, which says so.
   */
  believe<Content extends Json>(
    type: RowType<Content>,
    at: { readonly ownerId: Uuid; readonly rowId: Uuid },
    rows: readonly JoinedRow[],
  ): Row<Content> | null;
  /** One row in any state; null when there is none. Whether it is still in force stands in it, sealed. */
  get<Content extends Json>(
    on: Querier,
    type: RowType<Content>,
    at: { readonly ownerId: Uuid; readonly rowId: Uuid },
  ): Promise<Row<Content> | null>;
  /** All owners' rows of a kind by row id, each verified by itself: for lists that people read, never to grant by. */
  page<Content extends Json>(on: Querier, type: RowType<Content>, page: PageAsked): Promise<PageOf<Content>>;
  /** How often the owner's rows were changed, to see whether they were since. */
  revisionOf(on: Querier, ownerId: Uuid): Promise<number>;
  /** The same, and nobody changes them until the transaction ends. */
  hold(tx: Transaction, ownerId: Uuid): Promise<number>;
  /** Under the owner's lock, which lasts until the transaction ends; change several owners in order of their ids. */
  change(tx: Transaction, change: OwnerChange): Promise<WrittenAuthority[]>;
}

export interface AuthorityRowsOptions {
  readonly keys: SealingKeys;
  readonly clock: Clock;
  readonly onAnomaly: (anomaly: RowAnomaly) => void;
}

const OWNERS_REMEMBERED_MAX = 100_000;
const OWNERS_VERIFIED_MAX = 5000;
const PAGE_MAX = 500;

export function openAuthorityRows({ keys, clock, onAnomaly }: AuthorityRowsOptions): AuthorityRows {
  const context: AuthorityRowsContext = {
    keys,
    clock,
    report: onAnomaly,
    seenHeads: createHighWater(OWNERS_REMEMBERED_MAX),
    verified: createVerifiedRows(OWNERS_VERIFIED_MAX),
  };
  const live: AuthorityRows["live"] = async (on, type, ownerId) => {
    const rows = (await readOwners(context, on, [ownerId], [type.kind])).get(ownerId);
    if (rows == null) throw new AuthorityError("forged-authority");
    return rows.of(type, clock.now());
  };
  return {
    live,
    liveOfMany: (on, types, ownerIds) =>
      readOwners(
        context,
        on,
        ownerIds,
        types.map(({ kind }) => kind),
      ),
    revisionOf: selectHeadRevision,
    hold: holdHeadRevision,
    find: async (on, type, lookup) => {
      const owner = await selectOwner(on, type.kind, lookup);
      if (owner === null) return null;
      const found = (await live(on, type, asId(owner))).find(
        (row) => row.lookup !== null && sameBytes(row.lookup, lookup),
      );
      return found ?? null;
    },
    believe: (type, { ownerId, rowId }, rows) => {
      const rowsOfOwner = trusted({ ...context, report: () => {} }, ownerId, rows, [type.kind, rowId]);
      return rowsOfOwner === null || rowsOfOwner === "older" ? null : rowsOfOwner.get(type, rowId, clock.now());
    },
    get: async (on, type, { ownerId, rowId }) => {
      const row = await selectRow(on, ownerId, rowId);
      if (row === null || row.kind !== type.kind) return null;
      const opened = openRow(context, type, row);
      if (opened === null) throw new AuthorityError("forged-authority");
      return opened;
    },
    page: (on, type, page) => readPage(context, on, type, page),
    change: (tx, change) => changeOwner(context, tx, change),
  };
}

/** A change that makes or renews a row, with the content's type checked. */
export function putRow<Content extends Json>(
  type: RowType<Content>,
  row: {
    readonly rowId: Uuid;
    readonly lookup?: Token | null;
    readonly endsAt?: Date | null;
    readonly content: Content;
  },
): RowChange {
  return {
    put: type as unknown as RowType<never>,
    rowId: row.rowId,
    lookup: row.lookup ?? null,
    endsAt: row.endsAt ?? null,
    content: row.content,
  };
}

async function readPage<Content extends Json>(
  context: AuthorityRowsContext,
  on: Querier,
  type: RowType<Content>,
  page: PageAsked,
): Promise<PageOf<Content>> {
  const limit = Math.min(Math.max(page.limit, 1), PAGE_MAX);
  const stored = await selectPage(on, type.kind, { ...page, limit });
  const rows = stored.map((row) => ({ row, opened: openRow(context, type, row) }));
  const last = stored.length === limit ? stored.at(-1) : undefined;
  return {
    rows: rows.flatMap(({ opened }) => opened ?? []),
    unverified: rows.flatMap(({ row, opened }) => (opened === null ? [row.row_id] : [])),
    next: last === undefined ? null : asId(last.row_id),
  };
}

function openRow<Content extends Json>(
  { keys, report }: AuthorityRowsContext,
  type: RowType<Content>,
  row: StoredRow,
): Row<Content> | null {
  const place = placeOf(row);
  const content = row.content === null ? null : openContent(keys, place, row.content);
  const parsed = content === null ? null : type.content.safeParse(content);
  if (parsed?.success !== true) {
    report({ code: "forged", row: "granted", id: row.row_id });
    return null;
  }
  return { ...place, content: parsed.data };
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
