// SQL of allowances: counters raised in one statement, so that no two attempts see the same count.
import type { Token } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";

export interface Counter {
  readonly token: Token;
  readonly endsAt: Date;
}

/** What each stands at now, by token in hex. In order of token, so that two attempts never wait for each other. */
export async function raiseCounters(
  on: Querier,
  counters: readonly Counter[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const rows = await on.query<{ token: Buffer; spent: number }>(
    named(
      "codes-raise-counters",
      sql`with over as (
          delete from code_allowance where token in
            (select token from code_allowance where ends_at < ${now} order by ends_at limit 20 for update skip locked))
        insert into code_allowance as a (token, spent, ends_at)
        select token, 1, ends_at
        from unnest(${counters.map(({ token }) => token)}::bytea[], ${counters.map(({ endsAt }) => endsAt)}::timestamptz[])
          as u (token, ends_at)
        order by token
        on conflict (token) do update set spent = a.spent + 1 returning token, spent`,
    ),
  );
  return new Map(rows.map(({ token, spent }) => [token.toString("hex"), spent]));
}
