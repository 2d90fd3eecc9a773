// All SQL of authority rows and their heads.
import { asCode, type PublicBytes, type Sealed, type Token, type Uuid } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";
import type { HeadPlace, Place } from "./place.ts";

export interface StoredRow {
  readonly owner_id: string;
  readonly row_id: string;
  readonly kind: string;
  readonly lookup: Uint8Array | null;
  readonly state: "live" | "ended";
  readonly ends_at: Date | null;
  /** Null where the content was not asked for. */
  readonly content: Uint8Array | null;
  readonly revision: number;
  readonly act: string;
}

export interface PageAsked {
  readonly state: "live" | "ended";
  readonly after: Uuid | null;
  readonly limit: number;
  /** Ids begin with their time. */
  readonly isNewestFirst?: boolean;
}

export interface HeadRow {
  readonly owner_id: string;
  readonly revision: number;
  readonly act: string;
  readonly digest: Uint8Array;
}

/** A head and its live rows, from one snapshot. */
export interface JoinedRow {
  readonly head_owner: string;
  readonly head_revision: number | null;
  readonly head_act: string | null;
  readonly head_digest: Uint8Array | null;
  /** Null where the owner has no live row. */
  readonly row_id: string | null;
  readonly [column: string]: unknown;
}

/** Every live row of the owners with their heads; contents of the given kinds only. One statement, so one snapshot. */
export function selectLive(
  on: Querier,
  ownerIds: readonly Uuid[],
  kinds: readonly string[],
): Promise<readonly JoinedRow[]> {
  return on.query<JoinedRow>(
    named(
      "authority-live",
      sql`select o.owner_id as head_owner, h.revision as head_revision, h.act as head_act, h.digest as head_digest,
            r.owner_id, r.row_id, r.kind, r.lookup, r.state, r.ends_at, r.revision, r.act,
            case when r.kind = any(${kinds.map(asCode)}::text[]) then r.content end as content
          from unnest(${ownerIds}::uuid[]) as o (owner_id)
          left join authority_head h on h.owner_id = o.owner_id
          left join authority_row r on r.owner_id = o.owner_id and r.state = 'live'`,
    ),
  );
}

export async function selectOwner(on: Querier, kind: string, lookup: Token): Promise<string | null> {
  const rows = await on.query<{ owner_id: string }>(
    named(
      "authority-owner",
      sql`select owner_id from authority_row where kind = ${asCode(kind)} and lookup = ${lookup} and state = 'live'`,
    ),
  );
  return rows[0]?.owner_id ?? null;
}

export async function selectRow(on: Querier, ownerId: Uuid, rowId: Uuid): Promise<StoredRow | null> {
  const rows = await on.query<StoredRow>(
    sql`select * from authority_row where owner_id = ${ownerId} and row_id = ${rowId}`,
  );
  return rows[0] ?? null;
}

export async function selectPage(
  on: Querier,
  kind: string,
  { state, after, limit, isNewestFirst = false }: PageAsked,
): Promise<readonly StoredRow[]> {
  const order = isNewestFirst
    ? sql`${after === null ? sql`` : sql`and row_id < ${after}`} order by row_id desc`
    : sql`and row_id > ${after ?? NIL} order by row_id`;
  return on.query<StoredRow>(
    sql`select * from authority_row where kind = ${asCode(kind)} and state = ${asCode(state)} ${order} limit ${limit}`,
  );
}

/** Makes the owner's head where there is none, and holds it until the transaction ends. `made` is true where it was made now. */
export async function lockHead(
  tx: Transaction,
  place: HeadPlace,
  digest: Sealed,
): Promise<HeadRow & { made: boolean }> {
  const made = await tx.query(
    sql`insert into authority_head (owner_id, revision, act, digest)
        values (${place.ownerId}, ${place.revision}, ${place.act}, ${digest}) on conflict do nothing returning 1 as made`,
  );
  const [head] = await tx.query<HeadRow>(
    sql`select * from authority_head where owner_id = ${place.ownerId} for update`,
  );
  if (head === undefined) throw new Error("a head just made is not there");
  return { ...head, made: made.length === 1 };
}

export async function updateHead(tx: Transaction, place: HeadPlace, digest: Sealed): Promise<void> {
  await tx.query(
    sql`update authority_head set revision = ${place.revision}, act = ${place.act}, digest = ${digest} where owner_id = ${place.ownerId}`,
  );
}

/** Returns how many were written: a row that was ended is left as it is. Fails with SQLSTATE 23505 when another live row of the kind has the lookup. */
export async function putRows(
  tx: Transaction,
  rows: readonly { readonly place: Place; readonly content: Sealed }[],
): Promise<number> {
  const places = rows.map(({ place }) => place);
  const written = await tx.query(
    sql`insert into authority_row (owner_id, row_id, kind, lookup, state, ends_at, content, revision, act)
        select * from unnest(${places.map(({ ownerId }) => ownerId)}::uuid[], ${places.map(({ rowId }) => rowId)}::uuid[],
          ${places.map(({ kind }) => asCode(kind))}::text[], ${places.map(({ lookup }) => lookup)}::bytea[],
          ${places.map(({ state }) => asCode(state))}::text[], ${places.map(({ endsAt }) => endsAt)}::timestamptz[],
          ${rows.map(({ content }) => content)}::bytea[], ${places.map(({ revision }) => revision)}::bigint[],
          ${places.map(({ act }) => act)}::uuid[])
        on conflict (owner_id, row_id) do update set lookup = excluded.lookup, state = excluded.state, ends_at = excluded.ends_at,
          content = excluded.content, revision = excluded.revision, act = excluded.act
        where authority_row.state = 'live'
        returning 1 as written`,
  );
  return written.length;
}

export function scanRows(on: Querier, after: RowKey | null, limit: number): Promise<readonly StoredRow[]> {
  return on.query<StoredRow>(
    sql`select * from authority_row
        where (owner_id, row_id) > (${after?.ownerId ?? NIL}::uuid, ${after?.rowId ?? NIL}::uuid) order by owner_id, row_id limit ${limit}`,
  );
}

export function scanHeads(on: Querier, after: Uuid | null, limit: number): Promise<readonly HeadRow[]> {
  return on.query<HeadRow>(
    sql`select * from authority_head where owner_id > ${after ?? NIL}::uuid order by owner_id limit ${limit}`,
  );
}

/** Envelopes begin with one byte of format and four of the key's version. */
export async function selectVersionUsed(on: Querier, version: PublicBytes): Promise<boolean> {
  const rows = await on.query<{ used: boolean }>(
    sql`select exists (select from authority_row where substring(content from 2 for 4) = ${version})
          or exists (select from authority_head where substring(digest from 2 for 4) = ${version}) as used`,
  );
  return rows[0]?.used !== false;
}

export interface RowKey {
  readonly ownerId: Uuid;
  readonly rowId: Uuid;
}

const NIL = "00000000-0000-0000-0000-000000000000" as Uuid;

/** 0 of an owner who has none. */
export async function selectHeadRevision(on: Querier, ownerId: Uuid): Promise<number> {
  const [head] = await on.query<HeadRow>(sql`select revision from authority_head where owner_id = ${ownerId}`);
  return head?.revision ?? 0;
}

/** The same, and nobody moves it until the transaction ends. */
export async function holdHeadRevision(tx: Transaction, ownerId: Uuid): Promise<number> {
  const [head] = await tx.query<HeadRow>(
    sql`select revision from authority_head where owner_id = ${ownerId} for share`,
  );
  return head?.revision ?? 0;
}

/** In the order given, which is that of ids everywhere, so that no two wait for each other. */
export function lockHeads(tx: Transaction, ownerIds: readonly Uuid[]): Promise<readonly HeadRow[]> {
  return tx.query<HeadRow>(
    sql`select * from authority_head where owner_id = any(${ownerIds}::uuid[]) order by owner_id for update`,
  );
}

export function reselectRows(tx: Transaction, keys: readonly RowKey[]): Promise<readonly StoredRow[]> {
  return tx.query<StoredRow>(
    sql`select r.* from authority_row r
        join unnest(${keys.map(({ ownerId }) => ownerId)}::uuid[], ${keys.map(({ rowId }) => rowId)}::uuid[]) as k (owner_id, row_id)
          using (owner_id, row_id)`,
  );
}

export async function updateSealed(tx: Transaction, { ownerId, rowId }: RowKey, content: Sealed): Promise<void> {
  await tx.query(sql`update authority_row set content = ${content} where owner_id = ${ownerId} and row_id = ${rowId}`);
}
