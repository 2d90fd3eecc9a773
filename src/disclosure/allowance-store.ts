// SQL of search allowances: counters that are raised in one statement, so that no two searches see the same count.
import type { Token } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";

export interface Counter {
  readonly token: Token;
  readonly endsAt: Date;
}

/** Raises each counter by one and answers what it stands at now, by token in hex. In order of token, so that two searches never wait for each other. */
export async function raiseCounters(
  on: Querier,
  counters: readonly Counter[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const rows = await on.query<{ token: Buffer; spent: number }>(
    named(
      "search-raise-counters",
      sql`with over as (
          delete from search_allowance where token in
            (select token from search_allowance where ends_at < ${now} order by ends_at limit 20 for update skip locked))
        insert into search_allowance as a (token, spent, ends_at)
        select token, 1, ends_at
        from unnest(${counters.map(({ token }) => token)}::bytea[], ${counters.map(({ endsAt }) => endsAt)}::timestamptz[])
          as u (token, ends_at)
        order by token
        on conflict (token) do update set spent = a.spent + 1 returning token, spent`,
    ),
  );
  return new Map(rows.map(({ token, spent }) => [token.toString("hex"), spent]));
}

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
