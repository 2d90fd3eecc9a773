// SQL of counters that end by themselves: raised in one statement, so that no two attempts see the same count.
import type { Token } from "../kernel/bytes.ts";
import type { Querier } from "./database.ts";
import { named, sql, type Statement } from "./sql.ts";

export interface Counter {
  readonly token: Token;
  readonly endsAt: Date;
}

/** Of token, spent and ends_at. */
export interface CounterTable {
  readonly table: Statement;
  /** Of the statement, which the server keeps the plan of. */
  readonly name: string;
}

/** What each stands at now, by token in hex. In order of token, so that two attempts never wait for each other. */
export async function raiseCounters(
  on: Querier,
  { table, name }: CounterTable,
  counters: readonly Counter[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const rows = await on.query<{ token: Buffer; spent: number }>(
    named(
      name,
      sql`with over as (
          delete from ${table} where token in
            (select token from ${table} where ends_at < ${now} order by ends_at limit 20 for update skip locked))
        insert into ${table} as a (token, spent, ends_at)
        select token, 1, ends_at
        from unnest(${counters.map(({ token }) => token)}::bytea[], ${counters.map(({ endsAt }) => endsAt)}::timestamptz[])
          as u (token, ends_at)
        order by token
        on conflict (token) do update set spent = a.spent + 1 returning token, spent`,
    ),
  );
  return new Map(rows.map(({ token, spent }) => [token.toString("hex"), spent]));
}
