// SQL of the index of tellings. INVARIANT: nothing rests on it; what it leads to is read from the telling's own row.
import { asCode, type Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

export interface IndexedTelling {
  readonly tellingId: string;
  readonly customerId: string;
  readonly state: string;
  readonly isOpen: boolean;
  readonly dueBefore: Date;
  /** Null: nobody has to. */
  readonly lookAt: Date | null;
  readonly remindAt: Date | null;
  readonly revision: number;
}
export type TellingIndexRow = Omit<IndexedTelling, "tellingId" | "customerId"> & {
  readonly tellingId: Uuid;
  readonly customerId: Uuid;
};

const COLUMNS = sql`telling_id as "tellingId", customer_id as "customerId", state, is_open as "isOpen", due_before as "dueBefore", look_at as "lookAt",
  remind_at as "remindAt", revision::integer as revision`;
const NIL = "00000000-0000-0000-0000-000000000000" as Uuid;
const START = new Date(0);

/** Never an older revision over a newer one. */
export async function putIndexed(on: Querier, row: TellingIndexRow): Promise<void> {
  await on.query(
    sql`insert into telling_queue (telling_id, customer_id, state, is_open, due_before, look_at, remind_at, revision)
        values (${row.tellingId}, ${row.customerId}, ${asCode(row.state)}, ${row.isOpen}, ${row.dueBefore}, ${row.lookAt}, ${row.remindAt},
          ${row.revision})
        on conflict (telling_id) do update set customer_id = excluded.customer_id, state = excluded.state, is_open = excluded.is_open,
          due_before = excluded.due_before, look_at = excluded.look_at, remind_at = excluded.remind_at, revision = excluded.revision
        where telling_queue.revision <= excluded.revision`,
  );
}

export interface TellingPlace {
  readonly dueBefore: Date;
  readonly tellingId: Uuid;
}

/** What is due first comes first. */
export function selectOpen(
  on: Querier,
  isOpen: boolean,
  { after, limit }: { readonly after: TellingPlace | null; readonly limit: number },
): Promise<readonly IndexedTelling[]> {
  const { dueBefore, tellingId } = after ?? { dueBefore: START, tellingId: NIL };
  return on.query<IndexedTelling>(
    sql`select ${COLUMNS} from telling_queue where is_open = ${isOpen} and (due_before, telling_id) > (${dueBefore}, ${tellingId})
        order by due_before, telling_id limit ${limit}`,
  );
}

/** Takes what is to be looked at, each for one process: again at `againAt`, should that process not come back. */
export function takeToLookAt(
  on: Querier,
  { now, againAt, limit }: { readonly now: Date; readonly againAt: Date; readonly limit: number },
): Promise<readonly IndexedTelling[]> {
  return on.query<IndexedTelling>(
    sql`update telling_queue set look_at = ${againAt} where telling_id in
          (select telling_id from telling_queue where look_at <= ${now} order by look_at limit ${limit} for update skip locked)
        returning ${COLUMNS}`,
  );
}

export function selectToRemind(on: Querier, now: Date, limit: number): Promise<readonly IndexedTelling[]> {
  return on.query<IndexedTelling>(
    sql`select ${COLUMNS} from telling_queue where is_open and remind_at <= ${now} order by remind_at limit ${limit}`,
  );
}

export async function selectIndexed(
  on: Querier,
  ids: readonly Uuid[],
  lock = false,
): Promise<readonly IndexedTelling[]> {
  return on.query<IndexedTelling>(
    lock
      ? sql`select ${COLUMNS} from telling_queue where telling_id = any(${ids}::uuid[]) for update`
      : sql`select ${COLUMNS} from telling_queue where telling_id = any(${ids}::uuid[])`,
  );
}

export async function deleteOpen(on: Querier, tellingId: Uuid): Promise<void> {
  await on.query(sql`delete from telling_queue where telling_id = ${tellingId} and is_open`);
}

export async function deleteIndexed(on: Querier, tellingId: Uuid): Promise<void> {
  await on.query(sql`delete from telling_queue where telling_id = ${tellingId}`);
}
