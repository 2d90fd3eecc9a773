// SQL of retention: when units closed.
import type { Uuid } from "../kernel/bytes.ts";
import { named, sql } from "../postgres/sql.ts";
import type { Querier } from "../postgres/database.ts";

/** When each of these entries was written, by its id. */
export async function selectTimes(on: Querier, acts: readonly Uuid[]): Promise<ReadonlyMap<string, Date>> {
  if (acts.length === 0) return new Map();
  const rows = await on.query<{ act: string; at: Date }>(
    named(
      "retention-times",
      sql`select e.entry_id as act, e.at from ledger_entry e where e.log_shard = 0 and e.entry_id = any(${acts}::uuid[])`,
    ),
  );
  return new Map(rows.map(({ act, at }) => [act, at]));
}
