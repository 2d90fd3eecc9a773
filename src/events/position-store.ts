// All SQL of the streams' positions. Times are the database's own, which all server processes share.
import { asCode, type Token, type Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

export interface PositionRow {
  readonly position: number;
  readonly events: number;
  readonly mac: Buffer;
}

/**
 * Takes the row where nobody holds it, or `holder` does already; null while another process does. Makes it when it is not there. INVARIANT: nothing vouches
 * for who holds it and how long, so that a hold beyond any that a lease gives is not believed. The clock is read once the row is locked: whoever took it
 * before began before.
 */
export async function takePosition(
  on: Querier,
  stream: string,
  lease: { readonly holder: Uuid; readonly seconds: number },
  first: { readonly position: number; readonly events: number; readonly mac: Token },
): Promise<PositionRow | null> {
  const rows = await on.query<PositionRow>(sql`
    insert into event_position (stream, position, events, holder, held_until, mac)
    values (${asCode(stream)}, ${first.position}, ${first.events}, ${lease.holder}, now() + make_interval(secs => ${lease.seconds}), ${first.mac})
    on conflict (stream) do update set holder = excluded.holder, held_until = excluded.held_until
      where event_position.holder is null or event_position.holder = excluded.holder or event_position.held_until < now()
        or event_position.held_until > clock_timestamp() + make_interval(secs => ${lease.seconds})
    returning position, events, mac`);
  return rows[0] ?? null;
}

/** Whoever holds it; null where there is none. */
export async function readPosition(on: Querier, stream: string): Promise<PositionRow | null> {
  const rows = await on.query<PositionRow>(
    sql`select position, events, mac from event_position where stream = ${asCode(stream)}`,
  );
  return rows[0] ?? null;
}

/** Compares and sets, and holds on for a while longer. False when another process has taken the stream over meanwhile. */
export async function advancePosition(
  on: Querier,
  stream: string,
  lease: { readonly holder: Uuid; readonly seconds: number },
  step: { readonly from: number; readonly to: number; readonly events: number; readonly mac: Token },
): Promise<boolean> {
  const rows = await on.query(sql`
    update event_position set position = ${step.to}, events = ${step.events}, mac = ${step.mac},
      held_until = now() + make_interval(secs => ${lease.seconds})
    where stream = ${asCode(stream)} and holder = ${lease.holder} and position = ${step.from}
    returning 1 as done`);
  return rows.length === 1;
}

/** For a row that does not verify: as the first time. */
export async function resetPosition(
  on: Querier,
  stream: string,
  holder: Uuid,
  first: { readonly position: number; readonly events: number; readonly mac: Token },
): Promise<boolean> {
  const rows = await on.query(sql`
    update event_position set position = ${first.position}, events = ${first.events}, mac = ${first.mac}
    where stream = ${asCode(stream)} and holder = ${holder} returning 1 as done`);
  return rows.length === 1;
}

/** Holds on for a while longer; false when another process has taken the stream over meanwhile. */
export async function holdPosition(
  on: Querier,
  stream: string,
  lease: { readonly holder: Uuid; readonly seconds: number },
): Promise<boolean> {
  const rows = await on.query(sql`
    update event_position set held_until = now() + make_interval(secs => ${lease.seconds})
    where stream = ${asCode(stream)} and holder = ${lease.holder} returning 1 as done`);
  return rows.length === 1;
}

export async function releasePosition(on: Querier, stream: string, holder: Uuid): Promise<void> {
  await on.query(sql`
    update event_position set holder = null, held_until = now() where stream = ${asCode(stream)} and holder = ${holder}`);
}
