// SQL of search allowances: how many searches are left, and one given back.
import type { Token } from "../kernel/bytes.ts";
import type { CounterTable } from "../postgres/counter-store.ts";
import type { Querier } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";

export const SEARCH_ALLOWANCE: CounterTable = { table: sql`search_allowance`, name: "search-raise-counters" };

export async function lowerCounters(on: Querier, tokens: readonly Token[]): Promise<void> {
  await on.query(
    named(
      "search-lower-counters",
      sql`update search_allowance a set spent = a.spent - 1
        from (select token from search_allowance where token = any(${tokens}::bytea[]) order by token for update) held
        where a.token = held.token and a.spent > 0`,
    ),
  );
}
