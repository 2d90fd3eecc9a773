// SQL of what keeps sign-in from being guessed at: counts of attempts, and challenges that were answered.
import type { Token } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import type { BackOff } from "./policy.ts";

export interface Counted {
  /** False where it may not be tried now, and was not counted. */
  readonly mayTry: boolean;
  readonly failures: number;
  /** Until when nobody may try, unless this attempt turns out right. */
  readonly lockedUntil: Date;
}

/** Doubling more often than this means nothing, and power() would run over. */
const DOUBLINGS_MAX = 30;

/** Counts an attempt before it is judged, in one statement, so that many at once are counted one by one. */
export async function countAttempt(
  on: Querier,
  bucket: Token,
  { after, firstSeconds, mostSeconds, windowSeconds }: BackOff & { readonly windowSeconds: number },
  now: Date,
): Promise<Counted> {
  const forgotten = new Date(now.getTime() - windowSeconds * 1000);
  const rows = await on.query<{ failures: number; locked_until: Date }>(
    sql`insert into sign_in_attempt as a (bucket, failures, last_at, locked_until) values (${bucket}, 1, ${now}, ${now})
        on conflict (bucket) do update set
          failures = case when a.last_at < ${forgotten} then 1 else a.failures + 1 end,
          last_at = excluded.last_at,
          locked_until = case
            when a.last_at < ${forgotten} or a.failures + 1 < ${after}::integer then excluded.last_at
            else excluded.last_at + interval '1 second' * least(${mostSeconds}::double precision,
              ${firstSeconds}::double precision * power(2, least(a.failures + 1 - ${after}::integer, ${DOUBLINGS_MAX}::integer))) end
        where a.locked_until <= excluded.last_at
        returning failures, locked_until`,
  );
  const [counted] = rows;
  if (counted !== undefined) return { mayTry: true, failures: counted.failures, lockedUntil: counted.locked_until };
  const [standing] = await on.query<{ failures: number; locked_until: Date }>(
    sql`select failures, locked_until from sign_in_attempt where bucket = ${bucket}`,
  );
  return { mayTry: false, failures: standing?.failures ?? 0, lockedUntil: standing?.locked_until ?? now };
}

/** After the right answer. */
export async function forgetAttempts(on: Querier, buckets: readonly Token[]): Promise<void> {
  await on.query(sql`delete from sign_in_attempt where bucket = any(${buckets}::bytea[])`);
}

/** False when the challenge was answered before. */
export async function spendChallenge(on: Querier, digest: Token, now: Date): Promise<boolean> {
  const rows = await on.query(
    sql`insert into spent_challenge (digest, spent_at) values (${digest}, ${now}) on conflict do nothing returning 1 as spent`,
  );
  return rows.length === 1;
}

/** Counts that lapsed, and challenges whose time is long over. */
export async function forgetAttemptsBefore(on: Querier, before: Date): Promise<void> {
  await on.query(sql`delete from sign_in_attempt where last_at < ${before} and locked_until < ${before}`);
  await on.query(sql`delete from spent_challenge where spent_at < ${before}`);
}
