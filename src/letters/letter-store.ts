// SQL of the index of letters by how far they are. INVARIANT: nothing rests on it; what it leads to is read from the letter's own row.
import { asCode, type Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

export interface IndexedLetter {
  readonly letterId: string;
  readonly customerId: string;
  readonly state: string;
  readonly batchId: string | null;
  readonly revision: number;
}

export interface LetterIndexRow {
  readonly letterId: Uuid;
  readonly customerId: Uuid;
  readonly state: string;
  readonly batchId: Uuid | null;
  readonly revision: number;
}

const NIL = "00000000-0000-0000-0000-000000000000" as Uuid;

/** Never an older revision over a newer one. */
export async function putIndexed(on: Querier, row: LetterIndexRow): Promise<void> {
  await on.query(
    sql`insert into letter_queue (letter_id, customer_id, state, batch_id, revision)
        values (${row.letterId}, ${row.customerId}, ${asCode(row.state)}, ${row.batchId}, ${row.revision})
        on conflict (letter_id) do update set customer_id = excluded.customer_id, state = excluded.state, batch_id = excluded.batch_id,
          revision = excluded.revision
        where letter_queue.revision <= excluded.revision`,
  );
}

/** The oldest first: ids are in the order of time. */
export function selectByState(
  on: Querier,
  state: string,
  { after, limit }: { readonly after: Uuid | null; readonly limit: number },
): Promise<readonly IndexedLetter[]> {
  return on.query<IndexedLetter>(
    sql`select letter_id as "letterId", customer_id as "customerId", state, batch_id as "batchId", revision from letter_queue
        where state = ${asCode(state)} and letter_id > ${after ?? NIL} order by letter_id limit ${limit}`,
  );
}

/** In order of id, for whoever walks all of them. */
export function selectIndexRange(on: Querier, after: Uuid | null, limit: number): Promise<readonly IndexedLetter[]> {
  return on.query<IndexedLetter>(
    sql`select letter_id as "letterId", customer_id as "customerId", state, batch_id as "batchId", revision from letter_queue
        where letter_id > ${after ?? NIL} order by letter_id limit ${limit}`,
  );
}

export function selectIndexed(on: Querier, ids: readonly Uuid[]): Promise<readonly IndexedLetter[]> {
  return on.query<IndexedLetter>(
    sql`select letter_id as "letterId", customer_id as "customerId", state, batch_id as "batchId", revision from letter_queue
        where letter_id = any(${ids}::uuid[])`,
  );
}

export async function deleteIndexed(on: Querier, letterId: Uuid): Promise<void> {
  await on.query(sql`delete from letter_queue where letter_id = ${letterId}`);
}

/** How many are in each state, counted no further than `most` each. */
export async function countByState(on: Querier, states: readonly string[], most: number): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const state of states) {
    const [row] = await on.query<{ count: number }>(
      sql`select count(*)::int as count from (select 1 from letter_queue where state = ${asCode(state)} limit ${most}) as counted`,
    );
    found.set(state, row?.count ?? 0);
  }
  return found;
}
