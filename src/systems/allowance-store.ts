// SQL of what is used up: allowances raised in one statement, so that no two processes get the same part, and assertions taken once.
import type { Token } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";

export interface Raise {
  readonly token: Token;
  readonly endsAt: Date;
  /** No less than this is of use. */
  readonly least: number;
  /** As much as this would be kept for later. */
  readonly most: number;
  /** What all raises of the token together come to, at most. */
  readonly ceiling: number;
}

/** How much was got: between `least` and `most`, or 0 where less than `least` is left. */
export async function raiseAllowance(on: Querier, raise: Raise, now: Date): Promise<number> {
  const { token, endsAt, least, most, ceiling } = raise;
  if (least > ceiling) return 0;
  const rows = await on.query<{ taken: number }>(
    named(
      "systems-raise-allowance",
      sql`with over as (
          delete from client_allowance where token in
            (select token from client_allowance where ends_at < ${now} order by ends_at limit 20 for update skip locked))
        insert into client_allowance as a (token, spent, taken, ends_at)
        values (${token}, least(${most}::integer, ${ceiling}::integer), least(${most}::integer, ${ceiling}::integer), ${endsAt})
        on conflict (token) do update set
          taken = least(${most}::integer, ${ceiling}::integer - a.spent),
          spent = a.spent + least(${most}::integer, ${ceiling}::integer - a.spent)
        where a.spent + ${least}::integer <= ${ceiling}::integer
        returning taken`,
    ),
  );
  return rows[0]?.taken ?? 0;
}

/** False when it was taken before, by whatever process. Forgets those that would be refused as expired. */
export async function takeOnce(on: Querier, token: Token, endsAt: Date, now: Date): Promise<boolean> {
  const rows = await on.query(
    named(
      "systems-take-assertion",
      sql`with over as (
          delete from assertion_used where token in
            (select token from assertion_used where ends_at < ${now} order by ends_at limit 20 for update skip locked))
        insert into assertion_used (token, ends_at) values (${token}, ${endsAt}) on conflict (token) do nothing returning 1 as taken`,
    ),
  );
  return rows.length === 1;
}
