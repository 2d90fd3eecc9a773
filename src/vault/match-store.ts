// SQL of match suggestions: pairs of customers that may be one person.
import type { Code, Token, Uuid } from "../kernel/bytes.ts";
import { asCode } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

export type MatchState = "open" | "same" | "different";

export interface MatchRow {
  /** The lower of the two ids. */
  readonly customerId: Uuid;
  readonly otherCustomerId: Uuid;
  readonly reason: string;
  readonly state: MatchState;
  readonly createdAt: Date;
  /** Null until judged. */
  readonly act: Uuid | null;
  readonly mac: Token;
}

export const MATCH_COLUMNS = sql`m.customer_id as "customerId", m.other_customer_id as "otherCustomerId", m.reason, m.state,
  m.created_at as "createdAt", m.act, m.mac`;

/** Two records of different customers that share a token of one index. */
export interface SharedToken {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
  readonly otherCustomerId: Uuid;
  readonly otherRecordId: Uuid;
  readonly indexName: string;
}

/** A token that more customers share than this is a default ("000-00-0000"), not a person. */
const SHARING_MAX = 50;

/** For the records of these customers: who else, not erased, shares a token of these indexes. `limit` bounds the whole answer. */
export async function findSharedTokens(
  on: Querier,
  customerIds: readonly Uuid[],
  indexNames: readonly Code[],
  limit: number,
): Promise<SharedToken[]> {
  return on.query<SharedToken>(
    sql`select t.customer_id as "customerId", t.record_id as "recordId", o.customer_id as "otherCustomerId",
        o.record_id as "otherRecordId", t.index_name as "indexName"
      from search_token t
      cross join lateral (
        select s.customer_id, s.record_id from search_token s
        where s.token = t.token and s.index_name = t.index_name and s.customer_id <> t.customer_id
          and exists (select from record r join unit_key k on k.customer_id = r.customer_id and k.unit_id = r.unit_id
            where r.customer_id = s.customer_id and r.record_id = s.record_id)
        limit ${SHARING_MAX}) o
      where t.customer_id = any(${customerIds}::uuid[]) and t.index_name = any(${indexNames}::text[])
      limit ${limit}`,
  );
}

/** Suggestions already made, open or judged, are left as they are. Returns the new ones. */
export async function insertSuggestions(
  tx: Transaction,
  pairs: readonly Pick<MatchRow, "customerId" | "otherCustomerId" | "reason" | "mac">[],
  createdAt: Date,
): Promise<MatchRow[]> {
  if (pairs.length === 0) return [];
  return tx.query<MatchRow>(
    sql`insert into match_suggestion as m (customer_id, other_customer_id, reason, state, created_at, mac)
      select i.customer_id, i.other_customer_id, i.reason, 'open', ${createdAt}, i.mac
      from unnest(${pairs.map((pair) => pair.customerId)}::uuid[], ${pairs.map((pair) => pair.otherCustomerId)}::uuid[],
        ${pairs.map((pair) => asCode(pair.reason))}::text[], ${pairs.map((pair) => pair.mac)}::bytea[])
        as i (customer_id, other_customer_id, reason, mac)
      order by 1, 2, 3
      on conflict do nothing returning ${MATCH_COLUMNS}`,
  );
}

/** Every suggestion that names the customer, or all open ones when it is null, oldest pair first. */
export async function readSuggestions(
  on: Querier,
  filter: { customerId: Uuid | null; state: MatchState | null },
  page: { after: Pick<MatchRow, "customerId" | "otherCustomerId" | "reason"> | null; limit: number },
): Promise<MatchRow[]> {
  const mine =
    filter.customerId === null
      ? sql`true`
      : sql`(m.customer_id = ${filter.customerId} or m.other_customer_id = ${filter.customerId})`;
  const inState = filter.state === null ? sql`true` : sql`m.state = ${asCode(filter.state)}`;
  const after =
    page.after === null
      ? sql`true`
      : sql`(m.customer_id, m.other_customer_id, m.reason)
          > (${page.after.customerId}::uuid, ${page.after.otherCustomerId}::uuid, ${asCode(page.after.reason)}::text)`;
  return on.query<MatchRow>(
    sql`select ${MATCH_COLUMNS} from match_suggestion m where ${mine} and ${inState} and ${after}
      order by m.customer_id, m.other_customer_id, m.reason limit ${page.limit}`,
  );
}

export async function lockSuggestions(tx: Transaction, customerId: Uuid, otherCustomerId: Uuid): Promise<MatchRow[]> {
  return tx.query<MatchRow>(
    sql`select ${MATCH_COLUMNS} from match_suggestion m
      where m.customer_id = ${customerId} and m.other_customer_id = ${otherCustomerId} order by m.reason for update`,
  );
}

export async function updateSuggestion(tx: Transaction, row: MatchRow): Promise<void> {
  await tx.query(
    sql`update match_suggestion set state = ${asCode(row.state)}, act = ${row.act}, mac = ${row.mac}
      where customer_id = ${row.customerId} and other_customer_id = ${row.otherCustomerId} and reason = ${asCode(row.reason)}`,
  );
}
