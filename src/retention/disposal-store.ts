// All SQL of disposals: lines of a preview, outcomes of a run, progress, certificates.
import { asCode, type Code, type PublicBytes, type Token, type Uuid } from "../kernel/bytes.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";

export interface Line {
  readonly line: number;
  readonly verdict: "due" | "blocked" | "unjudged";
  readonly customerId: Uuid;
  readonly unitId: Uuid;
  readonly kind: string;
  readonly entity: string;
  readonly business: string;
  /** The rule that keeps it longest, and whose it is. */
  readonly rule: string | null;
  readonly source: string | null;
  /** The last day of its longest period. */
  readonly dueOn: string | null;
  readonly reason: string | null;
}

export interface Outcome {
  readonly line: number;
  readonly outcome: "erased" | "left";
  readonly reason: string | null;
  readonly erasureId: Uuid | null;
}
export type StoredOutcome = Outcome & { readonly seal: Token };

const COLUMNS = sql`line, verdict, customer_id as "customerId", unit_id as "unitId", kind, entity, business, rule, source,
  due_on as "dueOn", reason`;
const ROWS_A_STATEMENT = 1000;

export async function insertLines(tx: Transaction, disposalId: Uuid, lines: readonly Line[]): Promise<void> {
  for (let at = 0; at < lines.length; at += ROWS_A_STATEMENT) {
    const part = lines.slice(at, at + ROWS_A_STATEMENT);
    const codes = (pick: (line: Line) => string | null): (Code | null)[] =>
      part.map((line) => {
        const word = pick(line);
        return word === null ? null : asCode(word);
      });
    await tx.query(
      sql`insert into disposal_line (disposal_id, line, verdict, customer_id, unit_id, kind, entity, business, rule, source, due_on, reason)
        select ${disposalId}, i.* from unnest(${part.map(({ line }) => line)}::integer[], ${codes(({ verdict }) => verdict)}::text[],
          ${part.map(({ customerId }) => customerId)}::uuid[], ${part.map(({ unitId }) => unitId)}::uuid[], ${codes(({ kind }) => kind)}::text[],
          ${codes(({ entity }) => entity)}::text[], ${codes(({ business }) => business)}::text[], ${codes(({ rule }) => rule)}::text[],
          ${codes(({ source }) => source)}::text[], ${codes(({ dueOn }) => dueOn)}::text[], ${codes(({ reason }) => reason)}::text[]) as i`,
    );
  }
}

/** Every line, in order. */
export function selectLines(on: Querier, disposalId: Uuid): Promise<readonly Line[]> {
  return on.query<Line>(sql`select ${COLUMNS} from disposal_line where disposal_id = ${disposalId} order by line`);
}

export interface LinesAsked {
  readonly verdict: Line["verdict"] | null;
  readonly kind: string | null;
  readonly after: number;
  readonly limit: number;
}

/** With what became of each. */
export function selectLinePage(
  on: Querier,
  disposalId: Uuid,
  { verdict, kind, after, limit }: LinesAsked,
): Promise<
  readonly (Line & {
    readonly outcome: Outcome["outcome"] | null;
    readonly left: string | null;
    readonly erasureId: Uuid | null;
  })[]
> {
  return on.query(
    sql`select l.line, l.verdict, l.customer_id as "customerId", l.unit_id as "unitId", l.kind, l.entity, l.business, l.rule, l.source,
        l.due_on as "dueOn", l.reason, o.outcome, o.reason as "left", o.erasure_id as "erasureId"
      from disposal_line l left join disposal_outcome o on o.disposal_id = l.disposal_id and o.line = l.line
      where l.disposal_id = ${disposalId} and l.line > ${after}
        and (${code(verdict)}::text is null or l.verdict = ${code(verdict)}::text)
        and (${code(kind)}::text is null or l.kind = ${code(kind)}::text)
      order by l.line limit ${limit}`,
  );
}

function code(word: string | null): Code | null {
  return word === null ? null : asCode(word);
}

/** False where there was one already: two processes came to the same unit. */
export async function insertOutcome(tx: Transaction, disposalId: Uuid, one: StoredOutcome): Promise<boolean> {
  const rows = await tx.query(
    sql`insert into disposal_outcome (disposal_id, line, outcome, reason, erasure_id, seal)
      values (${disposalId}, ${one.line}, ${asCode(one.outcome)}, ${code(one.reason)}, ${one.erasureId}, ${one.seal})
      on conflict do nothing returning 1 as written`,
  );
  return rows.length === 1;
}

export function selectOutcomes(on: Querier, disposalId: Uuid): Promise<readonly StoredOutcome[]> {
  return on.query<StoredOutcome>(
    sql`select line, outcome, reason, erasure_id as "erasureId", seal from disposal_outcome where disposal_id = ${disposalId} order by line`,
  );
}

export async function countOutcomes(on: Querier, disposalId: Uuid): Promise<number> {
  const rows = await on.query<{ count: number }>(
    sql`select count(*)::bigint as count from disposal_outcome where disposal_id = ${disposalId}`,
  );
  return rows[0]?.count ?? 0;
}

export async function putProgress(on: Querier, disposalId: Uuid, done: number, total: number): Promise<void> {
  await on.query(
    sql`insert into disposal_progress (disposal_id, done, total) values (${disposalId}, ${done}, ${total})
      on conflict (disposal_id) do update set done = excluded.done, total = excluded.total`,
  );
}

export async function selectProgress(
  on: Querier,
  disposalId: Uuid,
): Promise<{ readonly done: number; readonly total: number } | null> {
  const rows = await on.query<{ done: number; total: number }>(
    sql`select done, total from disposal_progress where disposal_id = ${disposalId}`,
  );
  return rows[0] ?? null;
}

export async function deleteProgress(on: Querier, disposalId: Uuid): Promise<void> {
  await on.query(sql`delete from disposal_progress where disposal_id = ${disposalId}`);
}

export async function insertCertificate(tx: Transaction, disposalId: Uuid, certificate: PublicBytes): Promise<void> {
  await tx.query(
    sql`insert into disposal_certificate (disposal_id, certificate) values (${disposalId}, ${certificate})`,
  );
}

export async function selectCertificate(on: Querier, disposalId: Uuid): Promise<Buffer | null> {
  const rows = await on.query<{ certificate: Buffer }>(
    sql`select certificate from disposal_certificate where disposal_id = ${disposalId}`,
  );
  return rows[0]?.certificate ?? null;
}
