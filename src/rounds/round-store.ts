// All SQL of rounds: lines of a preview, outcomes of the sending, progress.
import { asCode, type Code, type Token, type Uuid } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

export interface Line {
  readonly line: number;
  readonly verdict: "due" | "blocked";
  readonly customerId: Uuid;
  readonly why: string;
  readonly channel: string;
  readonly language: string;
  readonly reason: string | null;
}

export interface Outcome {
  readonly line: number;
  readonly outcome: "sent" | "left";
  /** By which way it was sent. */
  readonly channel: string | null;
  readonly reason: string | null;
  /** The letter, or the row of the mail. */
  readonly sentAs: Uuid | null;
}
export type StoredOutcome = Outcome & { readonly seal: Token };

const ROWS_A_STATEMENT = 1000;

export async function insertLines(tx: Transaction, roundId: Uuid, lines: readonly Line[]): Promise<void> {
  for (let at = 0; at < lines.length; at += ROWS_A_STATEMENT) {
    const part = lines.slice(at, at + ROWS_A_STATEMENT);
    const codes = (pick: (line: Line) => string | null): (Code | null)[] => part.map((line) => code(pick(line)));
    await tx.query(
      sql`insert into notice_line (round_id, line, verdict, customer_id, why, channel, language, reason)
        select ${roundId}, i.* from unnest(${part.map(({ line }) => line)}::integer[], ${codes(({ verdict }) => verdict)}::text[],
          ${part.map(({ customerId }) => customerId)}::uuid[], ${codes(({ why }) => why)}::text[], ${codes(({ channel }) => channel)}::text[],
          ${codes(({ language }) => language)}::text[], ${codes(({ reason }) => reason)}::text[]) as i`,
    );
  }
}

/** Every line, in order. */
export function selectLines(on: Querier, roundId: Uuid): Promise<readonly Line[]> {
  return on.query<Line>(
    sql`select line, verdict, customer_id as "customerId", why, channel, language, reason from notice_line
        where round_id = ${roundId} order by line`,
  );
}

export interface LinesAsked {
  readonly verdict: Line["verdict"] | null;
  readonly after: number;
  readonly limit: number;
}

export type ReadLine = Line & {
  readonly outcome: Outcome["outcome"] | null;
  readonly sentBy: string | null;
  readonly left: string | null;
  readonly sentAs: Uuid | null;
};

/** With what became of each. */
export function selectLinePage(
  on: Querier,
  roundId: Uuid,
  { verdict, after, limit }: LinesAsked,
): Promise<readonly ReadLine[]> {
  return on.query<ReadLine>(
    sql`select l.line, l.verdict, l.customer_id as "customerId", l.why, l.channel, l.language, l.reason, o.outcome,
        o.channel as "sentBy", o.reason as "left", o.sent_as as "sentAs"
      from notice_line l left join notice_outcome o on o.round_id = l.round_id and o.line = l.line
      where l.round_id = ${roundId} and l.line > ${after} and (${code(verdict)}::text is null or l.verdict = ${code(verdict)}::text)
      order by l.line limit ${limit}`,
  );
}

function code(word: string | null): Code | null {
  return word === null ? null : asCode(word);
}

/** False where there was one already: two processes came to the same customer. */
export async function insertOutcome(tx: Transaction, roundId: Uuid, one: StoredOutcome): Promise<boolean> {
  const rows = await tx.query(
    sql`insert into notice_outcome (round_id, line, outcome, channel, reason, sent_as, seal)
      values (${roundId}, ${one.line}, ${asCode(one.outcome)}, ${code(one.channel)}, ${code(one.reason)}, ${one.sentAs}, ${one.seal})
      on conflict do nothing returning 1 as written`,
  );
  return rows.length === 1;
}

export function selectOutcomes(on: Querier, roundId: Uuid): Promise<readonly StoredOutcome[]> {
  return on.query<StoredOutcome>(
    sql`select line, outcome, channel, reason, sent_as as "sentAs", seal from notice_outcome where round_id = ${roundId} order by line`,
  );
}

export async function countOutcomes(on: Querier, roundId: Uuid): Promise<number> {
  const rows = await on.query<{ count: number }>(
    sql`select count(*)::bigint as count from notice_outcome where round_id = ${roundId}`,
  );
  return rows[0]?.count ?? 0;
}

export async function putProgress(on: Querier, roundId: Uuid, done: number, total: number): Promise<void> {
  await on.query(
    sql`insert into notice_progress (round_id, done, total) values (${roundId}, ${done}, ${total})
      on conflict (round_id) do update set done = excluded.done, total = excluded.total`,
  );
}

export async function selectProgress(
  on: Querier,
  roundId: Uuid,
): Promise<{ readonly done: number; readonly total: number } | null> {
  const rows = await on.query<{ done: number; total: number }>(
    sql`select done, total from notice_progress where round_id = ${roundId}`,
  );
  return rows[0] ?? null;
}

export async function deleteProgress(on: Querier, roundId: Uuid): Promise<void> {
  await on.query(sql`delete from notice_progress where round_id = ${roundId}`);
}
