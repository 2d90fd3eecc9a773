// SQL of a session's check: its owner's head and live rows, its last use, its owner as a principal and as a customer, all from one snapshot.
import type { CustomerRow, PrincipalRow } from "../access/access.ts";
import type { JoinedRow } from "../authority/authority.ts";
import { asCode, type Token } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import { named, sql, type Statement } from "../postgres/sql.ts";
import { SESSION } from "./session-row.ts";

/** A session as found by its token's digest, nothing of it believed. */
export interface FoundSession {
  readonly sessionId: string;
  readonly ownerId: string;
  /** Every live row of the owner; the content of this one session alone. */
  readonly rows: readonly JoinedRow[];
  readonly seenAt: Date | null;
  /** Null where the owner is no principal. */
  readonly principal: PrincipalRow | null;
  /** Null where the owner is no customer. */
  readonly customer: CustomerRow | null;
}

interface CheckRow extends JoinedRow {
  readonly session_id: string;
  readonly seen_at: Date | null;
  readonly principal_id: string | null;
  readonly state_revision: number | null;
  readonly state_act: string;
  readonly state_sealed: Uint8Array;
  readonly asked: number;
}

/**
 * In the order asked for; null where no live session has the digest. Each look-up stands alone (`offset 0`): the planner must not go over whole tables
 * because they were small when it planned. What there is of the principal comes with the session's own row only.
 */
export async function selectSessions(on: Querier, lookups: readonly Token[]): Promise<(FoundSession | null)[]> {
  const [only] = lookups;
  const rows = await on.query<CheckRow>(
    only !== undefined && lookups.length === 1 ? checkOf(only) : checkOfMany(lookups),
  );
  const byAsked = Map.groupBy(rows, ({ asked }) => asked);
  return lookups.map((_, at) => foundOf(byAsked.get(at + 1) ?? []));
}

/** By itself, since PostgreSQL takes a list for ten look-ups, keeps no plan for it, and planning costs four times the reading. */
function checkOf(lookup: Token): Statement {
  return named("session-check", checkAmong(sql`(select ${lookup}::bytea as lookup, 1 as asked)`));
}

function checkOfMany(lookups: readonly Token[]): Statement {
  const asked = sql`(select lookup, asked::integer from unnest(${lookups}::bytea[]) with ordinality as l (lookup, asked))`;
  return named("session-check-many", checkAmong(asked));
}

function checkAmong(asked: Statement): Statement {
  return sql`select l.asked, s.row_id as session_id,
            s.owner_id as head_owner, h.revision as head_revision, h.act as head_act, h.digest as head_digest,
            r.owner_id, r.row_id, r.kind, r.lookup, r.state, r.ends_at, r.revision, r.act,
            case when r.row_id = s.row_id then r.content end as content, a.seen_at,
            p.principal_id, p.kind as principal_kind, p.role, p.customer_id, p.name, p.purposes, p.row_scope, p.groups, p.entities, p.lines,
            p.class_ceiling, p.secret, p.status, p.expires_at, p.revision as principal_revision, p.act as principal_act, p.mac,
            c.revision as state_revision, c.act as state_act, c.authority as state_sealed
          from ${asked} l
          cross join lateral (
            select * from authority_row where kind = ${asCode(SESSION.kind)} and lookup = l.lookup and state = 'live' offset 0) s
          left join lateral (select * from authority_head where owner_id = s.owner_id offset 0) h on true
          left join lateral (select * from authority_row where owner_id = s.owner_id and state = 'live' offset 0) r on true
          left join lateral (select * from session_activity where session_id = s.row_id and s.row_id = r.row_id offset 0) a on true
          left join lateral (select * from principal where principal_id = s.owner_id and s.row_id = r.row_id offset 0) p on true
          left join lateral (select * from customer where customer_id = p.customer_id offset 0) c on true`;
}

function foundOf(rows: readonly CheckRow[]): FoundSession | null {
  const own = rows.find(({ row_id, session_id }) => row_id === session_id);
  if (own === undefined) return null;
  return {
    sessionId: own.session_id,
    ownerId: own.head_owner,
    rows: rows.map(joinedRow),
    seenAt: own.seen_at,
    principal: own.principal_id === null ? null : principalRow(own, own.principal_id),
    customer: customerRow(own),
  };
}

function joinedRow(row: CheckRow): JoinedRow {
  const { head_owner, head_revision, head_act, head_digest } = row;
  const { owner_id, row_id, kind, lookup, state, ends_at, revision, act, content } = row;
  const head = { head_owner, head_revision, head_act, head_digest };
  return { ...head, owner_id, row_id, kind, lookup, state, ends_at, revision, act, content };
}

function customerRow(row: CheckRow): CustomerRow | null {
  const { customer_id, state_revision, state_act, state_sealed } = row;
  if (typeof customer_id !== "string" || state_revision === null) return null;
  return { customer_id, customer_revision: state_revision, customer_act: state_act, authority: state_sealed };
}

function principalRow(row: CheckRow, principalId: string): PrincipalRow {
  const { role, customer_id, name, purposes, row_scope, groups, entities, lines } = row;
  const { class_ceiling, secret, status, expires_at, principal_kind, principal_revision, principal_act, mac } = row;
  return {
    principal_id: asId(principalId),
    kind: principal_kind,
    role,
    customer_id,
    name,
    purposes,
    row_scope,
    groups,
    entities,
    lines,
    class_ceiling,
    secret,
    status,
    expires_at,
    revision: principal_revision,
    act: principal_act,
    mac: mac as Uint8Array,
  };
}
