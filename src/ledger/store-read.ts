// The SQL that answers questions about entries: one entry, lists, a customer's accounting, whom a principal saw.
import { asCode } from "../kernel/bytes.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { BASES, classesOfMask, PURPOSES } from "../kernel/vocabulary.ts";
import type { Basis, DataClass, Purpose } from "../kernel/vocabulary.ts";
import type { Querier } from "../postgres/database.ts";
import { sql } from "../postgres/sql.ts";
import type { Statement } from "../postgres/sql.ts";
import { ENTRY_KINDS, OUTCOMES } from "./entry-draft.ts";
import type { EntryKind, Outcome } from "./entry-draft.ts";
import { attempt, LedgerError } from "./errors.ts";
import { count } from "./store.ts";

/** The clear columns of an entry: ids, codes and times only. */
export interface EntryView {
  readonly index: number;
  readonly entryId: Uuid;
  /** Whole seconds since the Unix epoch. */
  readonly at: number;
  readonly kind: EntryKind;
  readonly outcome: Outcome;
  readonly actorId: Uuid | null;
  readonly customerId: Uuid | null;
  readonly recipientId: Uuid | null;
  readonly purpose: Purpose | null;
  readonly basis: Basis | null;
  readonly classes: readonly DataClass[];
  readonly withheld: boolean;
}

export interface EntryRow {
  index: number;
  entry_id: string;
  at: number;
  kind: string;
  outcome: string;
  actor_id: string | null;
  customer_id: string | null;
  recipient_id: string | null;
  purpose: string | null;
  basis: string | null;
  classes: number;
  withheld: boolean;
}

export interface EntryFilter {
  readonly kinds?: readonly EntryKind[];
  readonly outcomes?: readonly Outcome[];
  readonly actorId?: Uuid;
  readonly customerId?: Uuid;
  /** Of the register of third parties. */
  readonly recipientId?: Uuid;
  readonly purposes?: readonly Purpose[];
  /** Inclusive. */
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
}

/** `ordinary` readers find no trace of withheld entries; who is `cleared` is decided by the caller. */
export type Reader = "ordinary" | "cleared";

/** A customer who reads what names them: as `ordinary`, and withheld entries of which they have been told since. */
export type ToldReader = Reader | { readonly told: readonly Uuid[] };

/** What the seal says of withholding, against who reads. */
export function isShownTo(
  reader: ToldReader,
  { entryId, withheld }: { readonly entryId: Uuid; readonly withheld: unknown },
): boolean {
  return reader === "cleared" || withheld === false || (reader !== "ordinary" && reader.told.includes(entryId));
}

/** Where a page begins (exclusive) and how many rows are read. */
export interface Slice<Place> {
  readonly after: Place | null;
  readonly rows: number;
}

export interface Question<Filter> {
  readonly filter: Filter;
  readonly slice: Slice<number>;
  readonly reader: ToldReader;
}

const COLUMNS = sql`e.index, e.entry_id, extract(epoch from e.at)::bigint as at, e.kind, e.actor_id, e.recipient_id, e.purpose, e.basis, e.withheld`;
const OWN_COLUMNS = sql`${COLUMNS}, e.customer_id, e.outcome, e.classes`;
const SUBJECT_COLUMNS = sql`${COLUMNS}, s.customer_id, s.outcome, s.classes`;

export async function readEntry(
  on: Querier,
  logShard: number,
  entryId: Uuid,
  reader: ToldReader,
): Promise<(EntryView & { readonly leaf: Buffer; readonly sealed: Buffer }) | null> {
  const rows = await attempt(() =>
    on.query<EntryRow & { leaf: Buffer; detail: Buffer }>(sql`
      select ${OWN_COLUMNS}, e.leaf, e.detail from ledger_entry e
      where e.log_shard = ${logShard} and e.entry_id = ${entryId} and ${visible(reader)}`),
  );
  const row = rows[0];
  return row === undefined ? null : { ...entryView(row), leaf: row.leaf, sealed: row.detail };
}

/** Those of these that stand and that the reader may know of. */
export async function readEntriesById(
  on: Querier,
  logShard: number,
  entryIds: readonly Uuid[],
  reader: Reader,
): Promise<ReadonlyMap<Uuid, EntryView>> {
  if (entryIds.length === 0) return new Map();
  const rows = await attempt(() =>
    on.query<EntryRow>(sql`
      select ${OWN_COLUMNS} from ledger_entry e
      where e.log_shard = ${logShard} and e.entry_id = any(${entryIds}::uuid[]) and ${visible(reader)}`),
  );
  return new Map(rows.map(entryView).map((entry) => [entry.entryId, entry]));
}

export interface RangeRow {
  readonly index: number;
  readonly entryId: Uuid;
  readonly leaf: Buffer;
  readonly sealed: Buffer;
}

interface StoredRow {
  index: number;
  entry_id: string;
  leaf: Buffer;
  detail: Buffer;
}

/** From an index on, in the order of the log. */
export async function readRange(on: Querier, logShard: number, from: number, limit: number): Promise<RangeRow[]> {
  const rows = await attempt(() =>
    on.query<StoredRow>(sql`
      select e.index, e.entry_id, e.leaf, e.detail from ledger_entry e
      where e.log_shard = ${logShard} and e.index >= ${from} order by e.index limit ${limit}`),
  );
  return rows.map(rangeRow);
}

/** Withheld ones too. */
export async function readSealedById(on: Querier, logShard: number, entryIds: readonly Uuid[]): Promise<RangeRow[]> {
  const rows = await attempt(() =>
    on.query<StoredRow>(sql`
      select e.index, e.entry_id, e.leaf, e.detail from ledger_entry e
      where e.log_shard = ${logShard} and e.entry_id = any(${entryIds}::uuid[])`),
  );
  return rows.map(rangeRow);
}

function rangeRow(row: StoredRow): RangeRow {
  return { index: count(row.index), entryId: asId(row.entry_id), leaf: row.leaf, sealed: row.detail };
}

/** Newest first. */
export async function listEntries(
  on: Querier,
  logShard: number,
  { filter, slice, reader }: Question<EntryFilter>,
): Promise<EntryView[]> {
  const customer = filter.customerId === undefined ? sql`` : sql`and e.customer_id = ${filter.customerId}`;
  const rows = await attempt(() =>
    on.query<EntryRow>(sql`
      select ${OWN_COLUMNS} from ledger_entry e
      where e.log_shard = ${logShard} ${customer} ${conditions(filter, sql`e.outcome`)} ${before(slice)} and ${visible(reader)}
      order by e.index desc limit ${slice.rows}`),
  );
  return rows.map(entryView);
}

/**
 * Entries that name the customer themselves or as a subject, newest first. INVARIANT: withheld entries are left out inside the statement, before
 * counting rows, so that neither a short page nor a cursor tells withheld from absent.
 */
export async function listOfCustomer(
  on: Querier,
  logShard: number,
  question: Question<EntryFilter & { readonly customerId: Uuid }>,
): Promise<EntryView[]> {
  return (await selectOfCustomer<EntryRow>(on, logShard, question, sql``)).map(entryView);
}

/** The same, each with its leaf and sealed detail. */
export async function listSealedOfCustomer(
  on: Querier,
  logShard: number,
  question: Question<EntryFilter & { readonly customerId: Uuid }>,
): Promise<(EntryView & { readonly leaf: Buffer; readonly sealed: Buffer })[]> {
  const rows = await selectOfCustomer<EntryRow & { leaf: Buffer; detail: Buffer }>(
    on,
    logShard,
    question,
    sql`, e.leaf, e.detail`,
  );
  return rows.map((row) => ({ ...entryView(row), leaf: row.leaf, sealed: row.detail }));
}

function selectOfCustomer<Row extends EntryRow>(
  on: Querier,
  logShard: number,
  { filter, slice, reader }: Question<EntryFilter & { readonly customerId: Uuid }>,
  more: Statement,
): Promise<readonly Row[]> {
  const { customerId } = filter;
  return attempt(() =>
    on.query<Row>(sql`
      (select ${OWN_COLUMNS}${more} from ledger_entry e
        where e.customer_id = ${customerId} and e.log_shard = ${logShard}
          ${conditions(filter, sql`e.outcome`)} ${before(slice)} and ${visible(reader)}
        order by e.index desc limit ${slice.rows})
      union all
      (select ${SUBJECT_COLUMNS}${more} from ledger_subject s
        join ledger_entry e on e.log_shard = s.log_shard and e.index = s.index
        where s.customer_id = ${customerId} and s.log_shard = ${logShard} and e.customer_id is distinct from s.customer_id
          ${conditions(filter, sql`s.outcome`)} ${before(slice)} and ${visible(reader)}
        order by s.index desc limit ${slice.rows})
      order by index desc limit ${slice.rows}`),
  );
}

function visible(reader: ToldReader): Statement {
  if (reader === "cleared") return sql`true`;
  return reader === "ordinary"
    ? sql`not e.withheld`
    : sql`(not e.withheld or e.entry_id = any(${reader.told}::uuid[]))`;
}

function before(slice: Slice<number>): Statement {
  return slice.after === null ? sql`` : sql`and e.index < ${slice.after}`;
}

function conditions(filter: EntryFilter, outcome: Statement): Statement {
  const parts = [
    filter.kinds === undefined ? sql`` : sql`and e.kind = any(${filter.kinds.map(asCode)}::text[])`,
    filter.outcomes === undefined ? sql`` : sql`and ${outcome} = any(${filter.outcomes.map(asCode)}::text[])`,
    filter.purposes === undefined ? sql`` : sql`and e.purpose = any(${filter.purposes.map(asCode)}::text[])`,
    filter.actorId === undefined ? sql`` : sql`and e.actor_id = ${filter.actorId}`,
    filter.recipientId === undefined ? sql`` : sql`and e.recipient_id = ${filter.recipientId}`,
    filter.from === undefined ? sql`` : sql`and e.at >= ${filter.from}`,
    filter.to === undefined ? sql`` : sql`and e.at < ${filter.to}`,
  ];
  return parts.reduce((joined, part) => sql`${joined} ${part}`);
}

/** Withheld entries included. */
export async function countEntries(
  on: Querier,
  logShard: number,
  { actorId, kind, since }: { readonly actorId: Uuid; readonly kind: EntryKind; readonly since: Date },
): Promise<number> {
  const rows = await attempt(() =>
    on.query<{ entries: number }>(sql`
      select count(*) as entries from ledger_entry
      where log_shard = ${logShard} and actor_id = ${actorId} and at >= ${since} and kind = ${asCode(kind)}`),
  );
  return count(rows[0]?.entries ?? 0);
}

/** Throws LedgerError "corrupt" when a column holds a word the ledger never writes. */
function entryView(row: EntryRow): EntryView {
  return {
    index: count(row.index),
    entryId: asId(row.entry_id),
    at: count(row.at),
    kind: member(ENTRY_KINDS, row.kind),
    outcome: member(OUTCOMES, row.outcome),
    actorId: idOrNull(row.actor_id),
    customerId: idOrNull(row.customer_id),
    recipientId: idOrNull(row.recipient_id),
    purpose: row.purpose === null ? null : member(PURPOSES, row.purpose),
    basis: row.basis === null ? null : member(BASES, row.basis),
    classes: classesOfMask(row.classes),
    withheld: row.withheld,
  };
}

function idOrNull(text: string | null): Uuid | null {
  return text === null ? null : asId(text);
}

/** Throws LedgerError "corrupt" for a word that the ledger never writes. */
export function member<Word extends string>(words: readonly Word[], text: string): Word {
  const word = words.find((known) => known === text);
  if (word === undefined) throw new LedgerError("corrupt", "a stored word is not of its vocabulary");
  return word;
}
