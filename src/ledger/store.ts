// The SQL that writes the ledger: opening a log, sequencing batches, publishing tiles and checkpoints.
import { asCode, asPublicBytes, asSealed } from "../kernel/bytes.ts";
import type { Code } from "../kernel/bytes.ts";
import { classBit } from "../kernel/vocabulary.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { Querier, Transaction } from "../postgres/database.ts";
import { named, sql } from "../postgres/sql.ts";
import type { SealedEntry } from "./detail.ts";
import { attempt, LedgerError } from "./errors.ts";
import { HASH_BYTES } from "./merkle.ts";
import type { BuiltTile } from "./tree-builder.ts";

/** Makes the shard's rows when absent. Throws LedgerError "wrong-origin" when the shard belongs to another log. */
export async function openLogRows(on: Querier, logShard: number, origin: string): Promise<void> {
  const rows = await attempt(() =>
    on.query<{ origin: string }>(sql`select ledger_open(${logShard}::smallint, ${asCode(origin)}) as origin`),
  );
  if (rows[0]?.origin !== origin)
    throw new LedgerError("wrong-origin", "this shard of the ledger belongs to another origin");
}

export function maskOf(classes: readonly DataClass[]): number {
  return classes.reduce((mask, dataClass) => mask | classBit(dataClass), 0);
}

const codeOrNull = (word: string | null): Code | null => (word === null ? null : asCode(word));

/** Sequences entries in one call: each one's index, or null where its guard is stale. */
export async function appendEntries(
  on: Querier,
  logShard: number,
  entries: readonly SealedEntry[],
): Promise<(number | null)[]> {
  const drafts = entries.map((entry) => entry.draft);
  const subjects = drafts.flatMap((draft, at) =>
    (draft.subjects ?? []).map((subject) => ({ ordinal: at + 1, subject })),
  );
  const statement = sql`select ordinal, index from ledger_append(${logShard}::smallint,
    ${drafts.map((draft) => draft.entryId)}, ${entries.map((entry) => entry.at)},
    ${asPublicBytes(Buffer.concat(entries.map((entry) => entry.leaf)))}, ${drafts.map((draft) => asCode(draft.kind))},
    ${drafts.map((draft) => asCode(draft.outcome))}, ${drafts.map((draft) => draft.actorId)},
    ${drafts.map((draft) => draft.customerId)}, ${drafts.map((draft) => draft.recipientId)},
    ${drafts.map((draft) => codeOrNull(draft.purpose))}, ${drafts.map((draft) => codeOrNull(draft.basis))},
    ${drafts.map((draft) => maskOf(draft.classes))}, ${drafts.map((draft) => draft.withheld)},
    ${asSealed(Buffer.concat(entries.map((entry) => entry.sealed)))}, ${entries.map((entry) => entry.sealed.length)},
    ${drafts.map((draft) => draft.guard.actorRevision)}, ${drafts.map((draft) => draft.guard.customerRevision)},
    ${drafts.map((draft) => draft.guard.policyRevision)},
    ${subjects.map(({ ordinal }) => ordinal)}, ${subjects.map(({ subject }) => subject.customerId)},
    ${subjects.map(({ subject }) => asCode(subject.outcome))}, ${subjects.map(({ subject }) => maskOf(subject.classes))},
    ${subjects.map(({ subject }) => subject.revision)})`;
  const rows = await attempt(() =>
    on.query<{ ordinal: number; index: number | null }>(named("ledger-append", statement)),
  );
  if (rows.length !== entries.length || rows.some((row, at) => row.ordinal !== at + 1)) {
    throw new LedgerError("corrupt", "the sequencing function answered out of order");
  }
  return rows.map((row) => row.index);
}

export interface Published {
  readonly size: number;
  readonly root: Buffer;
  /** The signed checkpoint; empty before the first. */
  readonly note: string;
}

interface PublishedRow {
  size: number;
  root: Buffer;
  note: Buffer;
}

/** Locks the log's publication row, which fences publishers; null while another publisher has it. */
export async function lockPublished(tx: Transaction, logShard: number): Promise<Published | null> {
  const rows = await attempt(() =>
    tx.query<PublishedRow>(
      sql`select size, root, note from ledger_checkpoint where log_shard = ${logShard} for update skip locked`,
    ),
  );
  return rows[0] === undefined ? null : published(rows[0]);
}

export async function readPublished(on: Querier, logShard: number): Promise<Published> {
  const rows = await attempt(() =>
    on.query<PublishedRow>(
      named("ledger-checkpoint", sql`select size, root, note from ledger_checkpoint where log_shard = ${logShard}`),
    ),
  );
  if (rows[0] === undefined) throw new LedgerError("corrupt", "the log has no checkpoint row");
  return published(rows[0]);
}

function published(row: PublishedRow): Published {
  if (row.root.length !== HASH_BYTES) throw new LedgerError("corrupt", "a stored root has not 32 bytes");
  return { size: count(row.size), root: row.root, note: row.note.toString("utf8") };
}

/** How many entries are sequenced. */
export async function readSize(on: Querier, logShard: number): Promise<number> {
  const rows = await attempt(() =>
    on.query<{ size: number }>(named("ledger-size", sql`select size from ledger_head where log_shard = ${logShard}`)),
  );
  if (rows[0] === undefined) throw new LedgerError("corrupt", "the log has no head row");
  return count(rows[0].size);
}

export function count(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new LedgerError("corrupt", "storage returned something that is no count");
  return value;
}

/** Replaces tiles by their longer selves. Part of publishing, in its transaction. */
export async function writeTiles(tx: Transaction, logShard: number, tiles: readonly BuiltTile[]): Promise<void> {
  if (tiles.length === 0) return;
  await attempt(() =>
    tx.query(sql`
      insert into ledger_tile (log_shard, level, number, hashes)
      select ${logShard}::smallint, u.level, u.number, u.hashes
      from unnest(${tiles.map((tile) => tile.level)}::smallint[], ${tiles.map((tile) => tile.number)}::bigint[],
        ${tiles.map((tile) => asPublicBytes(tile.hashes))}::bytea[]) as u(level, number, hashes)
      on conflict (log_shard, level, number) do update set hashes = excluded.hashes`),
  );
}

/** Compares and sets the publication row. Throws LedgerError "unavailable" when another publisher came first. */
export async function replacePublished(
  tx: Transaction,
  logShard: number,
  olderSize: number,
  next: Published & { readonly at: Date },
): Promise<void> {
  const rows = await attempt(() =>
    tx.query(sql`
      update ledger_checkpoint set size = ${next.size}, root = ${asPublicBytes(next.root)},
        note = ${asPublicBytes(Buffer.from(next.note, "utf8"))}, at = ${next.at}
      where log_shard = ${logShard} and size = ${olderSize} returning size`),
  );
  if (rows.length !== 1) throw new LedgerError("unavailable", "another publisher came first");
}
