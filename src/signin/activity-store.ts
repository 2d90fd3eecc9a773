// SQL of when sessions were last used.
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";

/** Null where the session was never used since it began, or that is forgotten. */
export async function selectSeen(on: Querier, sessionIds: readonly Uuid[]): Promise<ReadonlyMap<string, Date>> {
  const rows = await on.query<{ session_id: string; seen_at: Date }>(
    named("session-seen", sql`select * from session_activity where session_id = any(${sessionIds}::uuid[])`),
  );
  return new Map(rows.map(({ session_id, seen_at }) => [session_id, seen_at]));
}

/** Only ever moves forward, whoever is slower. */
export async function markSeen(on: Querier, sessionId: Uuid, at: Date): Promise<void> {
  await on.query(
    sql`insert into session_activity as a (session_id, seen_at) values (${sessionId}, ${at})
        on conflict (session_id) do update set seen_at = excluded.seen_at where a.seen_at < excluded.seen_at`,
  );
}

/** Of sessions that ended long ago by themselves. */
export async function forgetSeenBefore(on: Querier, before: Date): Promise<void> {
  await on.query(sql`delete from session_activity where seen_at < ${before}`);
}
